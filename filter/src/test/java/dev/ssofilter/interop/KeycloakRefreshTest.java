package dev.ssofilter.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.Browser.Answer;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A session goes on with a Keycloak whose access tokens live for seconds and whose refresh tokens work once, and ends. */
@Tag("interop")
@ExtendWith(KeycloakExtension.class)
class KeycloakRefreshTest {
    private final Browser browser = new Browser();
    private final Keycloak keycloak;
    private TokenTraffic traffic;
    private Portal portal;
    private Answer page;

    KeycloakRefreshTest(Keycloak keycloak) {
        this.keycloak = keycloak;
    }

    @BeforeEach
    void signIn() throws IOException, ServletException {
        traffic =
                TokenTraffic.of(keycloak.endpoint("token"), keycloak.endpoint("revoke"), keycloak.endpoint("userinfo"));
        portal = Portal.start(
                keycloak,
                traffic.settings(
                        "clientId",
                        Keycloak.SHORT_LIVED_CLIENT_ID,
                        "claims",
                        "External ID = sub @ ID Token; Username = preferred_username @ ID Token;"
                                + " Roles = groups @ ID Token"));
        page = browser.logInFrom(portal.uri("/orders"), Keycloak.OTHER_USER, Keycloak.PASSWORD);
    }

    @AfterEach
    void stop() {
        portal.close();
        traffic.close();
    }

    @Test
    void refreshesOnceForAllRequestsThatComeAfterTheAccessTokenHasExpired() {
        traffic.assertOneRefreshForAll(browser, portal.uri("/orders"));
    }

    @Test
    void goesOnForManyAccessTokensWithEachRefreshTokenUsedOnce() {
        traffic.assertRotates(3, browser, portal.uri("/orders"));
    }

    @Test
    void showsTheGroupsThatTheAdministratorChanged() {
        var admin = keycloak.admin();
        assertEquals("page /orders of ben\nmay edit\n", page.body());
        admin.leave(Keycloak.OTHER_SUB, "editors");
        try {
            var before = traffic.tokens().refreshes().size();

            traffic.tokens().awaitRefreshes(before + 1, this::visit);

            assertEquals(
                    "page /orders of ben\nmay read\n",
                    browser.navigate(portal.uri("/orders")).body());
            assertEquals(Set.of("r&d <i>x, y"), Set.copyOf((List<?>)
                    portal.me(browser).get("roles")));
        } finally {
            admin.join(Keycloak.OTHER_SUB, "editors");
        }
    }

    @Test
    void endsWhenTheAdministratorSignsTheUserOut() {
        keycloak.admin().signOut(Keycloak.OTHER_SUB);

        traffic.tokens().awaitRefreshes(1, () -> browser.fetch(portal.uri("/orders")));

        assertEquals(400, traffic.tokens().refreshes().get(0).status());
        assertEquals(401, browser.fetch(portal.uri("/orders")).status());
        assertTrue(isLoginPage(browser.followAll(browser.navigate(portal.uri("/orders")))));
    }

    @Test
    void revokesTheRefreshTokenAtSignOut() {
        traffic.tokens().awaitRefreshes(1, this::visit);

        browser.click(page, portal.uri("/sso/logout"));

        traffic.assertRevoked();
    }

    @Test
    void comesBackSignedOutOnBothSidesWithoutAQuestion() {
        traffic.awaitExpiry(); // the hint is an ID token that has expired too
        var signOut = browser.click(page, portal.uri("/sso/logout"));
        var sent = signOut.locationParameters();

        var end = browser.followAll(signOut);

        assertEquals(Set.of("client_id", "id_token_hint", "post_logout_redirect_uri", "state"), sent.keySet());
        assertEquals(200, end.status());
        assertEquals(portal.uri("/sso/signed-out?state=" + sent.get("state")), end.uri());
        assertEquals(401, browser.fetch(portal.uri("/sso/me")).status());
        assertTrue(isLoginPage(browser.followAll(browser.navigate(portal.uri("/orders")))));
    }

    private void visit() {
        assertEquals(200, browser.fetch(portal.uri("/orders")).status());
    }

    private static boolean isLoginPage(Answer answer) {
        return answer.body().contains("id=\"kc-form-login\"");
    }
}
