package dev.ssofilter;

import static dev.ssofilter.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.util.Base64URL;
import dev.ssofilter.testkit.PretendUserPool;
import dev.ssofilter.user.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Other algorithms than RS256, where the provider lists them; keys without a kid. */
@TestInstance(Lifecycle.PER_CLASS)
class IdTokenAlgorithmTest {
    private final Scene scene = Scene.with("claims", Scene.ID_TOKEN_ALONE);
    private final ECKey ec = Forgery.ec("ec");

    @BeforeAll
    void listThem() {
        Forgery.list(
                scene.pool,
                JWSAlgorithm.RS256,
                JWSAlgorithm.RS512,
                JWSAlgorithm.PS256,
                JWSAlgorithm.ES256,
                JWSAlgorithm.EdDSA,
                JWSAlgorithm.HS256,
                Algorithm.NONE);
        publish();
        scene.logIn();
    }

    private void publish() {
        Forgery.alsoPublish(scene.pool, Forgery.rsa("ours").toPublicJWK().toJSONObject());
        Forgery.alsoPublish(scene.pool, ec.toPublicJWK().toJSONObject());
        Forgery.alsoPublish(scene.pool, Forgery.ed25519("ed").toJSONObject());
    }

    @BeforeEach
    void renew() {
        scene.renew();
        publish();
    }

    @AfterAll
    void stop() {
        scene.close();
    }

    private void assertTaken() {
        assertEquals(200, scene.logIn().status(), () -> scene.log.failures().toString());
        assertEquals(scene.pool.user().sub(), scene.me().get("externalId"));
    }

    @ParameterizedTest(name = "takes {0} where it is listed")
    @ValueSource(strings = {"RS512", "PS256"})
    void takesAnotherRsaAlgorithm(String algorithm) {
        scene.pool.next().idTokenSignedBy(Forgery.rsa("ours"), JWSAlgorithm.parse(algorithm));
        scene.pool.next().idToken(token -> token.claim("at_hash", null)); // a SHA-256 one

        assertTaken();
    }

    @Test
    void takesEs256WhereItIsListed() {
        scene.pool.next().idTokenSignedBy(ec, JWSAlgorithm.ES256);

        assertTaken();
    }

    @Test
    void takesEdDsaWhereItIsListed() {
        scene.pool.next().idToken(token -> token.claim("at_hash", null)); // of Ed25519 it is a SHA-512 one
        scene.pool.nextIdTokenRaw(token ->
                Forgery.resigned(token, Map.of("alg", "EdDSA", "kid", "ed"), "Ed25519", Forgery.ED25519.getPrivate()));

        assertTaken();
    }

    @Test
    void refusesAnEdDsaSignatureOfAnotherText() {
        scene.pool.nextIdTokenRaw(token -> {
            var other = Forgery.resigned(
                    token, Map.of("alg", "EdDSA", "kid", "ed"), "Ed25519", Forgery.ED25519.getPrivate());
            return other.substring(0, other.indexOf('.') + 1)
                    + Base64URL.encode("{}")
                    + other.substring(other.lastIndexOf('.'));
        });

        assertRefused(scene, scene.logIn(), Reason.ID_TOKEN_REFUSED, "the signature does not fit");
    }

    @ParameterizedTest(name = "AB-080 refuses an ES256 signature of {0} zero bytes")
    @ValueSource(ints = {64, 63, 1})
    void refusesAZeroSignature(int length) {
        scene.pool.next().idTokenSignedBy(ec, JWSAlgorithm.ES256);
        scene.pool.nextIdTokenRaw(
                token -> token.substring(0, token.lastIndexOf('.') + 1) + Base64URL.encode(new byte[length]));

        assertRefused(scene, scene.logIn(), Reason.ID_TOKEN_REFUSED, "the signature does not fit");
    }

    @Test
    @DisplayName("AB-069 AB-070 refuses HS256 by the client secret, even where the document lists it")
    void refusesHs256EvenWhereListed() {
        scene.pool
                .next()
                .idTokenSignedBy(
                        new OctetSequenceKey.Builder(PretendUserPool.CLIENT_SECRET.getBytes(StandardCharsets.UTF_8))
                                .keyID("ours")
                                .build(),
                        JWSAlgorithm.HS256);

        assertRefused(scene, scene.logIn(), Reason.ID_TOKEN_REFUSED, "alg \"HS256\"");
    }

    @Test
    @DisplayName("AB-068 refuses a token without signature, even where the document lists none")
    void refusesNoneEvenWhereListed() {
        scene.pool.nextIdTokenRaw(
                token -> Base64URL.encode("{\"alg\":\"none\"}") + token.substring(token.indexOf('.')));

        assertRefused(scene, scene.logIn(), Reason.ID_TOKEN_REFUSED, "its header cannot be read");
    }

    @Test
    @DisplayName("AB-069 signs nobody in where the document lists HS256 alone")
    void refusesADocumentThatListsNoAsymmetricAlgorithm() {
        try (var other = Scene.with()) {
            Forgery.list(other.pool, JWSAlgorithm.HS256);

            assertRefused(other, other.begin(), Reason.METADATA_REFUSED, "of which nothing is an asymmetric signature");
        }
    }

    @Test
    @DisplayName("RS256 alone is taken where the document lists nothing")
    void takesRs256AloneWhereNothingIsListed() {
        try (var other = Scene.with("claims", Scene.ID_TOKEN_ALONE)) {
            other.pool.always().discovery(document -> {
                document.remove("id_token_signing_alg_values_supported");
                return document;
            });
            Forgery.alsoPublish(other.pool, Forgery.rsa("ours").toPublicJWK().toJSONObject());
            other.pool.next().idTokenSignedBy(Forgery.rsa("ours"), JWSAlgorithm.RS512);

            assertRefused(other, other.logIn(), Reason.ID_TOKEN_REFUSED, "alg \"RS512\"");
            assertEquals(200, other.logIn().status());
        }
    }

    @ParameterizedTest(name = "AB-077 takes a token without kid where {0} keys fit")
    @ValueSource(ints = {1, 2, 3})
    void takesATokenWithoutKid(int keys) {
        try (var other = Scene.with("claims", Scene.ID_TOKEN_ALONE)) {
            publishOnly(other, keys);

            assertEquals(200, other.logIn().status(), () -> other.log.failures().toString());
        }
    }

    @Test
    @DisplayName("AB-077 refuses a token without kid where four keys fit")
    void refusesATokenWithoutKidAmongMany() {
        try (var other = Scene.with("claims", Scene.ID_TOKEN_ALONE)) {
            publishOnly(other, 4);

            assertRefused(other, other.logIn(), Reason.ID_TOKEN_REFUSED, "\"(none)\" fits 4 keys");
        }
    }

    private static void publishOnly(Scene other, int keys) {
        other.pool.always().keys(set -> {
            var all = new ArrayList<Object>((List<?>) set.get("keys"));
            all.add(Forgery.rsa("ours").toPublicJWK().toJSONObject());
            all.add(Forgery.rsa("ours too").toPublicJWK().toJSONObject());
            set.put("keys", all.subList(0, keys));
            return set;
        });
        other.pool.always().idTokenHeader(header -> {
            header.remove("kid");
            return header;
        });
    }

    @Test
    @DisplayName("AB-119 refuses a token whose kid the provider publishes twice")
    void refusesADoubleKid() {
        try (var other = Scene.with("claims", Scene.ID_TOKEN_ALONE)) {
            Forgery.alsoPublish(other.pool, Forgery.rsa("ours").toPublicJWK().toJSONObject());
            Forgery.alsoPublish(other.pool, Forgery.rsa("ours").toPublicJWK().toJSONObject());
            other.pool.next().idTokenSignedBy(Forgery.rsa("ours"), JWSAlgorithm.RS256);

            assertRefused(other, other.logIn(), Reason.ID_TOKEN_REFUSED, "fits 0 keys");
            assertFalse(other.log.lines().stream().noneMatch(line -> line.contains("more than once")));
        }
    }
}
