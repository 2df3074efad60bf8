package dev.ssofilter.web;

import dev.ssofilter.directory.BaseUrl;
import dev.ssofilter.oidc.PendingLogin;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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

    private static final Pattern ESCAPED_DOT = Pattern.compile("%2e", Pattern.CASE_INSENSITIVE);
    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");

    public TargetUrl {
        if (afterBase.length() > LONGEST || !PLAIN.matcher(afterBase).matches()) {
            throw new IllegalArgumentException("a target begins with a slash or a question mark; it has at most "
                    + LONGEST + " characters of visible ASCII");
        }
    }

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

        /** What an earlier request was given, checked by today's rules: settings may have changed meanwhile. */
        TargetUrl of(PendingLogin pending) {
            return checked(pending.target()).orElse(defaultTarget);
        }

        private Optional<TargetUrl> checked(String afterBase) {
            if (afterBase.length() > LONGEST || !PLAIN.matcher(afterBase).matches()) {
                return Optional.empty();
            }
            var path = afterBase.split("[?#]", 2)[0];
            return PathReading.decoded(path)
                    .filter(decoded -> Stream.of(withPlainDots(path), decoded).allMatch(this::isPage))
                    .map(decoded -> new TargetUrl(afterBase));
        }

        /** As a browser reads it, to which an escaped dot is a dot, but an escaped slash no slash (WHATWG URL §4.4). */
        private static String withPlainDots(String path) {
            return ESCAPED_DOT.matcher(path).replaceAll(".");
        }

        private boolean isPage(String path) {
            return resolved(path)
                    .filter(inside -> !inside.startsWith("//"))
                    .filter(inside -> !CONTROL.matcher(inside).find())
                    .filter(inside -> !classifier.isOwn(inside))
                    .filter(inside ->
                            !NOT_A_PAGE.matcher(inside.toLowerCase(Locale.ROOT)).matches())
                    .isPresent();
        }

        /** Without dot segments, a backslash read as a slash; empty where it climbs out of the application. */
        private static Optional<String> resolved(String path) {
            var open = new ArrayDeque<String>();
            var end = "";
            for (var segment : path.replace('\\', '/').split("/", -1)) {
                var name = segment.split(";", 2)[0]; // behind some proxies "..;" climbs too
                var dots = name.equals(".") || name.equals("..");
                if (name.equals("..") && !climbs(open)) {
                    return Optional.empty();
                }
                if (!dots) {
                    open.addLast(segment);
                }
                end = dots ? "/" : "";
            }
            return Optional.of(String.join("/", open) + end);
        }

        /** From an empty segment too, of which servers make nothing; false at the top. */
        private static boolean climbs(Deque<String> open) {
            while (!open.isEmpty()) {
                if (!open.removeLast().isEmpty()) {
                    return true;
                }
            }
            return false;
        }
    }
}
