package dev.ssofilter;

import static dev.ssofilter.Answers.assertAnonymous;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser.Answer;
import dev.ssofilter.testkit.PretendAnswer;
import dev.ssofilter.testkit.PretendUserPool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing out where tokens are kept: here, then the refresh token, then the browser at the provider. */
class SignOutTest {
    private final RefreshScene scene = new RefreshScene();
    private final PretendUserPool pool = scene.pool;

    @AfterEach
    void stop() {
        scene.close();
    }

    private Answer signOut(Application application) {
        return scene.browser.request(
                "POST", application.uri("/sso/logout"), "", "Origin", "http://localhost:" + application.port());
    }

    private String refreshToken() {
        return pool.requests("/oauth2/revoke").get(0).parameter("token").orElseThrow();
    }

    @Test
    void revokesTheRefreshTokenAsCognitoHasIt() {
        scene.logIn();

        var out = signOut(scene.application);

        assertEquals(303, out.status());
        assertEquals("/logout", out.location().orElseThrow().getPath());
        assertEquals(1, pool.requests("/oauth2/revoke").size());
        assertTrue(refreshToken().startsWith("eyJjdHki"), "a refresh token");
        assertTrue(scene.log.holds("logout, refresh token revoked: DONE externalId="));
        assertTrue(scene.log.holds("logout, sent to the provider: DONE externalId="));
        assertAnonymous(scene.browser, scene.application);
    }

    @Test
    void revokesInTheBodyWhereTheHeaderIsRefused() {
        pool.next("/oauth2/revoke", PretendAnswer.of(401, "application/json", "{\"error\":\"invalid_client\"}"));
        pool.knobs().secretInBodyAtRevocation();
        scene.logIn();

        signOut(scene.application);

        var asked = pool.requests("/oauth2/revoke");
        assertEquals(2, asked.size());
        assertTrue(asked.get(0).header("Authorization").orElse("").startsWith("Basic "));
        assertEquals(
                PretendUserPool.CLIENT_SECRET,
                asked.get(1).parameter("client_secret").orElse(""));
        assertTrue(scene.log.holds("refresh token revoked: DONE"));
    }

    @Test
    void revokesAPublicClientsTokenByItsIdAlone() {
        pool.client().onlySecrets();
        try (var application = scene.another("clientSecret", "")) {
            scene.browser.logInFrom(application.uri("/orders"), pool.user());

            signOut(application);

            var asked = pool.requests("/oauth2/revoke").get(0);
            assertEquals(PretendUserPool.CLIENT_ID, asked.parameter("client_id").orElse(""));
            assertTrue(asked.header("Authorization").isEmpty());
            assertTrue(scene.log.holds("refresh token revoked: DONE"));
        }
    }

    @ParameterizedTest(name = "AB-193 {0}")
    @CsvSource({"503, FAILED, 1", "400, FAILED, 2", "302, FAILED, 2"})
    void isSignedOutHereWhateverBecomesOfTheRevocation(int status, String outcome, int requests) {
        pool.always().answer("/oauth2/revoke", PretendAnswer.of(status, "text/plain", "no"));
        scene.logIn();

        var out = signOut(scene.application);

        assertEquals(303, out.status());
        assertEquals("/logout", out.location().orElseThrow().getPath());
        assertTrue(scene.log.holds("refresh token revoked: " + outcome));
        assertTrue(scene.log.holds("refresh token not revoked reason="));
        assertEquals(requests, pool.requests("/oauth2/revoke").size());
        assertAnonymous(scene.browser, scene.application);
    }

    @Test
    void doesWithoutWhereTheProviderCannotRevoke() {
        pool.knobs().withoutRevocationEndpoint();
        scene.logIn();

        assertEquals(303, signOut(scene.application).status());
        assertTrue(scene.log.holds("refresh token revoked: NOT_OFFERED"));
    }

    @Test
    void revokesNothingWhereNothingIsKept() {
        try (var application = scene.another("keepTokens", "false")) {
            scene.browser.logInFrom(application.uri("/orders"), pool.user());

            signOut(application);

            assertEquals(0, pool.requests("/oauth2/revoke").size());
            assertFalse(scene.log.holds("refresh token revoked"));
        }
    }

    @Test
    @DisplayName("AB-193 is signed out here while the provider is down")
    void isSignedOutHereWhileTheProviderIsDown() {
        scene.logIn();
        pool.close();

        var out = signOut(scene.application);

        assertEquals(303, out.status());
        assertAnonymous(scene.browser, scene.application);
        assertTrue(scene.log.holds("refresh token revoked: FAILED"));
    }

    @Test
    @DisplayName("R-28 signs out at a standard provider without a question, as it is shown the ID token")
    void signsOutAtAStandardProviderWithoutAQuestion() {
        pool.knobs().standardLogout().issuerName("members");
        try (var application =
                scene.another("discoveryDomain", pool.tokenSigningKeyUrl().toString())) {
            scene.browser.logInFrom(application.uri("/orders"), pool.user());

            var out = signOut(application);
            var end = scene.browser.followAll(out);

            var asked = new TreeMap<>(out.locationParameters());
            assertTrue(asked.get("id_token_hint").startsWith("eyJ"));
            assertEquals(43, asked.get("state").length());
            asked.keySet().removeAll(List.of("id_token_hint", "state"));
            assertEquals(
                    Map.of(
                            "client_id",
                            PretendUserPool.CLIENT_ID,
                            "post_logout_redirect_uri",
                            application.uri("/sso/signed-out").toString()),
                    asked);
            assertEquals(200, end.status());
            assertEquals("/sso/signed-out", end.uri().getPath());
            assertTrue(end.uri().getQuery().startsWith("state="));
        }
    }

    @ParameterizedTest(name = "AB-190 never shows Cognito an ID token, logoutStyle {0}")
    @ValueSource(strings = {"", "cognito", "standard"})
    void neverShowsCognitoAnIdToken(String style) {
        try (var application = scene.another("logoutStyle", style)) {
            scene.browser.logInFrom(application.uri("/orders"), pool.user());

            assertFalse(signOut(application).locationParameters().containsKey("id_token_hint"));
        }
    }

    @Test
    void leavesAnIdTokenOutThatNoHeaderCanCarry() {
        pool.knobs().standardLogout().issuerName("members");
        pool.always().idToken(claims -> claims.claim("large", "x".repeat(6000)));
        try (var application =
                scene.another("discoveryDomain", pool.tokenSigningKeyUrl().toString())) {
            scene.browser.logInFrom(application.uri("/orders"), pool.user());

            var out = signOut(application);

            assertEquals(303, out.status());
            assertFalse(out.locationParameters().containsKey("id_token_hint"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"cognito", "standard", "none"})
    void speaksTheDialectThatIsSet(String style) {
        try (var application = scene.another("logoutStyle", style, "keepTokens", "false")) {
            scene.browser.logInFrom(application.uri("/orders"), pool.user());

            var out = signOut(application);

            var expected = Map.of(
                    "cognito", List.of("client_id", "logout_uri"),
                    "standard", List.of("client_id", "post_logout_redirect_uri", "state"),
                    "none", List.<String>of());
            assertEquals(expected.get(style), List.copyOf(new TreeMap<>(out.locationParameters()).keySet()));
            assertEquals(
                    style.equals("none") ? "/sso/signed-out" : "/logout",
                    out.location().orElseThrow().getPath());
            assertTrue(scene.log.holds("sent to the provider: " + (style.equals("none") ? "NOT_OFFERED" : "DONE")));
        }
    }

    @Test
    void aSessionThatHasEndedRevokesNothingTwice() {
        scene.logIn();
        signOut(scene.application);
        scene.clock.move(Duration.ofSeconds(1));

        assertEquals(303, signOut(scene.application).status());

        assertEquals(1, pool.requests("/oauth2/revoke").size());
    }
}
