package dev.ssofilter.oidc;

import static java.lang.System.Logger.Level.WARNING;

import com.github.benmanes.caffeine.cache.AsyncCacheLoader;
import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.ssofilter.user.LoginFailedException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/**
 * What a provider publishes, asked for when first needed: all who need it meanwhile wait for one call and share its
 * outcome. A failure is everybody's too, for a pause that grows ({@link Backoff}). When it is no longer fresh it is asked
 * for again while the known value goes on being used, also where that fails.
 */
final class LastGood<V> {
    private static final System.Logger LOG = System.getLogger("dev.ssofilter.oidc");

    /** Asks the provider; blocks. */
    interface Source<V> {
        Published<V> fetch(URI url) throws LoginFailedException;

        /** Asks again. Where it throws, {@code known} stays in use. */
        default Published<V> fetchAgain(URI url, V known) throws LoginFailedException {
            return fetch(url);
        }
    }

    /**
     * How a call ended. A failure is a value here, too: Caffeine would log a stack trace for each future that fails.
     *
     * @param since when it was fetched, or failed
     * @param next not before this it is asked for again
     */
    private record Outcome<V>(Optional<V> value, Optional<LoginFailedException> failure, long since, long next) {
        Outcome<V> next(long then) {
            return new Outcome<>(value, failure, since, then);
        }
    }

    private final Outbound outbound;
    private final Ticker ticker;
    private final Source<V> source;
    private final Duration hardAge;
    private final Backoff backoff = new Backoff();
    private final Attempts attempts = new Attempts();
    private final AsyncLoadingCache<URI, Outcome<V>> cache;
    private volatile long notBefore;

    /** @param hardAge how old a value may get at all, however often asking again has failed */
    LastGood(Outbound outbound, Ticker ticker, Duration hardAge, Source<V> source) {
        this.outbound = outbound;
        this.ticker = ticker;
        this.source = source;
        this.hardAge = hardAge;
        this.notBefore = ticker.read();
        this.cache = Caffeine.newBuilder()
                // Its own upkeep is a moment's work, and must not find our threads ended.
                .executor(Runnable::run)
                .ticker(ticker)
                // Whether it is time is asked once a minute; the answer is the outcome's own.
                .refreshAfterWrite(Duration.ofMinutes(1))
                .expireAfter(Expiry.<URI, Outcome<V>>writing((url, outcome) -> rest(outcome)))
                .buildAsync(new Loader());
    }

    private Duration rest(Outcome<V> outcome) {
        var now = ticker.read();
        return outcome.value().isEmpty()
                ? Duration.ofNanos(Math.max(0, outcome.next() - now))
                : hardAge.minusNanos(now - outcome.since());
    }

    /** Asks nobody. */
    Standing standing() {
        return attempts.standing(ticker.read(), hardAge);
    }

    /**
     * What is known, or else the outcome of asking now, or of having asked just now.
     *
     * @throws LoginFailedException what the source threw, to each who waited for it or came within the pause
     */
    V get(URI url) throws LoginFailedException {
        try {
            var outcome = shared(cache.get(url), url);
            return outcome.value().orElseThrow(() -> again(outcome));
        } catch (RejectedExecutionException e) {
            throw OutboundFailures.stopped(Quoted.url(url), e);
        }
    }

    private Outcome<V> shared(CompletableFuture<Outcome<V>> asked, URI url) throws LoginFailedException {
        try {
            return outbound.sharedAnswers().await(asked);
        } finally {
            // A fault of ours. Caffeine takes it away once it has written it to the log: whoever comes before asks
            // anew.
            if (asked.isCompletedExceptionally()) {
                cache.asMap().remove(url, asked);
            }
        }
    }

    /**
     * Asks the provider now, whoever else does. Where that fails, or it wants to be left alone, the answer is
     * {@code known}, which stays in use.
     */
    Future<V> refetch(URI url, V known) throws LoginFailedException {
        if (ticker.read() - notBefore < 0) {
            return CompletableFuture.completedFuture(known);
        }
        try {
            return CompletableFuture.supplyAsync(() -> replace(url, known), outbound.executor());
        } catch (RejectedExecutionException e) {
            throw OutboundFailures.stopped(Quoted.url(url), e);
        }
    }

    private V replace(URI url, V known) {
        var begun = ticker.read();
        try {
            var fetched = fetched(source.fetchAgain(url, known));
            cache.synchronous().put(url, fetched);
            return fetched.value().orElseThrow();
        } catch (LoginFailedException e) {
            next(begun, e);
            staysInUse(e);
            return known;
        }
    }

    /** A stack trace of the thread that waited: one exception thrown in many threads would show but one. */
    private LoginFailedException again(Outcome<V> failed) {
        var shared = failed.failure().orElseThrow();
        var pause = Duration.ofNanos(Math.max(0, failed.next() - ticker.read()));
        var message = Objects.requireNonNull(shared.getMessage())
                + (pause.isZero() ? "" : "; asked again in " + (pause.toSeconds() + 1) + " s");
        return new LoginFailedException(shared.reason(), message, shared, pause);
    }

    private Outcome<V> ask(URI url) {
        var begun = ticker.read();
        try {
            return fetched(source.fetch(url));
        } catch (LoginFailedException e) {
            return new Outcome<>(Optional.empty(), Optional.of(e), ticker.read(), next(begun, e));
        }
    }

    private Outcome<V> askAgain(URI url, Outcome<V> known) {
        var begun = ticker.read();
        try {
            return fetched(source.fetchAgain(url, known.value().orElseThrow()));
        } catch (LoginFailedException e) {
            staysInUse(e);
            // Nobody waits for it: there is no hurry, and a line in the log each time.
            return known.next(Math.max(next(begun, e), begun + AnswerTimes.LEAST_FRESH.toNanos()));
        }
    }

    private static void staysInUse(LoginFailedException e) {
        LOG.log(WARNING, "reason={0} {1}; what was fetched before stays in use", e.reason(), e.getMessage());
    }

    private Outcome<V> fetched(Published<V> published) {
        backoff.succeeded();
        var now = ticker.read();
        attempts.succeeded(now);
        return new Outcome<>(
                Optional.of(published.value()),
                Optional.empty(),
                now,
                now + published.fresh().toNanos());
    }

    private long next(long begun, LoginFailedException failure) {
        var now = ticker.read();
        attempts.failed(now);
        var pause = backoff.failed(
                Duration.ofNanos(now - begun), failure.retryAfter().orElse(Duration.ZERO));
        notBefore = now + pause.toNanos();
        return notBefore;
    }

    private final class Loader implements AsyncCacheLoader<URI, Outcome<V>> {
        @Override
        public CompletableFuture<Outcome<V>> asyncLoad(URI url, Executor unused) {
            return CompletableFuture.supplyAsync(() -> ask(url), outbound.executor());
        }

        @Override
        public CompletableFuture<Outcome<V>> asyncReload(URI url, Outcome<V> known, Executor unused) {
            return ticker.read() - known.next() < 0
                    ? CompletableFuture.completedFuture(known)
                    : CompletableFuture.supplyAsync(() -> askAgain(url, known), outbound.executor());
        }
    }
}
