package dev.ssofilter.containers;

import dev.ssofilter.SsoFilter;
import io.undertow.Undertow;
import io.undertow.server.handlers.PathHandler;
import io.undertow.server.handlers.resource.PathResourceManager;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.ServletSessionConfig;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.SessionTrackingMode;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Filter and servlet registered in code, as Undertow alone knows no web.xml. */
final class UndertowContainer implements Container.Running {
    private final Undertow server;

    private UndertowContainer(Undertow server) {
        this.server = server;
    }

    static UndertowContainer start(Path folder, int port, List<WebApplication> applications) {
        var paths = new PathHandler();
        var container = Servlets.newContainer();
        try {
            for (var application : applications) {
                var manager = container.addDeployment(deployment(application, folder));
                manager.deploy();
                paths.addPrefixPath(manager.getDeployment().getDeploymentInfo().getContextPath(), manager.start());
            }
        } catch (ServletException e) {
            throw new IllegalStateException("Undertow did not start", e);
        }
        var server = Undertow.builder()
                .addHttpListener(port, "127.0.0.1")
                .setHandler(paths)
                .build();
        server.start();
        return new UndertowContainer(server);
    }

    private static DeploymentInfo deployment(WebApplication application, Path folder) {
        var root = application.writeInto(folder);
        var filter = Servlets.filter("sso", SsoFilter.class).setAsyncSupported(true);
        application.settings().forEach(filter::addInitParam);
        var deployment = Servlets.deployment()
                .setClassLoader(UndertowContainer.class.getClassLoader())
                .setDeploymentName(root.getFileName().toString())
                .setContextPath(application.contextPath().isEmpty() ? "/" : application.contextPath())
                .setResourceManager(new PathResourceManager(root))
                .addWelcomePage("index.html")
                .addErrorPage(Servlets.errorPage("/inside/error", 404))
                .addErrorPage(Servlets.errorPage("/inside/error", 500))
                .setServletSessionConfig(sessions(application))
                .addFilter(filter)
                .addFilterUrlMapping("sso", "/*", DispatcherType.REQUEST);
        application.dispatches().forEach(type -> deployment.addFilterUrlMapping("sso", "/*", type));
        if (application.isOfServlet()) {
            deployment.addServlet(Servlets.servlet("application", ApplicationServlet.class)
                    .addMapping("/*")
                    .setAsyncSupported(true));
        }
        // Later, in a filter's init, Undertow lets nobody set it.
        deployment.addServletExtension((info, context) -> context.getSessionCookieConfig()
                .setAttribute("SameSite", application.isForEverySite() ? "None" : "Lax"));
        return deployment;
    }

    private static ServletSessionConfig sessions(WebApplication application) {
        var config = new ServletSessionConfig();
        config.setSessionTrackingModes(
                application.tracksSessionsByUrl()
                        ? Set.of(SessionTrackingMode.COOKIE, SessionTrackingMode.URL)
                        : Set.of(SessionTrackingMode.COOKIE));
        config.setHttpOnly(true);
        config.setSecure(application.settings().getOrDefault("baseUrl", "").startsWith("https:"));
        if (application.sharesItsSessionCookie()) {
            config.setPath("/");
        }
        return config;
    }

    @Override
    public int port() {
        return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    @Override
    public void close() {
        server.stop();
    }
}
