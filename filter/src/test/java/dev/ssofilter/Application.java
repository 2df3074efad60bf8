package dev.ssofilter;

import dev.ssofilter.testkit.PretendUserPool;
import dev.ssofilter.user.SsoPrincipal;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.io.IOException;
import java.net.URI;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * An application behind the real filter, in a real Jetty on a free port of this machine. Browsers see it as
 * {@code http://localhost:PORT}, the pretend pool as another site.
 */
final class Application implements AutoCloseable {
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final ServletContextHandler context;
    private final AtomicInteger reached = new AtomicInteger();
    private final AtomicInteger sessions = new AtomicInteger();

    private Application(Map<String, String> settings, String contextPath, Consumer<ServletContextHandler> also) {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        context = new ServletContextHandler(contextPath, ServletContextHandler.SESSIONS);
        context.addServlet(new ServletHolder("page", new Page()), "/*");
        context.addEventListener(new HttpSessionListener() {
            @Override
            public void sessionCreated(HttpSessionEvent event) {
                sessions.incrementAndGet();
            }
        });
        var filter = new FilterHolder(SsoFilter.class);
        filter.setAsyncSupported(true);
        filter.setInitParameters(settings);
        context.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST));
        also.accept(context);
        server.setHandler(context);
    }

    /** With the settings of a directory record for this pool, and these, name and value in turn, on top. */
    static Application of(PretendUserPool pool, String... settings) {
        return of(pool, "", context -> {}, settings);
    }

    static Application of(
            PretendUserPool pool, String contextPath, Consumer<ServletContextHandler> also, String... settings) {
        var all = settingsFor(pool);
        for (var i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        var application = new Application(all, contextPath, also);
        application.start();
        pool.client().allowCallback(application.uri("/sso/return").toString());
        pool.client().allowSignOut(application.uri("/sso/signed-out").toString());
        return application;
    }

    static Map<String, String> settingsFor(PretendUserPool pool) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("discoveryDomain", pool.tokenSigningKeyUrl().toString());
        settings.put("clientId", PretendUserPool.CLIENT_ID);
        settings.put("clientSecret", PretendUserPool.CLIENT_SECRET);
        settings.put("publicPaths", "/public/*, /healthz");
        return settings;
    }

    private void start() {
        try {
            server.start();
        } catch (Exception e) { // what Jetty's life cycle declares
            throw new IllegalStateException(e);
        }
    }

    /** Inside the context, as browsers see it. */
    URI uri(String path) {
        return URI.create("http://localhost:" + connector.getLocalPort() + contextPath() + path);
    }

    int port() {
        return connector.getLocalPort();
    }

    private String contextPath() {
        return context.getContextPath().equals("/") ? "" : context.getContextPath();
    }

    /** How many requests came through to the application. */
    int reached() {
        return reached.get();
    }

    /** How many sessions were made. */
    int sessions() {
        return sessions.get();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) { // what Jetty's life cycle declares
            throw new IllegalStateException(e);
        }
    }

    /** Says who asked for what, as the Servlet API tells it. */
    private final class Page extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            reached.incrementAndGet();
            response.setContentType("text/plain;charset=UTF-8");
            var query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
            response.getWriter().println("page " + request.getRequestURI() + query);
            response.getWriter().println("user " + request.getRemoteUser());
            if (request.getUserPrincipal() instanceof SsoPrincipal user) {
                response.getWriter().println("externalId " + user.getExternalId());
                response.getWriter().println("name " + user.getFirstName() + " " + user.getLastName());
                response.getWriter().println("roles " + user.getRoles());
            }
        }
    }
}
