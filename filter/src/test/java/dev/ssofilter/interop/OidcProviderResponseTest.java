package dev.ssofilter.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.Browser.Answer;
import dev.ssofilter.user.Reason;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes to the Return URL from a certified provider, told to answer well or badly. */
@Tag("interop")
@ExtendWith(OidcProviderExtension.class)
class OidcProviderResponseTest {
    private static final String SUB_ALONE = "External ID = sub @ ID Token";

    private final Browser browser = new Browser();
    private final OidcProviders providers;

    OidcProviderResponseTest(OidcProviders providers) {
        this.providers = providers;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"on, true", "off, false"})
    void findsTheIssuerInTheResponseOfAProviderThatPromisesIt(String iss, boolean there) throws ServletException {
        try (var provider = providers.provider("iss", iss);
                var portal = Portal.start(provider, "claims", SUB_ALONE)) {

            var response = new Visitor(browser, portal).response();

            assertEquals(there, response.getRawQuery().contains("iss="));
            assertEquals(
                    portal.uri("/orders"),
                    browser.followAll(browser.navigate(response)).uri());
        }
    }

    @Test
    void signsInByAResponseThatIsPosted(@TempDir Path folder)
            throws ServletException, IOException, InterruptedException, GeneralSecurityException {
        var certificate = TlsCertificate.in(folder);
        var secure = new Browser(certificate.trusted());
        try (var provider = providers.provider();
                var portal = Portal.startSecure(
                        certificate, provider, "claims", SUB_ALONE, "enableResponseModeFormPost", "true")) {
            var response = new Visitor(secure, portal).logIn();

            var arrival = secure.submitForm(response, Map.of());

            assertEquals(portal.uri("/sso/return"), arrival.uri());
            assertEquals(portal.uri("/orders"), secure.followAll(arrival).uri());
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"wrong", "missing"})
    void refusesAResponseOfAnotherIssuer(String iss) throws ServletException {
        try (var provider = providers.provider("iss", iss);
                var portal = Portal.start(provider, "claims", SUB_ALONE)) {

            var answer = new Visitor(browser, portal).logIn();

            assertRefused(Reason.RESPONSE_ISSUER_REFUSED, answer, portal);
            assertEquals(0, provider.count("/token"));
        }
    }

    @Test
    void saysSoWhereTheUserCancelsTheSignIn() throws ServletException {
        try (var provider = providers.provider();
                var portal = Portal.start(provider)) {
            var visitor = new Visitor(browser, portal);

            var answer = visitor.cancel(visitor.loginPage());

            assertRefused(Reason.ACCESS_DENIED, answer, portal);
            assertEquals(0, provider.count("/token"));
        }
    }

    @Test
    void saysSoWhereTheUserDeniesConsent() throws ServletException {
        try (var provider = providers.provider();
                var portal = Portal.start(provider)) {
            var visitor = new Visitor(browser, portal);

            var answer = visitor.cancel(visitor.consentPage());

            assertEquals(403, answer.status());
            assertRefused(Reason.ACCESS_DENIED, answer, portal);
            assertEquals(0, provider.count("/token"));
        }
    }

    @Test
    void signsInAfterTheUserHasThoughtBetterOfIt() throws ServletException {
        try (var provider = providers.provider();
                var portal = Portal.start(provider, "claims", SUB_ALONE)) {
            var visitor = new Visitor(browser, portal);
            visitor.cancel(visitor.consentPage());

            var consent = browser.followAll(browser.navigate(portal.uri("/orders")));
            var page = browser.followAll(browser.submitForm(consent, Map.of()));

            assertEquals(portal.uri("/orders"), page.uri());
        }
    }

    private void assertRefused(Reason reason, Answer answer, Portal portal) {
        assertEquals(reason.status(), answer.status());
        assertTrue(answer.body().contains(reason.name()), answer.body());
        assertEquals(401, browser.fetch(portal.uri("/sso/me")).status());
        assertEquals(0, portal.reached());
    }
}
