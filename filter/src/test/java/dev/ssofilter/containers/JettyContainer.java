package dev.ssofilter.containers;

import java.nio.file.Path;
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

    private JettyContainer(boolean lenient, Path folder, int port, List<WebApplication> applications) {
        var http = new HttpConfiguration();
        http.setUriCompliance(lenient ? UriCompliance.UNSAFE : UriCompliance.DEFAULT);
        connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        var store = new FileSessionDataStoreFactory();
        store.setStoreDir(folder.resolve("sessions").toFile());
        server.addBean(store);
        server.addBean(new DefaultSessionCacheFactory());
        var contexts = new ContextHandlerCollection();
        applications.forEach(application -> contexts.addHandler(context(application, folder, lenient)));
        server.setHandler(contexts);
    }

    static JettyContainer start(boolean lenient, Path folder, int port, List<WebApplication> applications) {
        var container = new JettyContainer(lenient, folder, port, applications);
        try {
            container.server.start();
            return container;
        } catch (Exception e) { // what Jetty's life cycle declares
            container.close();
            throw new IllegalStateException("Jetty did not start", e);
        }
    }

    private static WebAppContext context(WebApplication application, Path folder, boolean lenient) {
        var root = application.writeInto(folder);
        var context = new WebAppContext(root.toString(), application.contextPath());
        context.setDefaultsDescriptor(null);
        context.setTempDirectory(folder.resolve("work-" + root.getFileName()).toFile());
        context.setThrowUnavailableOnStartupException(true);
        context.getServletHandler().setDecodeAmbiguousURIs(lenient);
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
