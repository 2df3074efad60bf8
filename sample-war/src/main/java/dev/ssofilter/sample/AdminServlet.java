package dev.ssofilter.sample;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** For the group {@code admins} of the directory. Who a user is, the filter knows; what they may do, the application says. */
public final class AdminServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.isUserInRole("admins")) {
            Page.write(
                    request,
                    response,
                    "Administration",
                    Html.of("<h1>Administration</h1><p>You look after the club, {}.</p>", request.getRemoteUser()));
            return;
        }
        response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        Page.write(request, response, "Not for you", Html.of("""
                        <h1>This page is for administrators</h1>
                        <p>You are signed in as {}, who is not in the group <strong>admins</strong>.</p>
                        <p><a href="{}/members">Back to your membership</a></p>""", request.getRemoteUser(), request.getContextPath()));
    }
}
