package dev.ssofilter.oidc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.SsoPrincipal;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps the tokens of sessions fresh: one refresh for all requests that hold the same tokens. Its outcome is also theirs
 * who come late with them, for ten minutes, as a refresh token may work only once.
 */
public final class TokenRefresh {
    private static final System.Logger LOG = System.getLogger(TokenRefresh.class.getName());
    private static final Duration REMEMBERED = Duration.ofMinutes(10);
    private static final int MOST_REMEMBERED = 5_000;
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(30);
    private static final Duration SETTLING = Duration.ofSeconds(10);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);
    private static final Duration HEAD_START = Duration.ofMillis(500);

    /** Sessions that nobody renews stay refused, however seldom they are used. */
    private static final Duration REFUSED_FOR = Duration.ofHours(8);

    /** What becomes of the session. */
    public sealed interface Outcome {
        /**
         * It goes on with these.
         *
         * @param asked whether this caller was the one who asked the provider
         */
        record Renewed(SsoPrincipal user, String kept, boolean asked) implements Outcome {
            Renewed asShared() {
                return new Renewed(user, kept, false);
            }

            @Override
            public String toString() {
                return "Renewed[user=" + user + "]";
            }
        }

        /** It goes on as it is; the next attempt comes later. */
        record Unchanged() implements Outcome {}

        /**
         * It ends.
         *
         * @param settled whether another node that was faster has had the time to show it in the session
         */
        record Refused(String why, boolean settled) implements Outcome {}
    }

    /** How an attempt ended, and when. */
    private record Landed(Outcome outcome, long at) {}

    private final Outbound outbound;
    private final RefreshGrant grant;
    private final TokenSeal seal;
    private final Clock clock;
    private final Ticker ticker;
    private final Cache<String, CompletableFuture<Landed>> flights;
    private final Cache<String, Landed> refusals;
    private final RecentSet warned;

    TokenRefresh(Outbound outbound, RefreshGrant grant, TokenSeal seal, Clock clock, Ticker ticker) {
        this.outbound = outbound;
        this.grant = grant;
        this.seal = seal;
        this.clock = clock;
        this.ticker = ticker;
        this.flights = remembering(REMEMBERED, ticker);
        this.refusals = remembering(REFUSED_FOR, ticker);
        this.warned = new RecentSet(BETWEEN_ATTEMPTS, ticker);
    }

    private static <V> Cache<String, V> remembering(Duration life, Ticker ticker) {
        return Caffeine.newBuilder()
                .expireAfterWrite(life)
                .maximumSize(MOST_REMEMBERED)
                .ticker(ticker)
                .executor(Runnable::run) // its upkeep is a moment's work; the JVM's shared threads are not ours
                .build();
    }

    /** Whether it is time to refresh what a session keeps. */
    public boolean isDue(String kept) {
        return seal.isDue(kept, clock.instant());
    }

    /** Whether another node has written what a session keeps. */
    public boolean isForeign(String kept) {
        return seal.isForeign(kept);
    }

    /** The access token, for as long as it is good. */
    public Optional<String> accessToken(String kept) {
        return seal.open(kept)
                .filter(tokens -> !tokens.expired(clock.instant()))
                .map(KeptTokens::accessToken);
    }

    /**
     * Refreshes, or waits for who does and shares the outcome.
     *
     * @param user whose tokens they are
     * @param firstSeen whether another node has written them and knows nothing of this one: it may be about to refresh
     *     them, too, and would take the session for ended if it came second
     */
    @SuppressWarnings("UndefinedEquals") // Each attempt is equal to itself alone, as it should be.
    public Outcome refresh(String kept, SsoPrincipal user, boolean firstSeen) {
        var tokens = seal.open(kept);
        if (tokens.isEmpty()) {
            return new Outcome.Refused("its tokens were sealed with another key, or for another client", true);
        }
        var key = key(kept);
        var refused = refusals.getIfPresent(key);
        if (refused != null) {
            return seen(refused);
        }
        var mine = new CompletableFuture<Landed>();
        var flight = flights.asMap().compute(key, (same, known) -> known == null || isOver(known) ? mine : known);
        if (flight.equals(mine)) {
            fly(key, mine, tokens.get(), user, firstSeen);
            return seen(mine.join());
        }
        if (!flight.isDone() && !tokens.get().expired(clock.instant())) {
            return new Outcome.Unchanged(); // what it has is good until the other's answer is there
        }
        return shared(flight);
    }

    /** Tells tokens apart, without holding them. */
    private static String key(String kept) {
        return HexFormat.of().formatHex(Sha2.sha256(kept.getBytes(StandardCharsets.US_ASCII)));
    }

    /** The newest tokens that came of these, or will have come when an attempt under way has ended. */
    Optional<KeptTokens> newest(String kept) {
        var flight = flights.getIfPresent(key(kept));
        return flight != null && shared(flight) instanceof Outcome.Renewed renewed
                ? newest(renewed.kept())
                : seal.open(kept);
    }

    /** Whether it failed for a passing reason, and long enough ago. */
    private boolean isOver(CompletableFuture<Landed> flight) {
        return flight.isDone()
                && flight.join().outcome() instanceof Outcome.Unchanged
                && ticker.read() - flight.join().at() >= BETWEEN_ATTEMPTS.toNanos();
    }

    private void fly(
            String key, CompletableFuture<Landed> mine, KeptTokens tokens, SsoPrincipal user, boolean firstSeen) {
        try {
            if (firstSeen) {
                LockSupport.parkNanos(HEAD_START.toNanos());
            }
            var landed = new Landed(asked(tokens, user), ticker.read());
            if (landed.outcome() instanceof Outcome.Refused) {
                refusals.put(key, landed);
            }
            mine.complete(landed);
        } finally {
            if (!mine.isDone()) {
                // Where nobody expected it: those who wait are not to wait for ever.
                flights.invalidate(key);
                mine.completeExceptionally(new IllegalStateException("the refresh broke off"));
            }
        }
    }

    private Outcome asked(KeptTokens tokens, SsoPrincipal user) {
        try {
            return grant.send(tokens, user);
        } catch (LoginFailedException failed) {
            if (!RefreshGrant.isPassing(failed)) {
                return new Outcome.Refused(String.valueOf(failed.getMessage()), false);
            }
            // As many sessions as there are meet the same fault.
            if (warned.add(failed.reason().name())) {
                LOG.log(Level.WARNING, "tokens not refreshed reason={0}; {1}", failed.reason(), failed.getMessage());
            }
            return new Outcome.Unchanged();
        }
    }

    private Outcome shared(CompletableFuture<Landed> flight) {
        try {
            var outcome = seen(outbound.sharedAnswers().await(flight, LONGEST_WAIT));
            return outcome instanceof Outcome.Renewed renewed ? renewed.asShared() : outcome;
        } catch (LoginFailedException notWaitedFor) {
            return new Outcome.Unchanged();
        }
    }

    private Outcome seen(Landed landed) {
        return landed.outcome() instanceof Outcome.Refused refused
                ? new Outcome.Refused(refused.why(), ticker.read() - landed.at() >= SETTLING.toNanos())
                : landed.outcome();
    }
}
