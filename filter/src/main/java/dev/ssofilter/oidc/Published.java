package dev.ssofilter.oidc;

import java.time.Duration;

/**
 * What a provider publishes for everybody, and how long it is good.
 *
 * @param fresh after this it is asked for again, while it goes on being used
 */
record Published<V>(V value, Duration fresh) {
    <W> Published<W> as(W other) {
        return new Published<>(other, fresh);
    }
}
