package dev.ssofilter;

import dev.ssofilter.testkit.PretendUserPool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Watches every test of this module (JUnit finds it by itself): a test fails after which a record of the product or of its
 * libraries, at the finest level, holds what no log may hold. What containers and the JDK's HTTP client, which is also the
 * tests' browser, print of their insides when they are told to is not ours to judge: every request.
 */
public final class LogCanary implements AfterEachCallback, AfterAllCallback {
    private static final List<String> OURS = List.of(
            "dev.ssofilter",
            "com.nimbusds",
            "net.minidev",
            "com.github.benmanes.caffeine",
            "org.eclipse.yasson",
            "org.eclipse.parsson",
            "jdk.httpclient",
            "jdk.event.security");

    private static final Map<String, Pattern> FORBIDDEN = new TreeMap<>(Map.of(
            // State, nonce, verifier, code, cookie value, signature: all of them are long and random.
            "a long random value", Pattern.compile("(?<![\\w.-])(?=[A-Za-z_-]*[0-9])[\\w-]{32,}"),
            "a JWT", Pattern.compile("eyJ[\\w-]{10,}"),
            "a query", Pattern.compile("[?&](?:code|state|nonce|error|[a-z_]*token|[a-z_]*secret|code_[a-z]+)="),
            "a session id", Pattern.compile("node0[a-z0-9]{16,}"),
            "a header with credentials", Pattern.compile("(?i)\\b(?:Bearer|Basic) [\\w+/=-]{8,}"),
            "the client secret", Pattern.compile(Pattern.quote(PretendUserPool.CLIENT_SECRET)),
            "a password", Pattern.compile("Pretend-1"),
            "an e-mail address", Pattern.compile("(?:ana|max)(?:@|%40)example\\.org"),
            "a name", Pattern.compile("\\b(?:Ruiz|Okoye)\\b")));

    /** A key's name, which everybody can read where the key is published. */
    private static final Pattern KEY_ID = Pattern.compile("kid \"[^\"]*\"");

    /** It is for whoever can read the log, works once, and opens nothing but the setup screen. */
    private static final Pattern SETUP_TOKEN = Pattern.compile("one-time token: [\\w-]{43}$", Pattern.MULTILINE);

    private static final Queue<LogRecord> RECORDS = new ConcurrentLinkedQueue<>();
    private static final List<Logger> WATCHED = watch(); // held, as the JDK keeps loggers by weak references alone

    private static List<Logger> watch() {
        var recorder = new Recorder();
        recorder.setLevel(Level.ALL);
        var loggers = new ArrayList<Logger>();
        for (var name : OURS) {
            var logger = Logger.getLogger(name);
            logger.setLevel(Level.ALL);
            logger.addHandler(recorder);
            loggers.add(logger);
        }
        return List.copyOf(loggers);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        judge();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        judge();
    }

    private static void judge() {
        assert WATCHED.size() == OURS.size();
        var found = new ArrayList<String>();
        for (var line = RECORDS.poll(); line != null; line = RECORDS.poll()) {
            var text = SETUP_TOKEN
                    .matcher(KEY_ID.matcher(text(line)).replaceAll("kid"))
                    .replaceAll("one-time token");
            FORBIDDEN.forEach((what, pattern) -> {
                if (pattern.matcher(text).find()) {
                    found.add("the log holds " + what + ": " + text);
                }
            });
        }
        if (!found.isEmpty()) {
            throw new AssertionError(String.join("\n", found));
        }
    }

    static boolean isOurs(LogRecord line) {
        var name = String.valueOf(line.getLoggerName());
        return OURS.stream().anyMatch(name::startsWith);
    }

    /** All that a formatter could print of it. */
    static String text(LogRecord line) {
        var text = new StringBuilder(line.getLoggerName() + " " + new SimpleFormatter().formatMessage(line));
        if (line.getParameters() != null) {
            text.append(' ').append(Arrays.toString(line.getParameters()));
        }
        for (var thrown = line.getThrown(); thrown != null; thrown = thrown.getCause()) {
            text.append(' ').append(thrown.getMessage());
            for (var hidden : thrown.getSuppressed()) {
                text.append(' ').append(hidden.getMessage());
            }
        }
        return text.toString();
    }

    private static final class Recorder extends Handler {
        @Override
        public void publish(LogRecord line) {
            RECORDS.add(line);
        }

        @Override
        public void flush() {
            // nothing is held back
        }

        @Override
        public void close() {
            // nor anything held open
        }
    }
}
