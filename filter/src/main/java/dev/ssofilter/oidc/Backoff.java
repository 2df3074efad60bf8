package dev.ssofilter.oidc;

import java.time.Duration;
import java.util.Collections;
import java.util.List;

/**
 * How long a provider that failed is left alone. A few failures that came fast cost nobody anything, and most outages are
 * a moment, so there is no pause after the first three; then 100 ms, twice as long each time, up to 30 s. A provider that
 * took a second or more to fail is left alone for as long as that, so that few have to wait for it; and never is it asked
 * sooner than it said itself.
 */
final class Backoff {
    private static final int WITHOUT_PAUSE = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration SLOW = Duration.ofSeconds(1);

    private int failures;

    synchronized void succeeded() {
        failures = 0;
    }

    /**
     * How long to wait until the next attempt.
     *
     * @param took the failed attempt
     * @param askedFor by the provider; zero where it asked for nothing
     */
    synchronized Duration failed(Duration took, Duration askedFor) {
        failures++;
        return Collections.max(List.of(grown(), took.compareTo(SLOW) < 0 ? Duration.ZERO : took, askedFor));
    }

    private Duration grown() {
        if (failures <= WITHOUT_PAUSE) {
            return Duration.ZERO;
        }
        // After so many doublings it is the longest for good, long before it overflows.
        var doublings = Math.min(failures - WITHOUT_PAUSE - 1, 10);
        return Collections.min(List.of(FIRST_PAUSE.multipliedBy(1L << doublings), LONGEST));
    }
}
