package dev.ssofilter.chromium;

import dev.ssofilter.directory.BaseUrl;
import dev.ssofilter.directory.OwnPaths;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import dev.ssofilter.web.FailurePage;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** Each page says its path and its user; some hold an element that asks for {@code ?of=PATH}. */
final class Pages extends HttpServlet {
    static final String ASKS_ANEW =
            "addEventListener('pageshow', event => { if (event.persisted) location.reload(); });";
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        if (request.getRequestURI().equals("/public/reason")) {
            reason(request, response);
            return;
        }
        response.setContentType("text/html;charset=UTF-8");
        var did = request.getMethod().equals("POST") ? "Saved at " : "Page ";
        response.getWriter().println("""
                <!DOCTYPE html>
                <html lang="en"><head><title>%s%s</title><link rel="icon" href="data:,">%s</head>
                <body><p>user %s</p>
                %s</body></html>""".formatted(
                        did, request.getRequestURI(), head(request), request.getRemoteUser(), element(request)));
    }

    private static String head(HttpServletRequest request) {
        return switch (request.getRequestURI()) {
            case "/public/prefetch" -> "<link rel=\"prefetch\" href=\"" + request.getParameter("of") + "\">";
            case "/asks-anew" -> "<script>" + ASKS_ANEW + "</script>"; // as the README says
            default -> "";
        };
    }

    private static String element(HttpServletRequest request) {
        var of = request.getParameter("of");
        return switch (request.getRequestURI()) {
            case "/public/frame" -> "<iframe src=\"" + of + "\"></iframe>";
            case "/public/image" -> "<img alt=\"\" src=\"" + of + "\">";
            case "/public/link" -> "<a href=\"" + of + "\">there</a>";
            case "/form" ->
                "<form method=\"post\" action=\"/orders\"><input name=\"text\"><button>Save</button></form>";
            case "/orders", "/asks-anew" ->
                "<form method=\"post\" action=\"/sso/logout\"><button>Sign out</button></form>";
            default -> "";
        };
    }

    /** The page of a reason, by the filter's own hand. */
    private static void reason(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        var reason = Reason.valueOf(request.getQueryString());
        new FailurePage(Optional.empty(), new OwnPaths("/sso", "/sso/return", Optional.empty()))
                .write(
                        request,
                        response,
                        new LoginFailedException(reason, "shown"),
                        Optional.of(BaseUrl.parse("http://localhost")));
    }
}
