package dev.ssofilter.sample;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Puts what a servlet has to say into the site's one template, {@code /WEB-INF/page.html}. */
final class Page {
    private Page() {}

    static void write(HttpServletRequest request, HttpServletResponse response, String title, Html main)
            throws IOException {
        response.setContentType("text/html");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'");
        var page = Html.of(template(request), title, request.getContextPath(), navigation(request), main);
        response.getWriter().write(page.markup());
    }

    /** Signing in and out are two addresses of the filter; the rest is what any servlet can ask. */
    private static Html navigation(HttpServletRequest request) {
        var context = request.getContextPath();
        if (request.getUserPrincipal() == null) {
            return signIn(request);
        }
        return Html.of("""
                <a href="{}/members">Your membership</a>
                <a href="{}/admin">Administration</a>
                <form method="post" action="{}/sso/logout"><button>Sign out</button></form>""", context, context, context);
    }

    static Html signIn(HttpServletRequest request) {
        var context = request.getContextPath();
        return Html.of("<a class=\"button\" href=\"{}/sso/login?target={}/members\">Sign in</a>", context, context);
    }

    private static String template(HttpServletRequest request) throws IOException {
        try (InputStream in = request.getServletContext().getResourceAsStream("/WEB-INF/page.html")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
