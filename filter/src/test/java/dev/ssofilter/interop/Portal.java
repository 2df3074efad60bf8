package dev.ssofilter.interop;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.ssofilter.SsoFilter;
import dev.ssofilter.testkit.Browser;
import dev.ssofilter.user.SsoPrincipal;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;

/**
 * An application that is a client of a provider, behind the real filter in a real Jetty. Browsers see it as
 * {@code http://localhost:PORT}: another site than the provider's 127.0.0.1.
 */
final class Portal implements AutoCloseable {
    private final Server server = new Server();
    private final String scheme;
    private final ServerConnector connector;
    private final AtomicInteger reached = new AtomicInteger();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private Portal(Optional<TlsCertificate> certificate) {
        scheme = certificate.isPresent() ? "https" : "http";
        var http = new HttpConnectionFactory(configuration());
        connector = certificate
                .map(tls -> new ServerConnector(server, new SslConnectionFactory(tls.shown(), "http/1.1"), http))
                .orElseGet(() -> new ServerConnector(server, http));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
    }

    private HttpConfiguration configuration() {
        var configuration = new HttpConfiguration();
        configuration.addCustomizer(new SecureRequestCustomizer());
        configuration.addCustomizer((request, headers) -> {
            requests.add(request.getMethod() + " " + request.getHttpURI().getPath() + " "
                    + request.getHeaders().get("Sec-Fetch-Site"));
            return request;
        });
        return configuration;
    }

    /** With these settings, name and value in turn, on top of what a client of the realm needs. */
    static Portal start(Keycloak keycloak, String... settings) throws ServletException {
        return start(Optional.empty(), clientOf(keycloak), settings);
    }

    /** The same with https, and hence a {@code baseUrl}. */
    static Portal startSecure(TlsCertificate certificate, Keycloak keycloak, String... settings)
            throws ServletException {
        return start(Optional.of(certificate), clientOf(keycloak), settings);
    }

    /** The same for the provider's one client, as which this application is registered. */
    static Portal start(OidcProvider provider, String... settings) throws ServletException {
        return registered(provider, start(Optional.empty(), clientOf(provider), settings));
    }

    /** The same with https, and hence a {@code baseUrl}. */
    static Portal startSecure(TlsCertificate certificate, OidcProvider provider, String... settings)
            throws ServletException {
        return registered(provider, start(Optional.of(certificate), clientOf(provider), settings));
    }

    private static Portal registered(OidcProvider provider, Portal portal) {
        provider.register(portal.uri("/sso/return"), portal.uri("/sso/signed-out"));
        return portal;
    }

    private static Map<String, String> clientOf(Keycloak keycloak) {
        return client(keycloak.issuer(), Keycloak.CLIENT_ID, Keycloak.CLIENT_SECRET);
    }

    private static Map<String, String> clientOf(OidcProvider provider) {
        return client(provider.issuer(), OidcProvider.CLIENT_ID, OidcProvider.CLIENT_SECRET);
    }

    private static Map<String, String> client(String issuer, String id, String secret) {
        return Map.of("discoveryDomain", issuer, "clientId", id, "clientSecret", secret);
    }

    private static Portal start(Optional<TlsCertificate> certificate, Map<String, String> client, String... settings)
            throws ServletException {
        var all = new LinkedHashMap<>(client);
        for (var i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        var portal = new Portal(certificate);
        portal.start(all);
        return portal;
    }

    private void start(Map<String, String> settings) throws ServletException {
        var filter = new FilterHolder(SsoFilter.class);
        var context = new ServletContextHandler(ServletContextHandler.SESSIONS);
        context.addServlet(new ServletHolder(new Page()), "/*");
        context.addServlet(new ServletHolder(new Members()), "/members");
        context.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST));
        server.setHandler(context);
        try {
            connector.open(); // the port is known from now on
            filter.setInitParameters(settings);
            if (scheme.equals("https")) {
                filter.setInitParameter("baseUrl", uri("").toString());
            }
            server.start();
        } catch (ServletException refused) {
            close();
            throw refused;
        } catch (Exception e) { // what Jetty's life cycle declares
            close();
            throw new IllegalStateException(e);
        }
    }

    URI uri(String path) {
        return URI.create(scheme + "://localhost:" + connector.getLocalPort() + path);
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

    /** Method, path and Sec-Fetch-Site of each request that came, in that order. */
    List<String> requests() {
        return List.copyOf(requests);
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

    /** A page that says what roles the user has, as every page should: escaped. */
    private static final class Members extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("text/html;charset=UTF-8");
            if (request.getUserPrincipal() instanceof SsoPrincipal user) {
                for (var role : user.getRoles()) {
                    var escaped = role.replace("&", "&amp;").replace("<", "&lt;");
                    response.getWriter().println("<li>" + escaped + ": " + request.isUserInRole(role) + "</li>");
                }
            }
        }
    }
}
