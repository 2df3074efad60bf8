package dev.ssofilter;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendUserPool;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Keys and tokens that the pool would never make. */
final class Forgery {
    static final KeyPair RSA = pair("RSA", 2048);
    static final KeyPair WEAK_RSA = pair("RSA", 1024);
    static final KeyPair ED25519 = pair("Ed25519", 255);

    private Forgery() {}

    private static KeyPair pair(String algorithm, int size) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(size);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** An RSA key that no pool knows, under any kid. */
    static RSAKey rsa(String kid) {
        return rsa(RSA, kid).build();
    }

    static RSAKey.Builder rsa(KeyPair pair, String kid) {
        return new RSAKey.Builder((RSAPublicKey) pair.getPublic())
                .privateKey(pair.getPrivate())
                .keyID(kid);
    }

    static ECKey ec(String kid) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(kid).generate();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static OctetKeyPair ed25519(String kid) {
        var encoded = ED25519.getPublic().getEncoded();
        var x = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
        return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(x))
                .keyID(kid)
                .build();
    }

    /** The pool's own keys, public. */
    static List<JWK> published(PretendUserPool pool) {
        try {
            return JWKSet.parse(new Browser().get(pool.tokenSigningKeyUrl()).body())
                    .getKeys();
        } catch (ParseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The kid of a token. */
    static String kid(String token) {
        try {
            return (String) JSONObjectUtils.parse(new Base64URL(token.split("\\.")[0]).decodeToString())
                    .get("kid");
        } catch (ParseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The pool publishes these keys too. */
    static void alsoPublish(PretendUserPool pool, Map<String, Object> key) {
        pool.always().keys(set -> {
            var keys = new ArrayList<Object>((List<?>) set.get("keys"));
            keys.add(key);
            set.put("keys", keys);
            return set;
        });
    }

    static void list(PretendUserPool pool, Algorithm... algorithms) {
        pool.always().discovery(document -> {
            document.put(
                    "id_token_signing_alg_values_supported",
                    Arrays.stream(algorithms).map(Algorithm::getName).toList());
            return document;
        });
    }

    /** This token's payload under another header, signed anew. */
    static String resigned(String token, Map<String, Object> header, String javaAlgorithm, PrivateKey key) {
        return signed(new Base64URL(token.split("\\.")[1]).decode(), header, javaAlgorithm, key);
    }

    static String signed(byte[] payload, Map<String, Object> header, String javaAlgorithm, PrivateKey key) {
        return signed(Base64URL.encode(payload).toString(), header, javaAlgorithm, key);
    }

    private static String signed(String payload, Map<String, Object> header, String javaAlgorithm, PrivateKey key) {
        try {
            var input = Base64URL.encode(JSONObjectUtils.toJSONString(header)) + "." + payload;
            var signature = Signature.getInstance(javaAlgorithm);
            signature.initSign(key);
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + Base64URL.encode(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** RS256 by a key of ours that the pool publishes as {@code ours}. */
    static String ours(byte[] payload) {
        return ours(Base64URL.encode(payload).toString());
    }

    /** The same, of a payload as it stands between the dots. */
    static String ours(String payload) {
        return signed(
                payload, Map.of("alg", JWSAlgorithm.RS256.getName(), "kid", "ours"), "SHA256withRSA", RSA.getPrivate());
    }
}
