package dev.ssofilter.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import dev.ssofilter.directory.Listeners;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A provider that publishes keys and signs with them, well or badly, whatever a test writes into header and payload. */
final class TokenIssuer implements AutoCloseable {
    static final String ISSUER = "https://idp.example.org/pool";
    static final KeyPair RSA = pair("RSA", 2048);
    static final KeyPair P256 = pair("EC", 256);
    static final KeyPair ED25519 = pair("Ed25519", 255);

    private final StubProvider stub;
    private final Outbound outbound = new Outbound();
    private final SignatureVerifier verifier =
            new SignatureVerifier(new ProviderKeys(outbound, new FakeTicker(), Listeners.none()));

    TokenIssuer(JWK... published) throws IOException {
        stub = new StubProvider();
        stub.serve(
                "/keys",
                Stream.of(published)
                        .map(key -> key.toPublicJWK().toJSONString())
                        .collect(Collectors.joining(",", "{\"keys\":[", "]}")));
    }

    static KeyPair pair(String algorithm, int size) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(size);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static JWK rsa(String kid) {
        return new RSAKey.Builder((RSAPublicKey) RSA.getPublic())
                .keyUse(KeyUse.SIGNATURE)
                .keyID(kid)
                .build();
    }

    static JWK p256(String kid) {
        return new ECKey.Builder(Curve.P_256, (ECPublicKey) P256.getPublic())
                .keyID(kid)
                .build();
    }

    static JWK ed25519(String kid) {
        return ed25519(ED25519, kid);
    }

    static JWK ed25519(KeyPair pair, String kid) {
        var encoded = pair.getPublic().getEncoded();
        var x = Base64URL.encode(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
        return new OctetKeyPair.Builder(Curve.Ed25519, x).keyID(kid).build();
    }

    SignatureVerifier verifier() {
        return verifier;
    }

    Provider provider() {
        return provider(JWSAlgorithm.RS256, JWSAlgorithm.ES256, JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519);
    }

    Provider provider(JWSAlgorithm... algorithms) {
        var url = URI.create(ISSUER + "/x");
        return new Provider(
                ISSUER,
                url,
                url,
                Optional.empty(),
                stub.url("/keys"),
                Optional.empty(),
                Optional.empty(),
                Set.of(algorithms),
                false);
    }

    static String rs256(String header, String payload) {
        return signed(header, payload.getBytes(StandardCharsets.UTF_8), "SHA256withRSA", RSA);
    }

    static String signed(String header, byte[] payload, String javaAlgorithm, KeyPair pair) {
        return signedAsItIs(Base64URL.encode(header) + "." + Base64URL.encode(payload), javaAlgorithm, pair);
    }

    /** By RS256, whatever it is. */
    static String signedAsItIs(String input) {
        return signedAsItIs(input, "SHA256withRSA", RSA);
    }

    private static String signedAsItIs(String input, String javaAlgorithm, KeyPair pair) {
        try {
            var signature = Signature.getInstance(javaAlgorithm);
            signature.initSign(pair.getPrivate());
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + Base64URL.encode(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        outbound.close();
        stub.close();
    }

    /** An answer that holds these two, and says no more. */
    static Tokens tokens(String idToken, String accessToken) {
        return new Tokens(idToken, accessToken, Optional.empty(), Duration.ofHours(1), Optional::empty);
    }
}
