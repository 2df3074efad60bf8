package dev.ssofilter.oidc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether people can sign in, as far as is known without asking the provider.
 *
 * @param detail for people; empty where there is nothing to tell; never a name, an address or a secret
 */
public record ProviderHealth(Status status, Optional<String> detail) {
    /** From good to bad. */
    public enum Status {
        /** Signing in works, or nobody knows otherwise. */
        READY,
        /** Signing in works with what the provider published before, or is worth another try. */
        DEGRADED,
        /** Nobody can sign in. */
        DOWN
    }

    /**
     * So long after an attempt in vain nobody can sign in. Then somebody may try: a load balancer that sends nobody to a
     * node that is down would otherwise keep it from ever noticing that the provider is back.
     */
    private static final Duration DOWN = Duration.ofMinutes(1);

    /** There is no directory record that could be used. */
    public static ProviderHealth notSetUp() {
        return new ProviderHealth(Status.DOWN, Optional.of("there is no directory record that can be used"));
    }

    /** @param lost whether a host of the provider gave no answer when it was last asked, the token endpoint's say */
    static ProviderHealth of(Standing document, Standing keys, boolean lost) {
        if (document.isUnknown() && keys.isUnknown()) {
            return new ProviderHealth(Status.READY, Optional.of("the provider was not asked yet"));
        }
        var found = new ArrayList<ProviderHealth>();
        add(found, "the discovery document", document);
        add(found, "keys", keys);
        if (found.isEmpty() && lost) {
            return new ProviderHealth(
                    Status.DEGRADED, Optional.of("the provider gave no answer when somebody signed in last"));
        }
        var worst = found.stream().map(ProviderHealth::status).max(Status::compareTo);
        var details = found.stream().flatMap(one -> one.detail().stream()).toList();
        return new ProviderHealth(
                worst.orElse(Status.READY),
                Optional.of(String.join("; ", details)).filter(detail -> !detail.isEmpty()));
    }

    private static void add(List<ProviderHealth> found, String what, Standing standing) {
        standing.failed().map(failed -> trouble(what, standing.age(), failed)).ifPresent(found::add);
    }

    private static ProviderHealth trouble(String what, Optional<Duration> age, Duration failed) {
        if (age.isPresent()) {
            return new ProviderHealth(
                    Status.DEGRADED, Optional.of("serving " + what + " from " + words(age.get()) + " ago"));
        }
        var asked = "could not get " + what + " " + words(failed) + " ago";
        return failed.compareTo(DOWN) < 0
                ? new ProviderHealth(Status.DOWN, Optional.of(asked))
                : new ProviderHealth(Status.DEGRADED, Optional.of(asked + ", and nobody has tried to sign in since"));
    }

    private static String words(Duration time) {
        if (time.toMinutes() == 0) {
            return counted(time.toSeconds(), "second");
        }
        if (time.toHours() == 0) {
            return counted(time.toMinutes(), "minute");
        }
        return time.toDays() == 0 ? counted(time.toHours(), "hour") : counted(time.toDays(), "day");
    }

    private static String counted(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }
}
