package dev.ssofilter.sample;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The sample WAR, as it was built, in a Jetty on 127.0.0.1. */
final class Site {
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final WebAppContext application = new WebAppContext();

    private Site(Path war, String contextPath) {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        application.setWar(war.toString());
        application.setContextPath(contextPath);
        application.setThrowUnavailableOnStartupException(true);
        server.setHandler(application);
    }

    /**
     * Binds the port, 0 for a free one, and deploys the WAR.
     *
     * @throws IOException where the port is taken
     */
    static Site start(Path war, String contextPath, int port) throws Exception {
        var site = new Site(war, contextPath);
        site.connector.setPort(port);
        site.connector.open();
        try {
            site.server.start();
        } catch (Exception refused) {
            site.close();
            throw refused;
        }
        return site;
    }

    /** Where a browser finds a path of the application. */
    URI at(String path) {
        var context = application.getContextPath();
        return URI.create("http://localhost:" + connector.getLocalPort() + (context.equals("/") ? "" : context) + path);
    }

    void close() throws Exception {
        server.stop();
    }
}
