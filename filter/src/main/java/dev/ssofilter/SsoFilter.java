package dev.ssofilter;

import dev.ssofilter.directory.BaseUrl;
import dev.ssofilter.directory.Settings;
import dev.ssofilter.oidc.AuthorizationCodeFlow;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import dev.ssofilter.web.ApplicationAddress;
import dev.ssofilter.web.Caller;
import dev.ssofilter.web.Cookies;
import dev.ssofilter.web.FailurePage;
import dev.ssofilter.web.Login;
import dev.ssofilter.web.LoginCookie;
import dev.ssofilter.web.Logout;
import dev.ssofilter.web.LoopBreaker;
import dev.ssofilter.web.Me;
import dev.ssofilter.web.RequestClassifier;
import dev.ssofilter.web.RequestFacts;
import dev.ssofilter.web.SessionCookie;
import dev.ssofilter.web.SignedOutPage;
import dev.ssofilter.web.TargetUrl;
import dev.ssofilter.web.UserSession;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Signs people in through AWS Cognito or any other OpenID Provider, and puts the user on the session. An application
 * adds this to its {@code web.xml}, and nothing else:
 *
 * <pre>{@code
 * <filter>
 *   <filter-name>sso</filter-name>
 *   <filter-class>dev.ssofilter.SsoFilter</filter-class>
 *   <async-supported>true</async-supported>
 *   <init-param><param-name>directory</param-name><param-value>/WEB-INF/sso-directory.json</param-value></init-param>
 *   <init-param><param-name>baseUrl</param-name><param-value>https://members.example.org/portal</param-value></init-param>
 * </filter>
 * <filter-mapping><filter-name>sso</filter-name><url-pattern>/*</url-pattern></filter-mapping>
 * }</pre>
 *
 * <p>A servlet then reads the user with {@code request.getUserPrincipal()}, a {@link dev.ssofilter.user.SsoPrincipal}.
 * The settings, and what each request gets, stand in the README.
 *
 * <p>One filter an application. It asks the network nothing before the first login, so the application starts while the
 * provider is down. Safe for all threads: everything is built in {@link #init} and changes no more.
 */
@SuppressWarnings("NullAway.Init") // Servlet 6.0 §6.2.1: the container calls init before anything else
public final class SsoFilter implements Filter {
    private final Clock clock;
    private final LongSupplier nanoTime;
    private ApplicationAddress address;
    private RequestClassifier classifier;
    private AuthorizationCodeFlow flow;
    private UserSession session;
    private Login login;
    private Logout logout;
    private Me me;
    private SignedOutPage signedOutPage;
    private FailurePage failurePage;
    private boolean passPreflight;
    private OnlyOne onlyOne;

    /** Called by the container, which sets it up. */
    public SsoFilter() {
        this(Clock.systemUTC(), System::nanoTime);
    }

    SsoFilter(Clock clock, LongSupplier nanoTime) {
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** @throws ServletException with every problem of the settings at once; the application does not start then */
    @Override
    public void init(FilterConfig config) throws ServletException {
        onlyOne = OnlyOne.claim(config.getServletContext());
        try {
            build(config.getServletContext(), Start.settings(config));
        } catch (ServletException | RuntimeException refused) {
            destroy(); // the container does not call it for a filter that did not start
            throw refused;
        }
    }

    private void build(ServletContext context, Settings settings) {
        var directory = settings.directory();
        var https = settings.baseUrl().map(BaseUrl::isHttps).orElse(false);
        SessionCookie.harden(context, https);
        address = new ApplicationAddress(settings.baseUrl(), context.getContextPath());
        classifier = new RequestClassifier(settings, context.getContextPath());
        session = new UserSession(settings.keepAttributes(), settings.sessionMaximum(), clock);
        flow = new AuthorizationCodeFlow(settings, clock, nanoTime);
        var cookies = new Cookies(directory.clientId(), directory.enableResponseModeFormPost());
        var sealer = Start.sealer(settings);
        var loginCookie = new LoginCookie(cookies, sealer, directory.clientId(), clock);
        var loopBreaker = new LoopBreaker(cookies, sealer, clock);
        var targets = new TargetUrl.Targets(new TargetUrl(settings.defaultTarget()), classifier);
        login = new Login(settings, flow, loginCookie, loopBreaker, session, targets, clock);
        logout = new Logout(settings, flow, loginCookie, loopBreaker, session);
        me = new Me(session);
        signedOutPage = new SignedOutPage(settings.ownPaths().login());
        failurePage =
                new FailurePage(settings.failurePage(), settings.ownPaths().login());
        passPreflight = settings.passPreflight();
    }

    /** Ends every thread of ours. */
    @Override
    public void destroy() {
        Optional.ofNullable(flow).ifPresent(AuthorizationCodeFlow::close); // empty where init refused to start
        Optional.ofNullable(onlyOne).ifPresent(OnlyOne::release);
    }

    /** Serves the filter's own paths; passes every other request on, with its user, or says why not. */
    @Override
    public void doFilter(ServletRequest servletRequest, ServletResponse servletResponse, FilterChain chain)
            throws IOException, ServletException {
        if (!(servletRequest instanceof HttpServletRequest request)
                || !(servletResponse instanceof HttpServletResponse response)) {
            throw new ServletException("SsoFilter: got a request that is not HTTP; map the filter to HTTP alone");
        }
        Optional<HttpServletRequest> passed;
        try {
            passed = decide(request, response);
        } catch (LoginFailedException refused) {
            failurePage.write(request, response, refused, address.ifKnown(request));
            return;
        } catch (RuntimeException | StackOverflowError unexpected) {
            var fault = new LoginFailedException(Reason.INTERNAL_ERROR, "nobody expected this", unexpected);
            failurePage.write(request, response, fault, address.ifKnown(request));
            return;
        }
        if (passed.isPresent()) {
            chain.doFilter(passed.get(), response);
        }
    }

    /** The request to pass on, or empty where it is answered. The chain is not among our steps: it may fail as it likes. */
    private Optional<HttpServletRequest> decide(HttpServletRequest request, HttpServletResponse response)
            throws IOException, LoginFailedException {
        // Servlet 6.0 §13.2: constraints hold for what a client asks, not for what a servlet dispatches.
        if (request.getDispatcherType() != DispatcherType.REQUEST) {
            return Optional.of(session.wrapped(request, response).orElse(request));
        }
        var facts = RequestFacts.of(request);
        switch (classifier.kind(facts)) {
            case RETURN -> login.complete(request, response, address.of(request));
            case LOGIN -> askedToLogIn(request, response, facts);
            case LOGOUT -> logout.begin(request, response, address.of(request), facts);
            case SIGNED_OUT -> signedOutPage.write(response, address.of(request));
            case ME -> {
                address.of(request); // as every own path: nothing is answered where no address is known
                me.write(request, response);
            }
            case PUBLIC -> {
                return Optional.of(signedIn(request, response, facts).orElse(request));
            }
            case PROTECTED -> {
                return protect(request, response, facts);
            }
        }
        return Optional.empty();
    }

    private Optional<HttpServletRequest> protect(
            HttpServletRequest request, HttpServletResponse response, RequestFacts facts) throws LoginFailedException {
        var base = address.of(request);
        var passed = signedIn(request, response, facts);
        if (passed.isPresent()) {
            return passed;
        }
        switch (classifier.caller(facts)) {
            case PAGE -> login.begin(request, response, base, facts);
            case FORM -> throw new LoginFailedException(Reason.NOT_SAVED, "a form was posted without a user");
            case PREFLIGHT -> {
                if (passPreflight) {
                    return Optional.of(request);
                }
                throw loginRequired();
            }
            case OTHER -> throw loginRequired();
        }
        return Optional.empty();
    }

    private Optional<HttpServletRequest> signedIn(
            HttpServletRequest request, HttpServletResponse response, RequestFacts facts) {
        var wrapped = session.wrapped(request, response);
        if (wrapped.isPresent()) {
            // Before the application, which may set its own. The back button must not show a page after sign-out.
            var page = classifier.caller(facts) == Caller.PAGE;
            response.setHeader("Cache-Control", page ? "private, no-store" : "private, no-cache");
        }
        return wrapped;
    }

    private void askedToLogIn(HttpServletRequest request, HttpServletResponse response, RequestFacts facts)
            throws LoginFailedException {
        var base = address.of(request);
        if (classifier.caller(facts) != Caller.PAGE) {
            throw loginRequired();
        }
        login.asked(request, response, base, facts);
    }

    private static LoginFailedException loginRequired() {
        return new LoginFailedException(Reason.LOGIN_REQUIRED, "no user, and the caller cannot follow a login page");
    }
}
