package dev.ssofilter.containers;

import dev.ssofilter.SsoFilter;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.PathHandler;
import io.undertow.server.handlers.SameSiteCookieHandler;
import io.undertow.server.handlers.resource.PathResourceManager;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.ServletContainer;
import io.undertow.servlet.api.ServletInfo;
import io.undertow.servlet.api.ServletSessionConfig;
import io.undertow.servlet.handlers.DefaultServlet;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.SessionTrackingMode;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Without web.xml: what stands there is told to Undertow in code, as the README has it. */
final class UndertowContainer implements Container.Running {
    private final ServletContainer servlets = Servlets.newContainer();
    private final PathHandler paths = Handlers.path();
    private final Undertow server;

    private UndertowContainer(int port) {
        server = Undertow.builder()
                .addHttpListener(port, "127.0.0.1")
                .setHandler(paths)
                .build();
    }

    static UndertowContainer start(Path folder, int port, List<WebApplication> applications) {
        var container = new UndertowContainer(port);
        try {
            for (var application : applications) {
                var path = application.contextPath().isEmpty() ? "/" : application.contextPath();
                container.paths.addPrefixPath(path, container.deploy(application, folder));
            }
            container.server.start();
            return container;
        } catch (ServletException e) {
            container.close();
            throw new IllegalStateException("Undertow did not start", e);
        }
    }

    private HttpHandler deploy(WebApplication application, Path folder) throws ServletException {
        var deployment = Servlets.deployment()
                .setDeploymentName(application.contextPath())
                .setContextPath(application.contextPath())
                .setClassLoader(UndertowContainer.class.getClassLoader())
                .setTempDir(folder)
                .setEagerFilterInit(true)
                .setResourceManager(new PathResourceManager(application.writeInto(folder)))
                .addWelcomePage("index.html")
                .addErrorPage(Servlets.errorPage("/inside/error", 404))
                .addErrorPage(Servlets.errorPage("/inside/error", 500))
                .addErrorPage(Servlets.errorPage("/asking", 410))
                .addServlet(servlet(application))
                .setServletSessionConfig(sessionCookie(application));
        addFilter(deployment, application);
        var manager = servlets.addDeployment(deployment);
        manager.deploy();
        // UNDERTOW-2693: it forgets that of a cookie which a filter or servlet adds.
        var ours = "(__Host-)?sso-.*";
        return application.isForEverySite()
                ? new SameSiteCookieHandler(
                        new SameSiteCookieHandler(manager.start(), "None", "JSESSIONID"), "Lax", ours)
                : new SameSiteCookieHandler(manager.start(), "Lax", "JSESSIONID|" + ours);
    }

    private static ServletInfo servlet(WebApplication application) {
        return application.isOfServlet()
                ? Servlets.servlet("application", ApplicationServlet.class)
                        .addMapping("/*")
                        .setAsyncSupported(true)
                : Servlets.servlet("application", DefaultServlet.class)
                        .addMapping("/")
                        .addInitParam(DefaultServlet.DIRECTORY_LISTING, "true");
    }

    private static void addFilter(DeploymentInfo deployment, WebApplication application) {
        var sso = Servlets.filter("sso", SsoFilter.class).setAsyncSupported(true);
        application.settings().forEach(sso::addInitParam);
        deployment.addFilter(sso);
        var dispatches = application.dispatches().isEmpty() ? Set.of(DispatcherType.REQUEST) : application.dispatches();
        dispatches.forEach(dispatch -> deployment.addFilterUrlMapping("sso", "/*", dispatch));
    }

    /** No filter may set it up once the application is deployed. */
    private static ServletSessionConfig sessionCookie(WebApplication application) {
        var modes = application.tracksSessionsByUrl()
                ? EnumSet.of(SessionTrackingMode.COOKIE, SessionTrackingMode.URL)
                : EnumSet.of(SessionTrackingMode.COOKIE);
        var config = new ServletSessionConfig()
                .setHttpOnly(true)
                .setSecure(application.isSecure())
                .setSessionTrackingModes(modes);
        if (application.namesItsSessionCookie()) {
            config.setName("SHOP");
        }
        return application.sharesItsSessionCookie() ? config.setPath("/") : config;
    }

    @Override
    public int port() {
        return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    @Override
    public void close() {
        server.stop();
        try {
            for (var name : servlets.listDeployments()) {
                servlets.getDeployment(name).stop();
                servlets.getDeployment(name).undeploy();
            }
        } catch (ServletException e) {
            throw new IllegalStateException(e);
        }
    }
}
