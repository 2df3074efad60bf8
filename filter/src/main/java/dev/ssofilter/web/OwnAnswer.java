package dev.ssofilter.web;

import dev.ssofilter.directory.Json;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What every answer of the filter's own shares: no cache keeps it, no referrer leaves it, nothing guesses its type. */
public final class OwnAnswer {
    private OwnAnswer() {}

    public static void headers(HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
    }

    /** The location stands as it is: {@code sendRedirect} would resolve, and in some containers rewrite it. */
    public static void redirect(HttpServletResponse response, int status, String location) {
        headers(response);
        response.setStatus(status);
        response.setHeader("Location", location); // last, so that it is on no page that tells of a failure
    }

    static void json(HttpServletResponse response, int status, String mediaType, Map<String, Object> object)
            throws IOException {
        var body = Json.write(object).getBytes(StandardCharsets.UTF_8);
        headers(response);
        response.setStatus(status);
        response.setContentType(mediaType);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
