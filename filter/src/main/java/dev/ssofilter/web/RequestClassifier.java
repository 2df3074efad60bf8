package dev.ssofilter.web;

import dev.ssofilter.directory.Settings;
import dev.ssofilter.user.LoginFailedException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The one place that compares paths, and the one that asks whether a request can follow a login page. Own paths are
 * compared whole with the raw URI. A path is public only if it can be read in one way alone: whatever a container might
 * decode or resolve to another resource is protected.
 */
public final class RequestClassifier {
    private final PathReading reading;
    private final Map<String, RequestKind> ownUris;
    private final ClearPaths publicPaths;
    private final RequiredRoles requiredRoles;

    /** @param contextPath as deployed: empty, or a slash and a name */
    public RequestClassifier(Settings settings, String contextPath) {
        this.reading = new PathReading(contextPath);
        this.publicPaths = new ClearPaths(contextPath, settings.publicPaths());
        this.requiredRoles = new RequiredRoles(reading, settings.pathRoles(), settings.publicPaths());
        var own = settings.ownPaths();
        var kinds = new HashMap<String, RequestKind>();
        kinds.put(reading.uri(own.returnPath()), RequestKind.RETURN);
        kinds.put(reading.uri(own.login()), RequestKind.LOGIN);
        kinds.put(reading.uri(own.logout()), RequestKind.LOGOUT);
        kinds.put(reading.uri(own.signedOut()), RequestKind.SIGNED_OUT);
        kinds.put(reading.uri(own.me()), RequestKind.ME);
        own.health().ifPresent(path -> kinds.put(reading.uri(path), RequestKind.HEALTH));
        this.ownUris = Map.copyOf(kinds);
    }

    /** What the request is for, by its raw URI: the path as it stood in the request line, not decoded. */
    public RequestKind kind(String uri) {
        var own = ownUris.get(uri);
        if (own != null) {
            return own;
        }
        return isPublic(uri) ? RequestKind.PUBLIC : RequestKind.PROTECTED;
    }

    private boolean isPublic(String uri) {
        return publicPaths.takeIn(uri) && !requiredRoles.closePublicPath(uri);
    }

    /**
     * Whether this user may have what a protected path leads to, as far as {@code pathRoles} says.
     *
     * @throws LoginFailedException ROLE_REQUIRED
     */
    public void requireRole(String uri, Set<String> roles) throws LoginFailedException {
        requiredRoles.check(uri, roles);
    }

    /** Reads raw URIs, as this does. */
    PathReading reading() {
        return reading;
    }

    boolean isOwn(String path) {
        return ownUris.containsKey(reading.uri(path));
    }

    /** only a top-level navigation can follow a login page. */
    public static Caller caller(HttpServletRequest request) {
        if (RequestHeaders.preflight(request)) {
            return Caller.PREFLIGHT;
        }
        if (RequestHeaders.bearer(request)
                || RequestHeaders.prefetch(request)
                || RequestHeaders.upgrade(request)
                || !navigates(request)) {
            return Caller.OTHER;
        }
        return switch (request.getMethod()) {
            case "GET" -> Caller.PAGE;
            case "POST" -> Caller.FORM;
            default -> Caller.OTHER;
        };
    }

    /**
     * Whether it is a page navigation: what a signed-in user's browser must not keep. One that is asked for ahead of the
     * user is one, too; whether it can be followed by a login page is another question.
     */
    public static boolean isPage(HttpServletRequest request) {
        // A document is fetched by navigations alone (Fetch §2.2.5), so its destination says it all.
        return request.getMethod().equals("GET") && (RequestHeaders.isDocument(request) || navigates(request));
    }

    // No script can forge Fetch Metadata, so it decides alone: some in-app browsers send X-Requested-With with every
    // page.
    private static boolean navigates(HttpServletRequest request) {
        if (RequestHeaders.hasFetchMetadata(request)) {
            return RequestHeaders.fitsNavigation(request);
        }
        return RequestHeaders.accept(request).contains("text/html")
                && !RequestHeaders.scripted(request)
                && !RequestHeaders.contentType(request).contains("json");
    }
}
