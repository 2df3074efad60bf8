package dev.ssofilter;

import dev.ssofilter.directory.Settings;
import dev.ssofilter.directory.SettingsException;
import dev.ssofilter.directory.SettingsSources;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
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

    private static final List<String> BROKEN_OFF = List.of("it could not be taken over");

    private final RecordBytes bytes;
    private final SettingsSources sources;
    private final Function<Settings, Gate> maker;
    private final LongSupplier nanoTime;
    private final Deque<Retired> retired = new ArrayDeque<>();
    private volatile Gate current;
    private List<String> problems;
    private boolean closed;

    private record Retired(Gate gate, long since) {}

    /**
     * @param problems of the record that {@code first} takes the place of; none where it is the record's own
     * @param bytes as they were before {@code first} was made of them
     * @param sources to read all settings anew, not the record alone
     */
    CurrentGate(
            Gate first,
            List<String> problems,
            RecordBytes bytes,
            SettingsSources sources,
            Function<Settings, Gate> maker,
            LongSupplier nanoTime) {
        this.current = first;
        this.problems = problems;
        this.bytes = bytes;
        this.sources = sources;
        this.maker = maker;
        this.nanoTime = nanoTime;
    }

    /** To be asked once per request, so that all of it goes through one. */
    Gate get() {
        return current;
    }

    /**
     * Takes over what has changed since the last look, and tells. A bad record is read again each time, since what it
     * needs may come later, a secret's file say; it is told of once.
     *
     * @return whether the record, as it stands now, is in effect
     */
    synchronized boolean look() {
        if (closed) {
            return false;
        }
        closeRetired();
        var again = bytes.changed() || !problems.isEmpty();
        if (again) {
            takeOver();
        }
        return problems.isEmpty();
    }

    private void takeOver() {
        var before = problems;
        problems = BROKEN_OFF; // as long as what follows has not ended, so that the next look tries again
        try {
            var settings = Settings.read(sources);
            var next = maker.apply(settings);
            retired.addLast(new Retired(current, nanoTime.getAsLong()));
            current = next;
            problems = List.of();
            Start.tell("the changed directory record is in effect for new logins", settings);
        } catch (SettingsException bad) {
            if (!bad.problems().equals(before)) {
                LOG.log(
                        Level.WARNING,
                        "the directory record is refused; what was in effect stays:" + Start.listed(bad.problems()));
            }
            problems = bad.problems();
        } catch (RuntimeException | StackOverflowError | LinkageError unexpected) {
            if (!before.equals(BROKEN_OFF)) {
                LOG.log(
                        Level.ERROR,
                        "the changed directory record is not in effect; it will be tried again",
                        unexpected);
            }
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
