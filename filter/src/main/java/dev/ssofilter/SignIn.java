package dev.ssofilter;

import dev.ssofilter.directory.BaseUrl;
import dev.ssofilter.directory.Listeners;
import dev.ssofilter.directory.Settings;
import dev.ssofilter.oidc.AuthorizationCodeFlow;
import dev.ssofilter.oidc.Node;
import dev.ssofilter.oidc.TokenSeal;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import dev.ssofilter.user.SsoPrincipal;
import dev.ssofilter.web.ApplicationAddress;
import dev.ssofilter.web.ApplicationCalls;
import dev.ssofilter.web.Caller;
import dev.ssofilter.web.ClearPaths;
import dev.ssofilter.web.Cookies;
import dev.ssofilter.web.FailurePage;
import dev.ssofilter.web.FailurePage.OwnPage;
import dev.ssofilter.web.Health;
import dev.ssofilter.web.Login;
import dev.ssofilter.web.LoginCookie;
import dev.ssofilter.web.Logout;
import dev.ssofilter.web.LoopBreaker;
import dev.ssofilter.web.Me;
import dev.ssofilter.web.RequestClassifier;
import dev.ssofilter.web.SignedOutPage;
import dev.ssofilter.web.TargetUrl;
import dev.ssofilter.web.UserSession;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Everything that one directory record and its settings become, and the flow through it: classify, then one branch each.
 * It is built once and never changed; a changed record is another one of these, and both can exist side by side.
 */
final class SignIn implements Gate, ApplicationCalls {
    private final Settings settings;
    private final ApplicationAddress address;
    private final RequestClassifier classifier;
    private final AuthorizationCodeFlow flow;
    private final UserSession session;
    private final LoopBreaker loopBreaker;
    private final Login login;
    private final Logout logout;
    private final Me me;
    private final SignedOutPage signedOutPage;
    private final FailurePage failurePage;
    private final boolean passPreflight;
    private final ClearPaths setup;

    /** @param setup where the setup screen is mapped, which guards itself */
    SignIn(Settings settings, Listeners listeners, Node node, ClearPaths setup, Clock clock, LongSupplier nanoTime) {
        this.settings = settings;
        this.setup = setup;
        var contextPath = setup.contextPath();
        var directory = settings.directory();
        address = new ApplicationAddress(settings.baseUrl(), contextPath);
        classifier = new RequestClassifier(settings, contextPath);
        var sealer = Start.sealer(settings, node);
        flow = new AuthorizationCodeFlow(settings, listeners, new TokenSeal(sealer, directory, node), clock, nanoTime);
        session = new UserSession(
                settings.keepAttributes(), settings.sessionMaximum(), clock, listeners, flow.refresh(), this);
        var cookies = new Cookies(directory.clientId(), directory.enableResponseModeFormPost());
        var loginCookie = new LoginCookie(cookies, sealer, directory.bound(), clock);
        loopBreaker = new LoopBreaker(cookies, sealer, clock);
        var targets = new TargetUrl.Targets(new TargetUrl(settings.defaultTarget()), classifier);
        login = new Login(settings, flow, loginCookie, loopBreaker, session, targets, listeners, clock);
        logout = new Logout(settings, flow, loginCookie, loopBreaker, session, listeners);
        me = new Me(session);
        signedOutPage = new SignedOutPage(settings.ownPaths().login());
        failurePage = new FailurePage(settings.failurePage(), settings.ownPaths());
        passPreflight = settings.passPreflight();
    }

    /** Ends every thread of ours, and with them every call that is on its way. */
    @Override
    public void close() {
        flow.close();
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public Optional<OwnPage> refuse(HttpServletRequest request, HttpServletResponse response, LoginFailedException why)
            throws IOException {
        // Who lacks a role is signed in, on the application's own page about it, too.
        var shown = why.reason() == Reason.ROLE_REQUIRED ? wrapped(request, response, session.user(request)) : request;
        return failurePage.answer(shown, response, why, address.ifKnown(request));
    }

    @Override
    public Optional<HttpServletRequest> decide(HttpServletRequest request, HttpServletResponse response)
            throws IOException, LoginFailedException {
        // Servlet 6.0 §13.2: constraints hold for what a client asks, not for what a servlet dispatches.
        if (request.getDispatcherType() != DispatcherType.REQUEST) {
            return Optional.of(wrapped(request, response, session.user(request)));
        }
        switch (classifier.kind(request.getRequestURI())) {
            case RETURN -> login.complete(request, response, address.of(request));
            case LOGIN -> askedToLogIn(request, response);
            case LOGOUT -> logout.begin(request, response, address.of(request));
            case SIGNED_OUT -> signedOutPage.write(response, address.of(request));
            case ME -> {
                address.of(request); // as every own path: nothing is answered where no address is known
                me.write(request, response);
            }
            case HEALTH -> Health.write(request, response, flow.health());
            case PUBLIC -> {
                return Optional.of(passed(request, response, session.user(request)));
            }
            case PROTECTED -> {
                return setup.takeIn(request.getRequestURI())
                        ? Optional.of(passed(request, response, session.user(request)))
                        : protect(request, response);
            }
        }
        return Optional.empty();
    }

    private Optional<HttpServletRequest> protect(HttpServletRequest request, HttpServletResponse response)
            throws LoginFailedException {
        var base = address.of(request);
        var user = session.user(request);
        if (user.isPresent()) {
            classifier.requireRole(request.getRequestURI(), user.get().getRoles());
        }
        if (user.isPresent() || passPreflight && RequestClassifier.caller(request) == Caller.PREFLIGHT) {
            return Optional.of(passed(request, response, user));
        }
        challenge(request, response, base);
        return Optional.empty();
    }

    /** only a page can be followed by a login page. */
    private void challenge(HttpServletRequest request, HttpServletResponse response, BaseUrl base)
            throws LoginFailedException {
        switch (RequestClassifier.caller(request)) {
            case PAGE -> login.begin(request, response, base);
            case FORM -> throw new LoginFailedException(Reason.NOT_SAVED, "a form was posted without a user");
            case PREFLIGHT, OTHER -> throw loginRequired();
        }
    }

    private HttpServletRequest passed(
            HttpServletRequest request, HttpServletResponse response, Optional<SsoPrincipal> user) {
        if (user.isPresent()) {
            // Before the application, which may set its own; added, as a filter before this one may have been stricter.
            // The
            // back button must not show a page after sign-out.
            response.addHeader(
                    "Cache-Control", RequestClassifier.isPage(request) ? "private, no-store" : "private, no-cache");
        }
        return wrapped(request, response, user);
    }

    private HttpServletRequest wrapped(
            HttpServletRequest request, HttpServletResponse response, Optional<SsoPrincipal> user) {
        return session.wrapped(request, response, user);
    }

    @Override
    public void loggedOut(HttpServletRequest request, HttpServletResponse response) {
        address.ifKnown(request).ifPresent(base -> loopBreaker.forget(request, response, base));
    }

    @Override
    public void authenticate(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        try {
            challenge(request, response, address.of(request));
        } catch (LoginFailedException refused) {
            failurePage.write(request, response, refused, address.ifKnown(request));
        }
    }

    private void askedToLogIn(HttpServletRequest request, HttpServletResponse response) throws LoginFailedException {
        var base = address.of(request);
        if (RequestClassifier.caller(request) != Caller.PAGE) {
            throw loginRequired();
        }
        login.asked(request, response, base);
    }

    private static LoginFailedException loginRequired() {
        return new LoginFailedException(Reason.LOGIN_REQUIRED, "no user, and the caller cannot follow a login page");
    }
}
