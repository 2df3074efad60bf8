package dev.ssofilter.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A program that this Java runs beside the tests, without a shell between. It ends on close and, whatever became of the
 * tests, with this JVM. All it says is kept in a file.
 */
public final class ChildProcess implements AutoCloseable {
    /** A container starts in two to fifteen seconds, in a hundred where a busy machine has little left for it. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final int TAIL = 40;

    private final String name;
    private final Path log;
    private final Process process;
    private final Pattern ready;
    private final CompletableFuture<MatchResult> said = new CompletableFuture<>();

    private final int times;

    private ChildProcess(String name, Path log, Process process, Pattern ready, int times) {
        this.name = name;
        this.log = log;
        this.process = process;
        this.ready = ready;
        this.times = times;
    }

    /**
     * Starts {@code java} with these arguments, in this folder.
     *
     * @param ready what a line of its output holds once it does its work
     */
    public static ChildProcess java(String name, Path folder, Pattern ready, List<String> arguments) {
        return java(name, folder, ready, 1, arguments);
    }

    /**
     * Starts {@code java} with these arguments, in this folder.
     *
     * @param ready what so many lines of its output hold once it does its work
     */
    public static ChildProcess java(String name, Path folder, Pattern ready, int times, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
        command.addAll(arguments);
        return run(name, folder, ready, times, command);
    }

    /** Starts any other program, named first. */
    public static ChildProcess run(String name, Path folder, Pattern ready, int times, List<String> command) {
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        // Settings of the one who runs the build would win over those of the WAR.
        builder.environment().keySet().removeIf(variable -> variable.startsWith("SSO_"));
        try {
            var started = new ChildProcess(name, folder.resolve(name + ".log"), builder.start(), ready, times);
            Runtime.getRuntime().addShutdownHook(new Thread(started::close, "end of " + name));
            var reader = new Thread(started::keepLog, "log of " + name);
            reader.setDaemon(true);
            reader.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keepLog() {
        try (var lines = process.inputReader(StandardCharsets.UTF_8);
                var kept = Files.newBufferedWriter(log)) {
            var still = times;
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                kept.write(line);
                kept.newLine();
                kept.flush();
                var match = ready.matcher(line);
                if (match.find() && --still == 0) {
                    said.complete(match);
                }
            }
            said.completeExceptionally(new IOException("its output ended"));
        } catch (IOException e) {
            said.completeExceptionally(e);
        }
    }

    /** Waits for the line that says it is ready, and returns what of it the pattern matched. */
    public MatchResult awaitReady() {
        try {
            return said.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw failed("did not say \"" + ready + "\" in " + PATIENCE);
        } catch (ExecutionException e) {
            throw failed("ended before it said \"" + ready + "\" (" + e.getCause() + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("was waited for until the tests were interrupted");
        }
    }

    /** Ends it; the exception to throw shows the end of its log. */
    public IllegalStateException failed(String how) {
        close();
        var all = lines();
        var tail = all.subList(Math.max(0, all.size() - TAIL), all.size());
        return new IllegalStateException(name + " " + how + "; the end of " + log + ":\n" + String.join("\n", tail));
    }

    /** What it has said so far. */
    public List<String> lines() {
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " has no log", e);
        }
    }

    /** On which addresses it takes connections, it or a process that it has started. */
    public List<String> listeningSockets() throws IOException {
        var all = new ArrayList<>(ListeningSockets.of(process.pid()));
        for (var child : process.descendants().toList()) {
            all.addAll(ListeningSockets.of(child.pid()));
        }
        return all;
    }

    /** At once: it keeps nothing that it could lose. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }
}
