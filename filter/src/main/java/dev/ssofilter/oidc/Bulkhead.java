package dev.ssofilter.oidc;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a provider that hangs from taking all threads of the container: 32 requests at most wait for it. More of them
 * stand in line as long as the line moves, as it does where two hundred people sign in at once; where nobody has got in
 * for a while the provider hangs, and everybody else is refused at once.
 */
final class Bulkhead {
    static final int MOST = 32;

    private final Semaphore places = new Semaphore(MOST, true);
    private final Duration patience;
    private final Ticker ticker;
    private volatile long lastEntered;

    /** @param patience how long the line may stand still */
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
            return call.run();
        } finally {
            places.release();
        }
    }

    /** Takes a place only where there is something to wait for. */
    <T> T await(Future<T> answer) throws LoginFailedException {
        return answer.isDone() ? result(answer) : call(() -> result(answer));
    }

    private void enter() throws LoginFailedException {
        try {
            // Not tryAcquire(): it would overtake those who stand in line.
            if (!places.tryAcquire(0, TimeUnit.NANOSECONDS)) {
                standInLine();
            }
            lastEntered = ticker.read();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void standInLine() throws InterruptedException, LoginFailedException {
        var in = false;
        while (!in) {
            var left = patience.toNanos() - (ticker.read() - lastEntered);
            if (left <= 0) {
                throw new LoginFailedException(
                        Reason.USER_POOL_UNREACHABLE,
                        "the provider was not asked: " + MOST + " requests wait for it, and none has got an answer for "
                                + patience.toSeconds() + " s; look at the provider's status");
            }
            in = places.tryAcquire(left, TimeUnit.NANOSECONDS);
        }
    }

    /** Waits without an end of its own: what is asked ends by {@link Outbound}'s deadline. */
    private static <T> T result(Future<T> answer) throws LoginFailedException {
        try {
            return answer.get();
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
