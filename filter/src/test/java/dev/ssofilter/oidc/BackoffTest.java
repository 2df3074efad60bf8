package dev.ssofilter.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How long a provider that failed is left alone. */
class BackoffTest {
    private static final Duration FAST = Duration.ofMillis(3);

    private final Backoff backoff = new Backoff();

    private List<Long> pauses(int failures) {
        return IntStream.range(0, failures)
                .mapToObj(i -> backoff.failed(FAST, Duration.ZERO).toMillis())
                .toList();
    }

    @Test
    void growsToHalfAMinuteAndNoFurther() {
        assertEquals(
                List.of(0L, 0L, 0L, 100L, 200L, 400L, 800L, 1600L, 3200L, 6400L, 12_800L, 25_600L, 30_000L, 30_000L),
                pauses(14));
        pauses(1000);
        assertEquals(List.of(30_000L), pauses(1));
    }

    @Test
    void beginsAnewAfterASuccess() {
        pauses(10);

        backoff.succeeded();

        assertEquals(List.of(0L, 0L, 0L, 100L), pauses(4));
    }

    @Test
    void leavesOneThatHangsAloneForAsLongAsItHung() {
        assertEquals(Duration.ofSeconds(10), backoff.failed(Duration.ofSeconds(10), Duration.ZERO));
        assertEquals(Duration.ofSeconds(1), backoff.failed(Duration.ofSeconds(1), Duration.ZERO));
        assertEquals(Duration.ZERO, backoff.failed(Duration.ofMillis(999), Duration.ZERO));
    }

    @Test
    void leavesOneAloneForAsLongAsItAsks() {
        assertEquals(Duration.ofMinutes(2), backoff.failed(FAST, Duration.ofMinutes(2)));
        assertEquals(Duration.ofSeconds(9), backoff.failed(Duration.ofSeconds(9), Duration.ofSeconds(2)));
    }
}
