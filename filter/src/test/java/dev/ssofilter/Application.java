package dev.ssofilter;

import dev.ssofilter.testkit.PretendUserPool;
import dev.ssofilter.user.SsoPrincipal;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.FilterMapping;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ProxyConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * An application behind the real filter, in a real Jetty on a free port of this machine. Browsers see it as
 * {@code http://localhost:PORT}, the pretend pool as another site.
 */
final class Application implements AutoCloseable {
    private final String scheme;
    private final Server server = new Server();
    private final ServerConnector connector;
    private final ServletContextHandler context;
    private final SsoFilter ssoFilter;
    private final AtomicInteger reached = new AtomicInteger();
    private final AtomicInteger sessions = new AtomicInteger();

    private Application(Setup setup) {
        scheme = setup.tls.isEmpty() ? "http" : "https";
        connector = setup.connector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(setup.port);
        server.addConnector(connector);
        context = new ServletContextHandler(setup.contextPath, ServletContextHandler.SESSIONS);
        context.addServlet(new ServletHolder("page", new Page()), "/*");
        context.addEventListener(new HttpSessionListener() {
            @Override
            public void sessionCreated(HttpSessionEvent event) {
                sessions.incrementAndGet();
            }
        });
        ssoFilter = new SsoFilter(setup.clock, setup.nanoTime);
        var filter = new FilterHolder(ssoFilter);
        filter.setAsyncSupported(true);
        filter.setInitParameters(setup.settings);
        context.addFilter(filter, "/*", EnumSet.copyOf(setup.dispatches));
        setup.also.accept(context);
        var all = new ContextHandlerCollection(context);
        setup.beside.forEach(all::addHandler);
        server.setHandler(all);
    }

    /** With the settings of a directory record for this pool, and these, name and value in turn, on top. */
    static Application of(PretendUserPool pool, String... settings) {
        return with(pool).set(settings).start();
    }

    static Application of(
            PretendUserPool pool, String contextPath, Consumer<ServletContextHandler> also, String... settings) {
        return with(pool).at(contextPath).also(also).set(settings).start();
    }

    /** An application that differs from the usual one. */
    static Setup with(PretendUserPool pool) {
        return new Setup(pool);
    }

    static Map<String, String> settingsFor(PretendUserPool pool) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("discoveryDomain", pool.tokenSigningKeyUrl().toString());
        settings.put("clientId", PretendUserPool.CLIENT_ID);
        settings.put("clientSecret", PretendUserPool.CLIENT_SECRET);
        settings.put("publicPaths", "/public/*, /healthz");
        return settings;
    }

    /** What an application is made of, before it starts. */
    static final class Setup {
        private final PretendUserPool pool;
        private final Map<String, String> settings;
        private String contextPath = "/";
        private Consumer<ServletContextHandler> also = context -> {};
        private Set<DispatcherType> dispatches = EnumSet.of(DispatcherType.REQUEST);
        private Clock clock = Clock.systemUTC();
        private LongSupplier nanoTime = System::nanoTime;
        private final Set<SslContextFactory.Server> tls = Collections.newSetFromMap(new LinkedHashMap<>());
        private final List<ServletContextHandler> beside = new ArrayList<>();
        private int port;
        private boolean lenient;
        private boolean proxyProtocol;

        private Setup(PretendUserPool pool) {
            this.pool = pool;
            this.settings = settingsFor(pool);
        }

        Setup at(String path) {
            contextPath = path.isEmpty() ? "/" : path;
            return this;
        }

        /** Another application in the same server. */
        Setup beside(ServletContextHandler other) {
            beside.add(other);
            return this;
        }

        /** Name and value in turn; an empty value takes the setting away. */
        Setup set(String... namesAndValues) {
            for (var i = 0; i < namesAndValues.length; i += 2) {
                settings.put(namesAndValues[i], namesAndValues[i + 1]);
            }
            settings.values().removeIf(String::isEmpty);
            return this;
        }

        Setup also(Consumer<ServletContextHandler> more) {
            also = also.andThen(more);
            return this;
        }

        Setup servlet(String path, Servlet servlet) {
            return also(context -> {
                var holder = new ServletHolder(path, httpServlet(servlet));
                holder.setAsyncSupported(true);
                context.addServlet(holder, path);
            });
        }

        /** A filter of the application's own, which comes first. */
        Setup before(Filter filter) {
            return also(context -> {
                var holder = new FilterHolder(filter);
                holder.setName("before");
                var mapping = new FilterMapping();
                mapping.setFilterName("before");
                mapping.setPathSpec("/*");
                context.getServletHandler().prependFilter(holder);
                context.getServletHandler().prependFilterMapping(mapping);
            });
        }

        /** What the filter is mapped for, besides REQUEST. */
        Setup mappedFor(DispatcherType... types) {
            dispatches.addAll(Set.of(types));
            return this;
        }

        Setup clock(Clock other) {
            clock = other;
            return this;
        }

        /** What durations are measured by. */
        Setup nanoTime(LongSupplier other) {
            nanoTime = other;
            return this;
        }

        Setup tls(SslContextFactory.Server certificate) {
            tls.add(certificate);
            return this;
        }

        /** Where baseUrl has to name the port before there is one. */
        Setup port(int free) {
            port = free;
            return this;
        }

        /** As servers are set up that take whatever old clients send. */
        Setup lenient() {
            lenient = true;
            return also(context -> context.getServletHandler().setDecodeAmbiguousURIs(true));
        }

        /** Behind a balancer that says by the PROXY protocol where a connection really comes from. */
        Setup proxyProtocol() {
            proxyProtocol = true;
            return this;
        }

        Application start() {
            var application = new Application(this);
            application.start();
            pool.client().allowCallback(application.uri("/sso/return").toString());
            pool.client().allowSignOut(application.uri("/sso/signed-out").toString());
            return application;
        }

        private ServerConnector connector(Server server) {
            var http = new HttpConfiguration();
            http.setUriCompliance(lenient ? UriCompliance.UNSAFE : UriCompliance.DEFAULT);
            http.addCustomizer(new SecureRequestCustomizer());
            var plain = new HttpConnectionFactory(http);
            if (proxyProtocol) {
                return new ServerConnector(server, new ProxyConnectionFactory(), plain);
            }
            return tls.stream()
                    .findFirst()
                    .map(certificate ->
                            new ServerConnector(server, new SslConnectionFactory(certificate, "http/1.1"), plain))
                    .orElseGet(() -> new ServerConnector(server, plain));
        }
    }

    /** A page of the application that a test writes. */
    interface Servlet {
        void answer(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;
    }

    static HttpServlet httpServlet(Servlet servlet) {
        return new Written(servlet);
    }

    private static final class Written extends HttpServlet {
        private static final long serialVersionUID = 1L;

        private final transient Servlet servlet;

        Written(Servlet servlet) {
            this.servlet = servlet;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            servlet.answer(request, response);
        }
    }

    private void start() {
        try {
            server.start();
        } catch (Exception e) { // what Jetty's life cycle declares
            close();
            throw new IllegalStateException(e);
        }
    }

    /** Inside the context, as browsers see it. */
    URI uri(String path) {
        return URI.create(scheme + "://localhost:" + connector.getLocalPort() + contextPath() + path);
    }

    int port() {
        return connector.getLocalPort();
    }

    private String contextPath() {
        return context.getContextPath().equals("/") ? "" : context.getContextPath();
    }

    /** Takes over a record file that has changed, without waiting until the filter looks by itself. */
    void lookAtTheRecord() {
        ssoFilter.lookAtTheRecord();
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
    static void tell(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        var out = response.getWriter();
        var query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
        out.println("page " + request.getRequestURI() + query);
        out.println("user " + request.getRemoteUser());
        out.println("type " + request.getAuthType());
        if (request.getUserPrincipal() instanceof SsoPrincipal user) {
            out.println("externalId " + user.getExternalId());
            out.println("name " + user.getFirstName() + " " + user.getLastName());
            out.println("roles " + user.getRoles());
        }
        var session = request.getSession(false);
        if (session != null) {
            out.println("session " + new TreeSet<>(Collections.list(session.getAttributeNames())));
        }
    }

    private final class Page extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            reached.incrementAndGet();
            tell(request, response);
        }
    }
}
