package dev.ssofilter;

import static dev.ssofilter.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import dev.ssofilter.testkit.PretendAnswer;
import dev.ssofilter.testkit.PretendUserPool;
import dev.ssofilter.user.Reason;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the provider publishes is wrong: nobody is sent anywhere by it, and nobody comes in by its keys. */
class PublishedTest {
    private static final String METADATA = "/.well-known/openid-configuration";
    private static final String KEYS = "/.well-known/jwks.json";
    private static final String JSON = "application/json";

    private final Scene scene = Scene.with();

    @AfterEach
    void stop() {
        scene.close();
    }

    private static Arguments document(String name, String logged, String member, Object value) {
        return arguments(
                name, logged, (Consumer<PretendUserPool>) pool -> pool.always().discovery(document -> {
                    if (value.equals("")) {
                        document.remove(member);
                    } else {
                        document.put(member, value);
                    }
                    return document;
                }));
    }

    private static Arguments answer(String name, String logged, PretendAnswer answer) {
        return arguments(
                name, logged, (Consumer<PretendUserPool>) pool -> pool.always().answer(METADATA, answer));
    }

    static Stream<Arguments> documents() {
        var evil = "http://evil.example/token";
        return Stream.of(
                document(
                        "AB-111 of another issuer",
                        "its issuer is",
                        "issuer",
                        "https://evil.example/us-east-1_PretendPl"),
                document("AB-111 without issuer", "it has no issuer", "issuer", ""),
                arguments("of a pool without a domain", "the user pool has no domain", (Consumer<PretendUserPool>)
                        pool -> pool.knobs().withoutDomain()),
                document("AB-113 with an http token endpoint", "token_endpoint is", "token_endpoint", evil),
                document("AB-113 with an http Userinfo endpoint", "userinfo_endpoint is", "userinfo_endpoint", evil),
                document(
                        "AB-113 with a jwks_uri into the cloud",
                        "jwks_uri is",
                        "jwks_uri",
                        "https://169.254.169.254/keys"),
                document("AB-113 with a jwks_uri that is a file", "jwks_uri is", "jwks_uri", "file:///etc/passwd"),
                document("without jwks_uri", "it has no jwks_uri", "jwks_uri", ""),
                document("with a number as token endpoint", "token_endpoint is no text", "token_endpoint", 7),
                answer("in HTML", "answered with no JSON object", PretendAnswer.of(200, "text/html", "<p>Hi</p>")),
                answer(
                        "AB-127 with a comment",
                        "answered with no JSON object",
                        PretendAnswer.withBody(b -> "/**/" + b)),
                answer(
                        "AB-128 in XML",
                        "answered with no JSON object",
                        PretendAnswer.of(200, JSON, "<!DOCTYPE a><a/>")),
                answer("that is an array", "answered with no JSON object", PretendAnswer.of(200, JSON, "[]")),
                answer("of no pool", "there is no such user pool", PretendAnswer.of(400, JSON, "{}")),
                answer("AB-114 that redirects", "none is followed", PretendAnswer.redirect("/elsewhere")));
    }

    static Stream<Arguments> endpoints() {
        return Stream.of(
                        "javascript:alert(1)",
                        "http://members.example.org/oauth2/authorize",
                        "https://members.example.org/oauth2/authorize#fragment",
                        "https://user:password@members.example.org/oauth2/authorize",
                        "https://169.254.169.254/oauth2/authorize",
                        "file:///etc/passwd",
                        "/oauth2/authorize",
                        "https://members.example.org/a b")
                .map(url -> document(
                        "AB-045 AB-113 with " + url, "authorization_endpoint is", "authorization_endpoint", url));
    }

    @ParameterizedTest(name = "sends nobody anywhere by a document {0}")
    @MethodSource({"documents", "endpoints"})
    void refusesADocument(String fault, String logged, Consumer<PretendUserPool> bend) {
        bend.accept(scene.pool);

        var answer = scene.begin();

        assertRefused(scene, answer, Reason.METADATA_REFUSED, logged);
        assertEquals(502, answer.status());
        assertEquals(List.of(), answer.setCookies());
        assertEquals(0, scene.pool.count("/elsewhere"));
        scene.pool.undo();
        assertEquals(200, scene.logIn().status(), "a refusal is not remembered");
    }

    static Stream<Arguments> keySets() {
        var refused = Reason.PROVIDER_ANSWER_REFUSED;
        return Stream.of(
                arguments("in HTML", refused, PretendAnswer.of(200, "text/html", "<p>Hi</p>")),
                arguments("without keys", refused, PretendAnswer.of(200, JSON, "{}")),
                arguments(
                        "AB-120 with no key",
                        Reason.USER_POOL_UNREACHABLE,
                        PretendAnswer.of(200, JSON, "{\"keys\":[]}")),
                arguments("AB-110 without end", refused, PretendAnswer.endless(JSON)),
                arguments("AB-114 that redirects", refused, PretendAnswer.redirect("/elsewhere")));
    }

    @ParameterizedTest(name = "signs nobody in by a key set {0}")
    @MethodSource("keySets")
    void refusesAKeySet(String fault, Reason reason, PretendAnswer bent) {
        scene.pool.always().answer(KEYS, bent);

        assertRefused(scene, scene.logIn(), reason);
        assertEquals(0, scene.pool.count("/elsewhere"));
    }

    @Test
    @DisplayName("AB-082 signs nobody in by keys for encryption alone")
    void refusesKeysForEncryptionAlone() {
        scene.pool.always().keys(set -> {
            var key = Forgery.rsa(Forgery.RSA, "enc").keyUse(KeyUse.ENCRYPTION).build();
            return Map.of("keys", List.of(key.toPublicJWK().toJSONObject()));
        });

        assertRefused(
                scene, scene.logIn(), Reason.PROVIDER_ANSWER_REFUSED, "no key that a signature could be verified with");
    }

    @Test
    @DisplayName("AB-117 AB-118 uses the good keys beside bad ones")
    void usesTheGoodKeys() {
        Forgery.alsoPublish(scene.pool, Map.of("kty", "unknown", "kid", "a"));
        Forgery.alsoPublish(scene.pool, Map.of("kty", "oct", "k", "AAAA", "kid", "b"));
        Forgery.alsoPublish(scene.pool, Map.of("kty", "RSA", "kid", "c"));

        assertEquals(200, scene.logIn().status());
    }

    @Test
    @DisplayName("AB-118 trusts no key whose private part the provider published")
    void trustsNoPublishedPrivateKey() {
        Forgery.alsoPublish(scene.pool, Forgery.rsa("leaked").toJSONObject());
        scene.pool.next().idTokenSignedBy(Forgery.rsa("leaked"), JWSAlgorithm.RS256);

        assertRefused(scene, scene.logIn(), Reason.ID_TOKEN_REFUSED, "kid \"leaked\" fits 0 keys");
    }
}
