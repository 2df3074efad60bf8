package dev.ssofilter.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.Browser.Answer;
import jakarta.servlet.ServletException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A user signs out here and, by OIDC RP-Initiated Logout, at Keycloak. */
@Tag("interop")
@ExtendWith(KeycloakExtension.class)
class KeycloakLogoutTest {
    private final Browser browser = new Browser();
    private final Keycloak keycloak;
    private Portal portal;
    private Answer page;

    KeycloakLogoutTest(Keycloak keycloak) {
        this.keycloak = keycloak;
    }

    @BeforeEach
    void signIn() throws ServletException {
        portal = Portal.start(keycloak);
        page = browser.logInFrom(portal.uri("/orders"), Keycloak.USER, Keycloak.PASSWORD);
    }

    @AfterEach
    void stop() {
        portal.close();
    }

    @Test
    void goesOnToTheEndSessionEndpoint() {
        var answer = browser.click(page, portal.uri("/sso/logout"));

        assertEquals(303, answer.status());
        assertTrue(answer.header("Location").orElse("").startsWith(keycloak.endpoint("logout") + "?"));
        var parameters = new TreeMap<>(answer.locationParameters());
        assertEquals(43, parameters.remove("state").length());
        assertEquals(
                Map.of(
                        "client_id",
                        Keycloak.CLIENT_ID,
                        "post_logout_redirect_uri",
                        portal.uri("/sso/signed-out").toString()),
                parameters);
        assertEquals(401, browser.fetch(portal.uri("/sso/me")).status());
    }

    @Test
    void comesBackSignedOutOnBothSides() {
        var question = browser.followAll(browser.click(page, portal.uri("/sso/logout")));

        var end = browser.followAll(browser.submitForm(question, Map.of("confirmLogout", "Logout")));

        assertEquals(200, end.status());
        assertEquals("/sso/signed-out", end.uri().getPath());
        assertTrue(isLoginPage(browser.followAll(browser.navigate(portal.uri("/orders")))));
    }

    @Test
    void staysSignedInAtKeycloakUntilTheUserSaysYesThere() {
        browser.followAll(browser.click(page, portal.uri("/sso/logout")));

        var again = browser.followAll(browser.navigate(portal.uri("/orders")));

        assertEquals(portal.uri("/orders"), again.uri());
    }

    private static boolean isLoginPage(Answer answer) {
        return answer.body().contains("id=\"kc-form-login\"");
    }
}
