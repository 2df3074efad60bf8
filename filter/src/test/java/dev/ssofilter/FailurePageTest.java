package dev.ssofilter;

import static dev.ssofilter.Answers.assertOurs;
import static dev.ssofilter.Answers.assertPage;
import static dev.ssofilter.Answers.assertProblem;
import static dev.ssofilter.Answers.assertSignedIn;
import static dev.ssofilter.Answers.logIn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendAnswer;
import dev.ssofilter.testkit.PretendUserPool;
import dev.ssofilter.user.Reason;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What everybody is told when something fails: in the filter, and in the application. */
class FailurePageTest {
    private static final Pattern REFERENCE = Pattern.compile(">Reference: ([0-9A-V]{8})<");

    private final PretendUserPool pool = PretendUserPool.start();
    private final Browser browser = new Browser();

    @AfterEach
    void stop() {
        pool.close();
    }

    @Test
    void repeatsTheReferenceOfThePageInOneLogLine() {
        try (var application = Application.of(pool);
                var logs = Logs.ofTheFilter()) {
            var page = browser.navigate(application.uri("/sso/return?code=c&state=s"));

            assertPage(Reason.UNKNOWN_STATE, page);
            var reference = REFERENCE.matcher(page.body());
            assertTrue(reference.find(), page.body());
            var lines = logs.lines(Level.ALL).stream()
                    .filter(line -> line.contains("ref=" + reference.group(1)))
                    .toList();
            assertEquals(1, lines.size());
            assertTrue(lines.get(0).contains("reason=UNKNOWN_STATE"), lines.get(0));
        }
    }

    @Test
    @DisplayName("AB-186 answers each of a thousand bad responses, and fills no log with them")
    void fillsNoLog() {
        try (var application = Application.of(pool);
                var logs = Logs.ofTheFilter()) {
            for (var i = 0; i < 1000; i++) {
                assertEquals(
                        400,
                        browser.get(application.uri("/sso/return?code=c&state=s"))
                                .status());
            }

            var failures = logs.lines(Level.INFO).stream()
                    .filter(line -> line.contains("login failed"))
                    .count();
            assertEquals(500, failures);
        }
    }

    @Test
    @DisplayName("AB-175 AB-177 shows nothing that came with the request")
    void showsNothingThatCameWithTheRequest() {
        try (var application = Application.of(pool)) {
            var page = browser.navigate(
                    application.uri(
                            "/sso/return?error=%3Cscript%3Ealert(1)%3C/script%3E&error_description=canary&state=canary&error_uri=javascript:canary"));

            assertEquals(400, page.status());
            assertFalse(page.body().contains("canary") || page.body().contains("alert(1)"), "AB-175 " + page.body());
        }
    }

    @Test
    void forwardsToTheApplicationsOwnPage() {
        try (var application = Application.with(pool)
                .set("failurePage", "/oops")
                .servlet("/oops", (request, response) -> {
                    response.getWriter().println("own page");
                    response.getWriter().println("method " + request.getMethod());
                    for (var name : new String[] {"reason", "reference", "loginUrl"}) {
                        response.getWriter().println(name + " " + request.getAttribute("dev.ssofilter." + name));
                    }
                })
                .start()) {
            var page = browser.navigate(application.uri("/sso/return?code=c&state=s"));
            var form = browser.request(
                    "POST",
                    application.uri("/orders"),
                    "a=b",
                    "Accept",
                    "text/html",
                    "Content-Type",
                    "application/x-www-form-urlencoded");
            var script = browser.fetch(application.uri("/orders"));
            var writer = browser.request("PUT", application.uri("/sso/return"), "mine now");

            assertEquals(400, page.status(), page.body());
            assertTrue(page.body().startsWith("own page"), page.body());
            assertTrue(page.body().contains("reason UNKNOWN_STATE"), page.body());
            assertTrue(page.body().contains("loginUrl " + application.uri("/sso/login")), page.body());
            assertTrue(page.body().matches("(?s).*reference [0-9A-V]{8}\\s.*"), page.body());
            assertOurs(page);
            assertEquals(405, writer.status());
            assertTrue(writer.body().contains("method GET"), "asks for the page, and does not overwrite it");
            assertEquals(401, form.status());
            assertEquals("SSO", form.header("WWW-Authenticate").orElse(""));
            assertTrue(form.body().contains("reason NOT_SAVED"), form.body());
            assertProblem(Reason.LOGIN_REQUIRED, script);
        }
    }

    @Test
    void callsAFailurePageThatFailsOnce() {
        try (var application = Application.with(pool)
                        .set("failurePage", "/oops")
                        .servlet("/oops", (request, response) -> fail("runtime"))
                        .start();
                var logs = Logs.ofTheFilter()) {
            var answer = browser.navigate(application.uri("/sso/return?code=c&state=s"));

            assertEquals(500, answer.status());
            assertFalse(answer.body().contains("Reference: "), "no page of ours");
            assertEquals(1, logs.lines(Level.INFO).size(), () -> logs.lines(Level.INFO)
                    .toString());
        }
    }

    private static Stream<Throwable> faults() {
        return Stream.of(
                new UnsupportedOperationException("of the session store"),
                new NoSuchMethodError("of the session store"),
                new StackOverflowError("of the session store"));
    }

    @Test
    @DisplayName("AB-214 a fault while somebody is refused is a fault of ours")
    void failsClosedWhereOurOwnRefusalFails() {
        var reads = new AtomicInteger(Integer.MIN_VALUE);
        try (var application = Application.with(pool)
                .set("pathRoles", "/admin = admins")
                .before((request, response, chain) -> chain.doFilter(
                        new HttpServletRequestWrapper((HttpServletRequest) request) {
                            @Override
                            public HttpSession getSession(boolean create) {
                                if (reads.incrementAndGet() == 2) {
                                    throw new UnsupportedOperationException("of the session store");
                                }
                                return super.getSession(create);
                            }
                        },
                        response))
                .start()) {
            logIn(browser, application.uri("/orders"), pool.user());
            reads.set(0);

            assertPage(Reason.INTERNAL_ERROR, browser.navigate(application.uri("/admin")));
        }
    }

    @ParameterizedTest(name = "AB-183 AB-214 fails closed where our own steps fail: {0}")
    @MethodSource("faults")
    void failsClosedWhereOurOwnStepsFail(Throwable fault) {
        var failing = new AtomicBoolean(true);
        try (var application = Application.with(pool)
                        .before((request, response, chain) -> chain.doFilter(
                                new HttpServletRequestWrapper((HttpServletRequest) request) {
                                    @Override
                                    public HttpSession getSession(boolean create) {
                                        if (failing.get()) {
                                            throw FailurePageTest.<RuntimeException>thrown(fault);
                                        }
                                        return super.getSession(create);
                                    }
                                },
                                response))
                        .start();
                var logs = Logs.ofTheFilter()) {
            var page = browser.navigate(application.uri("/orders"));
            var open = browser.navigate(application.uri("/public/x"));

            assertPage(Reason.INTERNAL_ERROR, page);
            assertFalse(page.body().contains("session store") || page.body().contains("Exception"), "AB-183");
            assertPage(Reason.INTERNAL_ERROR, open); // AB-214
            assertEquals(0, application.reached());
            var cause = logs.records().stream()
                    .filter(line -> line.getLevel() == Level.SEVERE)
                    .findFirst()
                    .orElseThrow();
            assertEquals(fault, cause.getThrown());
            failing.set(false);
            assertEquals(
                    303, logIn(browser, application.uri("/orders"), pool.user()).status());
            assertSignedIn(browser, application);
        }
    }

    @SuppressWarnings("unchecked") // to throw whatever it is
    private static <T extends Throwable> T thrown(Throwable fault) throws T {
        throw (T) fault;
    }

    @ParameterizedTest
    @ValueSource(strings = {"runtime", "checked", "io", "error"})
    void passesOnUntouchedWhatTheApplicationThrows(String kind) {
        var passed = new AtomicBoolean();
        try (var application = Application.with(pool)
                        .before((request, response, chain) -> {
                            try {
                                chain.doFilter(request, response);
                            } catch (ServletException | IOException | RuntimeException | Error thrown) {
                                passed.set(("application's own " + kind).equals(thrown.getMessage()));
                                throw thrown;
                            }
                        })
                        .servlet("/public/fail", (request, response) -> fail(kind))
                        .start();
                var logs = Logs.ofTheFilter()) {
            var answer = browser.navigate(application.uri("/public/fail"));

            assertEquals(500, answer.status());
            assertTrue(passed.get());
            assertFalse(answer.body().contains("Reference: "), "no page of ours");
            assertEquals(0, logs.lines(Level.INFO).size());
        }
    }

    private static void fail(String kind) throws ServletException, IOException {
        var message = "application's own " + kind;
        switch (kind) {
            case "runtime" -> throw new IllegalStateException(message);
            case "checked" -> throw new ServletException(message);
            case "io" -> throw new IOException(message);
            default -> throw new StackOverflowError(message);
        }
    }

    @Test
    void saysWhenToComeBackWhileTheProviderIsAway() {
        pool.next("/oauth2/token", PretendAnswer.dropped());
        try (var application = Application.of(pool)) {
            var end = logIn(browser, application.uri("/orders"), pool.user());

            assertPage(Reason.USER_POOL_UNREACHABLE, end);
            assertEquals("30", end.header("Retry-After").orElse(""));
            assertEquals(0, application.sessions());
        }
    }
}
