package dev.ssofilter.oidc;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The token endpoint's answer, not yet verified (OIDC Core §3.1.3.3, §12.1).
 *
 * @param idToken the compact serialization as it came; after a refresh that brought none, the one before
 * @param accessToken opaque to us, unless a claim is mapped from it
 * @param refreshToken opaque; after a refresh that brought none, the one before
 * @param lifetime of the access token
 * @param date what the provider's clock showed when it answered; read where somebody asks
 */
record Tokens(
        String idToken,
        String accessToken,
        Optional<String> refreshToken,
        Duration lifetime,
        Supplier<Optional<Instant>> date) {
    @Override
    public String toString() {
        return "Tokens";
    }
}
