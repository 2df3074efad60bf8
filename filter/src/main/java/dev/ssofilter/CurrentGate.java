package dev.ssofilter;

import dev.ssofilter.directory.Settings;
import dev.ssofilter.directory.SettingsException;
import dev.ssofilter.directory.SettingsSources;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The gate in effect. Once the bytes of its record have changed, another one takes its place as a whole: requests that
 * began with the old one end with it, all others go through the new one. A record that is no good changes nothing.
 */
final class CurrentGate implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(CurrentGate.class.getName());

    /** More than a login can take: metadata, token, keys twice, Userinfo, each within ten seconds. */
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(60);

    private final RecordBytes bytes;
    private final SettingsSources sources;
    private final Function<Settings, Gate> maker;
    private final LongSupplier nanoTime;
    private final Deque<Retired> retired = new ArrayDeque<>();
    private volatile Gate current;
    private boolean closed;

    private record Retired(Gate gate, long since) {}

    /**
     * @param bytes as they were before {@code first} was made of them
     * @param sources to read all settings anew, not the record alone
     */
    CurrentGate(
            Gate first,
            RecordBytes bytes,
            SettingsSources sources,
            Function<Settings, Gate> maker,
            LongSupplier nanoTime) {
        this.current = first;
        this.bytes = bytes;
        this.sources = sources;
        this.maker = maker;
        this.nanoTime = nanoTime;
    }

    /** To be asked once per request, so that all of it goes through one. */
    Gate get() {
        return current;
    }

    /** Takes over what has changed since the last look, and tells; each bad record once. */
    synchronized void look() {
        if (closed) {
            return;
        }
        closeRetired();
        if (!bytes.changed()) {
            return;
        }
        try {
            var settings = Settings.read(sources);
            var next = maker.apply(settings);
            retired.addLast(new Retired(current, nanoTime.getAsLong()));
            current = next;
            Start.tell("the changed directory record is in effect for new logins", settings);
        } catch (SettingsException bad) {
            LOG.log(
                    Level.WARNING,
                    "the directory record has changed and is refused; what was in effect stays:"
                            + Start.listed(bad.problems()));
        }
    }

    /** Not while a request may still be under way in it: its calls would be broken off. */
    private void closeRetired() {
        var longAgo = nanoTime.getAsLong() - LONGEST_REQUEST.toNanos();
        while (!retired.isEmpty() && retired.getFirst().since() - longAgo <= 0) {
            retired.removeFirst().gate().close();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        retired.forEach(old -> old.gate().close());
        current.close();
    }
}
