package dev.ssofilter;

import static dev.ssofilter.Answers.assertAnonymous;
import static dev.ssofilter.Answers.assertPage;
import static dev.ssofilter.Answers.assertSignedIn;
import static dev.ssofilter.Answers.logIn;
import static dev.ssofilter.Answers.redirectToReturnUrl;
import static dev.ssofilter.LoginTest.assertAttributes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendUserPool;
import dev.ssofilter.user.Reason;
import dev.ssofilter.user.SsoPrincipal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The session: made at login and at no other time, ours alone, and over in time. */
class SessionTest {
    private static final String PRINCIPAL = "dev.ssofilter.principal";

    private final PretendUserPool pool = PretendUserPool.start();
    private final Browser browser = new Browser();

    @AfterEach
    void stop() {
        pool.close();
    }

    /** With a public page that fills a session. */
    private Application.Setup usual() {
        return Application.with(pool).servlet("/public/session", (request, response) -> {
            request.getSession().setAttribute("cart", "3 books");
            request.getSession().setAttribute("draft", "of a letter");
        });
    }

    @Test
    void leavesNothingOfAnOlderSessionButWhatIsToBeKept() {
        try (var application = usual().set("keepAttributes", "cart").start()) {
            browser.navigate(application.uri("/public/session"));

            logIn(browser, application.uri("/orders"), pool.user());

            var page = browser.navigate(application.uri("/orders")).body();
            assertTrue(page.contains("session [cart, " + PRINCIPAL + "]"), page);
        }
    }

    @Test
    void keepsNothingUnlessToldTo() {
        try (var application = usual().start()) {
            browser.navigate(application.uri("/public/session"));

            logIn(browser, application.uri("/orders"), pool.user());

            var page = browser.navigate(application.uri("/orders")).body();
            assertTrue(page.contains("session [" + PRINCIPAL + "]"), page);
        }
    }

    @Test
    @DisplayName("AB-159 gives a planted session id to nobody")
    void givesAPlantedSessionIdToNobody() {
        try (var application = usual().start()) {
            var attacker = new Browser();
            attacker.navigate(application.uri("/public/session"));
            var planted = attacker.cookies().get("JSESSIONID");
            browser.addCookie(application.uri("/"), "JSESSIONID=" + planted + "; Path=/");

            logIn(browser, application.uri("/orders"), pool.user());

            assertNotEquals(planted, browser.cookies().get("JSESSIONID"), "AB-159");
            assertSignedIn(browser, application);
            assertAnonymous(attacker, application);
        }
    }

    @Test
    @DisplayName("AB-159 changes an id that lives in another application of the server, too")
    void changesAnIdThatLivesInAnotherApplicationOfTheServerToo() {
        var other = new ServletContextHandler("/other", ServletContextHandler.SESSIONS);
        other.getSessionHandler().getSessionCookieConfig().setPath("/");
        other.addServlet(new ServletHolder(Application.httpServlet((request, response) -> request.getSession())), "/*");
        try (var application = usual().at("/portal")
                .also(context ->
                        context.getSessionHandler().getSessionCookieConfig().setPath("/"))
                .beside(other)
                .start()) {
            var attacker = new Browser();
            attacker.navigate(application.uri("/../other/"));
            var planted = attacker.cookies().get("JSESSIONID");
            browser.addCookie(application.uri("/"), "JSESSIONID=" + planted + "; Path=/");

            var end = logIn(browser, application.uri("/orders"), pool.user());

            assertEquals(303, end.status());
            assertNotEquals(planted, browser.cookies().get("JSESSIONID"));
            assertSignedIn(browser, application);
            assertAnonymous(attacker, application);
        }
    }

    @Test
    @DisplayName("AB-161 replaces the session of another user")
    void replacesTheSessionOfAnotherUser() {
        try (var application = usual().start()) {
            var first = browser.navigate(application.uri("/orders"));
            var second = browser.navigate(application.uri("/orders"));
            browser.follow(redirectToReturnUrl(browser, first, pool.user()));
            var anasSession = browser.cookies().get("JSESSIONID");
            browser.navigate(application.uri("/public/session"));
            pool.endSessions();

            browser.follow(redirectToReturnUrl(browser, second, pool.admin()));

            var page = browser.navigate(application.uri("/orders")).body();
            assertTrue(page.contains("user max@example.org"), page);
            assertTrue(page.contains("session [" + PRINCIPAL + "]"), "AB-161 " + page);
            var old = new Browser();
            old.addCookie(application.uri("/"), "JSESSIONID=" + anasSession + "; Path=/");
            assertAnonymous(old, application);
        }
    }

    static Stream<Arguments> strangers() throws ReflectiveOperationException {
        Principal foreign = () -> "mallory";
        return Stream.of(
                Arguments.of("a text", "max@example.org"),
                Arguments.of("a map", Map.of("externalId", "1")),
                Arguments.of("another principal", foreign),
                Arguments.of("one of another class loader", ofAnotherClassLoader()));
    }

    private static Object ofAnotherClassLoader() throws ReflectiveOperationException {
        URL[] classes = {
            SsoPrincipal.class.getProtectionDomain().getCodeSource().getLocation()
        };
        @SuppressWarnings("resource") // must outlive what it loads
        var loader = new URLClassLoader(classes, ClassLoader.getPlatformClassLoader());
        var type = loader.loadClass(SsoPrincipal.class.getName());
        var builder = type.getMethod("of", String.class, String.class).invoke(null, "https://issuer", "1");
        return builder.getClass().getMethod("build").invoke(builder);
    }

    @ParameterizedTest(name = "AB-171, AB-173 {0}")
    @MethodSource("strangers")
    void takesNothingForAUserThatIsNone(String what, Object stranger) {
        try (var application = withSession(stranger);
                var logs = Logs.ofTheFilter()) {
            browser.navigate(application.uri("/public/plant"));

            assertAnonymous(browser, application);

            assertAnonymous(browser, application);
            assertEquals(1, logs.lines(Level.WARNING).size(), what + ": one WARNING, as it is removed");
            assertTrue(browser.navigate(application.uri("/public/x")).body().contains("session []"));
        }
    }

    static Stream<Arguments> times() {
        return Stream.of(
                Arguments.of("no time", SsoPrincipal.of("https://issuer", "1"), 1),
                Arguments.of("a time long ago", signedIn(Instant.EPOCH), 0),
                Arguments.of("the earliest time", signedIn(Instant.ofEpochMilli(Long.MIN_VALUE)), 0),
                Arguments.of("a time to come", signedIn(Instant.now().plus(Duration.ofMinutes(6))), 0),
                Arguments.of("the latest time", signedIn(Instant.ofEpochMilli(Long.MAX_VALUE)), 0));
    }

    private static SsoPrincipal.Builder signedIn(Instant moment) {
        return SsoPrincipal.of("https://issuer", "1").signedInAt(moment);
    }

    @ParameterizedTest(name = "AB-173 {0}")
    @MethodSource("times")
    void takesNobodyWhoseSessionCannotSayHowOldItIs(String what, SsoPrincipal.Builder user, int warnings) {
        try (var application = withSession(user.build());
                var logs = Logs.ofTheFilter()) {
            browser.navigate(application.uri("/public/plant"));

            assertAnonymous(browser, application);
            assertTrue(browser.navigate(application.uri("/public/x")).body().contains("session []"), what);
            assertEquals(warnings, logs.lines(Level.WARNING).size());
        }
    }

    // What the others are measured by.
    @Test
    void takesAUserWhoseSessionSaysHowOldItIs() {
        try (var application = withSession(signedIn(Instant.now()).build())) {
            browser.navigate(application.uri("/public/plant"));

            assertTrue(browser.navigate(application.uri("/orders")).body().contains("user 1"));
        }
    }

    private Application withSession(Object user) {
        return usual().servlet("/public/plant", (request, response) -> request.getSession()
                        .setAttribute(PRINCIPAL, user))
                .start();
    }

    @Test
    @DisplayName("R-27 ends at the maximum however busy the user is")
    void endsAtTheMaximumHoweverBusyTheUserIs() {
        var clock = new MovingClock();
        try (var application =
                usual().clock(clock).set("sessionMaximum", "PT1H").start()) {
            logIn(browser, application.uri("/orders"), pool.user());

            clock.move(Duration.ofMinutes(59));
            assertSignedIn(browser, application);
            clock.move(Duration.ofMinutes(1).plusSeconds(1));
            assertAnonymous(browser, application);
            clock.move(Duration.ofMinutes(-10));
            assertAnonymous(browser, application);
        }
    }

    @Test
    @DisplayName("AB-108 gives nobody more time where the clock is set back while they are signed in")
    void givesNobodyMoreTimeWhereTheClockIsSetBack() {
        var clock = new MovingClock();
        var hours = Duration.ofHours(3);
        clock.move(hours.negated());
        pool.knobs().clockOffset(hours.negated());
        try (var application = usual().clock(clock).start()) {
            logIn(browser, application.uri("/orders"), pool.user());
            clock.move(hours);
            assertSignedIn(browser, application);

            clock.move(Duration.ofHours(-2));

            assertAnonymous(browser, application);
        }
    }

    @Test
    @DisplayName("AB-108 ends a session at its maximum where the clock is set forward")
    void endsEarlierWhereTheClockIsSetForward() {
        var clock = new MovingClock();
        try (var application =
                usual().clock(clock).set("sessionMaximum", "PT2H").start()) {
            logIn(browser, application.uri("/orders"), pool.user());

            clock.move(Duration.ofHours(2).plusSeconds(1));

            assertAnonymous(browser, application);
        }
    }

    @Test
    void standsOnANodeWhoseClockIsALittleBehind() {
        var clock = new MovingClock();
        try (var application = usual().clock(clock).start()) {
            logIn(browser, application.uri("/orders"), pool.user());

            clock.move(Duration.ofSeconds(-30));

            assertSignedIn(browser, application);
        }
    }

    @Test
    @DisplayName("AB-005 expires a pending login after ten minutes")
    void expiresAPendingLoginAfterTenMinutes() {
        var clock = new MovingClock();
        try (var application = usual().clock(clock).start()) {
            var toReturn = redirectToReturnUrl(browser, application.uri("/orders"), pool.user());
            pool.resetRequests();

            clock.move(Duration.ofMinutes(10).plusSeconds(1));
            var end = browser.follow(toReturn);

            assertPage(Reason.LOGIN_EXPIRED, end);
            assertEquals(0, pool.requests().size(), "AB-005");
        }
    }

    @Test
    void refusesALoginWhoseUserSignedOutMeanwhile() {
        try (var application = usual().start()) {
            var tab = browser.navigate(application.uri("/orders"));
            logIn(browser, application.uri("/orders"), pool.user());
            var toReturn = redirectToReturnUrl(browser, tab, pool.user());
            var page = browser.navigate(application.uri("/orders"));
            pool.next().idToken(claims -> {
                browser.click(page, application.uri("/sso/logout"));
                return claims;
            });

            var end = browser.follow(toReturn);

            assertPage(Reason.SIGNED_OUT_MEANWHILE, end);
            assertAnonymous(browser, application);
        }
    }

    @Test
    void letsTheLoginOfAnotherTabStandThatReplacedTheSession() {
        try (var application = usual().start()) {
            var second = browser.navigate(application.uri("/second"));
            var third = browser.navigate(application.uri("/third"));
            logIn(browser, application.uri("/first"), pool.user());
            var secondReturns = redirectToReturnUrl(browser, second, pool.user());
            var thirdReturns = redirectToReturnUrl(browser, third, pool.user());
            var thirdsSession = new AtomicReference<String>();
            pool.next().idToken(claims -> {
                browser.follow(thirdReturns);
                thirdsSession.set(browser.cookies().get("JSESSIONID"));
                return claims;
            });

            var end = browser.follow(secondReturns);

            assertEquals(303, end.status(), end.body());
            assertEquals(application.uri("/").toString(), end.header("Location").orElse(""));
            assertEquals(thirdsSession.get(), browser.cookies().get("JSESSIONID"));
            assertSignedIn(browser, application);
        }
    }

    @Test
    void hardensTheSessionCookieAtHttp() {
        try (var application = usual().start()) {
            var end = logIn(browser, application.uri("/orders"), pool.user());

            var line = end.setCookies().stream()
                    .filter(cookie -> cookie.startsWith("JSESSIONID="))
                    .findFirst()
                    .orElseThrow();
            assertAttributes(line, "HttpOnly", "SameSite=Lax");
            assertFalse(line.contains("Secure"), line);
        }
    }

    @Test
    void leavesTheSameSiteThatTheApplicationSet() {
        try (var application = usual().also(context ->
                        context.getSessionHandler().getSessionCookieConfig().setAttribute("SameSite", "None"))
                .start()) {
            var end = logIn(browser, application.uri("/orders"), pool.user());

            assertTrue(
                    end.setCookies().toString().contains("SameSite=None"),
                    end.setCookies().toString());
        }
    }

    @Test
    @DisplayName("AB-220 explains that the container made no session")
    void explainsThatTheContainerMadeNoSession() {
        try (var application = usual().before((request, response, chain) -> chain.doFilter(
                        new HttpServletRequestWrapper((HttpServletRequest) request) {
                            @Override
                            public HttpSession getSession(boolean create) {
                                if (create) { // as Tomcat says that maxActiveSessions is reached
                                    throw new IllegalStateException("too many active sessions");
                                }
                                return super.getSession(false);
                            }
                        },
                        response))
                .start()) {
            var end = logIn(browser, application.uri("/orders"), pool.user());

            assertPage(Reason.SESSION_REFUSED, end);
            assertAnonymous(browser, application);
        }
    }

    @Test
    void signsNobodyInWhereAListenerOfTheApplicationFails() {
        var failing = new AtomicBoolean(true);
        try (var application = usual().also(context -> context.addEventListener(new HttpSessionAttributeListener() {
                    @Override
                    public void attributeAdded(HttpSessionBindingEvent event) {
                        if (failing.get() && event.getName().equals(PRINCIPAL)) {
                            throw new UnsupportedOperationException("the listener's own fault");
                        }
                    }
                }))
                .start()) {
            var end = logIn(browser, application.uri("/orders"), pool.user());

            assertPage(Reason.INTERNAL_ERROR, end);
            assertFalse(end.body().contains("listener"), "AB-183");
            assertAnonymous(browser, application);
            failing.set(false);
            assertEquals(
                    303, logIn(browser, application.uri("/orders"), pool.user()).status());
            assertSignedIn(browser, application);
        }
    }
}
