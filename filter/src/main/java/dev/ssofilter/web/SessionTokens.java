package dev.ssofilter.web;

import dev.ssofilter.directory.Listeners;
import dev.ssofilter.oidc.RecentSet;
import dev.ssofilter.oidc.TokenRefresh;
import dev.ssofilter.oidc.TokenRefresh.Outcome;
import dev.ssofilter.oidc.TokenRefresh.Outcome.Refused;
import dev.ssofilter.oidc.TokenRefresh.Outcome.Renewed;
import dev.ssofilter.user.SsoEvent;
import dev.ssofilter.user.SsoEvent.SessionEnded;
import dev.ssofilter.user.SsoEvent.SessionEnded.Why;
import dev.ssofilter.user.SsoPrincipal;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that a session keeps beside its user, where the settings have them kept: the part of {@link UserSession} that
 * refreshes them when it is time.
 */
final class SessionTokens {
    /** Of the session: the sealed tokens. Of a request: an {@link AccessToken}. */
    static final String ATTRIBUTE = "dev.ssofilter.tokens";

    /** That another node than the one that wrote the tokens has seen them. */
    private static final String SHARED = "dev.ssofilter.shared";

    private static final System.Logger LOG = System.getLogger(SessionTokens.class.getName());

    /** Of a request's user; opened when asked for. */
    private interface AccessToken {
        Optional<String> get();
    }

    private final TokenRefresh refresh;
    private final Listeners listeners;
    private final RecentSet ended;

    /** @param ended the ids of sessions of which is told that they have ended */
    SessionTokens(TokenRefresh refresh, Listeners listeners, RecentSet ended) {
        this.refresh = refresh;
        this.listeners = listeners;
        this.ended = ended;
    }

    /** The user, once tokens that are due have been refreshed; empty where the session has ended, by it or meanwhile. */
    Optional<SsoPrincipal> fresh(HttpSession session, SsoPrincipal user) {
        var due = due(session);
        if (due.isEmpty()) {
            return Optional.of(user);
        }
        var kept = due.get();
        var outcome = refresh.refresh(kept.text(), user, kept.firstSeen());
        try {
            return settled(session, kept, user, outcome);
        } catch (IllegalStateException endedMeanwhile) {
            return Optional.empty();
        }
    }

    /**
     * Tokens for which it is time.
     *
     * @param firstSeen whether another node has written them, and no other than that one has seen them before
     */
    private record Due(String text, boolean firstSeen) {}

    private Optional<Due> due(HttpSession session) {
        try {
            if (!(session.getAttribute(ATTRIBUTE) instanceof String kept)) {
                return Optional.empty(); // the provider gave none, or none were kept at its login
            }
            var firstSeen = refresh.isForeign(kept) && session.getAttribute(SHARED) == null;
            if (refresh.isDue(kept)) {
                return Optional.of(new Due(kept, firstSeen));
            }
            if (firstSeen) {
                session.setAttribute(SHARED, true);
            }
            return Optional.empty();
        } catch (IllegalStateException endedMeanwhile) {
            return Optional.empty();
        }
    }

    private Optional<SsoPrincipal> settled(HttpSession session, Due kept, SsoPrincipal user, Outcome outcome) {
        if (outcome instanceof Renewed renewed) {
            return Optional.of(renew(session, kept.text(), renewed));
        }
        return outcome instanceof Refused refused && isBelieved(refused, session, kept.text())
                ? end(session, user, refused)
                : Optional.of(user);
    }

    private SsoPrincipal renew(HttpSession session, String kept, Renewed renewed) {
        // Not where the session has ended, or another request that shares the outcome was here first.
        if (kept.equals(session.getAttribute(ATTRIBUTE))) {
            session.setAttribute(StoredUser.ATTRIBUTE, renewed.user());
            session.setAttribute(ATTRIBUTE, renewed.kept());
        }
        if (renewed.asked()) {
            listeners.tell(new SsoEvent.TokensRefreshed(renewed.user()));
        }
        return renewed.user();
    }

    /**
     * A refresh token may work only once. Where several nodes have this session, another may have been faster: its tokens
     * are in the session already, or will be in a moment.
     */
    private boolean isBelieved(Refused refused, HttpSession session, String kept) {
        if (!kept.equals(session.getAttribute(ATTRIBUTE))) {
            return false;
        }
        return refused.settled() || !refresh.isForeign(kept) && session.getAttribute(SHARED) == null;
    }

    private Optional<SsoPrincipal> end(HttpSession session, SsoPrincipal user, Refused refused) {
        var id = session.getId();
        session.invalidate();
        if (ended.add(id)) {
            LOG.log(
                    Level.INFO,
                    LogLine.of("session ended externalId=" + LogLine.shortened(user.getExternalId()) + "; "
                            + refused.why()));
            listeners.tell(new SessionEnded(user, Why.REFRESH_REFUSED));
        }
        return Optional.empty();
    }

    /** Lets the application ask for the access token, which is opened only then. */
    void show(HttpServletRequest request) {
        kept(request.getSession(false)).ifPresent(kept -> {
            AccessToken opened = () -> refresh.accessToken(kept);
            request.setAttribute(ATTRIBUTE, opened);
        });
    }

    /** What {@link #show} has put there. */
    static Optional<String> shown(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof AccessToken shown ? shown.get() : Optional.empty();
    }

    /** The sealed tokens of a session; empty where it has none, or has ended. */
    static Optional<String> kept(@Nullable HttpSession session) {
        try {
            return session != null && session.getAttribute(ATTRIBUTE) instanceof String kept
                    ? Optional.of(kept)
                    : Optional.empty();
        } catch (IllegalStateException invalidatedMeanwhile) {
            return Optional.empty();
        }
    }
}
