package dev.ssofilter.web.setup;

import dev.ssofilter.web.Html;
import dev.ssofilter.web.OwnAnswer;
import dev.ssofilter.web.PageFile;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes every page of the setup screen. */
final class SetupPage {
    private static final String STYLE = PageFile.STYLE + PageFile.text(SetupPage.class, "setup.css");
    private static final String TEMPLATE = PageFile.text(SetupPage.class, "setup.html");

    // No form-action: it would also stop the way from Test sign-in to the provider.
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src "
            + PageFile.hashSource(STYLE) + "; frame-ancestors 'none'; base-uri 'none'";

    private SetupPage() {}

    static void write(HttpServletResponse response, int status, String title, Html content) throws IOException {
        // The style is our own file, and would be another one escaped.
        var page =
                Html.of(TEMPLATE, title, new Html(STYLE), title, content).text().getBytes(StandardCharsets.UTF_8);
        OwnAnswer.headers(response);
        response.setStatus(status);
        response.setContentType("text/html;charset=UTF-8");
        response.setContentLength(page.length);
        response.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        response.setHeader("Referrer-Policy", "same-origin"); // under no-referrer a form posts "Origin: null"
        response.setHeader("X-Frame-Options", "DENY");
        response.getOutputStream().write(page);
    }
}
