package dev.ssofilter.containers;

import java.nio.file.Path;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.Globals;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.session.StandardManager;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.scan.StandardJarScanner;

/** Keeps sessions over a restart as the comment in Tomcat's own context.xml tells to. */
final class TomcatContainer implements Container.Running {
    private static final String RELAXED = "\"<>[\\]^`{|}";

    private final Tomcat tomcat = new Tomcat();
    private final Connector connector = new Connector();

    private TomcatContainer(boolean lenient, Path folder, int port) {
        tomcat.setBaseDir(folder.toString());
        tomcat.setAddDefaultWebXmlToWebapp(false);
        connector.setProperty("address", "127.0.0.1");
        connector.setPort(port);
        if (lenient) {
            connector.setEncodedSolidusHandling("decode");
            connector.setEncodedReverseSolidusHandling("decode");
            connector.setRejectSuspiciousURIs(false);
            connector.setAllowBackslash(true);
            connector.setProperty("relaxedPathChars", RELAXED);
            connector.setProperty("relaxedQueryChars", RELAXED);
            connector.setProperty("rejectIllegalHeader", "false");
        }
        connector.setThrowOnFailure(true);
        tomcat.setConnector(connector);
    }

    static TomcatContainer start(boolean lenient, Path folder, int port, List<WebApplication> applications) {
        var container = new TomcatContainer(lenient, folder, port);
        try {
            var contexts = applications.stream()
                    .map(application -> container.add(application, folder))
                    .toList();
            container.tomcat.start();
            for (var context : contexts) {
                if (!context.getState().isAvailable()) {
                    throw new IllegalStateException(context.getName() + " is " + context.getStateName());
                }
            }
            return container;
        } catch (LifecycleException | IllegalStateException e) {
            container.close();
            throw new IllegalStateException("Tomcat did not start", e);
        }
    }

    private Context add(WebApplication application, Path folder) {
        // Before the web application: Tomcat looks for it there.
        tomcat.getHost().setAppBase(folder.toString());
        var context = tomcat.addWebapp(
                application.contextPath(), application.writeInto(folder).toString());
        var manager = new StandardManager();
        manager.setPathname("SESSIONS.ser");
        context.setManager(manager);
        if (application.sharesItsSessionCookie()) {
            // Tomcat gives one id to several applications only where this says so, beside web.xml.
            context.setSessionCookiePath("/");
        }
        if (application.namesItsSessionCookie()) {
            context.setSessionCookieName(WebApplication.TOMCATS_NAME);
        }
        // There is nothing to be found among the tests' jars, and it takes seconds.
        if (context.getJarScanner() instanceof StandardJarScanner scanner) {
            scanner.setScanClassPath(false);
        }
        return context;
    }

    @Override
    public int port() {
        return connector.getLocalPort();
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
