package dev.ssofilter;

import static dev.ssofilter.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.ssofilter.testkit.PretendAnswer;
import dev.ssofilter.testkit.PretendUserPool;
import dev.ssofilter.user.Reason;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The one request that redeems a code, and what becomes of its answers (RFC 6749 §4.1.3, §5). */
@TestInstance(Lifecycle.PER_CLASS)
class TokenRequestTest {
    private static final String TOKEN = "/oauth2/token";
    private static final String JSON = "application/json";

    private final Scene scene = Scene.with();

    @BeforeEach
    void renew() {
        scene.renew();
    }

    @AfterAll
    void stop() {
        scene.close();
    }

    @Test
    void sendsTheSecretInTheBody() {
        scene.logIn();

        var sent = scene.tokenRequest();
        assertEquals("POST", sent.method());
        assertEquals("", sent.rawQuery());
        assertEquals(
                Set.of("grant_type", "code", "redirect_uri", "code_verifier", "client_id", "client_secret"),
                sent.form().keySet());
        assertTrue(sent.form().values().stream().allMatch(values -> values.size() == 1));
        assertEquals(Optional.of("authorization_code"), sent.parameter("grant_type"));
        assertEquals(Optional.of(PretendUserPool.CLIENT_ID), sent.parameter("client_id"));
        assertEquals(Optional.of(PretendUserPool.CLIENT_SECRET), sent.parameter("client_secret"));
        assertEquals(Optional.empty(), sent.header("Authorization"));
        assertEquals(Optional.empty(), sent.header("Cookie"));
        assertEquals(Optional.of(JSON), sent.header("Accept"));
    }

    @Test
    void sendsTheSecretInTheHeaderWithBasicAuthentication() {
        try (var basic =
                Scene.with("enableTokenEndpointBasicAuth", "true", "clientSecret", "plainsecret0000000000000000")) {
            basic.pool.client().onlySecrets("plainsecret0000000000000000");

            assertEquals(200, basic.logIn().status());

            var sent = basic.tokenRequest();
            assertEquals(
                    Optional.of("Basic " + base64(PretendUserPool.CLIENT_ID + ":plainsecret0000000000000000")),
                    sent.header("Authorization"));
            assertFalse(sent.form().containsKey("client_secret"));
        }
    }

    @Test
    void sendsNoSecretForAPublicClient() {
        try (var open = Scene.with("clientSecret", "")) {
            open.pool.client().onlySecrets();

            assertEquals(200, open.logIn().status());

            var sent = open.tokenRequest();
            assertEquals(Optional.of(PretendUserPool.CLIENT_ID), sent.parameter("client_id"));
            assertFalse(sent.form().containsKey("client_secret"));
            assertEquals(Optional.empty(), sent.header("Authorization"));
            assertTrue(sent.form().containsKey("code_verifier"));
        }
    }

    @ParameterizedTest(name = "AB-046 signs in with the secret {1}, basic authentication: {0}")
    @CsvSource({
        "false, a:b%c+d&e=f gäß€",
        "true, a:b%c+d&e=f gäß€",
        "false, +____________________+",
        "true, +_____________________+"
    })
    void encodesAnOddSecret(boolean basic, String secret) {
        try (var odd = Scene.with("clientSecret", secret, "enableTokenEndpointBasicAuth", Boolean.toString(basic))) {
            // RFC 6749 §2.3.1: form-encoded before Base64. The pool, like Cognito, compares what Base64 held.
            odd.pool.client().onlySecrets(basic ? URLEncoder.encode(secret, StandardCharsets.UTF_8) : secret);

            assertEquals(200, odd.logIn().status(), () -> odd.log.failures().toString());
        }
    }

    @ParameterizedTest(name = "PKCE: {0}")
    @ValueSource(booleans = {true, false})
    void encodesAnOddCode(boolean pkce) {
        var code = "a+b&client_id=evil&redirect_uri=x=%25 c;/#";
        try (var odd = Scene.with("enablePkce", Boolean.toString(pkce))) {
            var query = odd.response().getRawQuery().replaceAll("code=[^&]*", "");

            odd.browser.navigate(odd.returnUrl("code=" + URLEncoder.encode(code, StandardCharsets.UTF_8) + query));

            var sent = odd.tokenRequest();
            assertEquals(Optional.of(code), sent.parameter("code"));
            assertEquals(Optional.of(PretendUserPool.CLIENT_ID), sent.parameter("client_id"));
            assertEquals(Optional.of(odd.application.uri("/sso/return").toString()), sent.parameter("redirect_uri"));
            assertEquals(pkce ? 6 : 5, sent.form().size());
            assertTrue(sent.form().values().stream().allMatch(values -> values.size() == 1));
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static Stream<Arguments> errors() {
        return Stream.of(
                arguments("invalid_client", "check `clientId` and `clientSecret`"),
                arguments("AB-040 invalid_grant", "older than five minutes"),
                arguments("unauthorized_client", "the Return URL differs from the registered one"),
                arguments("invalid_request", "check the app client's settings"));
    }

    @ParameterizedTest(name = "R-34 {0} is refused after one request, with a hint for the operator")
    @MethodSource("errors")
    void explainsAnError(String name, String hint) {
        var error = name.substring(name.lastIndexOf(' ') + 1);
        var body = "{\"error\":\"" + error + "\",\"error_description\":\"said so\"}";
        scene.pool.next(TOKEN, PretendAnswer.of(400, JSON, body));

        var answer = scene.logIn();

        assertRefused(scene, answer, Reason.TOKEN_REQUEST_REFUSED, hint);
        Refusals.assertLogged(scene, "answered 400, error=\"" + error + "\" error_description=\"said so\"");
        assertEquals(502, answer.status());
        assertFalse(answer.body().contains(error) || answer.body().contains("said so"));
        assertEquals(1, scene.tokenRequests());
    }

    @Test
    void namesTheSecretButNotItsValueWhereItIsWrong() {
        scene.pool.client().onlySecrets("thenewsecret00000000000000");

        var answer = scene.logIn();

        scene.pool.client().onlySecrets(PretendUserPool.CLIENT_SECRET);
        assertRefused(scene, answer, Reason.TOKEN_REQUEST_REFUSED, "error=\"invalid_client\"");
        assertEquals(1, scene.tokenRequests());
    }

    @Test
    void aCodeThatIsTooOldIsExplained() {
        var response = scene.response();
        scene.pool.knobs().clockOffset(Duration.ofMinutes(6));

        var answer = scene.browser.navigate(response);

        assertRefused(scene, answer, Reason.TOKEN_REQUEST_REFUSED, "error=\"invalid_grant\"");
    }
}
