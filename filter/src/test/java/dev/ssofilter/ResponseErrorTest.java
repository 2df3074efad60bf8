package dev.ssofilter;

import static dev.ssofilter.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.oauth2.sdk.util.URLUtils;
import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendUserPool;
import dev.ssofilter.user.Reason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The provider says no: our words on the page, its words in the log, no token request (COGNITO.md §4). */
@TestInstance(Lifecycle.PER_CLASS)
class ResponseErrorTest {
    private final Scene scene = Scene.with();

    @BeforeEach
    void renew() {
        scene.renew();
    }

    @AfterAll
    void stop() {
        scene.close();
    }

    @ParameterizedTest(name = "R-37 {0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            access_denied              | ACCESS_DENIED           | 403 | a policy of the provider refused
            login_required             | ACCESS_DENIED           | 403 | prompt=none
            interaction_required       | ACCESS_DENIED           | 403 | prompt=none
            consent_required           | ACCESS_DENIED           | 403 | prompt=none
            account_selection_required | ACCESS_DENIED           | 403 | prompt=none
            invalid_scope              | SCOPE_REFUSED           | 403 | `profile` is not ticked
            invalid_request            | AUTHORIZATION_REFUSED   | 403 | a Lambda trigger
            unauthorized_client        | AUTHORIZATION_REFUSED   | 403 | a code grant that is off
            server_error               | PROVIDER_ANSWER_REFUSED | 502 | the provider failed
            temporarily_unavailable    | USER_POOL_UNREACHABLE   | 503 | try again later
            of_another_world           | AUTHORIZATION_REFUSED   | 403 | error="of_another_world"
            """)
    void eachErrorHasItsReason(String error, Reason reason, int status, String logged) {
        scene.pool.next().authorizationError(error);

        var answer = scene.logIn();

        assertRefused(scene, answer, reason, logged);
        assertEquals(status, answer.status());
        assertEquals(0, scene.tokenRequests());
    }

    @Test
    @DisplayName("a scope that is not ticked in the app client is explained by the name of the likely one")
    void explainsAnUntickedScope() {
        scene.pool.client().onlyScopes("openid", "email", "phone");

        var answer = scene.logIn();

        scene.pool.client().onlyScopes("openid", "email", "phone", "profile");
        assertRefused(scene, answer, Reason.SCOPE_REFUSED, "`profile` is not ticked");
    }

    @Test
    @DisplayName("takes Cognito's error_description before its error, and tells it to the operator alone")
    void takesTheDescriptionFirst() {
        scene.pool.next().identityProviderFailure("attribute email is immutable");

        var answer = scene.logIn();

        assertRefused(
                scene, answer, Reason.AUTHORIZATION_REFUSED, "error_description=\"attribute email is immutable\"");
        assertFalse(answer.body().contains("immutable"));
    }

    @Test
    @DisplayName("AB-001 refuses an error without state, as AWS's own documents show them")
    void refusesAnErrorWithoutState() {
        scene.pool.knobs().leaveStateOutOfErrors();
        scene.pool.next().authorizationResponse(usual -> Map.of("error", "access_denied"));

        var answer = scene.logIn();

        assertRefused(scene, answer, Reason.RESPONSE_MALFORMED, "state is missing");
    }

    @Test
    void aDoubledDescriptionIsNoneAtAll() {
        var query = scene.response().getRawQuery().replaceAll("code=[^&]*", "error=invalid_request");

        var answer = scene.browser.navigate(scene.returnUrl(query + "&error_description=a&error_description=b"));

        assertRefused(scene, answer, Reason.AUTHORIZATION_REFUSED);
        assertFalse(scene.log.failures().toString().contains("error_description="));
    }

    @ParameterizedTest(name = "AB-175 AB-177 puts nothing of the response on the page: {0}")
    @ValueSource(
            strings = {"<script>alert(1)</script>", "\" onload=alert(1) x=\"", "' onload='", "javascript:alert(1)"})
    void reflectsNothing(String text) {
        var sent = URLUtils.serializeParameters(
                Map.of("error", List.of(text), "error_description", List.of(text), "error_uri", List.of(text)));
        var query = scene.response().getRawQuery().replaceAll("code=[^&]*", "");

        var answer = scene.browser.navigate(scene.returnUrl(sent + "&" + query));

        assertRefused(scene, answer, Reason.AUTHORIZATION_REFUSED);
        assertFalse(answer.body().contains("alert(1)"), answer::body);
        assertFalse(answer.body().contains("onload"), answer::body);
    }

    @Test
    @DisplayName("AB-176 makes one short and harmless line of an error that is long, has line breaks, colours, bidi")
    void logsOneHarmlessLine() {
        var error = "x\r\nWARNING login completed\u001b[31m\u202e\u2028" + "y".repeat(4000);
        var sent = URLUtils.serializeParameters(Map.of("error", List.of(error)));
        var query = scene.response().getRawQuery().replaceAll("code=[^&]*", "");

        var answer = scene.browser.navigate(scene.returnUrl(sent + "&" + query));

        assertRefused(scene, answer, Reason.AUTHORIZATION_REFUSED);
        var line = scene.log.failures().get(0);
        assertTrue(line.codePoints().noneMatch(c -> c < 0x20 || c == 0x202e || c == 0x2028), line);
        assertFalse(line.contains("y".repeat(201)), line);
    }

    @Test
    @DisplayName("AB-030 the pool refuses a stolen code in another browser's own login, and it is not tried again")
    void refusesAStolenCode() {
        var stolen = URLUtils.parseParameters(
                        scene.response(new Browser(), scene.pool.admin()).getRawQuery())
                .get("code")
                .get(0);
        var own = scene.response().getRawQuery();

        var answer = scene.browser.navigate(scene.returnUrl(own.replaceAll("code=[^&]*", "code=" + stolen)));

        assertRefused(scene, answer, Reason.TOKEN_REQUEST_REFUSED, "error=\"invalid_grant\"");
        assertEquals(1, scene.tokenRequests());
        assertFalse(scene.log.lines().toString().contains(stolen), "the code is in the log");
        assertFalse(scene.log.lines().toString().contains(PretendUserPool.CLIENT_SECRET));
    }
}
