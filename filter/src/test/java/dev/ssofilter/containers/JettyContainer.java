package dev.ssofilter.containers;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.session.DefaultSessionCacheFactory;
import org.eclipse.jetty.session.FileSessionDataStoreFactory;

/** Keeps sessions over a restart as Jetty's module session-store-file does. */
final class JettyContainer implements Container.Running {
    private final Server server = new Server();
    private final ServerConnector connector;

    private JettyContainer(Path folder, int port, List<WebApplication> applications) {
        var http = new HttpConfiguration();
        // The most that a deployer can let through.
        http.setUriCompliance(UriCompliance.from(EnumSet.of(
                UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
                UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT,
                UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING)));
        connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        var store = new FileSessionDataStoreFactory();
        store.setStoreDir(folder.resolve("sessions").toFile());
        server.addBean(store);
        server.addBean(new DefaultSessionCacheFactory());
        var contexts = new ContextHandlerCollection();
        applications.forEach(application -> contexts.addHandler(context(application, folder)));
        server.setHandler(contexts);
    }

    static JettyContainer start(Path folder, int port, List<WebApplication> applications) {
        var container = new JettyContainer(folder, port, applications);
        try {
            container.server.start();
            return container;
        } catch (Exception e) { // what Jetty's life cycle declares
            container.close();
            throw new IllegalStateException("Jetty did not start", e);
        }
    }

    private static WebAppContext context(WebApplication application, Path folder) {
        var root = application.writeInto(folder);
        var context = new WebAppContext(root.toString(), application.contextPath());
        context.setDefaultsDescriptor(null);
        context.setTempDirectory(folder.resolve("work-" + root.getFileName()).toFile());
        context.setThrowUnavailableOnStartupException(true);
        context.getServletHandler().setDecodeAmbiguousURIs(true);
        return context;
    }

    @Override
    public int port() {
        return connector.getLocalPort();
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
