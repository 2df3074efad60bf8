package dev.ssofilter.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** whose clock is wrong, and by how much. */
class ClockDifferenceTest {
    private static final Instant HERE = Instant.parse("2026-11-23T10:00:00.900Z");

    @ParameterizedTest(name = "R-42 {0}: {1}")
    @CsvSource({
        "2026-11-23T10:05:01Z, the provider's clock is 300 s ahead of this machine's",
        "2026-11-23T10:00:03Z, the provider's clock is 2 s ahead of this machine's",
        "2026-11-23T10:00:02.900Z, the clocks of this machine and the provider agree",
        "2026-11-23T10:00:02Z, the clocks of this machine and the provider agree",
        "2026-11-23T09:59:59Z, the clocks of this machine and the provider agree",
        "2026-11-23T09:59:58Z, the provider's clock is 2 s behind this machine's",
        "2026-11-23T09:00:00Z, the provider's clock is 3600 s behind this machine's"
    })
    void saysWhoIsAheadByHowMuch(Instant provider, String said) {
        var difference = ClockDifference.between(Optional.of(provider), HERE).toString();

        assertEquals(said, difference.replace("; set this machine's clock by NTP", ""));
    }

    @ParameterizedTest(name = "R-42 {0} s with a tolerance of {1} s: {2}")
    @CsvSource({"62, 60, false", "63, 60, true", "-62, 60, false", "-63, 60, true", "2, 0, false", "3, 0, true"})
    void isTooMuchBeyondTheToleranceAndWhatCannotBeMeasured(long ahead, long tolerance, boolean tooMuch) {
        var difference = ClockDifference.between(Optional.of(HERE.plusSeconds(ahead)), HERE);

        assertEquals(tooMuch, difference.exceeds(Duration.ofSeconds(tolerance)));
        assertEquals(false, ClockDifference.between(Optional.empty(), HERE).exceeds(Duration.ZERO));
    }

    @Test
    void saysThatItCannotTell() {
        assertEquals(
                "the provider's answer has no Date; compare the clocks",
                ClockDifference.between(Optional.empty(), HERE).toString());
    }
}
