package dev.ssofilter.web;

import dev.ssofilter.oidc.PendingLogin;
import dev.ssofilter.oidc.RecentSet;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import dev.ssofilter.user.SsoPrincipal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The signed-in user's place: the only class that touches {@code HttpSession}. What it finds there and did not put there
 * itself, or cannot believe, is nobody.
 */
public final class UserSession {
    private static final System.Logger LOG = System.getLogger(UserSession.class.getName());
    private static final String PRINCIPAL = "dev.ssofilter.principal";
    private static final String SINCE = "dev.ssofilter.since"; // epoch milliseconds, a Long

    private static final long CLOCKS_APART =
            Duration.ofMinutes(5).toMillis(); // the most that clockSkew may be, too

    private final Set<String> keepAttributes;
    private final long maximum; // in milliseconds, as every moment here: a signed-in user's request makes no object of one
    private final Clock clock;
    private final RecentSet replaced = new RecentSet(PendingLogin.LIFE);

    public UserSession(Set<String> keepAttributes, Duration maximum, Clock clock) {
        this.keepAttributes = keepAttributes;
        this.maximum = maximum.toMillis();
        this.clock = clock;
    }

    /** The session that a request came with, held while the request talks to the provider. */
    record Arrival(Optional<HttpSession> session, boolean signedIn) {}

    /** The user of this request's session, if there is one; never makes a session. */
    Optional<SsoPrincipal> user(HttpServletRequest request) {
        var session = request.getSession(false);
        // An id in the URL came from whoever made the link, and so would the user.
        return session == null || request.isRequestedSessionIdFromURL() ? Optional.empty() : user(session);
    }

    private Optional<SsoPrincipal> user(HttpSession session) {
        try {
            var found = session.getAttribute(PRINCIPAL);
            if (found == null) {
                return Optional.empty();
            }
            if (found instanceof SsoPrincipal principal
                    && session.getAttribute(SINCE) instanceof Long since
                    && isValid(since, session)) {
                return Optional.of(principal);
            }
            if (!(found instanceof SsoPrincipal)) {
                LOG.log(
                        Level.WARNING,
                        "session attribute {0} held a foreign {1}; removed",
                        PRINCIPAL,
                        found.getClass());
            }
            session.removeAttribute(PRINCIPAL);
            session.removeAttribute(SINCE);
        } catch (IllegalStateException invalidatedMeanwhile) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private boolean isValid(long since, HttpSession session) {
        var now = clock.millis();
        // The clock went back: a session's age says nothing then, and everybody would have so much longer.
        return remaining(since, now) >= 0 && session.getLastAccessedTime() - now <= CLOCKS_APART;
    }

    /** Negative once the maximum is over, and where the login lies further ahead than the clocks of two nodes may differ. */
    private long remaining(long since, long now) {
        var age = now - since;
        return age < -CLOCKS_APART ? age : maximum - age;
    }

    /** The request with its user; empty where there is none. */
    public Optional<HttpServletRequest> wrapped(HttpServletRequest request, HttpServletResponse response) {
        return user(request).map(user -> new AuthenticatedRequest(request, response, user));
    }

    /** How long the session of a signed-in user lasts yet, if they do nothing; zero once it has ended. */
    Duration expiresIn(HttpServletRequest request) {
        return Optional.ofNullable(request.getSession(false))
                .map(this::expiresIn)
                .orElse(Duration.ZERO);
    }

    private Duration expiresIn(HttpSession session) {
        try {
            var left = session.getAttribute(SINCE) instanceof Long since
                    ? Duration.ofMillis(remaining(since, clock.millis()))
                    : Duration.ZERO;
            var idle = Duration.ofSeconds(session.getMaxInactiveInterval());
            return session.getMaxInactiveInterval() > 0 && idle.compareTo(left) < 0 ? idle : left;
        } catch (IllegalStateException invalidatedMeanwhile) {
            return Duration.ZERO;
        }
    }

    Arrival arrival(HttpServletRequest request) {
        return new Arrival(
                Optional.ofNullable(request.getSession(false)), user(request).isPresent());
    }

    /**
     * Signs the user in, in a new session under a new id: nothing of an older one stays but {@code keepAttributes}.
     *
     * @return false where another tab's login has replaced the session that this one came with: that login stands
     * @throws LoginFailedException SIGNED_OUT_MEANWHILE, SESSION_REFUSED; nobody is signed in then
     */
    boolean establish(HttpServletRequest request, SsoPrincipal user, Arrival arrival) throws LoginFailedException {
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
            session.setAttribute(SINCE, clock.millis());
            session.setAttribute(PRINCIPAL, user);
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

    /** Signs out. Without a session it does nothing. */
    Optional<SsoPrincipal> end(HttpServletRequest request) {
        try {
            return user(request);
        } finally {
            discard(request);
        }
    }

    /** Whoever was signed in with it. */
    void discard(HttpServletRequest request) {
        try {
            Optional.ofNullable(request.getSession(false)).ifPresent(HttpSession::invalidate);
        } catch (IllegalStateException endedMeanwhile) {
            LOG.log(Level.DEBUG, "the session had ended already");
        }
    }
}
