package dev.ssofilter;

import dev.ssofilter.web.setup.Setup;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The directory record on a screen, for administrators. It is off unless the application maps it, beside the
 * {@link SsoFilter}, to a path of its own:
 *
 * <pre>{@code
 * <servlet>
 *   <servlet-name>sso-setup</servlet-name>
 *   <servlet-class>dev.ssofilter.SsoSetupServlet</servlet-class>
 * </servlet>
 * <servlet-mapping>
 *   <servlet-name>sso-setup</servlet-name>
 *   <url-pattern>/sso/setup/*</url-pattern>
 * </servlet-mapping>
 * }</pre>
 *
 * <p>The filter lets requests to that path through, and the screen guards itself: it opens to a user with the role that the
 * setting {@code setupRole} names, and to who enters the one-time token that the log shows at start. Everybody else, with
 * whatever method, gets a 403 that shows nothing. Where the screen is mapped, an application whose directory record is
 * missing or broken starts, and answers 503 everywhere else until the record is right.
 */
public final class SsoSetupServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** Called by the container. */
    public SsoSetupServlet() {}

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (getServletContext().getAttribute(Setup.ATTRIBUTE) instanceof Setup setup) {
            setup.service(request, response);
        } else {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND); // there is no filter that it could set up
        }
    }
}
