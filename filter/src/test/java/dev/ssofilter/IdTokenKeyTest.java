package dev.ssofilter;

import static dev.ssofilter.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.util.Base64;
import dev.ssofilter.testkit.PretendUserPool;
import dev.ssofilter.user.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The key behind an ID token's signature: one that the provider publishes, and none that the token brings along. */
@TestInstance(Lifecycle.PER_CLASS)
class IdTokenKeyTest {
    private static final String UNFIT = "the signature does not fit";

    private final Scene scene = Scene.with("claims", Scene.ID_TOKEN_ALONE);

    @BeforeEach
    void publishOurKeysToo() {
        scene.renew();
        Forgery.alsoPublish(scene.pool, Forgery.rsa("ours").toPublicJWK().toJSONObject());
        Forgery.alsoPublish(scene.pool, Forgery.ec("ec").toPublicJWK().toJSONObject());
        var forEncryption = Forgery.rsa(Forgery.RSA, "enc").keyUse(KeyUse.ENCRYPTION);
        Forgery.alsoPublish(scene.pool, forEncryption.build().toPublicJWK().toJSONObject());
        var forOtherOperations = Forgery.rsa(Forgery.RSA, "ops").keyOperations(Set.of(KeyOperation.ENCRYPT));
        Forgery.alsoPublish(scene.pool, forOtherOperations.build().toPublicJWK().toJSONObject());
        Forgery.alsoPublish(
                scene.pool,
                Forgery.rsa(Forgery.WEAK_RSA, "weak").build().toPublicJWK().toJSONObject());
    }

    @AfterAll
    void stop() {
        scene.close();
    }

    /** Changes the compact token; also gets the pool. */
    private static Arguments raw(String name, String logged, UnaryOperator<String> bend) {
        return arguments(name, logged, (BiConsumer<PretendUserPool, String>) (pool, kid) -> pool.nextIdTokenRaw(bend));
    }

    private static Map<String, Object> with(Map<String, Object> header, String member, Object value) {
        header.put(member, value);
        return header;
    }

    /** Signs with another key; gets the pool and the kid that the pool's own token would have. */
    private static Arguments signed(
            String name, String logged, JWSAlgorithm algorithm, BiFunction<PretendUserPool, String, JWK> key) {
        return arguments(name, logged, (BiConsumer<PretendUserPool, String>)
                (pool, kid) -> pool.next().idTokenSignedBy(key.apply(pool, kid), algorithm));
    }

    static Stream<Arguments> keys() {
        var ours = (BiFunction<PretendUserPool, String, JWK>) (pool, kid) -> Forgery.rsa("ours");
        return Stream.of(
                signed(
                        "AB-069 with HS256 by the public key",
                        "alg \"HS256\"",
                        JWSAlgorithm.HS256,
                        (pool, kid) -> new OctetSequenceKey.Builder(publicKey(pool, kid))
                                .keyID(kid)
                                .build()),
                signed(
                        "AB-070 with HS256 by the client secret",
                        "alg \"HS256\"",
                        JWSAlgorithm.HS256,
                        (pool, kid) -> new OctetSequenceKey.Builder(
                                        PretendUserPool.CLIENT_SECRET.getBytes(StandardCharsets.UTF_8))
                                .build()),
                signed("AB-071 with RS384", "alg \"RS384\"", JWSAlgorithm.RS384, ours),
                signed("AB-071 with RS512", "alg \"RS512\"", JWSAlgorithm.RS512, ours),
                signed("AB-071 with PS256", "alg \"PS256\"", JWSAlgorithm.PS256, ours),
                signed("AB-071 with ES256", "alg \"ES256\"", JWSAlgorithm.ES256, (pool, kid) -> Forgery.ec("ec")),
                signed(
                        "AB-072 by another key under the pool's kid",
                        UNFIT,
                        JWSAlgorithm.RS256,
                        (pool, kid) -> Forgery.rsa(kid)),
                signed(
                        "AB-072 by a key that nobody published",
                        "fits 0 keys",
                        JWSAlgorithm.RS256,
                        (pool, kid) -> Forgery.rsa("nobodys")),
                signed(
                        "AB-082 by a key for encryption",
                        "fits 0 keys",
                        JWSAlgorithm.RS256,
                        (pool, kid) -> Forgery.rsa("enc")),
                signed(
                        "AB-082 by a key whose operations lack verify",
                        "fits 0 keys",
                        JWSAlgorithm.RS256,
                        (pool, kid) -> Forgery.rsa("ops")),
                signed(
                        "AB-083 with RS256 under the kid of an EC key",
                        "fits 0 keys",
                        JWSAlgorithm.RS256,
                        (pool, kid) -> Forgery.rsa("ec")),
                raw(
                        "AB-081 by an RSA key of 1,024 bits",
                        "fits 0 keys",
                        t -> Forgery.resigned(
                                t,
                                Map.of("alg", "RS256", "kid", "weak"),
                                "SHA256withRSA",
                                Forgery.WEAK_RSA.getPrivate())));
    }

    private static byte[] publicKey(PretendUserPool pool, String kid) {
        try {
            return Forgery.published(pool).stream()
                    .filter(key -> kid.equals(key.getKeyID()))
                    .findFirst()
                    .orElseThrow()
                    .toRSAKey()
                    .toPublicKey()
                    .getEncoded();
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @ParameterizedTest(name = "refuses an ID token {0}")
    @MethodSource("keys")
    void refusesAnIdToken(String fault, String logged, BiConsumer<PretendUserPool, String> bend) {
        bend.accept(scene.pool, kid());

        var answer = scene.logIn();

        assertRefused(scene, answer, Reason.ID_TOKEN_REFUSED, logged);
        assertTrue(scene.log.failures().get(0).length() < 1000, "a long line");
    }

    /** That of the pool's next ID token. */
    private String kid() {
        return Forgery.published(scene.pool).get(0).getKeyID();
    }

    static Stream<Arguments> keysInTheHeader() throws JOSEException {
        var attackers = Forgery.rsa("attackers");
        var certificate = Base64.encode(attackers.toPublicKey().getEncoded()).toString();
        return Stream.of(
                arguments("AB-073 jwk", "jwk", attackers.toPublicJWK().toJSONObject()),
                arguments("AB-074 jku", "jku", "/attackers.json"),
                arguments("AB-074 x5u", "x5u", "/attackers.json"),
                arguments("AB-075 x5c", "x5c", List.of(certificate)));
    }

    @ParameterizedTest(name = "{0} in the header is not looked at")
    @MethodSource("keysInTheHeader")
    void ignoresAKeyInTheHeader(String name, String member, Object value) {
        var kid = kid();
        var found = value instanceof String path ? scene.pool.domain() + path : value;
        scene.pool.always().idTokenSignedBy(Forgery.rsa(kid), JWSAlgorithm.RS256);
        scene.pool.always().idTokenHeader(header -> with(header, member, found));

        var answer = scene.logIn();

        assertRefused(scene, answer, Reason.ID_TOKEN_REFUSED, UNFIT);
        assertEquals(0, scene.pool.count("/attackers.json"));
    }

    @Test
    @DisplayName(
            "a token by a key of ours that the pool publishes is taken: what is refused above is refused for its fault")
    void takesATokenByAPublishedKey() {
        scene.pool.next().idTokenSignedBy(Forgery.rsa("ours"), JWSAlgorithm.RS256);

        assertEquals(200, scene.logIn().status(), () -> scene.log.failures().toString());
    }
}
