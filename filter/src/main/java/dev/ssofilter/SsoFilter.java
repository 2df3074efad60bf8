package dev.ssofilter;

import dev.ssofilter.directory.BaseUrl;
import dev.ssofilter.directory.Settings;
import dev.ssofilter.directory.SettingsSources;
import dev.ssofilter.oidc.Node;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import dev.ssofilter.web.ClearPaths;
import dev.ssofilter.web.FailurePage.OwnPage;
import dev.ssofilter.web.SessionCookie;
import dev.ssofilter.web.setup.Setup;
import dev.ssofilter.web.setup.SetupHost;
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
import java.util.function.Function;
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
 * provider is down. Safe for all threads: what a request goes through is built before, as a whole, and changes no more.
 */
@SuppressWarnings("NullAway.Init") // Servlet 6.0 §6.2.1: the container calls init before anything else
public final class SsoFilter implements Filter {
    private final Clock clock;
    private ServletContext context;
    private final LongSupplier nanoTime;
    private OnlyOne onlyOne;
    private CurrentGate gate;
    private Optional<Setup> setup = Optional.empty();
    private RecordWatch watch;

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
            context = config.getServletContext();
            open(Start.sources(config));
        } catch (ServletException | RuntimeException refused) {
            destroy(); // the container does not call it for a filter that did not start
            throw refused;
        }
    }

    /** In an order in which nothing is missed: the record's bytes first, the watch over them last. */
    private void open(SettingsSources sources) throws ServletException {
        var mapping = SetupMapping.of(context);
        var setupPaths = new ClearPaths(context.getContextPath(), mapping.patterns());
        var bytes = new RecordBytes(Settings.recordFile(sources));
        var started = Start.of(sources, context, mapping);
        SessionCookie.harden(
                context, started.settings().baseUrl().map(BaseUrl::isHttps).orElse(false));
        var node = Node.start();
        Function<Settings, Gate> maker =
                settings -> new SignIn(settings, started.listeners(), node, setupPaths, clock, nanoTime);
        var first = started.problems().isEmpty()
                ? maker.apply(started.settings())
                : new NotSetUp(started.settings(), setupPaths);
        gate = new CurrentGate(first, started.problems(), bytes, sources, maker, nanoTime);
        setup = mapping.path()
                .map(path -> new SetupHost(
                        context.getContextPath(),
                        path,
                        sources,
                        () -> gate.get().settings(),
                        gate::look,
                        clock))
                .map(Setup::new);
        setup.ifPresent(screen -> context.setAttribute(Setup.ATTRIBUTE, screen));
        if (bytes.canChange()) {
            watch = RecordWatch.start(gate::look);
        }
    }

    /** Does at once what the filter does by itself every two seconds: takes over a record file that has changed. */
    void lookAtTheRecord() {
        gate.look();
    }

    /** Ends every thread of ours. */
    @Override
    public void destroy() {
        // Empty where init refused to start, or nothing is to be watched.
        Optional.ofNullable(watch).ifPresent(RecordWatch::close);
        Optional.ofNullable(gate).ifPresent(CurrentGate::close);
        Optional.ofNullable(context).ifPresent(application -> application.removeAttribute(Setup.ATTRIBUTE));
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
        var entered = gate.get(); // once, so that a whole request goes through the same
        Optional<HttpServletRequest> passed = Optional.empty();
        Optional<OwnPage> failurePage = Optional.empty();
        try {
            try {
                passed = decided(entered, request, response);
            } catch (LoginFailedException refused) {
                failurePage = entered.refuse(request, response, refused);
            }
        } catch (RuntimeException | StackOverflowError | LinkageError unexpected) {
            var fault = new LoginFailedException(Reason.INTERNAL_ERROR, "nobody expected this", unexpected);
            failurePage = entered.refuse(request, response, fault);
        }
        // Neither the chain nor the application's failure page is among our steps: they may fail as they like.
        if (passed.isPresent()) {
            chain.doFilter(passed.get(), response);
        } else if (failurePage.isPresent()) {
            failurePage.get().show();
        }
    }

    /** The request to pass on, or empty where it is answered. */
    private Optional<HttpServletRequest> decided(Gate entered, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException, LoginFailedException {
        var tested = setup.isPresent() && setup.get().completesTest(request, response);
        return tested ? Optional.empty() : entered.decide(request, response);
    }
}
