package dev.ssofilter.web;

import dev.ssofilter.directory.Listeners;
import dev.ssofilter.oidc.Identity;
import dev.ssofilter.oidc.PendingLogin;
import dev.ssofilter.oidc.RecentSet;
import dev.ssofilter.oidc.TokenRefresh;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import dev.ssofilter.user.SsoEvent.SessionEnded;
import dev.ssofilter.user.SsoEvent.SessionEnded.Why;
import dev.ssofilter.user.SsoPrincipal;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The signed-in user's place: with its parts, {@link StoredUser}, {@link SessionLife} and {@link SessionTokens}, the
 * only class that touches {@code HttpSession}.
 */
public final class UserSession {
    private static final System.Logger LOG = System.getLogger(UserSession.class.getName());

    private final Set<String> keepAttributes;
    private final SessionLife life;
    private final StoredUser storedUser;
    private final Listeners listeners;
    private final Optional<SessionTokens> tokens;
    private final ApplicationCalls calls;
    private final RecentSet replaced = new RecentSet(PendingLogin.LIFE);
    private final RecentSet ended = new RecentSet(PendingLogin.LIFE);

    /**
     * @param refresh empty where sessions keep no tokens
     * @param calls what an application's {@code authenticate()} and {@code logout()} lead to
     */
    public UserSession(
            Set<String> keepAttributes,
            Duration maximum,
            Clock clock,
            Listeners listeners,
            Optional<TokenRefresh> refresh,
            ApplicationCalls calls) {
        this.calls = calls;
        this.keepAttributes = keepAttributes;
        this.life = new SessionLife(maximum, clock);
        this.listeners = listeners;
        this.storedUser = new StoredUser(life, listeners, ended);
        this.tokens = refresh.map(keeping -> new SessionTokens(keeping, listeners, ended));
    }

    /** The session that a request came with, held while the request talks to the provider. */
    record Arrival(Optional<HttpSession> session, Optional<SsoPrincipal> user) {
        boolean signedIn() {
            return user.isPresent();
        }
    }

    /** What a session held that has ended. */
    record Ended(SsoPrincipal user, Optional<String> keptTokens) {
        @Override
        public String toString() {
            return "Ended[user=" + user + "]";
        }
    }

    /** The user of this request's session, if there is one, with tokens that are fresh; never makes a session. */
    public Optional<SsoPrincipal> user(HttpServletRequest request) {
        var session = request.getSession(false);
        var found = stored(request, session);
        return tokens.isPresent() && session != null && found.isPresent()
                ? tokens.get().fresh(session, found.get())
                : found;
    }

    private Optional<SsoPrincipal> stored(HttpServletRequest request, @Nullable HttpSession session) {
        // An id in the URL came from whoever made the link, and so would the user.
        return session == null || request.isRequestedSessionIdFromURL() ? Optional.empty() : storedUser.find(session);
    }

    /** The request as the application gets it, with its user if there is one. */
    public HttpServletRequest wrapped(
            HttpServletRequest request, HttpServletResponse response, Optional<SsoPrincipal> user) {
        if (tokens.isPresent() && user.isPresent()) {
            tokens.get().show(request);
        }
        return new SsoRequest(request, response, user, this);
    }

    ApplicationCalls calls() {
        return calls;
    }

    /** The access token of a request that was {@link #wrapped}; empty where its session keeps none that is still good. */
    public static Optional<String> accessToken(ServletRequest request) {
        return SessionTokens.shown(request);
    }

    /** How long the session of a signed-in user lasts yet, if they do nothing; zero once it has ended. */
    Duration expiresIn(HttpServletRequest request) {
        try {
            var arrival = arrival(request);
            return arrival.user()
                    .map(user -> life.left(arrival.session().orElseThrow(), user))
                    .orElse(Duration.ZERO);
        } catch (IllegalStateException invalidatedMeanwhile) {
            return Duration.ZERO;
        }
    }

    Arrival arrival(HttpServletRequest request) {
        var session = request.getSession(false);
        return new Arrival(Optional.ofNullable(session), stored(request, session));
    }

    private static Optional<HttpSession> session(HttpServletRequest request) {
        return Optional.ofNullable(request.getSession(false));
    }

    /**
     * Signs the user in, in a new session under a new id: nothing of an older one stays but {@code keepAttributes}.
     *
     * @return false where another tab's login has replaced the session that this one came with: that login stands
     * @throws LoginFailedException SIGNED_OUT_MEANWHILE, SESSION_REFUSED; nobody is signed in then
     */
    boolean establish(HttpServletRequest request, Identity identity, Arrival arrival) throws LoginFailedException {
        Map<String, Object> kept = new HashMap<>();
        if (arrival.session().isPresent() && !endFor(arrival, kept)) {
            return false;
        }
        var established = false;
        try {
            var session = fresh(request);
            // An id survives invalidate() where it lives in another context of the container too, and a fixated id must
            // never be worth anything: it changes before the user is stored.
            request.changeSessionId();
            kept.forEach(session::setAttribute);
            identity.keptTokens().ifPresent(tokens -> session.setAttribute(SessionTokens.ATTRIBUTE, tokens));
            session.setAttribute(StoredUser.ATTRIBUTE, identity.user());
            established = true;
            return true;
        } catch (IllegalStateException refused) {
            throw new LoginFailedException(
                    Reason.SESSION_REFUSED, "the container made no session; is its session limit reached?", refused);
        } finally {
            // Containers store an attribute before they tell the application's listeners, who may fail.
            if (!established) {
                discard(request);
            }
        }
    }

    /** Not one that another request made under the same id while this one talked to the provider. */
    private static HttpSession fresh(HttpServletRequest request) {
        var session = request.getSession(true);
        if (session.isNew()) {
            return session;
        }
        session.invalidate();
        return request.getSession(true);
    }

    /** @return false where another tab's login has ended it already */
    private boolean endFor(Arrival arrival, Map<String, Object> kept) throws LoginFailedException {
        var session = arrival.session().orElseThrow();
        var ended = false;
        if (arrival.signedIn() && !replaced.add(session.getId())) {
            return false;
        }
        try {
            for (var name : keepAttributes) {
                Optional.ofNullable(session.getAttribute(name)).ifPresent(value -> kept.put(name, value));
            }
            session.invalidate();
            ended = true;
            arrival.user().ifPresent(user -> listeners.tell(new SessionEnded(user, Why.REPLACED)));
            return true;
        } catch (IllegalStateException gone) {
            if (!arrival.signedIn()) {
                return true;
            }
            throw new LoginFailedException(
                    Reason.SIGNED_OUT_MEANWHILE, "the session that the response came with was signed out", gone);
        } finally {
            if (!ended) {
                replaced.remove(session.getId());
            }
        }
    }

    /** Ends the session, and tells why. Empty, and nothing told, where nobody was signed in. */
    Optional<Ended> end(HttpServletRequest request, Why why) {
        Optional<Ended> was = Optional.empty();
        var invalidated = false;
        var id = "";
        try {
            var session = request.getSession(false);
            id = session == null ? "" : session.getId();
            was = stored(request, session).map(user -> new Ended(user, SessionTokens.kept(session)));
        } finally {
            invalidated = discard(request);
        }
        // Containers let a second one pass while the first is still at it.
        if (invalidated && was.isPresent() && ended.add(id)) {
            listeners.tell(new SessionEnded(was.get().user(), why));
        }
        return was;
    }

    /**
     * Whoever was signed in with it.
     *
     * @return whether there was a session to end
     */
    boolean discard(HttpServletRequest request) {
        try {
            var session = session(request);
            session.ifPresent(HttpSession::invalidate);
            return session.isPresent();
        } catch (IllegalStateException endedMeanwhile) {
            LOG.log(Level.DEBUG, "the session had ended already");
            return false;
        }
    }
}
