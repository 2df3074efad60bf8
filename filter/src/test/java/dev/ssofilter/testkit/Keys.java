package dev.ssofilter.testkit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The pool's keys: one signs ID tokens, the other access tokens. */
final class Keys {
    // Two keys cost a second; all pools of one JVM begin with the same.
    private static final List<RSAKey> FIRST = List.of(generate(), generate());

    private volatile Ring ring = new Ring(FIRST.get(0), FIRST.get(1), FIRST);

    private record Ring(RSAKey idTokens, RSAKey accessTokens, List<RSAKey> published) {}

    RSAKey forIdTokens() {
        return ring.idTokens();
    }

    RSAKey forAccessTokens() {
        return ring.accessTokens();
    }

    synchronized void rotate(boolean keepOld) {
        List<RSAKey> fresh = List.of(generate(), generate());
        List<RSAKey> published = new ArrayList<>(fresh);
        if (keepOld) {
            published.addAll(ring.published());
        }
        ring = new Ring(fresh.get(0), fresh.get(1), List.copyOf(published));
    }

    /** The key set as published, members in alphabetical order as Cognito has them. */
    Map<String, Object> published() {
        Stream<Object> keys = ring.published().stream()
                .map(key -> new TreeMap<>(key.toPublicJWK().toJSONObject()));
        return Map.of("keys", keys.toList());
    }

    /** Whether one of the published keys signed this. */
    boolean signed(SignedJWT token) {
        return ring.published().stream()
                .filter(key -> key.getKeyID().equals(token.getHeader().getKeyID()))
                .anyMatch(key -> isSignedBy(key, token));
    }

    private static boolean isSignedBy(RSAKey key, SignedJWT token) {
        try {
            return token.verify(new RSASSAVerifier(key));
        } catch (JOSEException anotherAlgorithm) {
            return false;
        }
    }

    static RSAKey generate() {
        try {
            return new RSAKeyGenerator(2048)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyID(kid())
                    .generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    // Cognito: a kid is plain Base64 with padding, so it may hold + and /; ours always does, so that nobody takes it
    // for base64url.
    private static String kid() {
        byte[] random = new byte[32];
        String kid;
        do {
            new SecureRandom().nextBytes(random);
            kid = Base64.getEncoder().encodeToString(random);
        } while (!kid.contains("+") && !kid.contains("/"));
        return kid;
    }

    /** A key to sign with and how. */
    record Signer(JWK key, JWSAlgorithm algorithm) {}
}
