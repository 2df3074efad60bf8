package dev.ssofilter.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.Browser.Answer;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A session goes on with a certified provider that keeps the nonce in refreshed ID tokens, and ends. */
@Tag("interop")
@ExtendWith(OidcProviderExtension.class)
class OidcProviderRefreshTest {
    private final Browser browser = new Browser();
    private final OidcProviders providers;
    private OidcProvider provider;
    private TokenTraffic traffic;
    private Portal portal;
    private Answer page;

    OidcProviderRefreshTest(OidcProviders providers) {
        this.providers = providers;
    }

    @BeforeEach
    void signIn() throws IOException, ServletException {
        provider = providers.provider("access_token_seconds", "10");
        traffic = TokenTraffic.of(
                provider.issuer() + "/token", provider.issuer() + "/token/revocation", provider.issuer() + "/me");
        portal = Portal.start(
                provider, traffic.settings("claims", "External ID = sub @ ID Token; Roles = groups @ Userinfo"));
        page = new Visitor(browser, portal).logIn();
    }

    @AfterEach
    void stop() {
        portal.close();
        traffic.close();
        provider.close();
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
    void showsTheGroupsThatTheProviderHasNow() {
        assertEquals("page /orders of ana\nmay edit\n", page.body());
        provider.putIntoGroup("readers");

        traffic.tokens().awaitRefreshes(1, this::visit);

        assertEquals(
                "page /orders of ana\nmay read\n",
                browser.navigate(portal.uri("/orders")).body());
    }

    @Test
    void goesOnWhileTheProviderIsDown() {
        provider.down();

        traffic.tokens()
                .awaitRefreshes(
                        1,
                        () -> assertEquals(
                                200, browser.fetch(portal.uri("/orders")).status()));

        assertEquals(502, traffic.tokens().refreshes().get(0).status());
        visit();
    }

    @Test
    void revokesTheRefreshTokenAtSignOut() {
        traffic.tokens().awaitRefreshes(1, this::visit);

        browser.click(page, portal.uri("/sso/logout"));

        traffic.assertRevoked();
    }

    @Test
    void comesBackSignedOutOnBothSides() {
        traffic.awaitExpiry(); // the hint is an old ID token
        var signOut = browser.click(page, portal.uri("/sso/logout"));
        var sent = signOut.locationParameters();

        // This provider asks whatever came.
        var end = browser.followAll(browser.submitForm(browser.followAll(signOut), Map.of("logout", "yes")));

        assertEquals(Set.of("client_id", "id_token_hint", "post_logout_redirect_uri", "state"), sent.keySet());
        assertEquals(portal.uri("/sso/signed-out?state=" + sent.get("state")), end.uri());
        assertEquals(401, browser.fetch(portal.uri("/sso/me")).status());
        assertTrue(new Visitor(browser, portal).loginPage().body().contains("name=\"password\""));
    }

    private void visit() {
        assertEquals(200, browser.fetch(portal.uri("/orders")).status());
    }
}
