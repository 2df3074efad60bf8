package dev.ssofilter.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Optional;

/**
 * The headers of a request that matter, looked up where somebody asks, as a signed-in user's request needs few of them.
 * None is an origin of ours: not Host, not X-Forwarded-*. Values are in lower case, since none of those that matter are
 * told apart by it; that of an absent header is an empty text.
 */
public final class RequestHeaders {
    private static final String FETCH_MODE = "Sec-Fetch-Mode";
    private static final String FETCH_DEST = "Sec-Fetch-Dest";

    private RequestHeaders() {}

    /** Whether the browser says how it fetches this, by {@code Sec-Fetch-Mode} or {@code Sec-Fetch-Dest} (W3C Fetch Metadata). */
    static boolean hasFetchMetadata(HttpServletRequest request) {
        return has(request, FETCH_MODE) || has(request, FETCH_DEST);
    }

    /** Whether neither of the two, where it is there, says anything but a top-level navigation. */
    static boolean fitsNavigation(HttpServletRequest request) {
        return isAbsentOr(request, FETCH_MODE, "navigate") && isAbsentOr(request, FETCH_DEST, "document");
    }

    private static boolean isAbsentOr(HttpServletRequest request, String name, String word) {
        return !has(request, name) || value(request, name).equals(word);
    }

    static String fetchMode(HttpServletRequest request) {
        return value(request, FETCH_MODE);
    }

    /** Whether a document is to be shown with it; a copy in lower case is not made, as every request is asked. */
    static boolean isDocument(HttpServletRequest request) {
        return "document".equalsIgnoreCase(request.getHeader(FETCH_DEST));
    }

    public static Optional<String> fetchSite(HttpServletRequest request) {
        return Optional.of("Sec-Fetch-Site").filter(name -> has(request, name)).map(name -> value(request, name));
    }

    public static String origin(HttpServletRequest request) {
        return value(request, "Origin");
    }

    static String accept(HttpServletRequest request) {
        return value(request, "Accept");
    }

    static String contentType(HttpServletRequest request) {
        return value(request, "Content-Type");
    }

    /** Whether it carries {@code Authorization: Bearer}. */
    static boolean bearer(HttpServletRequest request) {
        return value(request, "Authorization").startsWith("bearer");
    }

    /** Whether the browser asks ahead of the user ({@code Sec-Purpose}, {@code Purpose}). */
    static boolean prefetch(HttpServletRequest request) {
        return has(request, "Sec-Purpose") || has(request, "Purpose");
    }

    /** Whether it asks for another protocol, WebSocket say. */
    static boolean upgrade(HttpServletRequest request) {
        return has(request, "Upgrade");
    }

    /** Whether it carries {@code X-Requested-With}. */
    static boolean scripted(HttpServletRequest request) {
        return has(request, "X-Requested-With");
    }

    /** Whether it asks for another origin's leave (Fetch §3.3.2). */
    static boolean preflight(HttpServletRequest request) {
        return request.getMethod().equals("OPTIONS")
                && has(request, "Origin")
                && has(request, "Access-Control-Request-Method");
    }

    private static boolean has(HttpServletRequest request, String name) {
        return request.getHeader(name) != null;
    }

    private static String value(HttpServletRequest request, String name) {
        var value = request.getHeader(name);
        return value == null ? "" : value.toLowerCase(Locale.ROOT);
    }
}
