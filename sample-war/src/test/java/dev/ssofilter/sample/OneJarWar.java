package dev.ssofilter.sample;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/**
 * A WAR as somebody makes it who has no Maven: a web.xml with the filter and one servlet, the sample's directory record, and
 * jars. It has no baseUrl, so it signs in from browsers on this machine alone.
 */
final class OneJarWar {
    private static final String WEB_XML = """
            <?xml version="1.0" encoding="UTF-8"?>
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
              <filter>
                <filter-name>sso</filter-name>
                <filter-class>dev.ssofilter.SsoFilter</filter-class>
                <async-supported>true</async-supported>
                <init-param><param-name>directory</param-name><param-value>/WEB-INF/sso-directory.json</param-value></init-param>
              </filter>
              <filter-mapping><filter-name>sso</filter-name><url-pattern>/*</url-pattern></filter-mapping>
              <servlet>
                <servlet-name>page</servlet-name>
                <servlet-class>%s</servlet-class>
              </servlet>
              <servlet-mapping><servlet-name>page</servlet-name><url-pattern>/page</url-pattern></servlet-mapping>
            </web-app>
            """;

    /** WildFly gives an application its own JSON-B, and no sun.misc.Unsafe, unless it is told so. */
    private static final String FOR_WILDFLY = """
            <jboss-deployment-structure>
              <deployment>
                <exclusions>
                  <module name="jakarta.json.bind.api"/>
                  <module name="org.eclipse.yasson"/>
                </exclusions>
                <dependencies><module name="jdk.unsupported"/></dependencies>
              </deployment>
            </jboss-deployment-structure>
            """;

    /** GlassFish likewise. */
    private static final String FOR_GLASSFISH =
            "<glassfish-web-app><class-loader delegate=\"false\"/></glassfish-web-app>";

    private OneJarWar() {}

    /**
     * Writes it, with nothing that any one container would have to be told.
     *
     * @param servlet found at {@code /page}; it needs no other class of ours
     * @param jars the one with the filter, and what else the application brings
     */
    static Path write(Path war, Class<?> servlet, List<Path> jars) throws IOException {
        return write(war, servlet, jars, Map.of());
    }

    /** The same, and as the README tells who brings a JSON-B. */
    static Path writeWithItsOwnJsonB(Path war, Class<?> servlet, List<Path> jars) throws IOException {
        return write(
                war,
                servlet,
                jars,
                Map.of("jboss-deployment-structure.xml", FOR_WILDFLY, "glassfish-web.xml", FOR_GLASSFISH));
    }

    private static Path write(Path war, Class<?> servlet, List<Path> jars, Map<String, String> others)
            throws IOException {
        var classFile = servlet.getName().replace('.', '/') + ".class";
        try (var out = new JarOutputStream(Files.newOutputStream(war));
                InputStream in = servlet.getResourceAsStream("/" + classFile)) {
            add(out, "web.xml", WEB_XML.formatted(servlet.getName()).getBytes(StandardCharsets.UTF_8));
            add(out, "sso-directory.json", Files.readAllBytes(Path.of("src/main/webapp/WEB-INF/sso-directory.json")));
            add(out, "classes/" + classFile, in.readAllBytes());
            for (var other : others.entrySet()) {
                add(out, other.getKey(), other.getValue().getBytes(StandardCharsets.UTF_8));
            }
            for (var jar : jars) {
                add(out, "lib/" + jar.getFileName(), Files.readAllBytes(jar));
            }
            return war;
        }
    }

    private static void add(JarOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new ZipEntry("WEB-INF/" + name));
        out.write(content);
        out.closeEntry();
    }
}
