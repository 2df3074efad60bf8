package dev.ssofilter.sample;

import dev.ssofilter.user.SsoPrincipal;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Says who is signed in, and needs nothing but the filter. */
public final class UserServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var user = (SsoPrincipal) request.getUserPrincipal();
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().println("signed in: " + user.getFirstName());
    }
}
