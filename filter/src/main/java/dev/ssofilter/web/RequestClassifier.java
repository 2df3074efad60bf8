package dev.ssofilter.web;

import dev.ssofilter.directory.Settings;
import dev.ssofilter.user.LoginFailedException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The one place that compares paths, and the one that asks whether a request can follow a login page. Own paths are
 * compared whole with the raw URI. A path is public only if it can be read in one way alone: whatever a container might
 * decode or resolve to another resource is protected.
 */
public final class RequestClassifier {
    private final Map<String, RequestKind> ownPaths;
    private final PathReading reading;
    private final ClearPaths publicPaths;
    private final RequiredRoles requiredRoles;

    /** @param contextPath as deployed: empty, or a slash and a name */
    public RequestClassifier(Settings settings, String contextPath) {
        this.reading = new PathReading(contextPath);
        this.publicPaths = new ClearPaths(contextPath, settings.publicPaths());
        this.requiredRoles = new RequiredRoles(reading, settings.pathRoles(), settings.publicPaths());
        var own = settings.ownPaths();
        var kinds = new HashMap<>(Map.of(
                own.returnPath(), RequestKind.RETURN,
                own.login(), RequestKind.LOGIN,
                own.logout(), RequestKind.LOGOUT,
                own.signedOut(), RequestKind.SIGNED_OUT,
                own.me(), RequestKind.ME));
        own.health().ifPresent(path -> kinds.put(path, RequestKind.HEALTH));
        this.ownPaths = Map.copyOf(kinds);
    }

    public RequestKind kind(RequestFacts facts) {
        var own = ownPaths.get(pathInContext(facts).orElse("outside"));
        if (own != null) {
            return own;
        }
        return isPublic(facts) ? RequestKind.PUBLIC : RequestKind.PROTECTED;
    }

    private boolean isPublic(RequestFacts facts) {
        return publicPaths.takeIn(facts) && !requiredRoles.closePublicPath(facts);
    }

    /**
     * Whether this user may have what a protected path leads to, as far as {@code pathRoles} says.
     *
     * @throws LoginFailedException ROLE_REQUIRED
     */
    public void requireRole(RequestFacts facts, Set<String> roles) throws LoginFailedException {
        requiredRoles.check(facts, roles);
    }

    /** What follows the context path in the raw URI; empty where it does not begin with the context path as deployed. */
    Optional<String> pathInContext(RequestFacts facts) {
        return reading.inside(facts.uri());
    }

    boolean isOwn(String path) {
        return ownPaths.containsKey(path);
    }

    /** only a top-level navigation can follow a login page. */
    public static Caller caller(RequestFacts facts) {
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

    /**
     * Whether it is a page navigation: what a signed-in user's browser must not keep. One that is asked for ahead of the
     * user is one, too; whether it can be followed by a login page is another question.
     */
    public static boolean isPage(RequestFacts facts) {
        return facts.method().equals("GET") && navigates(facts);
    }

    // No script can forge Fetch Metadata, so it decides alone: some in-app browsers send X-Requested-With with every
    // page.
    private static boolean navigates(RequestFacts facts) {
        var mode = facts.fetchMode();
        var dest = facts.fetchDest();
        if (mode.isPresent() || dest.isPresent()) {
            return mode.orElse("navigate").equals("navigate")
                    && dest.orElse("document").equals("document");
        }
        return facts.accept().contains("text/html")
                && !facts.scripted()
                && !facts.contentType().contains("json");
    }
}
