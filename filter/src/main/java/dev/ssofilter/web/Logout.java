package dev.ssofilter.web;

import dev.ssofilter.directory.BaseUrl;
import dev.ssofilter.directory.Listeners;
import dev.ssofilter.directory.Settings;
import dev.ssofilter.oidc.AuthorizationCodeFlow;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.SsoEvent;
import dev.ssofilter.user.SsoEvent.Outcome;
import dev.ssofilter.user.SsoEvent.SessionEnded.Why;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.Optional;

/** Signing out: here first, then, by the browser, at the provider. */
public final class Logout {
    private static final System.Logger LOG = System.getLogger(Logout.class.getName());

    private final AuthorizationCodeFlow flow;
    private final LoginCookie loginCookie;
    private final LoopBreaker loopBreaker;
    private final UserSession session;
    private final Listeners listeners;
    private final String logoutPath;
    private final String postLogoutTarget;

    public Logout(
            Settings settings,
            AuthorizationCodeFlow flow,
            LoginCookie loginCookie,
            LoopBreaker loopBreaker,
            UserSession session,
            Listeners listeners) {
        this.flow = flow;
        this.loginCookie = loginCookie;
        this.loopBreaker = loopBreaker;
        this.session = session;
        this.listeners = listeners;
        this.logoutPath = settings.ownPaths().logout();
        this.postLogoutTarget = settings.postLogoutTarget();
    }

    /** A request that another site can cause signs nobody out; the user is asked. */
    public void begin(HttpServletRequest request, HttpServletResponse response, BaseUrl base) throws IOException {
        if (!wanted(request, base)) {
            var button = new Page.Action.Form("SIGN_OUT", base.value() + logoutPath);
            Page.write(response, HttpServletResponse.SC_OK, "SIGN_OUT", Optional.of(button), Optional.empty());
            return;
        }
        var ended = session.end(request, Why.SIGNED_OUT);
        SessionCookie.remove(request, response);
        loginCookie.removeAll(request, response, base);
        loopBreaker.forget(request, response, base);
        LOG.log(Level.INFO, LogLine.of("logout externalId=" + who(ended)));
        ended.ifPresent(this::revoke);
        OwnAnswer.redirect(
                response, HttpServletResponse.SC_SEE_OTHER, next(base, ended).toString());
    }

    private static String who(Optional<UserSession.Ended> ended) {
        return ended.map(was -> LogLine.shortened(was.user().getExternalId())).orElse("nobody");
    }

    /** The session is over already, whatever becomes of this. */
    private void revoke(UserSession.Ended ended) {
        ended.keptTokens().flatMap(flow::revoke).ifPresent(outcome -> {
            LOG.log(
                    Level.INFO,
                    LogLine.of("logout, refresh token revoked: " + outcome + " externalId=" + who(Optional.of(ended))));
            listeners.tell(new SsoEvent.TokensRevoked(ended.user(), outcome));
        });
    }

    private static boolean wanted(HttpServletRequest request, BaseUrl base) {
        var site = RequestHeaders.fetchSite(request);
        if (site.isEmpty()) {
            return request.getMethod().equals("POST")
                    && RequestHeaders.origin(request).equals(base.origin());
        }
        return site.get().equals("same-origin") && (request.getMethod().equals("POST") || isVisit(request));
    }

    private static boolean isVisit(HttpServletRequest request) {
        return request.getMethod().equals("GET")
                && RequestHeaders.fetchMode(request).equals("navigate")
                && RequestHeaders.isDocument(request)
                && !RequestHeaders.prefetch(request);
    }

    /** Where the provider cannot be asked for its logout, the user is signed out here all the same. */
    private URI next(BaseUrl base, Optional<UserSession.Ended> ended) {
        var after = URI.create(postLogoutTarget.startsWith("/") ? base.value() + postLogoutTarget : postLogoutTarget);
        Optional<URI> atProvider = Optional.empty();
        var outcome = Outcome.FAILED;
        try {
            atProvider = flow.logoutRequest(after, ended.flatMap(UserSession.Ended::keptTokens));
            outcome = atProvider.isPresent() ? Outcome.DONE : Outcome.NOT_OFFERED;
        } catch (LoginFailedException unreachable) {
            LOG.log(Level.WARNING, LogLine.of("logout here alone; " + unreachable.getMessage()));
        }
        tell(ended, outcome);
        return atProvider.orElse(after);
    }

    private void tell(Optional<UserSession.Ended> ended, Outcome outcome) {
        LOG.log(Level.INFO, LogLine.of("logout, sent to the provider: " + outcome + " externalId=" + who(ended)));
        ended.ifPresent(was -> listeners.tell(new SsoEvent.SentToProvider(was.user(), outcome)));
    }
}
