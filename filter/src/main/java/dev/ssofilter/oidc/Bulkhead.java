package dev.ssofilter.oidc;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Keeps a provider that hangs from taking all threads of the container: 32 requests at most wait for it. More of them
 * stand in line as long as it gives answers, as it does where two hundred people sign in at once, and for five seconds
 * at most; where all places are taken and no answer has come for a while, the provider hangs, and everybody else is
 * refused at once.
 */
final class Bulkhead {
    static final int MOST = 32;
    private static final Duration LONGEST_IN_LINE = Duration.ofSeconds(5);
    private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

    private final Semaphore places = new Semaphore(MOST, true);
    private final Duration patience;
    private final Ticker ticker;
    private volatile long lastAnswered;

    /** @param patience how long there may be no answer */
    Bulkhead(Duration patience, Ticker ticker) {
        this.patience = patience;
        this.ticker = ticker;
    }

    /** What blocks until the provider has answered. */
    interface Call<T> {
        T run() throws LoginFailedException;
    }

    /** @throws LoginFailedException what the call throws; USER_POOL_UNREACHABLE where there is no place */
    <T> T call(Call<T> call) throws LoginFailedException {
        enter();
        try {
            T answer = call.run();
            lastAnswered = ticker.read();
            return answer;
        } finally {
            places.release();
        }
    }

    /** Takes a place only where there is something to wait for, which ends by {@link Outbound}'s deadline. */
    <T> T await(Future<T> answer) throws LoginFailedException {
        return await(answer, FOREVER);
    }

    /** The same for what more is done for than to ask the provider. */
    <T> T await(Future<T> answer, Duration longest) throws LoginFailedException {
        return answer.isDone() ? result(answer, longest) : call(() -> result(answer, longest));
    }

    /** Whether somebody stands in line. */
    boolean isAwaited() {
        return places.hasQueuedThreads();
    }

    private void enter() throws LoginFailedException {
        try {
            // Not tryAcquire(): it would overtake those who stand in line.
            if (!places.tryAcquire(0, TimeUnit.NANOSECONDS)) {
                standInLine(ticker.read());
            } else if (places.availablePermits() >= MOST / 2) {
                lastAnswered = ticker.read(); // nobody is in trouble: an idle hour is no hour without an answer
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void standInLine(long since) throws InterruptedException, LoginFailedException {
        var in = false;
        while (!in) {
            var now = ticker.read();
            var left = Math.min(patience.toNanos() - (now - lastAnswered), LONGEST_IN_LINE.toNanos() - (now - since));
            if (left <= 0) {
                throw new LoginFailedException(
                        Reason.USER_POOL_UNREACHABLE,
                        "the provider was not asked: " + MOST + " requests wait for it, and none has got an answer for "
                                + patience.toSeconds() + " s; look at the provider's status");
            }
            in = places.tryAcquire(left, TimeUnit.NANOSECONDS);
        }
    }

    private static <T> T result(Future<T> answer, Duration longest) throws LoginFailedException {
        try {
            return answer.get(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new LoginFailedException(
                    Reason.USER_POOL_UNREACHABLE, "there was no answer within " + longest.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("unexpected failure while the provider was asked", e.getCause());
        }
    }

    private static LoginFailedException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new LoginFailedException(
                Reason.USER_POOL_UNREACHABLE, "the provider was not waited for: this thread was interrupted", e);
    }
}
