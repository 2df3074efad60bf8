package dev.ssofilter.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * One command of Keycloak, run as its own script runs it, but without a shell between: what was started can be ended. It
 * ends on close and, whatever became of the tests, with this JVM. All it says is kept in a file.
 */
final class KeycloakProcess implements AutoCloseable {
    /** Build and start take forty seconds each on two busy cores. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** Said once the realm is imported and requests are taken. */
    private static final String READY = "Listening on: ";

    private static final int TAIL = 40;
    // As in bin/kc.sh, but with the compiler and the collector that are up first.
    private static final List<String> OPTIONS = List.of(
            "-Xmx512m",
            "-XX:MaxMetaspaceSize=256m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Dfile.encoding=UTF-8",
            "-Dsun.stdout.encoding=UTF-8",
            "-Duser.language=en",
            "-Duser.country=US",
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-Dpicocli.disable.closures=true",
            "-Dquarkus-log-max-startup-records=10000",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.base/java.security=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED");

    private final String name;
    private final Path log;
    private final Process process;
    private final CompletableFuture<Boolean> ready = new CompletableFuture<>();

    private KeycloakProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    static KeycloakProcess run(Path home, String command, String... arguments) {
        var builder = new ProcessBuilder(commandLine(home, command, arguments)).redirectErrorStream(true);
        // Those of another Keycloak on this machine would win over our arguments' defaults.
        builder.environment().keySet().removeIf(variable -> variable.startsWith("KC_"));
        try {
            var started = new KeycloakProcess(command, home.resolve(command + ".log"), builder.start());
            Runtime.getRuntime().addShutdownHook(new Thread(started::close, "end Keycloak"));
            var reader = new Thread(started::keepLog, "log of Keycloak");
            reader.setDaemon(true);
            reader.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> commandLine(Path home, String command, String... arguments) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var program = List.of(
                "-Dkc.home.dir=" + home,
                "-Djboss.server.config.dir=" + home.resolve("conf"),
                "-cp",
                home.resolve("lib/quarkus-run.jar").toString(),
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint",
                command);
        return Stream.of(List.of(java), OPTIONS, program, List.of(arguments))
                .flatMap(List::stream)
                .toList();
    }

    private void keepLog() {
        try (var lines = process.inputReader(StandardCharsets.UTF_8);
                var kept = Files.newBufferedWriter(log)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                kept.write(line);
                kept.newLine();
                kept.flush();
                if (line.contains(READY)) {
                    ready.complete(true);
                }
            }
            ready.complete(false);
        } catch (IOException e) {
            ready.completeExceptionally(e);
        }
    }

    /** Returns when requests are taken; throws IllegalStateException, with the end of the log, where that does not happen. */
    void awaitReady() {
        if (!outcome()) {
            throw failed("ended before it took requests");
        }
    }

    /** Returns when the command has done its work; throws as {@link #awaitReady} does. */
    void awaitSuccess() {
        outcome();
        if (process.onExit().join().exitValue() != 0) {
            throw failed("ended with " + process.exitValue());
        }
    }

    /** Whether it took requests; if not, it has said its last. */
    private boolean outcome() {
        try {
            return ready.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw failed("was not done after " + PATIENCE);
        } catch (ExecutionException e) {
            throw failed("could not be read: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("was waited for until the tests were interrupted");
        }
    }

    private IllegalStateException failed(String how) {
        close();
        try (var lines = Files.lines(log)) {
            var all = lines.toList();
            var tail = all.subList(Math.max(0, all.size() - TAIL), all.size());
            return new IllegalStateException(
                    "keycloak " + name + " " + how + "; the end of " + log + ":\n" + String.join("\n", tail));
        } catch (IOException e) {
            throw new UncheckedIOException("keycloak " + name + " " + how + ", without a log", e);
        }
    }

    /** At once: it keeps nothing that it could lose. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }
}
