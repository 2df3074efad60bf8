package dev.ssofilter.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.OctetKeyPair;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A key that signatures are verified with, made ready once: to decode it for each token would cost a good part of what
 * the verification does.
 *
 * @param jwk as the provider published it
 * @param publicKey the same, as Java verifies with it
 * @param algorithms what it can be the key of, by its type, its curve and its own {@code alg} (RFC 7517 §4.4)
 * @param verifier the library's for these algorithms, which serves all threads; it has none for Ed25519
 */
record VerificationKey(JWK jwk, PublicKey publicKey, Set<JWSAlgorithm> algorithms, Optional<JWSVerifier> verifier) {
    private static final DefaultJWSVerifierFactory VERIFIERS = new DefaultJWSVerifierFactory();
    private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100"); // RFC 8410 §4

    /** @throws GeneralSecurityException where Java knows no such key, or it is none */
    static VerificationKey of(JWK jwk) throws GeneralSecurityException {
        try {
            var publicKey = jwk instanceof OctetKeyPair pair ? ed25519(pair) : ((AsymmetricJWK) jwk).toPublicKey();
            var algorithms = algorithms(jwk);
            return new VerificationKey(jwk, publicKey, algorithms, verifier(publicKey, algorithms));
        } catch (JOSEException unknown) {
            throw new GeneralSecurityException(unknown);
        }
    }

    // Nimbus verifies EdDSA with Tink only. The others' verifiers are the same for all algorithms of a key.
    private static Optional<JWSVerifier> verifier(PublicKey key, Set<JWSAlgorithm> algorithms) throws JOSEException {
        for (var algorithm : algorithms) {
            if (!JWSAlgorithm.Family.ED.contains(algorithm)) {
                return Optional.of(VERIFIERS.createJWSVerifier(new JWSHeader(algorithm), key));
            }
        }
        return Optional.empty();
    }

    private static Set<JWSAlgorithm> algorithms(JWK jwk) {
        return JWSAlgorithm.Family.SIGNATURE.stream()
                .filter(algorithm -> matcher(algorithm).matches(jwk))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static JWKMatcher matcher(JWSAlgorithm algorithm) {
        var matcher = new JWKMatcher.Builder(JWKMatcher.forJWSHeader(new JWSHeader(algorithm)));
        // RFC 7518 §3.4: ES256 is P-256 alone. The matcher of the header looks no further than the key type.
        Optional.ofNullable(Curve.forJWSAlgorithm(algorithm)).ifPresent(matcher::curves);
        return matcher.build();
    }

    /** Whether a token with this header may be signed with it, by its algorithm and, where it names one, its key. */
    boolean fits(JWSHeader header) {
        return algorithms.contains(header.getAlgorithm())
                && (header.getKeyID() == null || header.getKeyID().equals(jwk.getKeyID()));
    }

    // Nimbus decodes EdDSA keys with Tink only; the JDK has them since 15.
    private static PublicKey ed25519(OctetKeyPair key) throws GeneralSecurityException {
        var raw = key.getDecodedX();
        var encoded = ByteBuffer.allocate(ED25519_PREFIX.length + raw.length)
                .put(ED25519_PREFIX)
                .put(raw)
                .array();
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    }
}
