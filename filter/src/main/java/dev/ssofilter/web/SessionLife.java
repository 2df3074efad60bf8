package dev.ssofilter.web;

import dev.ssofilter.user.SsoPrincipal;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Duration;

/** How long a signed-in session lasts: {@code sessionMaximum} from the login on, besides the container's idle timeout. */
final class SessionLife {
    private static final long CLOCKS_APART = Duration.ofMinutes(5).toMillis(); // the most that clockSkew may be, too

    private final long maximum; // in milliseconds: a signed-in user's request makes no object of a moment
    private final Clock clock;

    SessionLife(Duration maximum, Clock clock) {
        this.maximum = maximum.toMillis();
        this.clock = clock;
    }

    /** Not where it has no beginning, nor where its age says nothing. */
    boolean lasts(HttpSession session, SsoPrincipal user) {
        var now = clock.millis();
        // The clock went back: a session's age says nothing then, and everybody would have so much longer.
        return remaining(user, now) >= 0 && session.getLastAccessedTime() - now <= CLOCKS_APART;
    }

    /** How long it lasts yet, if its user does nothing. */
    Duration left(HttpSession session, SsoPrincipal user) {
        var left = Duration.ofMillis(Math.max(0, remaining(user, clock.millis())));
        var idle = Duration.ofSeconds(session.getMaxInactiveInterval());
        return session.getMaxInactiveInterval() > 0 && idle.compareTo(left) < 0 ? idle : left;
    }

    /** Negative once the maximum is over, and where the login lies further ahead than the clocks of two nodes may differ. */
    private long remaining(SsoPrincipal user, long now) {
        var since = user.signedInAt();
        if (since == null) {
            return -1;
        }
        var age = now - since.toEpochMilli();
        return age < -CLOCKS_APART ? age : maximum - age;
    }
}
