package dev.ssofilter.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A storm of failures fills no disk, and none of it is forgotten. */
class LogLimitTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1); // it overflows, as System.nanoTime may
    private final LogLimit limit = new LogLimit(nanos::get);

    /** That many failures in a row; how many of them have a line. */
    private long lines(Reason reason, int failures) {
        return IntStream.range(0, failures)
                .filter(i -> limit.next(reason).isPresent())
                .count();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    @DisplayName("AB-186 writes 500 lines a minute, and counts those that it leaves out")
    void countsWhatItLeavesOut() {
        assertEquals(LogLimit.LINES, lines(Reason.UNKNOWN_STATE, LogLimit.LINES + 812));

        pass(LogLimit.WINDOW.minusNanos(1));
        assertEquals(OptionalLong.empty(), limit.next(Reason.UNKNOWN_STATE));
        pass(Duration.ofNanos(1));
        assertEquals(OptionalLong.of(813), limit.next(Reason.UNKNOWN_STATE));
        assertEquals(OptionalLong.of(0), limit.next(Reason.UNKNOWN_STATE));
        assertEquals(LogLimit.LINES - 2, lines(Reason.UNKNOWN_STATE, LogLimit.LINES), "and so in every minute");
    }

    @Test
    @DisplayName("AB-186 lets no reason silence another")
    void countsEachReasonByItself() {
        lines(Reason.UNKNOWN_STATE, LogLimit.LINES + 1);

        assertEquals(OptionalLong.empty(), limit.next(Reason.UNKNOWN_STATE));
        assertEquals(OptionalLong.of(0), limit.next(Reason.INTERNAL_ERROR));
    }

    @ParameterizedTest(name = "AB-186 the first line of {0} after a storm tells how many were left out")
    @EnumSource(names = {"UNKNOWN_STATE", "INTERNAL_ERROR"})
    void tellsInTheNextLine(Reason reason) throws Exception {
        var page = new FailurePage(Optional.empty(), SettingsOf.params().ownPaths(), limit);

        try (var container = Container.at("/");
                var log = new Log()) {
            lines(reason, LogLimit.LINES + 811);
            fail(container, page, reason);
            assertEquals(List.of(), log.lines);

            pass(LogLimit.WINDOW);
            fail(container, page, reason);
            fail(container, page, reason);

            assertEquals(2, log.lines.size());
            assertTrue(log.lines.get(0).contains(" suppressed=812; forged"), log.lines::toString);
            assertFalse(log.lines.get(1).contains("suppressed"), log.lines::toString);
        }
    }

    private static void fail(Container container, FailurePage page, Reason reason) throws Exception {
        var answer = container.get(
                "/",
                (request, response) ->
                        page.write(request, response, new LoginFailedException(reason, "forged"), Optional.empty()));
        assertEquals(reason.status(), answer.status());
    }

    /** What the page logs. */
    private static final class Log extends Handler implements AutoCloseable {
        final List<String> lines = new CopyOnWriteArrayList<>();
        private final Logger logger = Logger.getLogger(FailurePage.class.getName()); // held: the JDK forgets it else

        Log() {
            logger.addHandler(this);
        }

        @Override
        public void publish(LogRecord line) {
            lines.add(line.getMessage());
        }

        @Override
        public void flush() {
            // nothing is held back
        }

        @Override
        public void close() {
            logger.removeHandler(this);
        }
    }
}
