package dev.ssofilter.web;

import dev.ssofilter.directory.BaseUrl;
import dev.ssofilter.directory.OwnPaths;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What everybody is told when a request is not served: the user a page or a problem document with a reference, the
 * operator one log line that repeats it, as long as there are not too many. Nothing that came with the request or from
 * the provider is on the page.
 */
public final class FailurePage {
    private static final System.Logger LOG = System.getLogger(FailurePage.class.getName());
    private static final int SERVICE_UNAVAILABLE = 503;
    private static final Set<Reason> REFUSED_AS_WHO_THEY_ARE = Set.of(Reason.ROLE_REQUIRED, Reason.LOGIN_REFUSED);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

    private final Optional<String> failurePage;
    private final OwnPaths ownPaths;
    private final LogLimit limit;
    private final SecureRandom random = new SecureRandom();

    /** @param failurePage the application's own page, to forward to instead of ours */
    public FailurePage(Optional<String> failurePage, OwnPaths ownPaths) {
        this(failurePage, ownPaths, new LogLimit(System::nanoTime));
    }

    FailurePage(Optional<String> failurePage, OwnPaths ownPaths, LogLimit limit) {
        this.failurePage = failurePage;
        this.ownPaths = ownPaths;
        this.limit = limit;
    }

    /** The application's page about a failure, which is yet to be shown: it may fail as it likes. */
    public record OwnPage(RequestDispatcher page, HttpServletRequest request, HttpServletResponse response) {
        public void show() throws IOException, ServletException {
            page.forward(new PageRequest(request), response);
        }

        @Override
        public String toString() {
            return "OwnPage";
        }
    }

    /** The same as {@link #answer}, the application's page shown. */
    public void write(
            HttpServletRequest request,
            HttpServletResponse response,
            LoginFailedException failure,
            Optional<BaseUrl> base)
            throws IOException, ServletException {
        var own = answer(request, response, failure, base);
        if (own.isPresent()) {
            own.get().show();
        }
    }

    /**
     * Answers with a problem document where a script asked for what it cannot have, with a page otherwise.
     *
     * @param base empty where the request has none, and so nothing can be linked to
     * @return the application's page, if it has one to show
     */
    public Optional<OwnPage> answer(
            HttpServletRequest request,
            HttpServletResponse response,
            LoginFailedException failure,
            Optional<BaseUrl> base)
            throws IOException {
        var reference = reference();
        log(failure, reference);
        var status = failure.reason().status();
        if (status == SERVICE_UNAVAILABLE) {
            response.setHeader("Retry-After", retryAfter(failure));
        }
        if (status == HttpServletResponse.SC_UNAUTHORIZED) {
            response.setHeader("WWW-Authenticate", "SSO");
        }
        // Who is refused for who they are: not another sign-in, but another account may help.
        var loginUrl = base.filter(any -> !REFUSED_AS_WHO_THEY_ARE.contains(failure.reason()))
                .map(address -> address.value() + ownPaths.login());
        if (isForAScript(request, failure.reason())) {
            problem(response, failure.reason(), loginUrl, reference);
            return Optional.empty();
        }
        var own = failurePage.map(request::getRequestDispatcher).map(page -> new OwnPage(page, request, response));
        if (own.isPresent()) {
            prepare(own.get(), failure, loginUrl, reference);
        } else {
            var action = loginUrl.<Page.Action>map(url -> new Page.Action.Link("SIGN_IN", url))
                    .or(() ->
                            base.map(address -> new Page.Action.Form("SIGN_OUT", address.value() + ownPaths.logout())));
            Page.write(
                    response,
                    status,
                    failure.reason().name(),
                    failure.textForTheUser(),
                    action,
                    Optional.of(reference));
        }
        return own;
    }

    private static boolean isForAScript(HttpServletRequest request, Reason reason) {
        return reason == Reason.LOGIN_REQUIRED || reason == Reason.ROLE_REQUIRED && !navigates(request);
    }

    private static boolean navigates(HttpServletRequest request) {
        var caller = RequestClassifier.caller(request);
        return caller == Caller.PAGE || caller == Caller.FORM;
    }

    /** In whole seconds, rounded up (RFC 9110 §10.2.3). */
    private static String retryAfter(LoginFailedException failure) {
        var pause = failure.retryAfter().orElse(RETRY_AFTER);
        return Long.toString(pause.plusSeconds(1).minusNanos(1).toSeconds());
    }

    /** RFC 9457. */
    private static void problem(
            HttpServletResponse response, Reason reason, Optional<String> loginUrl, String reference)
            throws IOException {
        var problem = new LinkedHashMap<String, Object>();
        problem.put("title", Page.title(reason.name()));
        problem.put("status", reason.status());
        problem.put("reason", reason.name());
        loginUrl.ifPresent(url -> problem.put("loginUrl", url));
        problem.put("reference", reference);
        OwnAnswer.json(response, reason.status(), "application/problem+json", problem);
    }

    private static void prepare(
            OwnPage own, LoginFailedException failure, Optional<String> loginUrl, String reference) {
        OwnAnswer.headers(own.response());
        own.response().setStatus(failure.reason().status());
        var request = own.request();
        request.setAttribute("dev.ssofilter.reason", failure.reason().name());
        failure.textForTheUser().ifPresent(text -> request.setAttribute("dev.ssofilter.text", text));
        request.setAttribute("dev.ssofilter.reference", reference);
        loginUrl.ifPresent(url -> request.setAttribute("dev.ssofilter.loginUrl", url));
    }

    /** Asks for a page, whatever the caller asked for: nobody writes or deletes one through us. */
    private static final class PageRequest extends HttpServletRequestWrapper {
        PageRequest(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getMethod() {
            return "GET";
        }
    }

    private void log(LoginFailedException failure, String reference) {
        if (LOG.isLoggable(failure.reason().level())) {
            limit.next(failure.reason()).ifPresent(suppressed -> log(failure, reference, suppressed));
        }
    }

    /** Causes are named by type alone: the text of a library's exception may hold what it could not read. */
    private static void log(LoginFailedException failure, String reference, long suppressed) {
        var reason = failure.reason();
        var before = suppressed == 0 ? "" : " suppressed=" + suppressed;
        var line = "login failed reason=" + reason + " ref=" + reference + before + "; " + failure.getMessage();
        if (reason == Reason.INTERNAL_ERROR) {
            LOG.log(Level.ERROR, LogLine.of(line), failure.getCause());
        } else {
            LOG.log(reason.level(), LogLine.of(line + causes(failure)));
        }
    }

    private static String causes(Throwable failure) {
        var causes = new StringBuilder();
        for (var cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            causes.append(causes.isEmpty() ? " cause=" : "/")
                    .append(cause.getClass().getSimpleName());
        }
        return causes.toString();
    }

    /** Eight letters and digits: enough to find one line, short enough to read out on the telephone. */
    private String reference() {
        var number = new BigInteger(40, random).toString(32).toUpperCase(Locale.ROOT);
        return "0".repeat(8 - number.length()) + number;
    }
}
