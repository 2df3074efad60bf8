package dev.ssofilter.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/**
 * A key that signatures are verified with, made ready once: to decode it for each token would cost a good part of what
 * the verification does.
 *
 * @param jwk as the provider published it
 * @param publicKey the same, as Java verifies with it
 */
record VerificationKey(JWK jwk, PublicKey publicKey) {
    private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100"); // RFC 8410 §4

    /** @throws GeneralSecurityException where Java knows no such key, or it is none */
    static VerificationKey of(JWK jwk) throws GeneralSecurityException {
        try {
            var publicKey = jwk instanceof OctetKeyPair pair ? ed25519(pair) : ((AsymmetricJWK) jwk).toPublicKey();
            return new VerificationKey(jwk, publicKey);
        } catch (JOSEException unknown) {
            throw new GeneralSecurityException(unknown);
        }
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
