package dev.ssofilter.benchmark.host;

import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The embedded Jetty, the same for all, with one application. */
final class Container implements AutoCloseable {
    private static final int AN_HOUR = 3_600_000;

    private final Server server = new Server(threads());
    private final ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(headers()));
    private final LocalConnector local =
            new LocalConnector(server, this::run, null, null, 1, new HttpConnectionFactory(headers()));
    private final ServletContextHandler application = new ServletContextHandler(ServletContextHandler.SESSIONS);
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong sessions = new AtomicLong();

    private Container() {}

    static Container start(Contender contender, String issuer, boolean keepTokens) throws Exception {
        var container = new Container();
        try {
            container.open(contender, issuer, keepTokens);
            return container;
        } catch (Exception refused) {
            container.close();
            throw refused;
        }
    }

    // None of its threads may end: what one has allocated is counted as long as it lives.
    private static QueuedThreadPool threads() {
        return new QueuedThreadPool(250, 8, AN_HOUR);
    }

    /** In the thread that sends, once the connector's own threads are there. */
    private void run(Runnable task) {
        if (local.isStarted()) {
            task.run();
        } else {
            server.getThreadPool().execute(task);
        }
    }

    private static HttpConfiguration headers() {
        var configuration = new HttpConfiguration();
        configuration.setRequestHeaderSize(16 * 1024);
        configuration.setSendServerVersion(false);
        return configuration;
    }

    private void open(Contender contender, String issuer, boolean keepTokens) throws Exception {
        connector.setHost("127.0.0.1");
        connector.setIdleTimeout(AN_HOUR);
        connector.setAcceptQueueSize(512);
        connector.open();
        local.setIdleTimeout(AN_HOUR);
        server.addConnector(connector);
        server.addConnector(local);
        application.addServlet(new ServletHolder(new HelloServlet()), "/*");
        application.getSessionHandler().setSessionTrackingModes(EnumSet.of(SessionTrackingMode.COOKIE));
        application.getSessionHandler().addEventListener(new HttpSessionListener() {
            @Override
            public void sessionCreated(HttpSessionEvent event) {
                sessions.incrementAndGet();
            }
        });
        contender.protect(application, new Site("http://127.0.0.1:" + port(), issuer, keepTokens));
        server.setHandler(new Counted(application));
        server.start();
        if (!application.isAvailable()) {
            throw new IllegalStateException("the application is not available");
        }
    }

    private final class Counted extends Handler.Wrapper {
        Counted(Handler application) {
            super(application);
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            requests.incrementAndGet();
            return super.handle(request, response, callback);
        }
    }

    int port() {
        return connector.getLocalPort();
    }

    long requests() {
        return requests.get();
    }

    long sessions() {
        return sessions.get();
    }

    LocalConnector local() {
        return local;
    }

    ServletContextHandler application() {
        return application;
    }

    @Override
    public void close() {
        connector.close();
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
