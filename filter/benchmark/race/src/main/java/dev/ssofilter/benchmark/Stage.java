package dev.ssofilter.benchmark;

import dev.ssofilter.benchmark.Child.Refused;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where processes are started: folders, logs, class paths. */
record Stage(Path benchmark, Path target) {
    private static final String QUIET = """
            handlers=java.util.logging.ConsoleHandler
            .level=WARNING
            """;

    static Stage at(Path benchmark) {
        try {
            var target = Files.createDirectories(benchmark.resolve("target"));
            Files.writeString(target.resolve("logging.properties"), QUIET);
            return new Stage(benchmark, target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Child contender(Contestant who) {
        return child(
                who.module,
                List.of(benchmark.resolve(who.module), benchmark.resolve("host")),
                List.of("dev.ssofilter.benchmark.host.Host", who.contender));
    }

    Op provider(int port) throws Refused {
        return new Op(child(
                "provider",
                List.of(benchmark.resolve("race")),
                List.of(PoolMain.class.getName(), Integer.toString(port))));
    }

    private Child child(String name, List<Path> modules, List<String> main) {
        var classPath = modules.stream()
                .map(module -> module.resolve("target"))
                .map(built -> built.resolve("classes") + File.pathSeparator + built.resolve("lib") + "/*")
                .reduce((first, second) -> first + File.pathSeparator + second)
                .orElseThrow();
        return new Child(classPath, target.resolve("logging.properties"), target.resolve(name + ".log"), main);
    }

    static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The provider's process. */
    record Op(Child child, String issuer) implements AutoCloseable {
        Op(Child child) throws Refused {
            this(child, child.ask("issuer"));
        }

        int port() {
            return URI.create(issuer).getPort();
        }

        /** What it was asked since the last time. */
        Calls calls() throws Refused {
            return Calls.read(child.ask("calls"));
        }

        @Override
        public void close() {
            child.close();
        }
    }
}
