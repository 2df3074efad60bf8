package dev.ssofilter.sample;

import dev.ssofilter.program.ChildProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A container as its makers hand it out. Told here is only which address to listen on: 127.0.0.1, a free port. */
enum StockContainer {
    /** Its scripts are not executable in the zip; this is what they run. */
    TOMCAT("tomcat.home", "Starting ProtocolHandler \\[\"http-nio-127\\.0\\.0\\.1-auto-1-([0-9]+)\"]") {
        @Override
        void prepare(Path base) throws IOException {
            Files.createDirectory(base.resolve("conf"));
            for (var file : List.of("logging.properties", "tomcat-users.xml", "web.xml")) {
                Files.copy(
                        home().resolve("conf").resolve(file),
                        base.resolve("conf").resolve(file));
            }
            var server = Files.readString(home().resolve("conf/server.xml"));
            server = changed(server, "<Server port=\"8005\"", "<Server port=\"-1\"");
            server = changed(server, "<Connector port=\"8080\"", "<Connector address=\"127.0.0.1\" port=\"0\"");
            Files.writeString(base.resolve("conf/server.xml"), server);
        }

        @Override
        List<String> program(Path base) {
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
    },

    JETTY("jetty.home", "Started oejs\\.ServerConnector@.*\\{127\\.0\\.0\\.1:([0-9]+)}") {
        @Override
        void prepare(Path base) {
            // An empty base is enough.
        }

        @Override
        List<String> program(Path base) {
            return List.of(
                    "-jar",
                    home().resolve("start.jar").toString(),
                    "jetty.base=" + base,
                    "--modules=server,http,ee10-deploy,ee10-annotations,sessions",
                    "jetty.http.host=127.0.0.1",
                    "jetty.http.port=0");
        }
    };

    private final String homeProperty;
    private final Pattern ready;

    StockContainer(String homeProperty, String ready) {
        this.homeProperty = homeProperty;
        this.ready = Pattern.compile(ready);
    }

    abstract void prepare(Path base) throws IOException;

    abstract List<String> program(Path base);

    /**
     * Starts it with a WAR in {@code webapps/}, byte for byte.
     *
     * @param base an empty folder, for all that it writes
     * @param options of the JVM
     */
    ChildProcess start(Path base, Path war, List<String> options) throws IOException {
        Files.createDirectory(base.resolve("temp"));
        Files.createDirectory(base.resolve("webapps"));
        Files.copy(war, base.resolve("webapps").resolve(war.getFileName()));
        prepare(base);
        var arguments = new ArrayList<>(options);
        arguments.add("-Djava.io.tmpdir=" + base.resolve("temp"));
        arguments.addAll(program(base));
        return ChildProcess.java(name().toLowerCase(Locale.ROOT), base, ready, arguments);
    }

    /** Where the build has unpacked it. */
    Path home() {
        return Path.of(System.getProperty(homeProperty));
    }

    private static String changed(String text, String from, String to) {
        if (!text.contains(from)) {
            throw new IllegalStateException("server.xml of this Tomcat has no " + from);
        }
        return text.replace(from, to);
    }
}
