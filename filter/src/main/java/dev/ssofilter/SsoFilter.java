package dev.ssofilter;

import dev.ssofilter.directory.BaseUrl;
import dev.ssofilter.directory.Settings;
import dev.ssofilter.web.SessionCookie;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
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
    private final LongSupplier nanoTime;
    private OnlyOne onlyOne;
    private CurrentSignIn signIn;
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
        var context = config.getServletContext();
        onlyOne = OnlyOne.claim(context);
        try {
            var sources = Start.sources(config);
            var bytes = new RecordBytes(Settings.recordFile(sources)); // no change after this is missed
            var settings = Start.settings(sources, context);
            SessionCookie.harden(
                    context, settings.baseUrl().map(BaseUrl::isHttps).orElse(false));
            Function<Settings, SignIn> maker =
                    changed -> new SignIn(changed, context.getContextPath(), clock, nanoTime);
            signIn = new CurrentSignIn(maker.apply(settings), bytes, sources, maker, nanoTime);
            if (bytes.canChange()) {
                watch = RecordWatch.start(signIn::look);
            }
        } catch (ServletException | RuntimeException refused) {
            destroy(); // the container does not call it for a filter that did not start
            throw refused;
        }
    }

    /** Does at once what the filter does by itself every two seconds: takes over a record file that has changed. */
    void lookAtTheRecord() {
        signIn.look();
    }

    /** Ends every thread of ours. */
    @Override
    public void destroy() {
        // Empty where init refused to start, or nothing is to be watched.
        Optional.ofNullable(watch).ifPresent(RecordWatch::close);
        Optional.ofNullable(signIn).ifPresent(CurrentSignIn::close);
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
        var passed = signIn.get().answer(request, response);
        // Outside of every try of ours: the chain is not among our steps, and may fail as it likes.
        if (passed.isPresent()) {
            chain.doFilter(passed.get(), response);
        }
    }
}
