package dev.ssofilter;

import static dev.ssofilter.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.user.Reason;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The response by POST (OAuth 2.0 Form Post Response Mode), behind a proxy that ends TLS for https://localhost. */
@TestInstance(Lifecycle.PER_CLASS)
class FormPostTest {
    private static final String FORM = "application/x-www-form-urlencoded";

    private final Scene scene = Scene.with("baseUrl", "https://localhost", "enableResponseModeFormPost", "true");
    private String query = "";

    @BeforeEach
    void arriveAtTheReturnUrl() {
        scene.renew();
        scene.pool.client().allowCallback("https://localhost/sso/return");
        query = scene.response().getRawQuery();
    }

    @AfterAll
    void stop() {
        scene.close();
    }

    private Browser.Answer post(URI uri, String type, String body) {
        return scene.browser.request("POST", uri, body, "Content-Type", type);
    }

    private URI returnUrl() {
        return scene.application.uri("/sso/return");
    }

    @Test
    void signsInWithThePostedResponse() {
        var answer = post(returnUrl(), FORM, query);

        assertEquals(303, answer.status());
        assertEquals(Optional.of("https://localhost/orders"), answer.header("Location"));
        assertEquals(scene.pool.user().sub(), scene.me().get("externalId"));
        assertEquals(
                Optional.of("form_post"),
                scene.pool.requests("/oauth2/authorize").get(0).parameter("response_mode"));
    }

    @Test
    @DisplayName("AB-014 refuses a GET with 405, and the login can still be finished")
    void refusesGet() {
        var answer = scene.browser.navigate(URI.create(returnUrl() + "?" + query));
        var refused = scene.tokenRequests();

        assertEquals(0, refused);
        assertEquals(Optional.of("POST"), answer.header("Allow"));
        assertRefused(scene, answer, Reason.METHOD_NOT_ALLOWED);
        assertEquals(303, post(returnUrl(), FORM, query).status());
    }

    @Test
    @DisplayName("AB-013 refuses a state in the query with the code in the form")
    void refusesTheStateInTheQuery() {
        var state = query.replaceAll(".*(state=[^&]*).*", "$1");
        var code = query.replaceAll(".*(code=[^&]*).*", "$1");

        var answer = post(URI.create(returnUrl() + "?" + state), FORM, code);

        assertRefused(scene, answer, Reason.RESPONSE_MALFORMED, "state is missing");
        assertEquals(0, scene.tokenRequests());
    }

    @Test
    @DisplayName("AB-013 refuses a code in the query with the state in the form")
    void refusesTheCodeInTheQuery() {
        var state = query.replaceAll(".*(state=[^&]*).*", "$1");
        var code = query.replaceAll(".*(code=[^&]*).*", "$1");

        var answer = post(URI.create(returnUrl() + "?" + code), FORM, state);

        assertRefused(scene, answer, Reason.RESPONSE_MALFORMED, "neither code nor error");
        assertEquals(0, scene.tokenRequests());
    }

    @ParameterizedTest(name = "AB-015 refuses a body of type {0} with 415, and the login can still be finished")
    @ValueSource(strings = {"multipart/form-data; boundary=x", "application/json", "text/plain", FORM + "x"})
    void refusesAnotherContentType(String type) {
        var answer = post(returnUrl(), type, query);
        var calls = scene.tokenRequests();

        assertRefused(scene, answer, Reason.CONTENT_TYPE_NOT_SUPPORTED);
        assertEquals(0, calls);
        assertEquals(303, post(returnUrl(), FORM + ";charset=UTF-8", query).status());
    }

    @Test
    @DisplayName("AB-110 refuses a form of more than 16 KB")
    void refusesALongForm() {
        var answer = post(returnUrl(), FORM, query + "&x=" + "x".repeat(16 * 1024));

        assertRefused(scene, answer, Reason.RESPONSE_MALFORMED, "longer than 16384 bytes");
        assertEquals(0, scene.tokenRequests());
    }

    @Test
    @DisplayName("R-19 keeps the login cookie where another site posts to")
    void keepsTheLoginCookieWhereAnotherSitePostsTo() {
        var lines = scene.begin().setCookies().toString();

        assertTrue(lines.contains("SameSite=None") && lines.contains("Secure"), lines);
    }
}
