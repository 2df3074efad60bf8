package dev.ssofilter.web;

import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Duration;

/** How long a signed-in session lasts: {@code sessionMaximum} from the login on, besides the container's idle timeout. */
final class SessionLife {
    /** Epoch milliseconds of the login, a Long. */
    static final String SINCE = "dev.ssofilter.since";

    private static final long CLOCKS_APART = Duration.ofMinutes(5).toMillis(); // the most that clockSkew may be, too

    private final long
            maximum; // in milliseconds, as every moment here: a signed-in user's request makes no object of one
    private final Clock clock;

    SessionLife(Duration maximum, Clock clock) {
        this.maximum = maximum.toMillis();
        this.clock = clock;
    }

    void begin(HttpSession session) {
        session.setAttribute(SINCE, clock.millis());
    }

    /** Not where it has no beginning, nor where its age says nothing. */
    boolean lasts(HttpSession session) {
        return session.getAttribute(SINCE) instanceof Long since && lasts(since, session);
    }

    private boolean lasts(long since, HttpSession session) {
        var now = clock.millis();
        // The clock went back: a session's age says nothing then, and everybody would have so much longer.
        return remaining(since, now) >= 0 && session.getLastAccessedTime() - now <= CLOCKS_APART;
    }

    /** How long it lasts yet, if its user does nothing. */
    Duration left(HttpSession session) {
        var left = session.getAttribute(SINCE) instanceof Long since
                ? Duration.ofMillis(remaining(since, clock.millis()))
                : Duration.ZERO;
        var idle = Duration.ofSeconds(session.getMaxInactiveInterval());
        return session.getMaxInactiveInterval() > 0 && idle.compareTo(left) < 0 ? idle : left;
    }

    /** Negative once the maximum is over, and where the login lies further ahead than the clocks of two nodes may differ. */
    private long remaining(long since, long now) {
        var age = now - since;
        return age < -CLOCKS_APART ? age : maximum - age;
    }
}
