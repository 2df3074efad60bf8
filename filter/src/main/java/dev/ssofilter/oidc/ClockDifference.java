package dev.ssofilter.oidc;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far the provider's clock is from this machine's, as far as an answer's Date header tells (RFC 9110 §6.6.1, whole
 * seconds). Read out where a token's times are refused: whose clock is wrong is the first question then.
 *
 * @param ahead positive: the provider's clock is ahead; empty: it sent no date
 */
record ClockDifference(Optional<Duration> ahead) {
    /** What the header's whole seconds and the way of the answer may make of two equal clocks. */
    private static final Duration MEASURED = Duration.ofSeconds(2);

    static ClockDifference between(Optional<Instant> provider, Instant here) {
        return new ClockDifference(provider.map(date -> Duration.between(here, date)));
    }

    /** Whether tokens are refused for it, as the tolerance has it. */
    boolean exceeds(Duration tolerance) {
        return ahead.filter(difference -> difference.abs().compareTo(tolerance.plus(MEASURED)) > 0)
                .isPresent();
    }

    /** The end of a sentence that says what is wrong with a time. */
    @Override
    public String toString() {
        return ahead.map(ClockDifference::said).orElse("the provider's answer has no Date; compare the clocks");
    }

    private static String said(Duration ahead) {
        if (ahead.abs().compareTo(MEASURED) <= 0) {
            return "the clocks of this machine and the provider agree";
        }
        return "the provider's clock is " + ahead.abs().toSeconds() + " s "
                + (ahead.isNegative() ? "behind" : "ahead of") + " this machine's; set this machine's clock by NTP";
    }
}
