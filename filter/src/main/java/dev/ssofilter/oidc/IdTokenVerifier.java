package dev.ssofilter.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** An ID token becomes verified claims, or a refusal (OIDC Core §3.1.3.7). */
final class IdTokenVerifier {
    private static final SignatureVerifier.Use USE = new SignatureVerifier.Use(
            "ID token",
            Reason.ID_TOKEN_REFUSED,
            Set.of("jwt"),
            "something else than the provider answered: check `tokenUrl`");
    private static final Duration LONGEST_ON_ITS_WAY = PendingLogin.LIFE; // it was made for the code just redeemed

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final SignatureVerifier signatures;
    private final String clientId;
    private final Optional<Duration> maximumAge;
    private final Duration skew;
    private final Clock clock;

    IdTokenVerifier(
            SignatureVerifier signatures, String clientId, Optional<Duration> maximumAge, Duration skew, Clock clock) {
        this.signatures = signatures;
        this.clientId = clientId;
        this.maximumAge = maximumAge;
        this.skew = skew;
        this.clock = clock;
    }

    Claims verify(Tokens tokens, PendingLogin pending, Provider provider) throws LoginFailedException {
        var claims = verified(tokens, provider);
        if (maximumAge.isPresent()) {
            requireRecentSignIn(claims, clock.instant(), maximumAge.get()); // (13)
        }
        claims.requireEqual("nonce", pending.nonce(), "the token belongs to another login"); // (11)
        return claims;
    }

    /** After a refresh (OIDC Core §12.2): that of the login again, or a new one for the same login. */
    Claims renewed(Tokens tokens, KeptTokens before, Provider provider) throws LoginFailedException {
        var known = new Claims(SignatureVerifier.claimsVerifiedBefore(before.idToken(), USE), USE);
        if (tokens.idToken().equals(before.idToken())) {
            return known;
        }
        var claims = verified(tokens, provider);
        claims.requireSame("iss", known);
        claims.requireSame("sub", known);
        claims.requireAudienceOf(known);
        for (var name : List.of("auth_time", "nonce")) {
            if (claims.has(name) && known.has(name)) {
                claims.requireSame(name, known);
            }
        }
        return claims;
    }

    private Claims verified(Tokens tokens, Provider provider) throws LoginFailedException {
        var verified = signatures.verify(tokens.idToken(), provider, USE); // (6) to (8)
        var claims = new Claims(verified.claims(), USE);
        claims.requireTokenUse("id", provider);
        claims.requireIssuer(provider.issuer()); // (2)
        requireAudience(claims); // (3) to (5)
        claims.requireSubject();
        requireFresh(claims, tokens.date()); // (9), (10)
        requireAccessTokenHash(claims, tokens.accessToken(), verified.algorithm()); // §3.1.3.8
        return claims;
    }

    private void requireAudience(Claims claims) throws LoginFailedException {
        var audience = claims.audience();
        if (!audience.contains(clientId)) {
            throw USE.refuse("aud does not hold our client id \"" + clientId
                    + "\"; it was made for another app client; check `clientId`");
        }
        if (claims.has("azp") || audience.size() > 1) {
            claims.requireEqual("azp", clientId, "expected our client id, as aud names several or azp came");
        }
    }

    private void requireFresh(Claims claims, Supplier<Optional<Instant>> date) throws LoginFailedException {
        var now = clock.instant();
        Supplier<ClockDifference> clocks = () -> ClockDifference.between(date.get(), now);
        claims.requireTimes(now, skew, clocks);
        var issued = claims.requiredTime("iat");
        if (issued.plus(LONGEST_ON_ITS_WAY).plus(skew).isBefore(now)) {
            throw USE.refuse(
                    "issued at " + issued + ", it is " + now + "; expected one made for this login; " + clocks.get());
        }
    }

    private void requireRecentSignIn(Claims claims, Instant now, Duration most) throws LoginFailedException {
        var signedIn = claims.requiredTime("auth_time");
        if (signedIn.plus(most).plus(skew).isBefore(now)) {
            throw USE.refuse("auth_time " + signedIn + " is longer ago than max_age " + most.toSeconds()
                    + " allows; the provider did not ask the user again");
        }
    }

    static void requireAccessTokenHash(Claims claims, String accessToken, JWSAlgorithm algorithm)
            throws LoginFailedException {
        if (!claims.has("at_hash")) {
            return;
        }
        var hash = claims.text("at_hash").orElseThrow(() -> USE.refuse("at_hash is no text"));
        var digest = digest(algorithm.getName(), accessToken.getBytes(StandardCharsets.US_ASCII));
        if (!hash.equals(BASE64.encodeToString(Arrays.copyOf(digest, digest.length / 2)))) {
            throw USE.refuse("at_hash is not that of the access token beside it; one of the two was exchanged");
        }
    }

    /** §3.1.3.6: the hash that the algorithm has; EdDSA, which is Ed25519 here, has SHA-512 (RFC 8032 §5.1). */
    private static byte[] digest(String algorithm, byte[] token) {
        return switch (algorithm) {
            case "RS256", "PS256", "ES256" -> Sha2.sha256(token);
            case "RS384", "PS384", "ES384" -> Sha2.sha384(token);
            case "RS512", "PS512", "ES512", "EdDSA", "Ed25519" -> Sha2.sha512(token);
            default -> throw new IllegalStateException("no hash of " + algorithm); // nothing else is verified
        };
    }
}
