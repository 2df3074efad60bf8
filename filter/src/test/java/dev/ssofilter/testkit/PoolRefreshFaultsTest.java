package dev.ssofilter.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a test does to refreshes, and finds out about them, without touching the logins. */
class PoolRefreshFaultsTest {
    private final PretendUserPool pool = PretendUserPool.start();
    private final PlainRp rp = new PlainRp(pool, pool.client());

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void failsTheNextRefreshesOneByOneAndNoLogin() {
        pool.nextRefresh(
                PretendAnswer.of(500, "text/html", "<h1>500</h1>"),
                PretendAnswer.dropped(),
                PretendAnswer.error("invalid_grant"));

        String token = rp.tokens().refresh();

        assertEquals(500, rp.refresh(token).status());
        assertThrows(UncheckedIOException.class, () -> rp.refresh(token));
        assertEquals(Map.of("error", "invalid_grant"), PlainRp.json(rp.refresh(token)));
        assertEquals(200, rp.refresh(token).status());
    }

    @Test
    void failsEveryRefreshUntilUndone() {
        pool.always().refresh(PretendAnswer.error("invalid_grant"));
        String token = rp.tokens().refresh();

        assertEquals(400, rp.refresh(token).status());
        assertEquals(400, rp.refresh(token).status());
        pool.undo();
        assertEquals(200, rp.refresh(token).status());
    }

    @Test
    void bendsTheTokensOfARefreshAfterALogin() {
        String token = rp.tokens().refresh();
        pool.nextIdToken(claims -> claims.subject("another"));

        assertEquals("another", PlainRp.Issued.of(rp.refresh(token)).idClaims().get("sub"));
    }

    @Test
    void makesAHeldAnswerWhenReleased() {
        CountDownLatch release = new CountDownLatch(1);
        String token = rp.tokens().refresh();
        pool.nextRefresh(PretendAnswer.held(release));

        CompletableFuture<Browser.Answer> held = refreshOnItsWay(token);
        pool.user().disable();
        release.countDown();

        assertEquals(400, held.join().status());
    }

    @Test
    void makesAnAnswerThatIsHeldBackAtOnce() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch made = new CountDownLatch(1);
        String token = rp.tokens().refresh();
        pool.nextRefresh(PretendAnswer.heldBack(release));
        pool.next().tokenAnswer(members -> {
            made.countDown();
            return members;
        });

        CompletableFuture<Browser.Answer> held = refreshOnItsWay(token);
        assertTrue(made.await(1, TimeUnit.MINUTES));
        assertFalse(held.isDone());
        pool.user().disable();
        release.countDown();

        assertEquals(200, held.join().status());
    }

    @Test
    void spendsAOneTimeTokenWhoseAnswerIsLost() {
        pool.client().rotation(Duration.ZERO);
        String token = rp.tokens().refresh();
        pool.nextRefresh(PretendAnswer.lost());

        assertThrows(UncheckedIOException.class, () -> rp.refresh(token));
        assertEquals(400, rp.refresh(token).status());
    }

    @Test
    void tellsRefreshesFromLogins() {
        String token = rp.tokens().refresh();
        rp.refresh(token);
        rp.refresh("unknown");

        assertEquals(3, pool.count("/oauth2/token"));
        assertEquals(2, pool.refreshes().size());
        assertEquals(token, pool.refreshes().get(0).parameter("refresh_token").orElseThrow());
    }

    @Test
    void readsTheTimeFromTheClockItWasGiven() {
        Instant time = Instant.parse("2031-05-06T07:08:09Z");
        try (PretendUserPool fixed = PretendUserPool.start(Clock.fixed(time, ZoneOffset.UTC))) {
            Map<String, Object> claims =
                    new PlainRp(fixed, fixed.client()).tokens().idClaims();

            assertEquals(time.getEpochSecond(), claims.get("iat"));
            assertEquals(time.getEpochSecond(), claims.get("auth_time"));
            assertEquals(time.getEpochSecond() + 3600, claims.get("exp"));
        }
    }

    private CompletableFuture<Browser.Answer> refreshOnItsWay(String token) {
        int before = pool.refreshes().size();
        CompletableFuture<Browser.Answer> answer = CompletableFuture.supplyAsync(() -> rp.refresh(token));
        while (pool.refreshes().size() == before) {
            Thread.onSpinWait();
        }
        return answer;
    }
}
