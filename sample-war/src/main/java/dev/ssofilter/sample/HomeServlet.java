package dev.ssofilter.sample;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The public page: the record names it under {@code publicPaths}. */
public final class HomeServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Page.write(request, response, "Welcome", request.getUserPrincipal() == null ? guest(request) : member(request));
    }

    private static Html guest(HttpServletRequest request) {
        return Html.of("""
                <h1>On the water since the tide came in</h1>
                <p>Boats, training times and the crew list are on the members' pages.</p>
                <p>{}</p>""", Page.signIn(request));
    }

    private static Html member(HttpServletRequest request) {
        return Html.of("""
                <h1>Welcome back</h1>
                <p>You are signed in as {}.</p>
                <p><a class="button" href="{}/members">Your membership</a></p>""", request.getRemoteUser(), request.getContextPath());
    }
}
