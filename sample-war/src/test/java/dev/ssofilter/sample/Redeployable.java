package dev.ssofilter.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Globals;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.server.handler.StatisticsHandler;

/** A container in this JVM, on a free port of 127.0.0.1, that goes on while an application comes and goes. */
interface Redeployable extends AutoCloseable {
    String CONTEXT_PATH = "/sso-sample";

    int port();

    /** Returns the class loader that the application got. */
    ClassLoader deploy(Path war) throws Exception;

    void undeploy() throws Exception;

    @Override
    void close();

    /** One that writes into this empty folder. */
    interface Maker {
        Redeployable start(Path folder) throws Exception;
    }

    final class InTomcat implements Redeployable {
        private final Tomcat tomcat = new Tomcat();
        private StandardContext context;

        InTomcat(Path folder) throws IOException, LifecycleException {
            Files.createDirectories(folder.resolve("webapps"));
            tomcat.setBaseDir(folder.toString());
            var connector = new Connector();
            connector.setProperty("address", "127.0.0.1");
            connector.setPort(0);
            connector.setThrowOnFailure(true);
            tomcat.setConnector(connector);
            // Made when it is first asked for.
            tomcat.getHost();
            tomcat.start();
        }

        @Override
        public int port() {
            return tomcat.getConnector().getLocalPort();
        }

        @Override
        public ClassLoader deploy(Path war) {
            context = new StandardContext();
            context.setPath(CONTEXT_PATH);
            context.setDocBase(war.toString());
            var reader = new ContextConfig();
            reader.setDefaultWebXml(tomcat.noDefaultWebXmlPath());
            context.addLifecycleListener(reader);
            // As in Tomcat's own web.xml: without a servlet for it, a request does not get as far as to a filter.
            Tomcat.addServlet(context, "default", DefaultServlet.class.getName())
                    .addMapping("/");
            tomcat.getHost().addChild(context);
            return context.getLoader().getClassLoader();
        }

        @Override
        public void undeploy() {
            tomcat.getHost().removeChild(context);
            context = null;
        }

        @Override
        public void close() {
            try {
                tomcat.stop();
                tomcat.destroy();
                // Tomcat tells the next one in this JVM where this one was, which would make that folder anew.
                System.clearProperty(Globals.CATALINA_HOME_PROP);
                System.clearProperty(Globals.CATALINA_BASE_PROP);
            } catch (LifecycleException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    final class InJetty implements Redeployable {
        private final Server server = new Server();
        private final ServerConnector connector = new ServerConnector(server);
        private final ContextHandlerCollection contexts = new ContextHandlerCollection(true);
        private final StatisticsHandler requests = new StatisticsHandler(contexts);
        private final Path folder;
        private WebAppContext context;

        InJetty(Path folder) throws Exception {
            this.folder = folder;
            connector.setHost("127.0.0.1");
            server.addConnector(connector);
            server.setHandler(requests);
            server.start();
        }

        @Override
        public int port() {
            return connector.getLocalPort();
        }

        @Override
        public ClassLoader deploy(Path war) throws Exception {
            context = new WebAppContext(war.toString(), CONTEXT_PATH);
            context.setTempDirectory(folder.resolve("work").toFile());
            context.setThrowUnavailableOnStartupException(true);
            contexts.addHandler(context);
            context.start();
            return context.getClassLoader();
        }

        @Override
        public void undeploy() throws Exception {
            // A request that is still at its end when the application goes would leave its session's timer behind.
            while (requests.getRequestsActive() > 0) {
                Thread.onSpinWait();
            }
            // Jetty keeps the application of a connection's last request as long as the connection.
            connector.getConnectedEndPoints().forEach(EndPoint::close);
            context.stop();
            contexts.removeHandler(context);
            context.destroy();
            context = null;
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
}
