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

    private final Clock clock;
    private final Map<String, Code> codes = new ConcurrentHashMap<>();
    private final Map<String, RefreshToken> refreshTokens = new ConcurrentHashMap<>();
    private final Map<String, Issued> accessTokens = new ConcurrentHashMap<>();
    private final Set<String> revokedOrigins = ConcurrentHashMap.newKeySet();

    record Code(Grant grant, String redirectUri, Optional<String> challenge, Instant expires) {}

    /** What a refresh token was good for, and the one that replaces it where it rotates. */
    record Refreshed(Grant grant, Optional<String> next) {}

    private record Issued(Grant grant, Instant expires) {}

    /** One that another has replaced is good no longer than its grace period; the other one inherits its end. */
    private record RefreshToken(Issued issued, Instant graceEnds) {}

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
                .filter(found -> clock.instant().isBefore(found.expires()))
                .filter(found -> found.grant().user().isEnabled());
    }

    String refreshToken(Grant grant, Duration lifetime) {
        return refreshToken(new Issued(grant, clock.instant().plus(lifetime)));
    }

    /** Uses a refresh token, which one-time tokens allow one request alone; absent if it is no good to this client. */
    synchronized Optional<Refreshed> refresh(String token, PretendClient client, Optional<Duration> rotation) {
        return byRefreshToken(token, client)
                .map(issued -> new Refreshed(issued.grant(), rotation.map(grace -> replace(token, issued, grace))));
    }

    private String replace(String token, Issued issued, Duration grace) {
        refreshTokens.computeIfPresent(
                token,
                (same, old) -> new RefreshToken(
                        issued, earlier(old.graceEnds(), clock.instant().plus(grace))));
        return refreshToken(issued);
    }

    private Optional<Issued> byRefreshToken(String token, PretendClient client) {
        return Optional.ofNullable(refreshTokens.get(token))
                .filter(found -> clock.instant().isBefore(found.graceEnds()))
                .map(RefreshToken::issued)
                .filter(this::isLive)
                .filter(issued -> issued.grant().client() == client);
    }

    // Cognito: looks like a JWE of five parts, which only the pool can open; about 1.8 KB.
    private String refreshToken(Issued issued) {
        String token = String.join(
                ".",
                Base64URL.encode("{\"cty\":\"JWT\",\"enc\":\"A256GCM\",\"alg\":\"RSA-OAEP\"}")
                        .toString(),
                random(256),
                random(12),
                random(900),
                random(16));
        refreshTokens.put(token, new RefreshToken(issued, issued.expires()));
        return token;
    }

    void issued(String accessToken, Grant grant, Duration lifetime) {
        accessTokens.put(accessToken, new Issued(grant, clock.instant().plus(lifetime)));
    }

    Optional<Grant> byAccessToken(String token) {
        return Optional.ofNullable(accessTokens.get(token)).filter(this::isLive).map(Issued::grant);
    }

    boolean isAccessToken(String token) {
        return accessTokens.containsKey(token);
    }

    /** Ends the client's refresh token and every access token of the same sign-in; an unknown one is nothing to do. */
    void revoke(String refreshToken, PretendClient client) {
        byRefreshToken(refreshToken, client)
                .map(issued -> issued.grant().origin())
                .ifPresent(revokedOrigins::add);
    }

    void forget() {
        accessTokens.clear();
        refreshTokens.clear();
        revokedOrigins.clear();
        codes.values().removeIf(code -> code.expires().isBefore(clock.instant().plus(CODE_LIFETIME.minusMinutes(1))));
    }

    private boolean isLive(Issued issued) {
        return clock.instant().isBefore(issued.expires())
                && issued.grant().user().isEnabled()
                && !revokedOrigins.contains(issued.grant().origin());
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
