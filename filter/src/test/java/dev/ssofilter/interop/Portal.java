package dev.ssofilter.interop;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.ssofilter.SsoFilter;
import dev.ssofilter.testkit.Browser;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * An application that is a client of the realm {@code members}, behind the real filter in a real Jetty. Browsers see it as
 * {@code http://localhost:PORT}: another site than Keycloak's 127.0.0.1.
 */
final class Portal implements AutoCloseable {
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final AtomicInteger reached = new AtomicInteger();

    private Portal(Map<String, String> settings) {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        var filter = new FilterHolder(SsoFilter.class);
        filter.setInitParameters(settings);
        var context = new ServletContextHandler(ServletContextHandler.SESSIONS);
        context.addServlet(new ServletHolder(new Page()), "/*");
        context.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST));
        server.setHandler(context);
    }

    /** With these settings, name and value in turn, on top of what a client of the realm needs. */
    static Portal start(Keycloak keycloak, String... settings) throws ServletException {
        var all = new LinkedHashMap<String, String>();
        all.put("discoveryDomain", keycloak.issuer());
        all.put("clientId", Keycloak.CLIENT_ID);
        all.put("clientSecret", Keycloak.CLIENT_SECRET);
        for (var i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        var portal = new Portal(all);
        try {
            portal.server.start();
        } catch (ServletException refused) {
            portal.close();
            throw refused;
        } catch (Exception e) { // what Jetty's life cycle declares
            throw new IllegalStateException(e);
        }
        return portal;
    }

    URI uri(String path) {
        return URI.create("http://localhost:" + connector.getLocalPort() + path);
    }

    /** What the page of a signed-in user learns of them from {@code /sso/me}. */
    Map<String, Object> me(Browser browser) {
        try {
            return JSONObjectUtils.parse(browser.fetch(uri("/sso/me")).body());
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many requests came through to the application. */
    int reached() {
        return reached.get();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) { // what Jetty's life cycle declares
            throw new IllegalStateException(e);
        }
    }

    private final class Page extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            reached.incrementAndGet();
            response.setContentType("text/plain;charset=UTF-8");
            response.getWriter().println("page " + request.getRequestURI() + " of " + request.getRemoteUser());
            response.getWriter().println(request.isUserInRole("editors") ? "may edit" : "may read");
        }
    }
}
