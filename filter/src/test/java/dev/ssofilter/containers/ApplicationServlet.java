package dev.ssofilter.containers;

import dev.ssofilter.user.SsoPrincipal;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;

/** The whole of the application: it says who asked for what, as the Servlet API tells it, on every way there is. */
public final class ApplicationServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    /** More than any answer has. */
    private static final int LONG = 100_000;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        response.setContentType("text/plain;charset=UTF-8");
        if (request.getDispatcherType() == DispatcherType.ASYNC && "/failing".equals(request.getPathInfo())) {
            throw new IllegalStateException("the application's own");
        }
        if ("/asking".equals(request.getPathInfo()) && !request.authenticate(response)) {
            return;
        }
        if ("/forwarding".equals(request.getPathInfo())) {
            request.getRequestDispatcher("/asking").forward(request, response);
            return;
        }
        if ("/leaving".equals(request.getPathInfo())) {
            response.sendError(HttpServletResponse.SC_GONE);
            return;
        }
        if (request.getDispatcherType() != DispatcherType.REQUEST) {
            tell(request, response);
            return;
        }
        switch (request.getPathInfo()) {
            case "/public/ask-begun" -> {
                line(response.getWriter(), "begun");
                request.authenticate(response);
            }
            case "/public/ask-measured" -> {
                response.setContentLength(LONG);
                request.authenticate(response);
            }
            case "/public/gone", "/public/gone now" -> response.sendError(HttpServletResponse.SC_GONE);
            case "/public/forward-to-gone" ->
                request.getRequestDispatcher("/leaving").forward(request, response);
            case "/public/ask" -> request.getRequestDispatcher("/asking").forward(request, response);
            case "/public/ask-later" -> request.startAsync().dispatch("/asking");
            case "/public/ask-later-inside" -> request.startAsync().dispatch("/forwarding");
            case "/forward" -> request.getRequestDispatcher("/inside").forward(request, response);
            case "/include" -> {
                request.getRequestDispatcher("/inside").include(request, response);
                line(response.getWriter(), "included");
            }
            case "/missing", "/public/missing" -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
            case "/dispatch" -> request.startAsync().dispatch();
            case "/dispatch-elsewhere" -> request.startAsync().dispatch("/inside");
            case "/timeout", "/public/timeout" -> {
                var async = request.startAsync();
                async.setTimeout(50);
                async.addListener(new DispatchAtTimeout());
            }
            case "/dispatch-to-failing" -> request.startAsync().dispatch("/failing");
            case "/committed", "/public/committed" -> {
                line(response.getWriter(), "begun");
                response.flushBuffer();
                request.startAsync().dispatch("/inside");
            }
            case "/thread" -> {
                var async = request.startAsync();
                async.start(() -> {
                    tell((HttpServletRequest) async.getRequest(), (HttpServletResponse) async.getResponse());
                    async.complete();
                });
            }
            case "/public/visit" -> {
                request.getSession().setAttribute("visit", request.getParameter("of"));
                tell(request, response);
            }
            default -> tell(request, response);
        }
    }

    /** Goes on elsewhere where nothing has come in time. */
    private static final class DispatchAtTimeout implements AsyncListener {
        @Override
        public void onTimeout(AsyncEvent event) {
            event.getAsyncContext().dispatch("/inside");
        }

        @Override
        public void onComplete(AsyncEvent event) {
            // nothing to do
        }

        @Override
        public void onError(AsyncEvent event) {
            // nothing to do
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // nothing to do
        }
    }

    /** Containers have ideas of their own about how a line ends. */
    private static void line(PrintWriter out, String text) {
        out.print(text + "\n");
    }

    private static void tell(HttpServletRequest request, HttpServletResponse response) {
        try {
            var out = response.getWriter();
            var query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
            line(out, "asked " + request.getRequestURI() + query);
            line(out, "as " + request.getDispatcherType());
            line(out, "user " + request.getRemoteUser());
            line(out, "member " + request.isUserInRole("members"));
            line(out, "authType " + request.getAuthType());
            if (request.getUserPrincipal() instanceof SsoPrincipal user) {
                line(out, "name " + user.getFirstName() + " " + user.getLastName());
            }
            var session = request.getSession(false);
            line(out, "visit " + (session == null ? "none" : session.getAttribute("visit")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
