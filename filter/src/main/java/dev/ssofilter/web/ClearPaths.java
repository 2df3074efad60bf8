package dev.ssofilter.web;

import dev.ssofilter.directory.PathPattern;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Paths of the application that are let through, by pattern. A request is at one of them only if its raw URI can be read
 * in one way alone: whatever a container might decode or resolve to another resource is at none.
 *
 * @param contextPath as deployed: empty, or a slash and a name
 */
public record ClearPaths(String contextPath, List<PathPattern> patterns) {
    /** Path parameters, backslashes, empty, dot and escaped-dot segments: containers differ about them. */
    private static final Pattern AMBIGUOUS = Pattern.compile("[;\\\\]|//|/\\.{1,2}(?:/|$)");

    /**
     * Escapes of what needs none (letters, digits), of control characters, and of . / \ % ; and what is none at all: the
     * JDK's decoder reads the digits of every script as hexadecimal ones.
     */
    private static final Pattern SUSPICIOUS_ESCAPE = Pattern.compile(
            "%(?:(?![0-9a-f]{2})|[01][0-9a-f]|7f|2e|2f|5c|25|3b|3[0-9]|4[1-9a-f]|5[0-9a]|6[1-9a-f]|7[0-9a])",
            Pattern.CASE_INSENSITIVE);

    private static final String NOT_UTF_8 = "\uFFFD";

    public ClearPaths {
        patterns = List.copyOf(patterns);
    }

    /** Whether the request is at one of them. */
    public boolean takeIn(RequestFacts facts) {
        return !patterns.isEmpty() && inside(facts).filter(this::takesIn).isPresent();
    }

    /** What follows the context path in the raw URI; empty where it does not begin with the context path as deployed. */
    Optional<String> inside(RequestFacts facts) {
        var inside = facts.uri().startsWith(contextPath) ? facts.uri().substring(contextPath.length()) : "outside";
        return inside.isEmpty() || inside.startsWith("/") ? Optional.of(inside) : Optional.empty();
    }

    private boolean takesIn(String rawPath) {
        if (AMBIGUOUS.matcher(rawPath).find()
                || SUSPICIOUS_ESCAPE.matcher(rawPath).find()) {
            return false;
        }
        return decoded(rawPath)
                .filter(path -> !path.contains(NOT_UTF_8))
                .filter(path -> patterns.stream().anyMatch(pattern -> pattern.matches(path)))
                .isPresent();
    }

    /** Once, as UTF-8; empty where an escape is broken. */
    static Optional<String> decoded(String rawPath) {
        try {
            return Optional.of(URLDecoder.decode(rawPath.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException brokenEscape) {
            return Optional.empty();
        }
    }
}
