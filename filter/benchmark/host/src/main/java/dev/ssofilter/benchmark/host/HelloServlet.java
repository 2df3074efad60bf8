package dev.ssofilter.benchmark.host;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The application: it greets the user by the name that the request has. */
final class HelloServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final int LENGTH = 128;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var user = request.getUserPrincipal();
        var text = new StringBuilder("Hello ").append(user == null ? "stranger" : user.getName());
        // Of one length, whoever it greets.
        while (text.length() < LENGTH) {
            text.append('.');
        }
        var body = text.toString().getBytes(StandardCharsets.UTF_8);
        response.setContentType("text/plain;charset=utf-8");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
