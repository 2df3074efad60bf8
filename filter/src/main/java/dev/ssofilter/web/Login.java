package dev.ssofilter.web;

import dev.ssofilter.directory.BaseUrl;
import dev.ssofilter.directory.Listeners;
import dev.ssofilter.directory.Settings;
import dev.ssofilter.oidc.AuthorizationCodeFlow;
import dev.ssofilter.oidc.AuthorizationResponse;
import dev.ssofilter.oidc.Parameters;
import dev.ssofilter.oidc.PendingLogin;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import dev.ssofilter.user.SsoEvent;
import dev.ssofilter.web.TargetUrl.Targets;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The login's steps in their order, between the browser and the flow with the provider. */
public final class Login {
    private static final System.Logger LOG = System.getLogger(Login.class.getName());
    private static final Pattern FORWARDED = Pattern.compile("\\P{C}{1,500}");

    private final AuthorizationCodeFlow flow;
    private final LoginCookie loginCookie;
    private final LoopBreaker loopBreaker;
    private final UserSession session;
    private final Targets targets;
    private final AtAddress<URI> returnUrls;
    private final ResponseChannel channel;
    private final Set<String> forwardParameters;
    private final Listeners listeners;
    private final Clock clock;

    public Login(
            Settings settings,
            AuthorizationCodeFlow flow,
            LoginCookie loginCookie,
            LoopBreaker loopBreaker,
            UserSession session,
            Targets targets,
            Listeners listeners,
            Clock clock) {
        this.flow = flow;
        this.loginCookie = loginCookie;
        this.loopBreaker = loopBreaker;
        this.session = session;
        this.targets = targets;
        this.returnUrls = new AtAddress<>(base -> URI.create(base.value() + settings.returnPath()));
        this.channel = new ResponseChannel(settings.directory().enableResponseModeFormPost());
        this.forwardParameters = settings.forwardParameters();
        this.listeners = listeners;
        this.clock = clock;
    }

    /** The login path: a person's own wish to sign in, with a target and what may be passed on to the provider. */
    public void asked(HttpServletRequest request, HttpServletResponse response, BaseUrl base)
            throws LoginFailedException {
        var query = Parameters.parse(Objects.requireNonNullElse(request.getQueryString(), ""));
        var target = targets.of(query.single("target"), base);
        if (session.user(request).isPresent()) {
            toTarget(response, base, target);
            return;
        }
        var forwarded = new TreeMap<String, String>();
        for (var name : forwardParameters) {
            query.single(name)
                    .filter(value -> FORWARDED.matcher(value).matches())
                    .ifPresent(value -> forwarded.put(name, value));
        }
        begin(request, response, base, target, forwarded);
    }

    /** A protected page was asked for. */
    public void begin(HttpServletRequest request, HttpServletResponse response, BaseUrl base)
            throws LoginFailedException {
        begin(request, response, base, targets.of(request), Map.of());
    }

    /** To the provider, with a pending login in a cookie of its own and no session. */
    private void begin(
            HttpServletRequest request,
            HttpServletResponse response,
            BaseUrl base,
            TargetUrl target,
            Map<String, String> forwarded)
            throws LoginFailedException {
        loopBreaker.beforeLogin(request, response, base);
        var pending = PendingLogin.begin(target.afterBase(), clock.instant());
        var authenticationRequest = flow.authenticationRequest(pending, returnUrls.of(base), forwarded);
        loginCookie.put(request, response, base, pending);
        OwnAnswer.redirect(response, HttpServletResponse.SC_FOUND, authenticationRequest);
    }

    /** From the provider: the response is spent whatever comes of it, and only the last step signs anybody in. */
    public void complete(HttpServletRequest request, HttpServletResponse response, BaseUrl base)
            throws IOException, LoginFailedException {
        var refused = Reason.INTERNAL_ERROR;
        var completed = false;
        try {
            completeAnswered(request, response, base);
            completed = true;
        } catch (LoginFailedException failure) {
            refused = failure.reason();
            throw failure;
        } finally {
            if (!completed) {
                listeners.tell(new SsoEvent.LoginRefused(refused));
            }
        }
    }

    private void completeAnswered(HttpServletRequest request, HttpServletResponse response, BaseUrl base)
            throws IOException, LoginFailedException {
        var arrival = session.arrival(request);
        var answer = AuthorizationResponse.read(channel.read(request, response)); // RFC 6749 §4.1.2
        var pending = pending(request, response, base, answer, arrival); // RFC 6749 §10.12
        if (pending.isEmpty()) {
            toTarget(response, base, targets.defaultTarget());
            return;
        }
        var identity = flow.identity(answer, pending.get(), returnUrls.of(base)); // OIDC Core §3.1.3
        var established = session.establish(request, identity, arrival);
        var answered = false;
        try {
            loopBreaker.afterLogin(request, response, base);
            var event = established ? "login completed" : "login superseded by another tab's";
            LOG.log(
                    Level.INFO,
                    () -> LogLine.of(event + " externalId="
                            + LogLine.shortened(identity.user().getExternalId())));
            toTarget(response, base, established ? targets.of(pending.get()) : targets.defaultTarget());
            answered = true;
            if (established) {
                listeners.tell(new SsoEvent.LoginCompleted(identity.user()));
            }
        } finally {
            // A browser that is told of a failure is not signed in.
            if (established && !answered) {
                session.discard(request);
            }
        }
    }

    /** Empty where a stale response came from a browser that is signed in: there is nothing to do and nothing to fear. */
    private Optional<PendingLogin> pending(
            HttpServletRequest request,
            HttpServletResponse response,
            BaseUrl base,
            AuthorizationResponse answer,
            UserSession.Arrival arrival)
            throws LoginFailedException {
        try {
            return Optional.of(loginCookie.take(request, response, base, answer.state()));
        } catch (LoginFailedException stale) {
            if (arrival.signedIn()) {
                return Optional.empty();
            }
            throw stale;
        }
    }

    /** 303, so that a form_post is not repeated, and the code leaves the browser's history. */
    private static void toTarget(HttpServletResponse response, BaseUrl base, TargetUrl target) {
        OwnAnswer.redirect(response, HttpServletResponse.SC_SEE_OTHER, base.value() + target.afterBase());
    }
}
