package dev.ssofilter.directory;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Text to value for the simple settings. What they throw ends a sentence that begins with what was found. */
final class Parsers {
    private static final String URL_EXPECTED = "; expected an absolute https URL, exactly as the directory writes it";

    /** No instant that a session could ever reach lies beyond: a limit for arithmetic, not for use. */
    private static final Duration LONGEST_SESSION = Duration.ofDays(36_500);

    private static final Duration LARGEST_SKEW = Duration.ofMinutes(5);

    private Parsers() {}

    static String oneLine(String text) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("holds a line break or another control character; expected one line");
        }
        return text;
    }

    static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new IllegalArgumentException(
                        "is neither true nor false; expected one of the two, in these letters");
        };
    }

    static URI url(String text) {
        try {
            URI url = new URI(text);
            EndpointUrl.problem(url, true).ifPresent(problem -> {
                throw new IllegalArgumentException(problem);
            });
            return url;
        } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException("is no URL (" + malformed.getReason() + ")" + URL_EXPECTED, malformed);
        }
    }

    static String issuer(String text) {
        if (url(text).getRawQuery() != null) {
            throw new IllegalArgumentException(
                    "holds a query (\"?\"); expected the issuer as it stands in the tokens' iss");
        }
        return text;
    }

    static List<String> scopes(String text) {
        var scopes = List.of(text.strip().split("\\s+"));
        var problems = new ArrayList<String>();
        scopes.stream()
                .filter(scope -> !scope.chars().allMatch(Parsers::isScopeCharacter))
                .map(scope -> "holds \"" + scope + "\", which is no scope; expected printable ASCII without \" and \\")
                .forEach(problems::add);
        if (!scopes.contains("openid")) {
            problems.add("lacks openid; expected names with white space between, openid among them, such as"
                    + " openid profile email");
        }
        Refused.ifAny(problems);
        return scopes.stream().distinct().toList();
    }

    // RFC 6749 §3.3
    private static boolean isScopeCharacter(int c) {
        return isVisibleAscii(c) && c != '"' && c != '\\';
    }

    private static boolean isVisibleAscii(int c) {
        return c >= '!' && c <= '~';
    }

    static String clientId(String text) {
        if (!text.chars().allMatch(Parsers::isVisibleAscii)) {
            throw new IllegalArgumentException(
                    "holds a blank or a character beyond ASCII; expected the Client ID of the"
                            + " app client as the directory shows it");
        }
        return text;
    }

    static String secret(String text) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("holds a line break or another control character; expected the Client"
                    + " secret of the app client and nothing else");
        }
        return text;
    }

    static String ownPath(String text) {
        PlainPath.of(text, "a path inside the context, such as /sso");
        if (text.endsWith("/")) {
            throw new IllegalArgumentException("ends in \"/\"; expected a path inside the context, such as /sso");
        }
        return reachable(text);
    }

    static String target(String text) {
        String path = text.contains("?") ? text.substring(0, text.indexOf('?')) : text;
        PlainPath.of(path, "a path inside the context, such as /home, with a query where needed");
        if (!text.chars().allMatch(c -> isVisibleAscii(c) && c != '#' && c != '\\')) {
            throw new IllegalArgumentException("holds a character in its query that a browser sends in another form");
        }
        return reachable(text);
    }

    static String postLogoutTarget(String text) {
        if (text.startsWith("/")) {
            return reachable(PlainPath.of(text, "a path inside the context or an absolute https URL"));
        }
        URI url = url(text);
        if (!"https".equalsIgnoreCase(url.getScheme())) {
            throw new IllegalArgumentException(
                    "is not https; expected a path inside the context or an absolute https URL");
        }
        return text;
    }

    static String failurePage(String text) {
        return PlainPath.of(text, "a path in the application, such as /WEB-INF/failure.jsp");
    }

    private static String reachable(String path) {
        String upper = path.toUpperCase(Locale.ROOT);
        if (upper.startsWith("/WEB-INF") || upper.startsWith("/META-INF")) {
            throw new IllegalArgumentException("is where the container lets no browser in; expected another path");
        }
        return path;
    }

    static List<String> words(String text) {
        return List.of(text.split("[,\\s]+")).stream()
                .filter(word -> !word.isEmpty())
                .toList();
    }

    static Set<String> attributeNames(String text) {
        var problems = new ArrayList<String>();
        for (String name : words(text)) {
            if (name.startsWith("dev.ssofilter.")) {
                problems.add(
                        "names \"" + name + "\", which is the filter's own; expected attributes of the application");
            } else if (name.contains("*")) {
                problems.add("names \"" + name + "\"; expected whole names, as nothing is read as a pattern");
            }
        }
        Refused.ifAny(problems);
        return new LinkedHashSet<>(words(text));
    }

    static Duration sessionMaximum(String text) {
        Duration duration = duration(text);
        if (duration.isZero() || duration.isNegative() || duration.compareTo(LONGEST_SESSION) > 0) {
            throw new IllegalArgumentException(
                    "is not within range; expected more than zero, such as PT8H, and at most " + LONGEST_SESSION);
        }
        return duration;
    }

    static Duration clockSkew(String text) {
        Duration duration = duration(text);
        if (duration.isNegative() || duration.compareTo(LARGEST_SKEW) > 0) {
            throw new IllegalArgumentException("is not within range; expected PT0S to " + LARGEST_SKEW);
        }
        return duration;
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException malformed) {
            throw new IllegalArgumentException("is no ISO-8601 duration; expected such as PT8H or PT60S", malformed);
        }
    }
}
