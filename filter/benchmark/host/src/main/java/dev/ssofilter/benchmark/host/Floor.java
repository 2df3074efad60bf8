package dev.ssofilter.benchmark.host;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;

/**
 * Nothing at all. Its browser has a session too, in which nothing is: the container looks that up for every request with
 * a cookie, whoever reads it.
 */
public final class Floor implements Contender {
    /** Makes a session. */
    public static final String SESSION = "/session";

    @Override
    public void protect(ServletContextHandler application, Site site) {
        application.addServlet(new ServletHolder(new Maker()), SESSION);
    }

    private static final class Maker extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            request.getSession(true);
        }
    }
}
