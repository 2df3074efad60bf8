package dev.ssofilter.web;

import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** How long a signed-in session lasts: {@code sessionMaximum} from the login on, besides the container's idle timeout. */
final class SessionLife {
    /** Epoch milliseconds of the login, a Long. */
    static final String SINCE = "dev.ssofilter.since";

    private static final Duration CLOCKS_APART = Duration.ofMinutes(5); // the most that clockSkew may be, too

    private final Duration maximum;
    private final Clock clock;

    SessionLife(Duration maximum, Clock clock) {
        this.maximum = maximum;
        this.clock = clock;
    }

    void begin(HttpSession session) {
        session.setAttribute(SINCE, clock.millis());
    }

    /** Not where it has no beginning, nor where its age says nothing. */
    boolean lasts(HttpSession session) {
        return session.getAttribute(SINCE) instanceof Long since
                && !remaining(since).isNegative()
                && !clockWentBack(session);
    }

    /** How long it lasts yet, if its user does nothing. */
    Duration left(HttpSession session) {
        var left = session.getAttribute(SINCE) instanceof Long since ? remaining(since) : Duration.ZERO;
        var idle = Duration.ofSeconds(session.getMaxInactiveInterval());
        return session.getMaxInactiveInterval() > 0 && idle.compareTo(left) < 0 ? idle : left;
    }

    /** Negative once the maximum is over, and where the login lies further ahead than the clocks of two nodes may differ. */
    private Duration remaining(long since) {
        var age = Duration.between(Instant.ofEpochMilli(since), clock.instant());
        return age.plus(CLOCKS_APART).isNegative() ? age : maximum.minus(age);
    }

    /** Its age says nothing then: a clock that is set back two hours would give everybody two hours more. */
    private boolean clockWentBack(HttpSession session) {
        var lastUsed = Instant.ofEpochMilli(session.getLastAccessedTime());
        return lastUsed.isAfter(clock.instant().plus(CLOCKS_APART));
    }
}
