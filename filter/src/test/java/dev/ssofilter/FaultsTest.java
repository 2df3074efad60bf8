package dev.ssofilter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendUserPool;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever fails at whatever call on the way: the application is not reached, nobody is signed in, the page is our own, and
 * the next request works. Each sweep lets the first call fail, then the second, until a request goes through untouched.
 */
class FaultsTest {
    private static final int FAR_TOO_MANY = 500;

    private final Fault fault = new Fault();
    private final PretendUserPool pool = PretendUserPool.start();
    private final LogBook log = new LogBook();
    private final Application application =
            Application.with(pool).before(fault.container()).start();

    @AfterEach
    void stop() {
        application.close();
        pool.close();
        log.close();
    }

    private URI page() {
        return application.uri("/orders");
    }

    private Browser signedIn() {
        var browser = new Browser();
        assertEquals(200, browser.logInFrom(page(), pool.user()).status());
        return browser;
    }

    /** @param failed at which call; empty where the request was through before its turn came */
    private record Attempt(Browser.Answer answer, List<String> failed) {
        @Override
        public String toString() {
            return failed + ": " + answer.status() + " " + answer.headers() + " "
                    + answer.body().length();
        }
    }

    private Attempt attempt(int turn, Fault.Kind kind, Supplier<Browser.Answer> request) {
        var reached = application.reached();
        fault.at(turn, kind);
        var attempt = new Attempt(request.get(), fault.stop());
        assertEquals(reached, application.reached(), attempt::toString);
        return attempt;
    }

    private static void sweep(IntFunction<Attempt> step) {
        for (var turn = 1; turn < FAR_TOO_MANY; turn++) {
            if (step.apply(turn).failed().isEmpty()) {
                assertNotEquals(1, turn, "nothing was asked of the container");
                return;
            }
        }
        throw new AssertionError("no end after " + FAR_TOO_MANY + " calls");
    }

    /** Either the fault was not felt, or it is our own page that tells of it, without a word from inside. */
    private static void assertOursOr(Set<Integer> expected, Attempt attempt) {
        var answer = attempt.answer();
        if (!expected.contains(answer.status())) {
            assertTrue(Set.of(500, 503).contains(answer.status()), attempt::toString);
            assertTrue(answer.body().contains(">Reason: "), attempt::toString);
            assertFalse(answer.body().contains("Exception"), attempt::toString);
            Answers.assertOurs(answer);
            assertFalse(answer.header("Location").isPresent(), attempt::toString);
        }
    }

    @ParameterizedTest(name = "AB-214 {0} at each call while a login begins")
    @EnumSource(Fault.Kind.class)
    void whileALoginBegins(Fault.Kind kind) {
        signedIn();

        sweep(turn -> {
            var browser = new Browser();
            var attempt = attempt(turn, kind, () -> browser.navigate(page()));

            assertOursOr(Set.of(302), attempt);
            Answers.assertAnonymous(browser, application);
            assertEquals(302, browser.navigate(page()).status());
            return attempt;
        });
    }

    @ParameterizedTest(name = "AB-214 {0} at each call of the Return URL")
    @EnumSource(Fault.Kind.class)
    void atTheReturnUrl(Fault.Kind kind) {
        signedIn();

        sweep(turn -> {
            var browser = new Browser();
            var response = Answers.redirectToReturnUrl(browser, page(), pool.user())
                    .location()
                    .orElseThrow();
            var attempt = attempt(turn, kind, () -> browser.navigate(response));

            assertOursOr(Set.of(303), attempt);
            if (attempt.answer().status() == 303) {
                Answers.assertSignedIn(browser, application);
            } else {
                Answers.assertAnonymous(browser, application);
            }
            assertEquals(200, browser.logInFrom(page(), pool.user()).status(), attempt::toString);
            return attempt;
        });
    }

    @ParameterizedTest(name = "AB-214 {0} at each call of a sign-out")
    @EnumSource(Fault.Kind.class)
    void atASignOut(Fault.Kind kind) {
        sweep(turn -> {
            var browser = signedIn();
            var page = browser.navigate(page());
            var attempt = attempt(turn, kind, () -> browser.click(page, application.uri("/sso/logout")));

            assertOursOr(Set.of(303), attempt);
            if (attempt.answer().status() == 303) {
                Answers.assertAnonymous(browser, application);
            }
            return attempt;
        });
    }

    @ParameterizedTest(name = "AB-214 {0} at each call while nobody is signed in")
    @EnumSource(Fault.Kind.class)
    void whileNobodyIsSignedIn(Fault.Kind kind) {
        sweep(turn -> {
            var attempt = attempt(turn, kind, () -> new Browser().fetch(page()));
            assertOursOr(Set.of(401), attempt);
            return attempt;
        });
        sweep(turn -> {
            var attempt = attempt(turn, kind, () -> new Browser().fetch(application.uri("/sso/me")));
            assertOursOr(Set.of(401), attempt);
            return attempt;
        });
        sweep(turn -> {
            var attempt = attempt(turn, kind, () -> new Browser().navigate(application.uri("/sso/signed-out")));
            assertOursOr(Set.of(200), attempt);
            return attempt;
        });
    }

    /** A clock that fails once: the caches read one, in their loaders too, and so does every step that looks at a time. */
    private static final class FailingOnce {
        private final AtomicInteger readings = new AtomicInteger();
        private volatile int turn;

        void at(int number) {
            readings.set(0);
            turn = number;
        }

        /** Whether its turn came. */
        boolean failed() {
            return turn > 0 && readings.get() >= turn;
        }

        void read() {
            if (readings.incrementAndGet() == turn) {
                throw new UnsupportedOperationException("a fault of the clock");
            }
        }
    }

    private void sweep(FailingOnce failing, Function<Application.Setup, Application.Setup> clock) {
        var turn = 0;
        boolean again;
        do {
            failing.at(0);
            try (var cold = clock.apply(Application.with(pool)).start()) {
                failing.at(++turn);
                var browser = new Browser();
                var answer = browser.logInFrom(cold.uri("/orders"), pool.user());
                again = failing.failed();
                failing.at(0);
                var failed = new Attempt(answer, List.of("reading " + turn));

                assertOursOr(Set.of(200), failed);
                if (answer.status() != 200) {
                    assertEquals(0, cold.reached(), failed::toString);
                }
                if (answer.uri().getPath().equals("/sso/return")) {
                    Answers.assertAnonymous(browser, cold);
                }
                assertEquals(
                        200,
                        new Browser()
                                .logInFrom(cold.uri("/orders"), pool.user())
                                .status(),
                        failed::toString);
            }
        } while (again && turn < FAR_TOO_MANY);
        assertTrue(turn > 5 && turn < FAR_TOO_MANY, "failed at " + turn + " readings");
    }

    @Test
    @DisplayName("AB-214 a fault at each reading of the caches' clock, in the loaders too")
    void inTheCaches() {
        var failing = new FailingOnce();

        sweep(
                failing,
                setup -> setup.nanoTime(() -> {
                    failing.read();
                    return System.nanoTime();
                }));
    }

    @Test
    @DisplayName("AB-214 a fault at each reading of the clock")
    void atEachReadingOfTheClock() {
        var failing = new FailingOnce();

        sweep(
                failing,
                setup -> setup.clock(new MovingClock() {
                    @Override
                    public Instant instant() {
                        failing.read();
                        return super.instant();
                    }
                }));
    }
}
