package dev.ssofilter;

import static dev.ssofilter.Refusals.assertFailed;
import static dev.ssofilter.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.ssofilter.user.Reason;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes to the Return URL is answered once, by the browser that asked, and only if all of it is as it should be. */
@TestInstance(Lifecycle.PER_CLASS)
class ResponseTest {
    private final Scene scene = Scene.with();

    @BeforeEach
    void renew() {
        scene.renew();
    }

    @AfterAll
    void stop() {
        scene.close();
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                bent("AB-001 without state", q -> q.replaceAll("&?state=[^&]*", "")),
                bent("AB-002 with an empty state", q -> q.replaceAll("state=[^&]*", "state=")),
                bent("AB-010 with the same state twice", q -> q + q.replaceAll(".*(state=[^&]*).*", "&$1")),
                bent("AB-010 with two states", q -> q + "&state=" + "A".repeat(43)),
                bent("AB-011 with the same code twice", q -> q + q.replaceAll(".*(code=[^&]*).*", "&$1")),
                bent("AB-011 with two codes", q -> q + "&code=other"),
                bent("with an error twice", q -> q + "&error=a&error=b"),
                bent("with neither code nor error", q -> q.replaceAll("&?code=[^&]*", "")),
                bent("with an empty code", q -> q.replaceAll("code=[^&]*", "code=")),
                bent(
                        "AB-019 with a code of 2,049 characters",
                        q -> q.replaceAll("code=[^&]*", "code=" + "c".repeat(2049))),
                bent("AB-019 with a line break in the code", q -> q.replaceAll("code=", "code=%0d%0a")),
                bent("AB-019 with a code that is not ASCII", q -> q.replaceAll("code=", "code=%C3%A4")),
                bent("AB-020 with a state of 5,000 characters", q -> "code=x&state=" + "s".repeat(5000)),
                bent("AB-020 with a state that is not base64url", q -> q.replaceAll("state=", "state=%0aWARNING")),
                bent("AB-037 with iss twice", q -> q + "&iss=a&iss=a"));
    }

    private static Arguments bent(String name, UnaryOperator<String> change) {
        return arguments(name, change);
    }

    @ParameterizedTest(name = "refuses a response {0}")
    @MethodSource("malformed")
    void refusesAMalformedResponse(String name, UnaryOperator<String> change) {
        var query = change.apply(scene.response().getRawQuery());

        var answer = scene.browser.navigate(scene.returnUrl(query));

        assertRefused(scene, answer, Reason.RESPONSE_MALFORMED);
        assertEquals(0, scene.tokenRequests());
        assertFalse(scene.log.failures().toString().contains("sssssss"), "the state is in the log");
    }

    @Test
    @DisplayName("AB-003 refuses a well-formed state that nobody made")
    void refusesAnInventedState() {
        var response = scene.response();

        var answer = scene.browser.navigate(
                scene.returnUrl(response.getRawQuery().replaceAll("state=[^&]*", "state=" + "A".repeat(43))));

        assertRefused(scene, answer, Reason.UNKNOWN_STATE);
        assertEquals(0, scene.tokenRequests());
    }

    @Test
    @DisplayName("AB-012 takes code and error together for an error, and redeems nothing")
    void errorWinsOverCode() {
        var response = scene.response();

        var answer = scene.browser.navigate(scene.returnUrl(response.getRawQuery() + "&error=access_denied"));

        assertRefused(scene, answer, Reason.ACCESS_DENIED);
        assertEquals(0, scene.tokenRequests());
    }

    @ParameterizedTest(name = "AB-014 AB-016 refuses {0} with 405, and the login can still be finished")
    @ValueSource(strings = {"HEAD", "OPTIONS", "PUT", "DELETE", "TRACE", "POST", "PATCH"})
    void refusesOtherMethods(String method) {
        var response = scene.response();

        var answer = scene.browser.request(method, response, "");
        var anonymous = scene.browser.get(scene.application.uri("/sso/me")).status();
        var calls = scene.tokenRequests();
        var page = scene.browser.followAll(scene.browser.navigate(response));

        assertEquals(405, answer.status());
        assertEquals(Optional.of("GET"), answer.header("Allow"));
        assertTrue(scene.log.failures().get(0).contains("reason=METHOD_NOT_ALLOWED"));
        assertEquals(401, anonymous);
        assertEquals(0, calls);
        assertEquals(200, page.status());
        assertEquals(1, scene.reached());
    }

    @Test
    @DisplayName("AB-017 looks at no token of the front channel")
    void ignoresFrontChannelTokens() {
        var response = scene.response();

        scene.browser.navigate(
                scene.returnUrl(response.getRawQuery() + "&id_token=e.e.e&access_token=a&token=t&token_type=Bearer"));

        assertEquals(scene.pool.user().sub(), scene.me().get("externalId"));
        assertEquals(1, scene.tokenRequests());
    }

    @Test
    @DisplayName("AB-027 refuses the response of a login that began at another application")
    void refusesAnotherApplicationsResponse() {
        var otherClient = scene.pool.client("anotherclient", "anothersecret00000000000000");
        try (var other = Application.of(
                scene.pool, "clientId", "anotherclient", "clientSecret", "anothersecret00000000000000")) {
            otherClient.allowCallback(other.uri("/sso/return").toString());
            var response = scene.response();

            var answer = scene.browser.navigate(other.uri("/sso/return?" + response.getRawQuery()));

            assertFailed(scene, answer, Reason.UNKNOWN_STATE);
            assertEquals(401, scene.browser.get(other.uri("/sso/me")).status());
            assertEquals(0, other.reached() + other.sessions());
            assertEquals(0, scene.tokenRequests());
        }
    }

    static Stream<Arguments> otherIssuers() {
        return Stream.of(
                arguments("AB-034 of another issuer", "&iss=https%3A%2F%2Fevil.example"),
                arguments("AB-037 with an empty iss", "&iss="));
    }

    @ParameterizedTest(name = "refuses a response {0}, though iss is not advertised (AB-036)")
    @MethodSource("otherIssuers")
    void refusesAnotherIssuer(String name, String parameter) {
        var response = scene.response();

        var answer = scene.browser.navigate(scene.returnUrl(response.getRawQuery() + parameter));

        assertRefused(scene, answer, Reason.RESPONSE_ISSUER_REFUSED, "names another issuer");
        assertEquals(0, scene.tokenRequests());
    }

    @Nested
    @DisplayName("where the provider promises iss")
    class WhereIssIsPromised {
        private final Scene promising = Scene.with();

        @BeforeEach
        void promise() {
            promising.pool.knobs().sendIss();
        }

        @AfterEach
        void stop() {
            promising.close();
        }

        @Test
        @DisplayName("AB-035 refuses a response without iss, and names a relay as the likely cause")
        void refusesAMissingIssuer() {
            var response = promising.response();

            var answer = promising.browser.navigate(
                    promising.returnUrl(response.getRawQuery().replaceAll("&?iss=[^&]*", "")));

            assertRefused(promising, answer, Reason.RESPONSE_ISSUER_REFUSED, "a relay between");
            assertEquals(0, promising.tokenRequests());
        }

        @Test
        @DisplayName("AB-036 takes a response with the right iss")
        void takesTheRightIssuer() {
            assertEquals(200, promising.logIn().status());
        }
    }
}
