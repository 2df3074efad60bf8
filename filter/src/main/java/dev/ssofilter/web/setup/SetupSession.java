package dev.ssofilter.web.setup;

import dev.ssofilter.user.SsoPrincipal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;

/**
 * One administrator at the screen, in one browser: how they came in, and their work that is not saved yet.
 *
 * @param csrf what every form of this session repeats
 * @param owner whom the role let in, and who must still have it; empty: the holder of the one-time token
 */
record SetupSession(String csrf, Optional<SsoPrincipal> owner, Instant lastUsed, Work work) {
    static SetupSession begin(Optional<SsoPrincipal> owner, Instant now) {
        return new SetupSession(Secrets.random(), owner, now, Work.NONE);
    }

    SetupSession used(Instant now) {
        return new SetupSession(csrf, owner, now, work);
    }

    SetupSession with(Work other) {
        return new SetupSession(csrf, owner, lastUsed, other);
    }

    boolean sent(String csrfGiven) {
        return MessageDigest.isEqual(csrf.getBytes(StandardCharsets.UTF_8), csrfGiven.getBytes(StandardCharsets.UTF_8));
    }

    /** Shows nothing: what is in it is secret or not saved. */
    @Override
    public String toString() {
        return "SetupSession[lastUsed=" + lastUsed + "]";
    }
}
