package dev.ssofilter.oidc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;

/**
 * What this node has seen within the life of a login: used states, replaced sessions. Bounded, so that nobody can fill
 * the memory; what falls out early is still guarded by the provider, whose codes work once.
 */
public final class RecentSet {
    private static final int MOST = 100_000;

    private final Cache<String, Boolean> seen;

    public RecentSet(Duration life) {
        this(life, Ticker.systemTicker());
    }

    RecentSet(Duration life, Ticker ticker) {
        seen = Caffeine.newBuilder()
                .expireAfterWrite(life)
                .maximumSize(MOST)
                .ticker(ticker)
                .executor(Runnable::run) // its upkeep is a moment's work; the JVM's shared threads are not ours
                .build();
    }

    /** True for the first who adds it, false for everyone after. */
    public boolean add(String value) {
        return seen.asMap().putIfAbsent(value, true) == null;
    }

    public void remove(String value) {
        seen.invalidate(value);
    }

    /** How many it holds. */
    long size() {
        return seen.estimatedSize();
    }
}
