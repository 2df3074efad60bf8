package dev.ssofilter.oidc;

import java.time.Duration;
import java.util.Optional;

/** Remembers how asking a provider ended: when last well, and whether in vain since. */
final class Attempts {
    private Optional<Long> succeeded = Optional.empty();
    private Optional<Long> failed = Optional.empty();

    synchronized void succeeded(long now) {
        succeeded = Optional.of(now);
        failed = Optional.empty();
    }

    synchronized void failed(long now) {
        failed = Optional.of(now);
    }

    /** @param hardAge at which what came is used no more */
    synchronized Standing standing(long now, Duration hardAge) {
        return new Standing(
                succeeded.map(then -> Duration.ofNanos(now - then)).filter(age -> age.compareTo(hardAge) < 0),
                failed.map(then -> Duration.ofNanos(now - then)));
    }
}
