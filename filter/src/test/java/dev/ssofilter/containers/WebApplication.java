package dev.ssofilter.containers;

import dev.ssofilter.SsoFilter;
import dev.ssofilter.testkit.PretendUserPool;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An application as containers are given one: a folder with {@code WEB-INF/web.xml}, in which the filter stands as the
 * README has it.
 *
 * @param sessionConfig what stands in {@code <session-config>}
 * @param servlet the one servlet with its mapping, as in web.xml
 * @param files what else lies in the folder: names, with slashes, and texts
 */
public record WebApplication(
        String contextPath,
        Map<String, String> settings,
        Collection<DispatcherType> dispatches,
        String sessionConfig,
        String servlet,
        Map<String, String> files) {
    private static final String PUBLIC_PATHS = "/public/*, /healthz";
    private static final String BY_COOKIE = "<tracking-mode>COOKIE</tracking-mode>";
    static final String TOMCATS_NAME = "SHOP_IN_TOMCAT";

    private static final String SHARED = "<cookie-config><path>/</path></cookie-config>";
    private static final String APPLICATION = servlet(ApplicationServlet.class.getName(), "/*");

    /** With a directory record for this pool and these settings, name and value in turn, on top. */
    public static WebApplication at(String contextPath, PretendUserPool pool, String... settings) {
        var all = new TreeMap<>(Map.of(
                "discoveryDomain",
                pool.tokenSigningKeyUrl().toString(),
                "clientId",
                PretendUserPool.CLIENT_ID,
                "clientSecret",
                PretendUserPool.CLIENT_SECRET,
                "publicPaths",
                PUBLIC_PATHS));
        for (var i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        return new WebApplication(contextPath, all, List.of(), BY_COOKIE, APPLICATION, Map.of());
    }

    private static String servlet(String name, String pattern) {
        return """
                <servlet>
                  <servlet-name>application</servlet-name>
                  <servlet-class>%s</servlet-class>
                  <init-param><param-name>listings</param-name><param-value>true</param-value></init-param>
                  <init-param><param-name>dirAllowed</param-name><param-value>true</param-value></init-param>
                  <async-supported>true</async-supported>
                </servlet>
                <servlet-mapping><servlet-name>application</servlet-name><url-pattern>%s</url-pattern></servlet-mapping>
                """.formatted(name, pattern);
    }

    /** Nothing but files, served by the container's own servlet, which lists folders too. */
    WebApplication ofFiles(Container container, Map<String, String> texts) {
        return new WebApplication(
                contextPath,
                settings,
                dispatches,
                sessionConfig,
                container.fileServlet().map(name -> servlet(name, "/")).orElse(""),
                texts);
    }

    WebApplication alsoFor(DispatcherType... dispatches) {
        return new WebApplication(contextPath, settings, List.of(dispatches), sessionConfig, servlet, files);
    }

    WebApplication withSessionConfig(String xml) {
        return new WebApplication(contextPath, settings, dispatches, xml, servlet, files);
    }

    WebApplication trackingSessionsByUrlToo() {
        return withSessionConfig(BY_COOKIE + "<tracking-mode>URL</tracking-mode>");
    }

    WebApplication withSameSite(String value) {
        return withSessionConfig(
                "<cookie-config><secure>true</secure><attribute><attribute-name>SameSite</attribute-name>"
                        + "<attribute-value>" + value + "</attribute-value></attribute></cookie-config>");
    }

    /** One session cookie, and so one session id, for all applications of the host. */
    WebApplication sharingItsSessionCookie() {
        return withSessionConfig(SHARED);
    }

    /** In web.xml, while Tomcat is told another name, of which a filter does not learn. */
    WebApplication namingItsSessionCookie() {
        return withSessionConfig("<cookie-config><name>SHOP</name></cookie-config>");
    }

    boolean namesItsSessionCookie() {
        return sessionConfig.contains("<name>");
    }

    boolean sharesItsSessionCookie() {
        return sessionConfig.contains("<path>/</path>");
    }

    boolean tracksSessionsByUrl() {
        return sessionConfig.contains("URL");
    }

    boolean isForEverySite() {
        return sessionConfig.contains(">None<");
    }

    boolean isSecure() {
        return settings.getOrDefault("baseUrl", "").startsWith("https:");
    }

    /** As applications for WildFly and GlassFish have to say it, where no filter may set up the session cookie. */
    WebApplication settingUpItsSessionCookie() {
        var cookie = "<http-only>true</http-only>" + (isSecure() ? "<secure>true</secure>" : "");
        var xml = sessionConfig.contains("<cookie-config>")
                ? sessionConfig.replace("<path>/</path>", "<path>/</path>" + cookie)
                : "<cookie-config>" + cookie + "</cookie-config>" + sessionConfig;
        return withSessionConfig(xml);
    }

    /** As applications for WildFly have to say it, which knows no SameSite in web.xml. */
    WebApplication askingUndertowForSameSite() {
        var all = new TreeMap<>(files);
        all.put(
                "WEB-INF/undertow-handlers.conf",
                "samesite-cookie(mode=" + (isForEverySite() ? "None" : "Lax") + ", cookie-pattern=JSESSIONID)");
        return new WebApplication(contextPath, settings, dispatches, sessionConfig, servlet, all);
    }

    boolean isOfServlet() {
        return servlet.equals(APPLICATION);
    }

    /** As a build would pack it: the filter, the servlet, the libraries. */
    public Path writeWar(Path folder) {
        var root = writeInto(folder);
        try {
            Files.createDirectories(root.resolve("META-INF"));
            if (sharesItsSessionCookie()) { // Tomcat does it only where this says so too.
                Files.writeString(root.resolve("META-INF/context.xml"), "<Context sessionCookiePath=\"/\"/>");
            }
            if (namesItsSessionCookie()) {
                Files.writeString(
                        root.resolve("META-INF/context.xml"), "<Context sessionCookieName=\"" + TOMCATS_NAME + "\"/>");
            }
            if (contextPath.isEmpty()) { // In GlassFish no file name stands for this.
                var xml = "<glassfish-web-app><context-root>/</context-root></glassfish-web-app>";
                Files.writeString(root.resolve("WEB-INF/glassfish-web.xml"), xml);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new War(folder.resolve(contextPath.isEmpty() ? "ROOT.war" : contextPath.substring(1) + ".war"))
                .with("", root)
                .with("WEB-INF/classes/", War.placeOf(SsoFilter.class))
                .with("WEB-INF/classes/", War.placeOf(ApplicationServlet.class), War.isOf(ApplicationServlet.class))
                .with("WEB-INF/lib/", Path.of(System.getProperty("runtime.libraries")))
                .written();
    }

    /** Writes it down in a folder of its own. */
    Path writeInto(Path folder) {
        var root = folder.resolve("webapp" + contextPath.replace('/', '-'));
        try {
            Files.createDirectories(root.resolve("WEB-INF"));
            Files.writeString(root.resolve("WEB-INF/web.xml"), webXml());
            for (var file : files.entrySet()) {
                Files.createDirectories(root.resolve(file.getKey()).getParent());
                Files.writeString(root.resolve(file.getKey()), file.getValue());
            }
            return root;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String webXml() {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0" metadata-complete="true">
                  <distributable/>
                  <filter>
                    <filter-name>sso</filter-name>
                    <filter-class>dev.ssofilter.SsoFilter</filter-class>
                    <async-supported>true</async-supported>
                %s
                  </filter>
                  <filter-mapping><filter-name>sso</filter-name><url-pattern>/*</url-pattern>%s</filter-mapping>
                %s
                  <welcome-file-list><welcome-file>index.html</welcome-file></welcome-file-list>
                  <error-page><error-code>404</error-code><location>/inside/error</location></error-page>
                  <error-page><error-code>500</error-code><location>/inside/error</location></error-page>
                  <error-page><error-code>410</error-code><location>/asking</location></error-page>
                  <session-config>%s</session-config>
                </web-app>
                """.formatted(initParams(), dispatchers(), servlet, sessionConfig);
    }

    private String initParams() {
        return settings.entrySet().stream()
                .map(setting -> "<init-param><param-name>%s</param-name><param-value>%s</param-value></init-param>"
                        .formatted(setting.getKey(), setting.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private String dispatchers() {
        return dispatches.stream()
                .map(type -> "<dispatcher>" + type + "</dispatcher>")
                .collect(Collectors.joining());
    }
}
