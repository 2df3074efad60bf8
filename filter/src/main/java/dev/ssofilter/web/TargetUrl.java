package dev.ssofilter.web;

import dev.ssofilter.directory.BaseUrl;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the user was going: what follows {@code baseUrl}, kept byte for byte. Whoever holds one can append it to
 * {@code baseUrl} and stays inside the application; the checks are in {@link Targets}, which alone makes one.
 *
 * @param afterBase empty, or begins with {@code /} or {@code ?}
 */
public record TargetUrl(String afterBase) {
    private static final int LONGEST = 2000;
    private static final Pattern PLAIN = Pattern.compile("(?:[/?][\\x21-\\x7E]*)?");

    /** Asked for by browsers and their tools, not by people. */
    private static final Pattern NOT_A_PAGE = Pattern.compile(
            "(?:^|.*/)(?:favicon\\.[^/]*|robots\\.txt|apple-touch-icon[^/]*|manifest\\.json|[^/]*\\.webmanifest"
                    + "|[^/]*\\.map|\\.well-known(?:/.*)?)");

    /** Decides which text may become a target; any other leads to the default one. */
    public record Targets(TargetUrl defaultTarget, RequestClassifier classifier) {
        /** The page that was asked for. */
        TargetUrl of(RequestFacts facts) {
            return classifier
                    .pathInContext(facts)
                    .map(path -> path + facts.query().map(query -> "?" + query).orElse(""))
                    .flatMap(this::checked)
                    .orElse(defaultTarget);
        }

        /** A target given to the login path: a path as browsers see it, so {@code baseUrl}'s path stands before it. */
        TargetUrl of(Optional<String> given, BaseUrl base) {
            return given.filter(target -> target.startsWith(base.path()))
                    .map(target -> target.substring(base.path().length()))
                    .flatMap(this::checked)
                    .orElse(defaultTarget);
        }

        private Optional<TargetUrl> checked(String afterBase) {
            if (afterBase.length() > LONGEST || !PLAIN.matcher(afterBase).matches()) {
                return Optional.empty();
            }
            var path = afterBase.split("[?#]", 2)[0];
            return RequestClassifier.decoded(path)
                    .filter(decoded -> staysInside(path) && staysInside(decoded))
                    .filter(decoded -> !classifier.isOwn(path) && !classifier.isOwn(decoded))
                    .filter(decoded -> !NOT_A_PAGE
                            .matcher(decoded.toLowerCase(Locale.ROOT))
                            .matches())
                    .map(decoded -> new TargetUrl(afterBase));
        }

        /** As browsers read it: a backslash is a slash, a second slash begins a host, dot segments climb. */
        private static boolean staysInside(String path) {
            var slashed = path.replace('\\', '/');
            if (slashed.startsWith("//")) {
                return false;
            }
            var open = new ArrayDeque<String>();
            for (var segment : slashed.split("/", -1)) {
                if (segment.equals("..") && open.pollLast() == null) {
                    return false;
                }
                if (!segment.isEmpty() && !segment.equals(".") && !segment.equals("..")) {
                    open.addLast(segment);
                }
            }
            return true;
        }
    }
}
