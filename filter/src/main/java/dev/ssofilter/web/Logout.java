package dev.ssofilter.web;

import dev.ssofilter.directory.BaseUrl;
import dev.ssofilter.directory.Settings;
import dev.ssofilter.oidc.AuthorizationCodeFlow;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.SsoPrincipal;
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
    private final String logoutPath;
    private final String postLogoutTarget;

    public Logout(
            Settings settings,
            AuthorizationCodeFlow flow,
            LoginCookie loginCookie,
            LoopBreaker loopBreaker,
            UserSession session) {
        this.flow = flow;
        this.loginCookie = loginCookie;
        this.loopBreaker = loopBreaker;
        this.session = session;
        this.logoutPath = settings.ownPaths().logout();
        this.postLogoutTarget = settings.postLogoutTarget();
    }

    /** A request that another site can cause signs nobody out; the user is asked. */
    public void begin(HttpServletRequest request, HttpServletResponse response, BaseUrl base, RequestFacts facts)
            throws IOException {
        if (!wanted(facts, base)) {
            var button = new Page.Action.Form("SIGN_OUT", base.value() + logoutPath);
            Page.write(response, HttpServletResponse.SC_OK, "SIGN_OUT", Optional.of(button), Optional.empty());
            return;
        }
        var user = session.end(request);
        SessionCookie.remove(request, response);
        loginCookie.removeAll(request, response, base);
        loopBreaker.forget(request, response, base);
        var who = user.map(SsoPrincipal::getExternalId).map(LogLine::shortened).orElse("nobody");
        LOG.log(Level.INFO, LogLine.of("logout externalId=" + who));
        OwnAnswer.redirect(
                response, HttpServletResponse.SC_SEE_OTHER, next(base).toString());
    }

    private static boolean wanted(RequestFacts facts, BaseUrl base) {
        if (facts.fetchSite().isPresent()) {
            var sameOrigin = facts.fetchSite().get().equals("same-origin");
            var navigates = facts.fetchMode().equals(Optional.of("navigate"))
                    && facts.fetchDest().equals(Optional.of("document"))
                    && !facts.prefetch();
            return sameOrigin
                    && (facts.method().equals("POST") || (facts.method().equals("GET") && navigates));
        }
        return facts.method().equals("POST") && facts.origin().equals(Optional.of(base.origin()));
    }

    /** Where the provider cannot be asked for its logout, the user is signed out here all the same. */
    private URI next(BaseUrl base) {
        var after = URI.create(postLogoutTarget.startsWith("/") ? base.value() + postLogoutTarget : postLogoutTarget);
        try {
            return flow.logoutRequest(after).orElse(after);
        } catch (LoginFailedException unreachable) {
            LOG.log(Level.WARNING, LogLine.of("logout here alone; " + unreachable.getMessage()));
            return after;
        }
    }
}
