package dev.ssofilter.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Optional;

/**
 * What matters of a request, read once. Nothing of it is an origin of ours: not Host, not X-Forwarded-*.
 *
 * @param uri the path as it stood in the request line, not decoded
 * @param fetchMode {@code Sec-Fetch-Mode}, {@code fetchDest}, {@code fetchSite} (W3C Fetch Metadata) in lower case
 * @param bearer whether it carries {@code Authorization: Bearer}
 * @param prefetch whether the browser asks ahead of the user ({@code Sec-Purpose}, {@code Purpose})
 * @param upgrade whether it asks for another protocol, WebSocket say
 * @param scripted whether it carries {@code X-Requested-With}
 */
public record RequestFacts(
        String method,
        String uri,
        Optional<String> query,
        Optional<String> fetchMode,
        Optional<String> fetchDest,
        Optional<String> fetchSite,
        Optional<String> origin,
        String accept,
        String contentType,
        boolean bearer,
        boolean prefetch,
        boolean upgrade,
        boolean scripted,
        boolean preflight) {

    public static RequestFacts of(HttpServletRequest request) {
        return new RequestFacts(
                request.getMethod(),
                request.getRequestURI(),
                Optional.ofNullable(request.getQueryString()),
                header(request, "Sec-Fetch-Mode"),
                header(request, "Sec-Fetch-Dest"),
                header(request, "Sec-Fetch-Site"),
                header(request, "Origin"),
                header(request, "Accept").orElse(""),
                header(request, "Content-Type").orElse(""),
                header(request, "Authorization").orElse("").startsWith("bearer"),
                header(request, "Sec-Purpose")
                        .or(() -> header(request, "Purpose"))
                        .isPresent(),
                header(request, "Upgrade").isPresent(),
                header(request, "X-Requested-With").isPresent(),
                header(request, "Access-Control-Request-Method").isPresent());
    }

    private static Optional<String> header(HttpServletRequest request, String name) {
        return Optional.ofNullable(request.getHeader(name)).map(value -> value.toLowerCase(Locale.ROOT));
    }
}
