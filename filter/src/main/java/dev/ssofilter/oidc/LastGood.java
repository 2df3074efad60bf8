package dev.ssofilter.oidc;

import static java.lang.System.Logger.Level.WARNING;

import com.github.benmanes.caffeine.cache.AsyncCacheLoader;
import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/**
 * What a provider publishes, asked for when first needed: all who need it meanwhile wait for one call and share its
 * outcome, a failure too, which nobody remembers afterwards. After an hour it is asked for again while the known value
 * goes on being used, also where that fails.
 */
final class LastGood<V> {
    private static final System.Logger LOG = System.getLogger("dev.ssofilter.oidc");
    private static final Duration REFRESH = Duration.ofHours(1);

    /** Asks the provider; blocks. */
    interface Source<V> {
        V fetch(URI url) throws LoginFailedException;

        /** Asks again. Where it throws, {@code known} stays in use. */
        default V fetchAgain(URI url, V known) throws LoginFailedException {
            return fetch(url);
        }
    }

    /** How a call ended. A failure is a value here, too: Caffeine would log a stack trace for each future that fails. */
    private record Outcome<V>(Optional<V> value, Optional<LoginFailedException> failure, long since) {}

    private final Executor executor;
    private final Ticker ticker;
    private final Source<V> source;
    private final AsyncLoadingCache<URI, Outcome<V>> cache;

    /** @param hardAge how old a value may get at all, however often asking again has failed */
    LastGood(Executor executor, Ticker ticker, Duration hardAge, Source<V> source) {
        this.executor = executor;
        this.ticker = ticker;
        this.source = source;
        this.cache = Caffeine.newBuilder()
                // Its own upkeep is a moment's work, and must not find our threads ended.
                .executor(Runnable::run)
                .ticker(ticker)
                .refreshAfterWrite(REFRESH)
                .expireAfter(Expiry.<URI, Outcome<V>>writing((url, outcome) -> rest(outcome, hardAge)))
                .buildAsync(new Loader());
    }

    private Duration rest(Outcome<V> outcome, Duration hardAge) {
        return outcome.value().isEmpty() ? Duration.ZERO : hardAge.minusNanos(ticker.read() - outcome.since());
    }

    /**
     * What is known, or else the outcome of asking now.
     *
     * @throws LoginFailedException what the source threw, to each who waited for it
     */
    V get(URI url) throws LoginFailedException {
        try {
            var outcome = await(cache.get(url));
            return outcome.value().orElseThrow(() -> again(outcome.failure().orElseThrow()));
        } catch (RejectedExecutionException e) {
            throw OutboundFailures.stopped(Quoted.url(url), e);
        }
    }

    /** Asks the provider now, whoever else does. Where that fails, the answer is {@code known}, which stays in use. */
    Future<V> refetch(URI url, V known) throws LoginFailedException {
        try {
            return CompletableFuture.supplyAsync(() -> replace(url, known), executor);
        } catch (RejectedExecutionException e) {
            throw OutboundFailures.stopped(Quoted.url(url), e);
        }
    }

    private V replace(URI url, V known) {
        Optional<Outcome<V>> fetched = askAgain(url, known);
        fetched.ifPresent(outcome -> cache.synchronous().put(url, outcome));
        return fetched.flatMap(Outcome::value).orElse(known);
    }

    /** Waits without an end of its own: what is asked ends by {@link Outbound}'s deadline. */
    static <T> T await(Future<T> answer) throws LoginFailedException {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoginFailedException(
                    Reason.USER_POOL_UNREACHABLE, "the provider was not waited for: this thread was interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("unexpected failure while the provider was asked", e.getCause());
        }
    }

    /** A stack trace of the thread that waited: one exception thrown in many threads would show but one. */
    private static LoginFailedException again(LoginFailedException shared) {
        return new LoginFailedException(shared.reason(), Objects.requireNonNull(shared.getMessage()), shared);
    }

    private Outcome<V> ask(URI url) {
        try {
            return fetched(source.fetch(url));
        } catch (LoginFailedException e) {
            return new Outcome<>(Optional.empty(), Optional.of(e), ticker.read());
        }
    }

    private Optional<Outcome<V>> askAgain(URI url, V known) {
        try {
            return Optional.of(fetched(source.fetchAgain(url, known)));
        } catch (LoginFailedException e) {
            LOG.log(WARNING, "reason={0} {1}; what was fetched before stays in use", e.reason(), e.getMessage());
            return Optional.empty();
        }
    }

    private Outcome<V> fetched(V value) {
        return new Outcome<>(Optional.of(value), Optional.empty(), ticker.read());
    }

    private final class Loader implements AsyncCacheLoader<URI, Outcome<V>> {
        @Override
        public CompletableFuture<Outcome<V>> asyncLoad(URI url, Executor unused) {
            return CompletableFuture.supplyAsync(() -> ask(url), executor);
        }

        @Override
        public CompletableFuture<Outcome<V>> asyncReload(URI url, Outcome<V> known, Executor unused) {
            return CompletableFuture.supplyAsync(
                    () -> askAgain(url, known.value().orElseThrow()).orElse(known), executor);
        }
    }
}
