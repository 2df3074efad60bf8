package dev.ssofilter.benchmark;

import dev.ssofilter.benchmark.host.Site;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of our own that takes a command a line, and answers with a line. All have the same flags. */
final class Child implements AutoCloseable {
    private static final List<String> FLAGS = List.of(
            "-Xms512m",
            "-Xmx1g",
            "-XX:+UseSerialGC",
            "-Dsun.net.httpserver.nodelay=true",
            "-Dsun.net.httpserver.maxIdleConnections=1000",
            "-Dsun.net.httpserver.idleInterval=3600");

    private final Process process;
    private final PrintStream commands;
    private final BufferedReader answers;

    Child(String classPath, Path logging, Path log, List<String> main) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.add("-Djava.util.logging.config.file=" + logging);
        command.addAll(List.of("-cp", classPath));
        command.addAll(main);
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put(Site.CLIENT_SECRET_VARIABLE, Site.CLIENT_SECRET);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** What stands behind "ok". */
    String ask(String command) throws Refused {
        commands.println(command);
        try {
            var answer = answers.readLine();
            if (answer == null || !answer.startsWith("ok")) {
                throw new Refused(command.split(" ", 2)[0] + ": " + answer);
            }
            return answer.substring(2).strip();
        } catch (IOException e) {
            throw new Refused(e.toString());
        }
    }

    /** The child said no. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String why) {
            super(why);
        }
    }

    /** Nanoseconds on a processor, of all threads, as the kernel counts them; where it says nothing, as the JDK does. */
    long cpu() {
        var threads = Path.of("/proc", Long.toString(process.pid()), "task");
        if (!Files.isDirectory(threads)) {
            return process.info().totalCpuDuration().orElseThrow().toNanos();
        }
        try (var all = Files.list(threads)) {
            return all.mapToLong(Child::onProcessor).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long onProcessor(Path thread) {
        try {
            return Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ")[0]);
        } catch (IOException ended) {
            return 0;
        }
    }

    @Override
    public void close() {
        commands.close(); // it ends with its input
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
