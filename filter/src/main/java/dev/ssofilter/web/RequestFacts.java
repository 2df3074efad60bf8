package dev.ssofilter.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * What matters of a request. Nothing of it is an origin of ours: not Host, not X-Forwarded-*. A header is looked up
 * where somebody asks for it, as a signed-in user's request needs few of them.
 *
 * @param uri the path as it stood in the request line, not decoded
 * @param header its value by its name, in lower case: none of those that matter are told apart by it
 */
public record RequestFacts(
        String method, String uri, Optional<String> query, Function<String, Optional<String>> header) {
    public static RequestFacts of(HttpServletRequest request) {
        return new RequestFacts(
                request.getMethod(), request.getRequestURI(), Optional.ofNullable(request.getQueryString()), name -> {
                    var value = request.getHeader(name);
                    return value == null ? Optional.empty() : Optional.of(value.toLowerCase(Locale.ROOT));
                });
    }

    /** {@code Sec-Fetch-Mode}; {@code fetchDest}, {@code fetchSite} are likewise (W3C Fetch Metadata). */
    Optional<String> fetchMode() {
        return header.apply("Sec-Fetch-Mode");
    }

    Optional<String> fetchDest() {
        return header.apply("Sec-Fetch-Dest");
    }

    public Optional<String> fetchSite() {
        return header.apply("Sec-Fetch-Site");
    }

    public Optional<String> origin() {
        return header.apply("Origin");
    }

    String accept() {
        return header.apply("Accept").orElse("");
    }

    String contentType() {
        return header.apply("Content-Type").orElse("");
    }

    /** Whether it carries {@code Authorization: Bearer}. */
    boolean bearer() {
        return header.apply("Authorization").orElse("").startsWith("bearer");
    }

    /** Whether the browser asks ahead of the user ({@code Sec-Purpose}, {@code Purpose}). */
    boolean prefetch() {
        return has("Sec-Purpose") || has("Purpose");
    }

    /** Whether it asks for another protocol, WebSocket say. */
    boolean upgrade() {
        return has("Upgrade");
    }

    /** Whether it carries {@code X-Requested-With}. */
    boolean scripted() {
        return has("X-Requested-With");
    }

    boolean preflight() {
        return has("Access-Control-Request-Method");
    }

    private boolean has(String name) {
        return header.apply(name).isPresent();
    }
}
