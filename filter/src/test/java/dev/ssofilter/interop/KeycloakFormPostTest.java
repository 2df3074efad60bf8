package dev.ssofilter.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.Browser.Answer;
import dev.ssofilter.user.Reason;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Keycloak's page posts the response from its site to ours, which is https (OAuth 2.0 Form Post Response Mode). */
@Tag("interop")
@ExtendWith(KeycloakExtension.class)
class KeycloakFormPostTest {
    private static final Map<String, String> CREDENTIALS =
            Map.of("username", Keycloak.USER, "password", Keycloak.PASSWORD);

    private final Keycloak keycloak;
    private final TlsCertificate certificate;
    private final Browser browser;
    private Portal portal;

    KeycloakFormPostTest(Keycloak keycloak, @TempDir Path folder)
            throws IOException, InterruptedException, GeneralSecurityException {
        this.keycloak = keycloak;
        this.certificate = TlsCertificate.in(folder);
        this.browser = new Browser(certificate.trusted());
    }

    @BeforeEach
    void start() throws ServletException {
        portal = Portal.startSecure(certificate, keycloak, "enableResponseModeFormPost", "true");
    }

    @AfterEach
    void stop() {
        portal.close();
    }

    @Test
    void signsInByAResponseThatIsPosted() {
        var response = response();

        var arrival = browser.submitForm(response, Map.of());

        assertFalse(response.isRedirect());
        assertEquals(portal.uri("/sso/return"), arrival.uri());
        assertEquals("cross-site", arrival.site());
        assertEquals(303, arrival.status());
        assertEquals(portal.uri("/orders"), browser.followAll(arrival).uri());
        assertTrue(portal.me(browser).containsKey("externalId"));
    }

    @Test
    void keepsThePendingLoginInACookieThatIsSentAlongWithThePost() {
        var begin = browser.navigate(portal.uri("/orders"));

        var cookie = begin.setCookies().get(0);

        assertEquals("form_post", begin.locationParameters().get("response_mode"));
        assertTrue(cookie.startsWith("__Host-sso-login-"), "name of the login cookie");
        assertTrue(cookie.contains("SameSite=None"), "SameSite of the login cookie");
        assertTrue(cookie.contains("Secure"), "Secure of the login cookie");
    }

    @Test
    void refusesAPostedResponseOfAnotherIssuer() {
        var response = response();

        var answer = browser.submitForm(response, Map.of("iss", "http://127.0.0.1/realms/others"));

        assertRefused(Reason.RESPONSE_ISSUER_REFUSED, answer);
    }

    @Test
    void refusesAResponseThatAnotherBrowserPosts() throws GeneralSecurityException {
        var response = response();

        var answer = new Browser(certificate.trusted()).submitForm(response, Map.of());

        assertRefused(Reason.UNKNOWN_STATE, answer);
    }

    @Test
    void saysWhyWhereAnErrorIsPosted() throws ServletException {
        portal.close();
        portal = Portal.startSecure(certificate, keycloak, "enableResponseModeFormPost", "true", "enablePkce", "false");

        var error = browser.followAll(browser.navigate(portal.uri("/orders")));
        var answer = browser.submitForm(error, Map.of());

        assertRefused(Reason.AUTHORIZATION_REFUSED, answer);
    }

    private Answer response() {
        var loginPage = browser.followAll(browser.navigate(portal.uri("/orders")));
        return browser.followAll(browser.submitForm(loginPage, CREDENTIALS));
    }

    private void assertRefused(Reason reason, Answer answer) {
        assertEquals(reason.status(), answer.status());
        assertTrue(answer.body().contains(reason.name()), answer.body());
        assertEquals(401, browser.fetch(portal.uri("/sso/me")).status());
        assertEquals(0, portal.reached());
    }
}
