package dev.ssofilter.testkit;

import com.nimbusds.jose.util.Base64URL;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Authorization codes, refresh tokens and access tokens that are out. */
final class Grants {
    private static final Duration CODE_LIFETIME = Duration.ofMinutes(5);
    private static final Duration REFRESH_LIFETIME = Duration.ofDays(30);

    private final Clock clock;
    private final Map<String, Code> codes = new ConcurrentHashMap<>();
    private final Map<String, Issued> refreshTokens = new ConcurrentHashMap<>();
    private final Map<String, Issued> accessTokens = new ConcurrentHashMap<>();
    private final Set<String> revokedOrigins = ConcurrentHashMap.newKeySet();

    record Code(Grant grant, String redirectUri, Optional<String> challenge, Instant expires) {}

    private record Issued(Grant grant, Instant expires) {}

    Grants(Clock clock) {
        this.clock = clock;
    }

    String code(AuthorizationRequest request, Grant grant) {
        String code = UUID.randomUUID().toString();
        codes.put(
                code,
                new Code(
                        grant,
                        request.redirectUri(),
                        request.challenge(),
                        clock.instant().plus(CODE_LIFETIME)));
        return code;
    }

    /** Takes a code out for good; absent if it is unknown, was used before, or is too old. */
    Optional<Code> redeem(String code) {
        return Optional.ofNullable(codes.remove(code))
                .filter(found -> clock.instant().isBefore(found.expires()));
    }

    // Cognito: looks like a JWE of five parts, which only the pool can open; about 1.8 KB.
    String refreshToken(Grant grant) {
        String token = String.join(
                ".",
                Base64URL.encode("{\"cty\":\"JWT\",\"enc\":\"A256GCM\",\"alg\":\"RSA-OAEP\"}")
                        .toString(),
                random(256),
                random(12),
                random(900),
                random(16));
        refreshTokens.put(token, new Issued(grant.refreshed(), clock.instant().plus(REFRESH_LIFETIME)));
        return token;
    }

    Optional<Grant> byRefreshToken(String token) {
        return live(refreshTokens, token);
    }

    /** Ends a refresh token that another one has replaced, after the grace period. */
    void replaced(String token, Duration grace) {
        refreshTokens.computeIfPresent(
                token,
                (same, issued) -> new Issued(
                        issued.grant(),
                        earlier(issued.expires(), clock.instant().plus(grace))));
    }

    void issued(String accessToken, Grant grant, Duration lifetime) {
        accessTokens.put(accessToken, new Issued(grant, clock.instant().plus(lifetime)));
    }

    Optional<Grant> byAccessToken(String token) {
        return live(accessTokens, token);
    }

    boolean isAccessToken(String token) {
        return accessTokens.containsKey(token);
    }

    /** Ends the client's refresh token and every access token of the same sign-in; an unknown one is nothing to do. */
    void revoke(String refreshToken, PretendClient client) {
        byRefreshToken(refreshToken)
                .filter(grant -> grant.client() == client)
                .map(Grant::origin)
                .ifPresent(revokedOrigins::add);
    }

    void forget() {
        accessTokens.clear();
        refreshTokens.clear();
        revokedOrigins.clear();
        codes.values().removeIf(code -> code.expires().isBefore(clock.instant().plus(CODE_LIFETIME.minusMinutes(1))));
    }

    private Optional<Grant> live(Map<String, Issued> tokens, String token) {
        return Optional.ofNullable(tokens.get(token))
                .filter(issued -> clock.instant().isBefore(issued.expires()))
                .map(Issued::grant)
                .filter(grant -> !revokedOrigins.contains(grant.origin()));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return Base64URL.encode(random).toString();
    }
}
