package dev.ssofilter;

import static dev.ssofilter.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.util.Base64URL;
import dev.ssofilter.testkit.PretendUserPool;
import dev.ssofilter.user.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
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

/** The form and the signature of an ID token where the provider lists RS256 alone, as Cognito does (RFC 8725). */
@TestInstance(Lifecycle.PER_CLASS)
class IdTokenSignatureTest {
    private static final String NOT_COMPACT = "not a compact JWS";
    private static final String NO_HEADER = "its header cannot be read";
    private static final String UNFIT = "the signature does not fit";

    private final Scene scene = Scene.with("claims", Scene.ID_TOKEN_ALONE);

    @BeforeEach
    void publishOurKeyToo() {
        scene.renew();
        Forgery.alsoPublish(scene.pool, Forgery.rsa("ours").toPublicJWK().toJSONObject());
    }

    @AfterAll
    void stop() {
        scene.close();
    }

    /** Changes the compact token. */
    private static Arguments raw(String name, String logged, UnaryOperator<String> bend) {
        return arguments(name, logged, (Consumer<PretendUserPool>) pool -> pool.nextIdTokenRaw(bend));
    }

    /** Changes the header, which is then rightly signed. */
    private static Arguments header(String name, String logged, String member, Object value) {
        return arguments(name, logged, (Consumer<PretendUserPool>)
                pool -> pool.next().idTokenHeader(header -> with(header, member, value)));
    }

    private static Map<String, Object> with(Map<String, Object> header, String member, Object value) {
        header.put(member, value);
        return header;
    }

    private static UnaryOperator<String> headerText(String json) {
        return token -> Base64URL.encode(json) + token.substring(token.indexOf('.'));
    }

    private static UnaryOperator<String> payload(String text) {
        return token -> Forgery.ours(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String part(String token, int index) {
        return token.split("\\.")[index];
    }

    static Stream<Arguments> forms() {
        return Stream.of(
                raw(
                        "AB-068 with alg none and no signature",
                        NOT_COMPACT,
                        t -> Base64URL.encode("{\"alg\":\"none\"}") + "." + part(t, 1) + "."),
                raw("AB-068 without a signature", NOT_COMPACT, t -> t.substring(0, t.lastIndexOf('.') + 1)),
                raw("AB-068 with alg none", NO_HEADER, headerText("{\"alg\":\"none\"}")),
                raw("AB-068 with alg None", "alg \"None\"", headerText("{\"alg\":\"None\"}")),
                raw("AB-068 with alg nOnE", "alg \"nOnE\"", headerText("{\"alg\":\"nOnE\"}")),
                raw("AB-068 without alg", NO_HEADER, headerText("{\"kid\":\"ours\"}")),
                raw("AB-084 with a detached payload", NOT_COMPACT, t -> part(t, 0) + ".." + part(t, 2)),
                raw("AB-084 in two parts", NOT_COMPACT, t -> part(t, 0) + "." + part(t, 1)),
                raw("AB-084 in four parts", NOT_COMPACT, t -> t + ".e30"),
                raw("AB-084 in JSON", NOT_COMPACT, t -> "{\"payload\":\"" + part(t, 1) + "\"}"),
                raw("AB-084 with a line break behind it", NOT_COMPACT, t -> t + "\n"),
                raw(
                        "AB-085 that is encrypted",
                        "it is encrypted",
                        t -> Base64URL.encode("{\"alg\":\"dir\",\"enc\":\"A256GCM\"}")
                                + "..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA"),
                raw(
                        "AB-086 that is an encrypted bomb",
                        "it is encrypted",
                        t -> Base64URL.encode(
                                        "{\"alg\":\"PBES2-HS256+A128KW\",\"enc\":\"A256GCM\",\"p2c\":2147483647,\"zip\":\"DEF\"}")
                                + ".AAAA.AAAA.AAAA.AAAA"),
                raw("AB-090 with padding", NOT_COMPACT, t -> t + "="),
                raw("AB-090 with a blank in its payload", NOT_COMPACT, t -> t.replaceFirst("\\.", ". ")),
                raw("AB-090 with base64 instead of base64url", NOT_COMPACT, t -> t.replaceFirst("\\.", ".+")),
                raw("AB-090 that is empty", NOT_COMPACT, t -> ""),
                raw("with a changed payload", UNFIT, t -> part(t, 0) + "." + Base64URL.encode("{}") + "." + part(t, 2)),
                raw("with a header that is no object", NO_HEADER, headerText("[]")));
    }

    static Stream<Arguments> headers() {
        return Stream.of(
                header("AB-076 with a path as kid", "fits 0 keys", "kid", "../../dev/null"),
                header("AB-076 with SQL as kid", "fits 0 keys", "kid", "' OR '1'='1"),
                header("AB-076 with line breaks in kid", "kid \"a??WARNING b\" fits 0 keys", "kid", "a\r\nWARNING b"),
                header("AB-076 with 10,000 characters as kid", "k…\" fits 0 keys", "kid", "k".repeat(10_000)),
                header("AB-076 with an empty kid", "fits 0 keys", "kid", ""),
                header("AB-076 with a number as kid", NO_HEADER, "kid", 7),
                header("AB-078 with an unknown critical extension", "crit", "crit", List.of("exp2")),
                header("AB-078 with a known critical extension", "crit", "crit", List.of("b64")),
                header("AB-084 with b64 false", "b64 is false", "b64", false),
                header("AB-091 that is a logout token", "typ \"logout+jwt\"", "typ", "logout+jwt"),
                header("AB-091 that is an access token by its type", "typ \"at+jwt\"", "typ", "at+jwt"));
    }

    static Stream<Arguments> payloads() {
        return Stream.of(
                raw(
                        "AB-088 with a payload of 10,000 levels",
                        "payload is not a JSON object",
                        payload("{\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}")),
                raw("AB-089 with an array as payload", "payload is not a JSON object", payload("[]")),
                raw("AB-089 with a text as payload", "payload is not a JSON object", payload("\"a\"")),
                raw("AB-089 with a number as payload", "payload is not a JSON object", payload("7")),
                raw("AB-089 with an empty payload", NOT_COMPACT, payload("")),
                raw(
                        "AB-090 with a payload of a length that base64url has not",
                        "payload is not a JSON object",
                        t -> Forgery.ours("e30AA")),
                raw(
                        "AB-090 with a payload that is no UTF-8",
                        "payload is not a JSON object",
                        t -> Forgery.ours(new byte[] {'{', '"', (byte) 0xC0, (byte) 0xAE, '"', ':', '1', '}'})));
    }

    @ParameterizedTest(name = "refuses an ID token {0}")
    @MethodSource({"forms", "headers", "payloads"})
    void refusesAnIdToken(String fault, String logged, Consumer<PretendUserPool> bend) {
        bend.accept(scene.pool);

        var answer = scene.logIn();

        assertRefused(scene, answer, Reason.ID_TOKEN_REFUSED, logged);
        assertTrue(scene.log.failures().get(0).length() < 1000, "a long line");
    }

    @Test
    @DisplayName("AB-092 refuses a hundred random texts, each with a page")
    void refusesRandomTexts() {
        var random = new Random(92);
        var alphabet = "eyJ0.-_{}\":, \u0000\u00e4A9";
        for (var i = 0; i < 100; i++) {
            var text = random.ints(random.nextInt(200), 0, alphabet.length())
                    .collect(StringBuilder::new, (b, c) -> b.append(alphabet.charAt(c)), StringBuilder::append)
                    .toString();
            scene.pool.nextIdTokenRaw(usual -> text);

            var answer = scene.logIn();

            assertEquals(400, answer.status(), text);
            assertTrue(answer.body().contains("Reason: ID_TOKEN_REFUSED<"), text);
        }
        Refusals.assertAnonymous(scene, scene.browser);
        assertFalse(scene.log.lines().toString().contains("INTERNAL_ERROR"));
        assertEquals(0, scene.reached());
    }
}
