package dev.ssofilter.oidc;

import java.time.Instant;
import java.util.Optional;

/**
 * The token endpoint's answer, not yet verified (OIDC Core §3.1.3.3).
 *
 * @param idToken the compact serialization as it came
 * @param accessToken opaque to us, unless a claim is mapped from it
 * @param date what the provider's clock showed when it answered
 */
record Tokens(String idToken, String accessToken, Optional<Instant> date) {
    @Override
    public String toString() {
        return "Tokens";
    }
}
