package dev.ssofilter.web;

import dev.ssofilter.user.Reason;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Keeps a storm of failures from filling the disk: each reason has so many lines a minute, and the first line after those
 * tells how many were left out. More than any ordinary day needs, and some megabytes an hour at the worst.
 */
final class LogLimit {
    static final int LINES = 500;
    static final Duration WINDOW = Duration.ofMinutes(1);

    private final LongSupplier nanos;
    private final Map<Reason, Lines> lines = new ConcurrentHashMap<>();

    /** @param nanos monotonic, as {@link System#nanoTime}: a clock that is set back must not silence the log */
    LogLimit(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** How many lines were left out before this one; empty where this one is left out, too. */
    OptionalLong next(Reason reason) {
        var now = nanos.getAsLong();
        return lines.computeIfAbsent(reason, first -> new Lines(now)).next(now);
    }

    /** Those of one reason. */
    private static final class Lines {
        private long begun;
        private int written;
        private long suppressed;

        Lines(long begun) {
            this.begun = begun;
        }

        synchronized OptionalLong next(long now) {
            if (now - begun >= WINDOW.toNanos()) {
                begun = now;
                written = 0;
            }
            if (written == LINES) {
                suppressed++;
                return OptionalLong.empty();
            }
            written++;
            var before = suppressed;
            suppressed = 0;
            return OptionalLong.of(before);
        }
    }
}
