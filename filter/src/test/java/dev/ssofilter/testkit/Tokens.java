package dev.ssofilter.testkit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Makes ID tokens and access tokens with Cognito's claims and in its spelling (Cognito developer guide,
 * amazon-cognito-user-pools-using-tokens-with-identity-providers).
 */
final class Tokens {
    private final PoolState pool;

    Tokens(PoolState pool) {
        this.pool = pool;
    }

    String accessToken(Grant grant) {
        JWTClaimsSet.Builder claims = common(grant, pool.knobs().accessTokenLifetime(grant.client()))
                .claim("token_use", "access")
                .claim("version", 2)
                .claim("client_id", grant.client().id())
                .claim("scope", String.join(" ", grant.scopes()))
                .claim("username", grant.user().username());
        grant.resource().ifPresent(claims::audience);
        String token =
                signed(claims, pool.keys().forAccessTokens(), pool.bends().accessToken());
        pool.grants().issued(token, grant, pool.knobs().accessTokenLifetime(grant.client()));
        return token;
    }

    String idToken(Grant grant, String accessToken) {
        JWTClaimsSet.Builder claims = common(grant, pool.knobs().idTokenLifetime(grant.client()))
                .claim("token_use", "id")
                .claim("at_hash", atHash(accessToken))
                .claim("cognito:username", grant.user().username())
                .audience(grant.client().id());
        grant.nonce().ifPresent(nonce -> claims.claim("nonce", nonce));
        grant.user().federation().ifPresent(one -> claims.claim("identities", identities(one)));
        new Attributes(grant).typed().forEach(claims::claim);
        pool.knobs().suppressedClaims().forEach(claim -> claims.claim(claim, null));
        return signed(claims, pool.keys().forIdTokens(), pool.bends().idToken());
    }

    static List<Map<String, Object>> identities(PretendUser.Federation federation) {
        Map<String, Object> identity = new LinkedHashMap<>();
        identity.put("userId", federation.userId());
        identity.put("providerName", federation.provider());
        identity.put("providerType", federation.provider());
        identity.put("issuer", null);
        identity.put("primary", "true");
        identity.put("dateCreated", "1719400000000");
        return List.of(identity);
    }

    private JWTClaimsSet.Builder common(Grant grant, Duration lifetime) {
        Instant now = pool.clock().instant();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .subject(grant.user().sub())
                .issuer(pool.issuer())
                .claim("event_id", UUID.randomUUID().toString())
                .claim("auth_time", grant.authTime().getEpochSecond())
                .expirationTime(Date.from(now.plus(lifetime)))
                .issueTime(Date.from(now));
        if (grant.client().hasTokenRevocation()) {
            claims.claim("origin_jti", grant.origin()).jwtID(UUID.randomUUID().toString());
        }
        List<String> groups = new ArrayList<>(grant.user().groupNames());
        grant.user().federation().ifPresent(one -> groups.add(PoolState.POOL_ID + "_" + one.provider()));
        // Cognito: no group, no claim, rather than an empty list.
        return groups.isEmpty() ? claims : claims.claim("cognito:groups", groups);
    }

    private static String signed(JWTClaimsSet.Builder claims, RSAKey key, TokenBends bends) {
        String json = JSONObjectUtils.toJSONString(
                bends.claims().apply(claims).build().toJSONObject());
        // Cognito: slashes in the payload are escaped, which is legal JSON.
        String payload = bends.payload().apply(json.replace("/", "\\/"));
        Keys.Signer signer = bends.signer().apply(new Keys.Signer(key, JWSAlgorithm.RS256));
        Map<String, Object> header = new LinkedHashMap<>();
        if (signer.key().getKeyID() != null) {
            header.put("kid", signer.key().getKeyID());
        }
        header.put("alg", signer.algorithm().getName());
        String head = JSONObjectUtils.toJSONString(bends.header().apply(header));
        return bends.raw().apply(sign(Base64URL.encode(head) + "." + Base64URL.encode(payload), signer));
    }

    // Signed by hand over the text, as the library would put typ, order and algorithm right that a test wants wrong.
    private static String sign(String input, Keys.Signer signer) {
        try {
            return input + "."
                    + new DefaultJWSSignerFactory()
                            .createJWSSigner(signer.key(), signer.algorithm())
                            .sign(new JWSHeader(signer.algorithm()), input.getBytes(StandardCharsets.US_ASCII));
        } catch (JOSEException wrongKey) {
            throw new IllegalArgumentException(
                    "Cannot sign with " + signer.algorithm() + ": " + wrongKey.getMessage(), wrongKey);
        }
    }

    // OIDC Core §3.1.3.6: the left half of the hash.
    private static String atHash(String accessToken) {
        byte[] hash = sha256(accessToken.getBytes(StandardCharsets.US_ASCII));
        return Base64URL.encode(Arrays.copyOf(hash, hash.length / 2)).toString();
    }

    static byte[] sha256(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
