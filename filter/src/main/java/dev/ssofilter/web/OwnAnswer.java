package dev.ssofilter.web;

import dev.ssofilter.directory.Json;
import jakarta.servlet.ServletOutputStream;
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
        var body = Json.write(object);
        headers(response);
        response.setStatus(status);
        response.setContentType(mediaType);
        body(response, body);
    }

    /** In UTF-8. An application that has begun to write has chosen a writer and a charset, and the length is unknown. */
    static void body(HttpServletResponse response, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        ServletOutputStream out;
        try {
            out = response.getOutputStream();
        } catch (IllegalStateException writerInUse) {
            response.getWriter().write(text);
            return;
        }
        response.setContentLength(bytes.length);
        out.write(bytes);
    }
}
