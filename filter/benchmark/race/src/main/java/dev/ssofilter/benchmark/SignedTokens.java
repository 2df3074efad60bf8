package dev.ssofilter.benchmark;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

/** The provider's tokens with the claims of Cognito's, signed with RS256, one key for each of the two kinds. */
final class SignedTokens {
    private final String issuer;
    private volatile Keys keys = Keys.make();
    private volatile Bend bend = Bend.NONE;

    SignedTokens(String issuer) {
        this.issuer = issuer;
    }

    /** What is wrong with the next tokens. */
    enum Bend {
        NONE,
        FORGED_ID_TOKEN,
        FOREIGN_NONCE,
        FORGED_ACCESS_TOKEN
    }

    private record Keys(String id, KeyPair forId, KeyPair forAccess, KeyPair forger) {
        static Keys make() {
            return new Keys(UUID.randomUUID().toString(), pair(), pair(), pair());
        }
    }

    void bend(Bend how) {
        bend = how;
    }

    void rotate() {
        keys = Keys.make();
    }

    String jwks() {
        var now = keys;
        return "{\"keys\":[" + jwk(now.id() + "-id", now.forId()) + "," + jwk(now.id() + "-access", now.forAccess())
                + "]}";
    }

    private static String jwk(String id, KeyPair pair) {
        var key = (RSAPublicKey) pair.getPublic();
        var modulus = key.getModulus().toByteArray();
        return "{\"alg\":\"RS256\",\"e\":\"AQAB\",\"kid\":\"" + id + "\",\"kty\":\"RSA\",\"n\":\""
                + base64(Arrays.copyOfRange(modulus, modulus.length - 256, modulus.length)) + "\",\"use\":\"sig\"}";
    }

    static String userinfo() {
        return "{\"sub\":\"" + Pool.SUBJECT + "\",\"email_verified\":\"true\",\"given_name\":\"Ana\","
                + "\"family_name\":\"Silva\",\"email\":\"" + Pool.SUBJECT + "@example.org\",\"username\":\""
                + Pool.SUBJECT + "\"}";
    }

    /**
     * The token endpoint's.
     *
     * @param nonce null for a refresh
     * @param signedIn when the user did so, in epoch seconds
     */
    String answer(String nonce, long signedIn, String refreshToken, int lifetime) {
        var now = keys;
        var how = bend;
        var time = Instant.now().getEpochSecond();
        var access = token(
                now.id() + "-access",
                how == Bend.FORGED_ACCESS_TOKEN ? now.forger() : now.forAccess(),
                accessClaims(signedIn, time, time + lifetime));
        var id = token(
                now.id() + "-id",
                how == Bend.FORGED_ID_TOKEN ? now.forger() : now.forId(),
                idClaims(signedIn, time, how == Bend.FOREIGN_NONCE ? "another" : nonce, hash(access)));
        return "{\"id_token\":\"" + id + "\",\"access_token\":\"" + access + "\",\"refresh_token\":\"" + refreshToken
                + "\",\"expires_in\":" + lifetime + ",\"token_type\":\"Bearer\"}";
    }

    private String idClaims(long signedIn, long now, String nonce, String accessTokenHash) {
        return """
                {"at_hash":"%s","sub":"%s","cognito:groups":["members","editors"],"email_verified":true,"iss":"%s",\
                "cognito:username":"%2$s",%s"origin_jti":"%s","aud":"benchmark","event_id":"%s","token_use":"id",\
                "auth_time":%d,"exp":%d,"iat":%d,"jti":"%s","given_name":"Ana","family_name":"Silva",\
                "email":"%2$s@example.org"}""".formatted(
                        accessTokenHash,
                        Pool.SUBJECT,
                        issuer,
                        nonce == null ? "" : "\"nonce\":\"" + nonce + "\",",
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        signedIn,
                        now + 3600,
                        now,
                        UUID.randomUUID());
    }

    private String accessClaims(long signedIn, long now, long expires) {
        return """
                {"sub":"%s","cognito:groups":["members","editors"],"iss":"%s","version":2,"client_id":"benchmark",\
                "origin_jti":"%s","event_id":"%s","token_use":"access","scope":"openid profile email","auth_time":%d,\
                "exp":%d,"iat":%d,"jti":"%s","username":"%1$s"}""".formatted(
                Pool.SUBJECT, issuer, UUID.randomUUID(), UUID.randomUUID(), signedIn, expires, now, UUID.randomUUID());
    }

    private static String token(String keyId, KeyPair pair, String claims) {
        var input = base64(("{\"kid\":\"" + keyId + "\",\"alg\":\"RS256\"}").getBytes(StandardCharsets.UTF_8)) + "."
                + base64(claims.getBytes(StandardCharsets.UTF_8));
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(pair.getPrivate());
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + base64(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** OIDC Core §3.1.3.6. */
    private static String hash(String accessToken) {
        return base64(Arrays.copyOf(sha256(accessToken), 16));
    }

    /** RFC 7636 §4.6; nothing is to be proved where nothing was asked for. */
    static boolean proves(String challenge, String verifier) {
        return challenge == null || verifier != null && challenge.equals(base64(sha256(verifier)));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static KeyPair pair() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
