package dev.ssofilter.oidc;

import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An access token from which a claim is mapped becomes verified claims, or a refusal. Needed by itself: Cognito signs it
 * with another key than the ID token and gives it no {@code aud}.
 */
final class AccessTokenVerifier {
    private static final SignatureVerifier.Use USE = new SignatureVerifier.Use(
            "access token",
            Reason.ACCESS_TOKEN_REFUSED,
            Set.of("jwt", "at+jwt", "application/at+jwt"), // RFC 9068 §2.1
            "where the provider's access tokens are opaque, map the claim from the ID Token or Userinfo in `claims`");

    private final SignatureVerifier signatures;
    private final String clientId;
    private final Duration skew;
    private final Clock clock;

    AccessTokenVerifier(SignatureVerifier signatures, String clientId, Duration skew, Clock clock) {
        this.signatures = signatures;
        this.clientId = clientId;
        this.skew = skew;
        this.clock = clock;
    }

    Claims verify(Tokens tokens, String subject, Provider provider) throws LoginFailedException {
        var claims = new Claims(
                signatures.verify(tokens.accessToken(), provider, USE).claims(), USE);
        claims.requireTokenUse("access", provider);
        claims.requireIssuer(provider.issuer());
        requireOurs(claims);
        var now = clock.instant();
        claims.requireTimes(
                now, skew, () -> ClockDifference.between(tokens.date().get(), now));
        claims.requireEqual("sub", subject, "expected that of the ID token; they belong to different users");
        return claims;
    }

    /** Issued to us: client_id (Cognito, RFC 9068 §2.2) or azp (Keycloak) says so; where neither came, aud must. */
    private void requireOurs(Claims claims) throws LoginFailedException {
        var issuedTo = Stream.of("client_id", "azp").filter(claims::has).toList();
        var ours = issuedTo.isEmpty()
                ? claims.audience().contains(clientId)
                : issuedTo.stream().allMatch(name -> claims.text(name).equals(Optional.of(clientId)));
        if (!ours) {
            throw USE.refuse("neither client_id, azp nor aud is our client id \"" + clientId
                    + "\"; it was made for another app client");
        }
    }
}
