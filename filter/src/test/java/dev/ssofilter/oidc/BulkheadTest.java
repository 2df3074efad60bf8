package dev.ssofilter.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** AB-124: a provider that hangs holds 32 threads, and no more for longer than a moment. */
class BulkheadTest {
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final FakeTicker ticker = new FakeTicker();
    private final Bulkhead bulkhead = new Bulkhead(PATIENCE, ticker);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Semaphore hanging = new Semaphore(0);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private static LoginFailedException unreachable() {
        return new LoginFailedException(Reason.USER_POOL_UNREACHABLE, "did not answer");
    }

    /** A call that ends when it is let go: as all calls to a provider that hangs, without an answer. */
    private Future<String> hang() {
        Callable<String> call = () -> bulkhead.call(() -> {
            hanging.acquireUninterruptibly();
            throw unreachable();
        });
        return threads.submit(call);
    }

    private List<Future<String>> full() {
        var calls = new ArrayList<Future<String>>();
        for (var i = 0; i < Bulkhead.MOST; i++) {
            calls.add(hang());
        }
        Concurrently.awaitThat(() -> hanging.getQueueLength() == Bulkhead.MOST);
        return calls;
    }

    private void assertRefusedAtOnce() {
        var refused = assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThrows(LoginFailedException.class, () -> bulkhead.call(() -> "an answer")));
        assertEquals(Reason.USER_POOL_UNREACHABLE, refused.reason());
        assertTrue(refused.getMessage().contains("32 requests wait for it"), refused.getMessage());
    }

    @Test
    @DisplayName("AB-124 refuses at once where all places are taken and no answer has come for a while")
    void refusesAtOnceWhereTheProviderHangs() {
        full();
        ticker.advance(PATIENCE);

        assertRefusedAtOnce();
    }

    @Test
    @DisplayName(
            "AB-124 takes no timeout for an answer: the places of those who gave up let one in each, and nobody waits")
    void takesNoTimeoutForAnAnswer() {
        var calls = full();
        ticker.advance(PATIENCE);
        for (var i = 0; i < 5; i++) {
            hanging.release();
            Concurrently.awaitThat(() -> calls.removeIf(Future::isDone)); // its place is free only now
            calls.add(hang());
            Concurrently.awaitThat(() -> hanging.getQueueLength() == Bulkhead.MOST);

            assertRefusedAtOnce();
        }
    }

    @Test
    @DisplayName("AB-124 lets nobody stand in line for longer than five seconds, however the line moves")
    void letsNobodyStandInLineForLong() {
        full();
        var waiting = threads.submit(() -> bulkhead.call(() -> "an answer"));
        Concurrently.awaitThat(bulkhead::isAwaited);
        ticker.advance(Duration.ofSeconds(6));

        var refused = assertThrows(ExecutionException.class, waiting::get);
        assertTrue(refused.getCause() instanceof LoginFailedException);
    }

    @Test
    void letsThoseInLineThroughWhereAnswersCome() throws Exception {
        var answered = new Semaphore(0);
        var first = new ArrayList<Future<String>>();
        for (var i = 0; i < 3 * Bulkhead.MOST; i++) {
            first.add(threads.submit(() -> bulkhead.call(() -> {
                answered.acquireUninterruptibly();
                return "an answer";
            })));
        }
        answered.release(3 * Bulkhead.MOST);

        for (var call : first) {
            assertEquals("an answer", call.get());
        }
    }

    @Test
    void findsAnIdleHourNoHourWithoutAnAnswer() throws Exception {
        ticker.advance(Duration.ofHours(2));
        full();
        var waiting = threads.submit(() -> bulkhead.call(() -> "an answer"));
        hanging.release();

        assertEquals("an answer", waiting.get());
    }

    @Test
    void stopsWaitingWhenInterrupted() {
        full();

        Thread.currentThread().interrupt();
        var refused = assertThrows(LoginFailedException.class, () -> bulkhead.call(() -> "an answer"));

        assertTrue(Thread.interrupted());
        assertEquals(Reason.USER_POOL_UNREACHABLE, refused.reason());
    }
}
