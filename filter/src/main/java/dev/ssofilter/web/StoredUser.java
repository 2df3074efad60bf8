package dev.ssofilter.web;

import dev.ssofilter.directory.Listeners;
import dev.ssofilter.oidc.RecentSet;
import dev.ssofilter.user.SsoEvent.SessionEnded;
import dev.ssofilter.user.SsoEvent.SessionEnded.Why;
import dev.ssofilter.user.SsoPrincipal;
import jakarta.servlet.http.HttpSession;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The user that a session holds. What did not come from us, or cannot be believed, is removed, and is nobody. */
final class StoredUser {
    static final String ATTRIBUTE = "dev.ssofilter.principal";

    private static final System.Logger LOG = System.getLogger(UserSession.class.getName());

    private final SessionLife life;
    private final Listeners listeners;
    private final RecentSet ended;

    /** @param ended the ids of sessions of which is told that they have ended */
    StoredUser(SessionLife life, Listeners listeners, RecentSet ended) {
        this.life = life;
        this.listeners = listeners;
        this.ended = ended;
    }

    /** Empty, too, where the session has ended meanwhile. */
    Optional<SsoPrincipal> find(HttpSession session) {
        try {
            var found = read(session);
            if (found == null) {
                return Optional.empty();
            }
            if (found instanceof SsoPrincipal principal && life.lasts(session, principal)) {
                return Optional.of(principal);
            }
            forget(session, found);
        } catch (IllegalStateException invalidatedMeanwhile) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    /** Null where there is none, and where the container cannot read what another release has written: that is removed. */
    private static @Nullable Object read(HttpSession session) {
        try {
            return session.getAttribute(ATTRIBUTE);
        } catch (IllegalStateException endedMeanwhile) {
            throw endedMeanwhile;
        } catch (RuntimeException unreadable) { // of the container's, which no API names
            remove(session);
            LOG.log(
                    Level.WARNING,
                    "session attribute {0} could not be read ({1}); removed",
                    ATTRIBUTE,
                    unreadable.getClass().getName());
            return null;
        }
    }

    private static void remove(HttpSession session) {
        session.removeAttribute(ATTRIBUTE);
        session.removeAttribute(SessionTokens.ATTRIBUTE);
    }

    private void forget(HttpSession session, Object found) {
        remove(session);
        if (!(found instanceof SsoPrincipal user)) {
            LOG.log(Level.WARNING, "session attribute {0} held a foreign {1}; removed", ATTRIBUTE, found.getClass());
        } else if (user.signedInAt() == null) {
            LOG.log(
                    Level.WARNING,
                    "session attribute {0} held a user without the time of a login, as another release may; removed",
                    ATTRIBUTE);
        } else if (ended.add(session.getId())) {
            listeners.tell(new SessionEnded(user, Why.MAXIMUM_REACHED));
        }
    }
}
