package dev.ssofilter.chromium;

import dev.ssofilter.SsoFilter;
import dev.ssofilter.SsoSetupServlet;
import dev.ssofilter.testkit.PretendUserPool;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * An application of a few HTML pages behind the real filter, in a real Jetty on a free port of this machine. Browsers see it
 * as {@code localhost}, the pretend pool as another site.
 */
final class WebApplication implements AutoCloseable {
    private final Server server = new Server();
    private final ServletContextHandler context = new ServletContextHandler(ServletContextHandler.SESSIONS);
    private final ServerConnector connector;
    private final URI seenAs;
    private final List<Answer> answers = new CopyOnWriteArrayList<>();

    /** What was answered to whom. */
    record Answer(
            String method,
            String path,
            String query,
            String fetchDest,
            int status,
            List<String> cookies,
            String cacheControl) {}

    private WebApplication(PretendUserPool pool, Plan plan) {
        connector = plan.certificate.map(this::https).orElseGet(() -> new ServerConnector(server));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        open();
        seenAs = plan.seenAs.orElseGet(() -> URI.create(
                (plan.certificate.isPresent() ? "https" : "http") + "://localhost:" + connector.getLocalPort()));
        var filter = new FilterHolder(SsoFilter.class);
        filter.setAsyncSupported(true);
        filter.setInitParameters(settings(pool, plan));
        context.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST));
        context.addServlet(new ServletHolder(new Pages()), "/*");
        if (plan.record.isPresent()) {
            context.addServlet(new ServletHolder("sso-setup", new SsoSetupServlet()), "/sso/setup/*");
        }
        plan.sameSite.ifPresent(
                value -> context.getServletContext().getSessionCookieConfig().setAttribute("SameSite", value));
        if (plan.secureCookie) {
            context.getServletContext().getSessionCookieConfig().setSecure(true);
        }
        server.setHandler(plan.rewritten
                .<org.eclipse.jetty.server.Handler>map(how -> new CookieRewriter(how, context))
                .orElse(context));
        server.setRequestLog(this::log);
    }

    /** What is special about an application. */
    static final class Plan {
        private final Map<String, String> settings = new LinkedHashMap<>();
        private Optional<Certificate> certificate = Optional.empty();
        private Optional<URI> seenAs = Optional.empty();
        private Optional<String> sameSite = Optional.empty();
        private Optional<UnaryOperator<String>> rewritten = Optional.empty();
        private Optional<Path> record = Optional.empty();
        private boolean secureCookie;

        Plan with(String setting, String value) {
            settings.put(setting, value);
            return this;
        }

        Plan https(Certificate own) {
            certificate = Optional.of(own);
            return this;
        }

        /** Behind a proxy: another address than its own. */
        Plan seenAs(URI baseUrl) {
            seenAs = Optional.of(baseUrl);
            return this;
        }

        /** With the setup screen, and this file as the directory record, instead of settings. */
        Plan setUpOnTheScreen(Path file) {
            record = Optional.of(file);
            return this;
        }

        /** As an application says it in its web.xml. */
        Plan sessionCookie(String value, boolean secure) {
            sameSite = Optional.of(value);
            secureCookie = secure;
            return this;
        }

        /** Each Set-Cookie of the session, by something outside the application. */
        Plan sessionCookieRewritten(UnaryOperator<String> how) {
            rewritten = Optional.of(how);
            return this;
        }
    }

    /** With the settings of a directory record for this pool. */
    static WebApplication start(PretendUserPool pool) {
        return start(pool, new Plan());
    }

    static WebApplication start(PretendUserPool pool, Plan plan) {
        var application = new WebApplication(pool, plan);
        try {
            application.server.start();
        } catch (Exception e) { // what Jetty's life cycle declares
            throw new IllegalStateException(e);
        }
        pool.client().allowCallback(application.uri("/sso/return").toString());
        pool.client().allowSignOut(application.uri("/sso/signed-out").toString());
        return application;
    }

    private Map<String, String> settings(PretendUserPool pool, Plan plan) {
        var settings = new LinkedHashMap<String, String>();
        plan.record.ifPresentOrElse(
                file -> settings.put("directory", "file:" + file), () -> settings.putAll(directoryRecord(pool)));
        settings.put("publicPaths", "/public/*");
        if (seenAs.getScheme().equals("https")) {
            settings.put("baseUrl", seenAs.toString());
        }
        settings.putAll(plan.settings);
        return settings;
    }

    private static Map<String, String> directoryRecord(PretendUserPool pool) {
        return Map.of(
                "discoveryDomain", pool.tokenSigningKeyUrl().toString(),
                "clientId", PretendUserPool.CLIENT_ID,
                "clientSecret", PretendUserPool.CLIENT_SECRET);
    }

    private ServerConnector https(Certificate certificate) {
        var ssl = new SslContextFactory.Server();
        ssl.setSslContext(certificate.context());
        var http = new HttpConfiguration();
        http.addCustomizer(new SecureRequestCustomizer());
        return new ServerConnector(server, ssl, new HttpConnectionFactory(http));
    }

    private void open() {
        try {
            connector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void log(Request request, Response response) {
        var headers = request.getHeaders();
        answers.add(new Answer(
                request.getMethod(),
                request.getHttpURI().getPath(),
                Optional.ofNullable(request.getHttpURI().getQuery()).orElse(""),
                Optional.ofNullable(headers.get("Sec-Fetch-Dest")).orElse(""),
                response.getStatus(),
                response.getHeaders().getValuesList(HttpHeader.SET_COOKIE),
                Optional.ofNullable(response.getHeaders().get(HttpHeader.CACHE_CONTROL))
                        .orElse("")));
    }

    /** As browsers see it. */
    URI uri(String path) {
        return URI.create(seenAs + path);
    }

    /** The same server under a name that is another site for the browser. */
    URI elsewhere(String path) {
        return URI.create("http://127.0.0.1:" + connector.getLocalPort() + path);
    }

    int port() {
        return connector.getLocalPort();
    }

    List<Answer> answers(String path) {
        return answers.stream().filter(answer -> answer.path().equals(path)).toList();
    }

    /** The first answer to this path, once it is given. */
    Answer answer(Chromium chromium, String path) {
        return chromium.await(
                "no request for " + path, () -> answers(path).stream().findFirst());
    }

    /** As a restart does, or an administrator. */
    void endSessions() {
        try {
            context.stop();
            context.start();
        } catch (Exception e) { // what Jetty's life cycle declares
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) { // what Jetty's life cycle declares
            throw new IllegalStateException(e);
        }
    }
}
