package dev.ssofilter.web;

import dev.ssofilter.directory.PathPattern;
import dev.ssofilter.directory.Settings;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The one place that compares paths, and the one that asks whether a request can follow a login page. Own paths are
 * compared whole with the raw URI. A path is public only if it can be read in one way alone: whatever a container might
 * decode or resolve to another resource is protected.
 */
public final class RequestClassifier {
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

    private final String contextPath;
    private final Map<String, RequestKind> ownPaths;
    private final List<PathPattern> publicPaths;

    /** @param contextPath as deployed: empty, or a slash and a name */
    public RequestClassifier(Settings settings, String contextPath) {
        this.contextPath = contextPath;
        this.publicPaths = settings.publicPaths();
        var own = settings.ownPaths();
        this.ownPaths = Map.of(
                own.returnPath(), RequestKind.RETURN,
                own.login(), RequestKind.LOGIN,
                own.logout(), RequestKind.LOGOUT,
                own.signedOut(), RequestKind.SIGNED_OUT,
                own.me(), RequestKind.ME);
    }

    public RequestKind kind(RequestFacts facts) {
        var inside = pathInContext(facts);
        return inside.flatMap(path -> Optional.ofNullable(ownPaths.get(path)))
                .orElseGet(
                        () -> inside.filter(this::isPublic).isPresent() ? RequestKind.PUBLIC : RequestKind.PROTECTED);
    }

    /** What follows the context path in the raw URI; empty where it does not begin with the context path as deployed. */
    Optional<String> pathInContext(RequestFacts facts) {
        var inside = facts.uri().startsWith(contextPath) ? facts.uri().substring(contextPath.length()) : "outside";
        return inside.isEmpty() || inside.startsWith("/") ? Optional.of(inside) : Optional.empty();
    }

    boolean isOwn(String path) {
        return ownPaths.containsKey(path);
    }

    private boolean isPublic(String rawPath) {
        if (AMBIGUOUS.matcher(rawPath).find()
                || SUSPICIOUS_ESCAPE.matcher(rawPath).find()) {
            return false;
        }
        return decoded(rawPath)
                .filter(path -> !path.contains(NOT_UTF_8))
                .filter(path -> publicPaths.stream().anyMatch(pattern -> pattern.matches(path)))
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

    /** only a top-level navigation can follow a login page. */
    public Caller caller(RequestFacts facts) {
        if (facts.method().equals("OPTIONS") && facts.origin().isPresent() && facts.preflight()) {
            return Caller.PREFLIGHT;
        }
        if (facts.bearer() || facts.prefetch() || facts.upgrade() || !navigates(facts)) {
            return Caller.OTHER;
        }
        return switch (facts.method()) {
            case "GET" -> Caller.PAGE;
            case "POST" -> Caller.FORM;
            default -> Caller.OTHER;
        };
    }

    // No script can forge Fetch Metadata, so it decides alone: some in-app browsers send X-Requested-With with every
    // page.
    private static boolean navigates(RequestFacts facts) {
        if (facts.fetchMode().isPresent() || facts.fetchDest().isPresent()) {
            return facts.fetchMode().orElse("navigate").equals("navigate")
                    && facts.fetchDest().orElse("document").equals("document");
        }
        return facts.accept().contains("text/html")
                && !facts.scripted()
                && !facts.contentType().contains("json");
    }
}
