package dev.ssofilter.interop;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * The process of {@code oidc-provider/server.mjs}, in which the npm package oidc-provider serves as many providers as the
 * tests ask for, each on a free port of this machine. npm installs it once, with the versions of its lock file alone.
 */
final class OidcProviders implements AutoCloseable {
    private static final List<String> FILES = List.of("package.json", "package-lock.json", "server.mjs");
    private static final int MINUTES_TO_INSTALL = 5;

    private final Process process;
    private final Path log;
    private final BufferedWriter commands;
    private final BufferedReader answers;

    private OidcProviders(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Throws IllegalStateException, with what to do, where npm or node is missing or fails. */
    static OidcProviders start() {
        var home = Optional.ofNullable(System.getProperty("oidc-provider.home"))
                .map(Path::of)
                .orElseThrow(() -> new IllegalStateException(
                        "oidc-provider.home names no folder; run these tests with mvn -Pinterop verify"));
        try {
            Files.createDirectories(home);
            for (var file : FILES) {
                copy(file, home);
            }
            install(home);
            var log = home.resolve("server.log");
            var process = run(command(home, "node", "server.mjs").redirectError(log.toFile()));
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "end oidc-provider"));
            return new OidcProviders(process, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(String file, Path home) throws IOException {
        try (var content = OidcProviders.class.getResourceAsStream("/interop/oidc-provider/" + file)) {
            Files.copy(Objects.requireNonNull(content, file), home.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The mark comes last, so half an installation counts as none, and one of other versions neither. */
    private static void install(Path home) throws IOException {
        var lock = home.resolve("package-lock.json");
        var mark = home.resolve("installed");
        if (Files.exists(mark) && Files.mismatch(lock, mark) < 0) {
            return;
        }
        // No scripts: nothing that was fetched runs before it is asked to.
        var npm = command(home, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        var log = home.resolve("npm.log");
        awaitSuccess(run(npm.redirectErrorStream(true).redirectOutput(log.toFile())), log);
        Files.copy(lock, mark, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void awaitSuccess(Process npm, Path log) throws IOException {
        try {
            if (!npm.waitFor(MINUTES_TO_INSTALL, TimeUnit.MINUTES) || npm.exitValue() != 0) {
                throw new IllegalStateException(
                        "npm ci did not install oidc-provider, for which it needs the network; it said:\n"
                                + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while npm installed oidc-provider", e);
        } finally {
            npm.destroyForcibly();
        }
    }

    private static ProcessBuilder command(Path home, String... command) {
        return new ProcessBuilder(command).directory(home.toFile());
    }

    private static Process run(ProcessBuilder command) {
        try {
            return command.start();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "cannot run " + command.command().get(0)
                            + ": the tests with oidc-provider need Node.js 20 or later,"
                            + " with npm, on the PATH; install it, or leave out -Pinterop",
                    e);
        }
    }

    /** A provider that is there, and has no client yet; a switch is named in {@code server.mjs}, name and value in turn. */
    OidcProvider provider(String... switches) {
        return new OidcProvider(this, UUID.randomUUID().toString(), switches);
    }

    /** The answer of one provider to one command. */
    synchronized Map<String, Object> tell(String provider, String command, Map<String, String> parameters) {
        var line = new LinkedHashMap<String, Object>(parameters);
        line.put("name", provider);
        line.put("command", command);
        try {
            commands.write(JSONObjectUtils.toJSONString(line));
            commands.newLine();
            commands.flush();
            var answer = answers.readLine();
            if (answer == null) {
                throw new IllegalStateException(
                        "oidc-provider ended at \"" + command + "\"; it said:\n" + Files.readString(log));
            }
            return JSONObjectUtils.parse(answer);
        } catch (IOException e) {
            throw new UncheckedIOException("oidc-provider, log in " + log, e);
        } catch (ParseException e) {
            throw new IllegalStateException("oidc-provider answered with no JSON", e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
