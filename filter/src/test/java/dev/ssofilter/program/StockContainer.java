package dev.ssofilter.program;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A container as its makers hand it out. Told here is only which address to listen on: 127.0.0.1, a free port. */
public enum StockContainer {
    TOMCAT_10_1("tomcat-10.1", "webapps", StockContainer.TOMCAT_READY) {
        @Override
        void prepare(Path base, int port, List<String> options) throws IOException {
            prepareTomcat(base, port);
        }

        @Override
        List<String> program(Path base, int port) {
            return tomcat(base);
        }
    },

    TOMCAT_11("tomcat-11", "webapps", StockContainer.TOMCAT_READY) {
        @Override
        void prepare(Path base, int port, List<String> options) throws IOException {
            prepareTomcat(base, port);
        }

        @Override
        List<String> program(Path base, int port) {
            return tomcat(base);
        }
    },

    JETTY_12_0_EE10("jetty-12.0", "webapps", StockContainer.JETTY_READY) {
        @Override
        List<String> program(Path base, int port) {
            return jetty(base, port, "ee10");
        }
    },

    JETTY_12_1_EE10("jetty-12.1", "webapps", StockContainer.JETTY_READY) {
        @Override
        List<String> program(Path base, int port) {
            return jetty(base, port, "ee10");
        }
    },

    JETTY_12_1_EE11("jetty-12.1", "webapps", StockContainer.JETTY_READY) {
        @Override
        List<String> program(Path base, int port) {
            return jetty(base, port, "ee11");
        }
    },

    WILDFLY("wildfly", "deployments", "WFLYSRV0025: WildFly .* started in") {
        @Override
        void prepare(Path base, int port, List<String> options) throws IOException {
            copy(home().resolve("standalone/configuration"), base.resolve("configuration"));
        }

        /** What bin/standalone.sh runs, which is a shell script with the server as its child. */
        @Override
        List<String> program(Path base, int port) {
            return List.of(
                    "-Djava.net.preferIPv4Stack=true",
                    "-Djboss.modules.system.pkgs=org.jboss.byteman",
                    "--add-opens=java.base/java.lang=ALL-UNNAMED",
                    "--add-opens=java.base/java.util=ALL-UNNAMED",
                    "-Djboss.home.dir=" + home(),
                    "-Djboss.server.base.dir=" + base,
                    "-Djboss.http.port=" + port,
                    "-Djboss.https.port=0",
                    "-Djboss.management.http.port=0",
                    "-jar",
                    home().resolve("jboss-modules.jar").toString(),
                    "-mp",
                    home().resolve("modules").toString(),
                    "org.jboss.as.standalone",
                    "-b=127.0.0.1",
                    "-bmanagement=127.0.0.1");
        }
    },

    GLASSFISH("glassfish", "domains/domain1/autodeploy", "Successfully autodeployed") {
        @Override
        void prepare(Path base, int port, List<String> options) throws IOException {
            copy(home().resolve("glassfish/domains/domain1"), base.resolve("domains/domain1"));
            var file = base.resolve("domains/domain1/config/domain.xml");
            var domain = Files.readString(file);
            domain = changed(domain, "<network-listener port=\"8080\"", listener("", port));
            domain = changed(domain, "<network-listener port=\"8181\"", listener("enabled=\"false\" ", 8181));
            domain = changed(domain, "<network-listener port=\"4848\"", listener("", freePort()));
            domain = changed(domain, "<iiop-listener ", "<iiop-listener enabled=\"false\" ");
            domain = changed(domain, "<jmx-connector ", "<jmx-connector enabled=\"false\" ");
            domain = domain.replaceFirst("<admin-service ", NO_JMS + "<admin-service ");
            domain = domain.replaceFirst("</java-config>", jvmOptions(options) + "</java-config>");
            Files.writeString(file, domain);
        }

        private String listener(String attributes, int port) {
            return "<network-listener address=\"127.0.0.1\" " + attributes + "port=\"" + port + "\"";
        }

        /** The server's, which is no process of ours. */
        private String jvmOptions(List<String> options) {
            return options.stream()
                    .map(option -> "<jvm-options>" + option + "</jvm-options>")
                    .collect(Collectors.joining());
        }

        /** Itself a launcher: the server is its child. */
        @Override
        List<String> program(Path base, int port) {
            return List.of(
                    "-jar",
                    home().resolve("glassfish/lib/client/appserver-cli.jar").toString(),
                    "start-domain",
                    "--verbose",
                    "--domaindir=" + base.resolve("domains"),
                    "domain1");
        }
    };

    // Its scripts are not executable in the zip; the program below is what they run.
    private static final String TOMCAT_READY = "Starting ProtocolHandler \\[\"http-nio-127\\.0\\.0\\.1-";
    private static final String NO_JMS = "<jms-service type=\"DISABLE\" default-jms-host=\"default_JMS_host\">"
            + "<jms-host name=\"default_JMS_host\" host=\"localhost\" port=\"7676\"/></jms-service>";
    private static final String JETTY_READY = "Started (?:oejs\\.)?ServerConnector@.*\\{127\\.0\\.0\\.1:";

    private final String property;
    private final String deployments;
    private final Pattern ready;

    StockContainer(String property, String deployments, String ready) {
        this.property = property;
        this.deployments = deployments;
        this.ready = Pattern.compile(ready);
    }

    /** One that takes requests. */
    public record Started(ChildProcess process, int port) {}

    void prepare(Path base, int port, List<String> options) throws IOException {
        // An empty base is enough.
    }

    abstract List<String> program(Path base, int port);

    /**
     * Starts it with these WARs where its users put them, byte for byte, and waits until all are deployed.
     *
     * @param base for all that it writes; empty, or with what its users put there besides
     * @param options of the JVM
     */
    public Started start(Path base, List<Path> wars, List<String> options) {
        try {
            var port = freePort();
            Files.createDirectory(base.resolve("temp"));
            prepare(base, port, options);
            Files.createDirectories(base.resolve(deployments));
            for (var war : wars) {
                Files.copy(war, base.resolve(deployments).resolve(war.getFileName()));
            }
            var arguments = new ArrayList<>(options);
            arguments.add("-Djava.io.tmpdir=" + base.resolve("temp"));
            arguments.addAll(program(base, port));
            var times = this == GLASSFISH ? wars.size() : 1;
            var process = ChildProcess.java(name().toLowerCase(Locale.ROOT), base, ready, times, arguments);
            process.awaitReady();
            return new Started(process, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the build has unpacked it, as it does all of them with the profile {@code containers}. */
    public boolean isThere() {
        return System.getProperty(property + ".home") != null;
    }

    /** Those that the build has unpacked. */
    public static List<StockContainer> there() {
        return Stream.of(values()).filter(StockContainer::isThere).toList();
    }

    Path home() {
        return Optional.ofNullable(System.getProperty(property + ".home"))
                .map(Path::of)
                .orElseThrow(() -> new IllegalStateException(this + " has not been unpacked"));
    }

    void prepareTomcat(Path base, int port) throws IOException {
        Files.createDirectories(base.resolve("conf"));
        for (var file : List.of("logging.properties", "tomcat-users.xml", "web.xml")) {
            Files.copy(
                    home().resolve("conf").resolve(file), base.resolve("conf").resolve(file));
        }
        var server = Files.readString(home().resolve("conf/server.xml"));
        server = changed(server, "<Server port=\"8005\"", "<Server port=\"-1\"");
        server = changed(server, "<Connector port=\"8080\"", "<Connector address=\"127.0.0.1\" port=\"" + port + "\"");
        Files.writeString(base.resolve("conf/server.xml"), server);
    }

    List<String> tomcat(Path base) {
        var bin = home().resolve("bin");
        return List.of(
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.io=ALL-UNNAMED",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                "--add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED",
                "-Djava.util.logging.config.file=" + base.resolve("conf/logging.properties"),
                "-Djava.util.logging.manager=org.apache.juli.ClassLoaderLogManager",
                "-Dcatalina.home=" + home(),
                "-Dcatalina.base=" + base,
                "-cp",
                bin.resolve("bootstrap.jar") + File.pathSeparator + bin.resolve("tomcat-juli.jar"),
                "org.apache.catalina.startup.Bootstrap",
                "start");
    }

    List<String> jetty(Path base, int port, String environment) {
        return List.of(
                "-jar",
                home().resolve("start.jar").toString(),
                "jetty.base=" + base,
                "--modules=server,http," + environment + "-deploy," + environment + "-annotations,sessions",
                "jetty.http.host=127.0.0.1",
                "jetty.http.port=" + port);
    }

    static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var copied = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copied);
                } else {
                    Files.copy(file, copied);
                }
            }
        }
    }

    static String changed(String text, String from, String to) {
        if (!text.contains(from)) {
            throw new IllegalStateException("the container's own file has no " + from);
        }
        return text.replace(from, to);
    }

    /** A port that nobody had a moment ago. */
    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
