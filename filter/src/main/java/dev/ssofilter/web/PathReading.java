package dev.ssofilter.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the path of a raw URI, and tells whether it can be read in one way alone: whatever a container might decode or
 * resolve to another resource cannot.
 *
 * @param contextPath as deployed: empty, or a slash and a name
 */
record PathReading(String contextPath) {
    /** Path parameters, backslashes, fragments, empty and dot segments: containers differ about them. */
    private static final Pattern AMBIGUOUS = Pattern.compile("[;\\\\#]|//|/\\.{1,2}(?:/|$)");

    /**
     * Escapes of what needs none (letters, digits), of control characters, and of . / \ % ; and what is none at all: the
     * JDK's decoder reads the digits of every script as hexadecimal ones.
     */
    private static final Pattern SUSPICIOUS_ESCAPE = Pattern.compile(
            "%(?:(?![0-9a-f]{2})|[01][0-9a-f]|7f|2e|2f|5c|25|3b|3[0-9]|4[1-9a-f]|5[0-9a]|6[1-9a-f]|7[0-9a])",
            Pattern.CASE_INSENSITIVE);

    private static final String NOT_UTF_8 = "\uFFFD";

    /** The raw URI of a path inside the context that needs no escape. */
    String uri(String path) {
        return contextPath + path;
    }

    /** Whether a raw URI is the context path as deployed, or goes on behind it with a slash. */
    boolean isInside(String uri) {
        return uri.startsWith(contextPath)
                && (uri.length() == contextPath.length() || uri.charAt(contextPath.length()) == '/');
    }

    /** What follows the context path in a raw URI that {@link #isInside}: nothing, or what begins with a slash. */
    String inside(String uri) {
        return uri.substring(contextPath.length());
    }

    /** The same, decoded; empty where it is not inside, or can be read in more ways than one. */
    Optional<String> clear(String uri) {
        return Optional.of(uri)
                .filter(this::isInside)
                .map(this::inside)
                .filter(raw -> !AMBIGUOUS.matcher(raw).find())
                .filter(raw -> !SUSPICIOUS_ESCAPE.matcher(raw).find())
                .flatMap(PathReading::decoded)
                .filter(path -> !path.contains(NOT_UTF_8));
    }

    /** Once, as UTF-8; empty where an escape is broken. */
    static Optional<String> decoded(String rawPath) {
        if (rawPath.indexOf('%') < 0) {
            return Optional.of(rawPath);
        }
        try {
            return Optional.of(URLDecoder.decode(rawPath.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException brokenEscape) {
            return Optional.empty();
        }
    }
}
