package dev.ssofilter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendAnswer;
import dev.ssofilter.testkit.PretendUserPool;
import dev.ssofilter.user.Reason;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A provider that is down is known to be down: nobody waits for it, few ask it, and the first one after it is back signs in. */
class RememberedOutageTest {
    private static final String METADATA = "/.well-known/openid-configuration";
    private static final String KEYS = "/.well-known/jwks.json";

    private final AtomicLong nanos = new AtomicLong();
    private final PretendUserPool pool = PretendUserPool.start();
    private final LogBook log = new LogBook();
    private final Application application =
            Application.with(pool).nanoTime(nanos::get).start();
    private final Browser browser = new Browser();

    @AfterEach
    void stop() {
        application.close();
        pool.close();
        log.close();
    }

    private Browser.Answer begin() {
        return new Browser().navigate(application.uri("/orders"));
    }

    private Browser.Answer logIn() {
        return new Browser().logInFrom(application.uri("/orders"), pool.user());
    }

    private void later(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    private void outage(Duration length, Runnable eachMinute) {
        for (var passed = Duration.ZERO; passed.compareTo(length) < 0; passed = passed.plusMinutes(1)) {
            eachMinute.run();
            later(Duration.ofMinutes(1));
        }
    }

    @ParameterizedTest(name = "AB-125 does not ask for {0} again before the provider's Retry-After is over")
    @ValueSource(strings = {METADATA, KEYS})
    void respectsRetryAfter(String path) {
        pool.always().answer(path, PretendAnswer.throttled(Duration.ofSeconds(60)));
        var first = logIn();
        pool.undo();
        later(Duration.ofSeconds(59));
        var within = logIn();
        var asked = pool.count(path);
        later(Duration.ofSeconds(1));
        var after = logIn();

        Answers.assertPage(Reason.USER_POOL_UNREACHABLE, first);
        Answers.assertPage(Reason.USER_POOL_UNREACHABLE, within);
        assertEquals(Optional.of("60"), first.header("Retry-After"));
        assertEquals(Optional.of("1"), within.header("Retry-After"));
        assertEquals(1, asked);
        assertEquals(200, after.status());
        assertTrue(log.failures().get(1).contains("asked again in 2 s"), log.failures()::toString);
    }

    @Test
    @DisplayName("AB-123 answers at once while the provider is known to hang, and says when to come again")
    void leavesOneThatHangsAlone() {
        var hanging = new CountDownLatch(1);
        pool.always().answer(METADATA, PretendAnswer.held(hanging));
        var first = CompletableFuture.supplyAsync(this::begin);
        while (pool.count(METADATA) == 0) {
            Thread.onSpinWait();
        }
        later(Duration.ofSeconds(9));
        pool.undo();
        pool.always().answer(METADATA, PretendAnswer.of(500, "text/plain", ""));
        pool.close();
        Answers.assertPage(Reason.USER_POOL_UNREACHABLE, first.join());

        var second = begin();

        Answers.assertPage(Reason.USER_POOL_UNREACHABLE, second);
        assertEquals(Optional.of("9"), second.header("Retry-After"));
        hanging.countDown();
    }

    @Test
    @DisplayName(
            "R-22 R-24 an hour without the provider: sessions and public pages stay, the first login afterwards succeeds")
    void outlivesAnHourWithoutTheProvider() {
        assertEquals(
                200, browser.logInFrom(application.uri("/orders"), pool.user()).status());
        var down = PretendAnswer.dropped();
        for (var path : new String[] {METADATA, KEYS, "/oauth2/token"}) {
            pool.always().answer(path, down);
        }
        var waiting = browserThatSignedInAtThePool();

        outage(Duration.ofHours(1), () -> {
            assertEquals(200, browser.navigate(application.uri("/orders")).status());
            assertEquals(
                    200, new Browser().navigate(application.uri("/public/a")).status());
            assertEquals(302, begin().status(), "the metadata are known");
        });

        Answers.assertPage(Reason.USER_POOL_UNREACHABLE, waiting.browser.navigate(waiting.response));
        pool.undo();
        assertEquals(200, logIn().status());
    }

    private record Waiting(Browser browser, URI response) {}

    private Waiting browserThatSignedInAtThePool() {
        var other = new Browser();
        return new Waiting(
                other,
                Answers.redirectToReturnUrl(other, application.uri("/orders"), pool.user())
                        .location()
                        .orElseThrow());
    }

    @Test
    @DisplayName(
            "R-22 an hour without the provider since the start: 503 at once, few calls, the first login afterwards succeeds")
    void outlivesAnHourWithoutTheProviderSinceTheStart() {
        pool.always().answer(METADATA, PretendAnswer.of(503, "text/html", "Sorry"));

        outage(Duration.ofHours(1), () -> {
            for (var i = 0; i < 5; i++) {
                Answers.assertPage(Reason.USER_POOL_UNREACHABLE, begin());
            }
        });

        // Four in the first minute, since pauses begin after the third; then one a minute, of five who came.
        assertEquals(63, pool.count(METADATA));
        pool.undo();
        assertEquals(200, logIn().status());
        assertEquals(64, pool.count(METADATA));
    }

    @Test
    @DisplayName("AB-120 signs nobody in with keys older than a day, and again as soon as there are new ones")
    void usesNoKeysOlderThanADay() {
        assertEquals(200, logIn().status());
        pool.always().answer(KEYS, PretendAnswer.of(200, "application/json", "{\"keys\":[]}"));
        later(Duration.ofHours(23).plusMinutes(59));
        assertEquals(200, logIn().status(), "the last good keys");
        later(Duration.ofMinutes(2));

        Answers.assertPage(Reason.USER_POOL_UNREACHABLE, logIn());

        pool.undo();
        assertEquals(200, logIn().status());
    }

    @Test
    @DisplayName("AB-121 refuses a token signed with a key that the provider took away a day ago")
    void refusesAKeyThatWasTakenAway() {
        assertEquals(200, logIn().status());
        var old = Forgery.published(pool);
        pool.rotateKeys(false);
        later(Duration.ofHours(25));
        pool.next().idTokenHeader(header -> {
            header.put("kid", old.get(0).getKeyID());
            return header;
        });

        Answers.assertPage(Reason.ID_TOKEN_REFUSED, logIn());

        assertEquals(200, logIn().status());
    }
}
