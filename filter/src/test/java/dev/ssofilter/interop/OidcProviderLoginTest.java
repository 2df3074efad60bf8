package dev.ssofilter.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.Browser.Answer;
import dev.ssofilter.user.Reason;
import jakarta.servlet.ServletException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A user signs in and consents on the pages of a certified provider that demands PKCE, and out again. */
@Tag("interop")
@ExtendWith(OidcProviderExtension.class)
class OidcProviderLoginTest {
    private static final String SUB_ALONE = "External ID = sub @ ID Token";

    private final Browser browser = new Browser();
    private final OidcProviders providers;

    OidcProviderLoginTest(OidcProviders providers) {
        this.providers = providers;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "client_secret_post, enableTokenEndpointBasicAuth, false",
        "client_secret_basic, enableTokenEndpointBasicAuth, true",
        "none, clientSecret, ''"
    })
    void returnsTheUserToThePageTheyAskedFor(String authentication, String setting, String value)
            throws ServletException {
        try (var provider = providers.provider("authentication", authentication);
                var portal = Portal.start(provider, "claims", SUB_ALONE, setting, value)) {

            var page = new Visitor(browser, portal).logIn();

            assertEquals(200, page.status());
            assertEquals(portal.uri("/orders"), page.uri());
            assertEquals("page /orders of ana\nmay read\n", page.body());
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"RS256", "ES256", "EdDSA", "Ed25519"})
    void takesAnIdTokenSignedWith(String algorithm) throws ServletException {
        try (var provider = providers.provider("alg", algorithm);
                var portal = Portal.start(provider, "claims", SUB_ALONE)) {

            var page = new Visitor(browser, portal).logIn();

            assertEquals(portal.uri("/orders"), page.uri());
        }
    }

    @Test
    void takesClaimsThatStandInUserinfoAlone() throws ServletException {
        var claims = SUB_ALONE + "; Username = preferred_username @ Userinfo; Email = email @ Userinfo;"
                + " Last Name = family_name @ Userinfo; Roles = groups @ Userinfo";
        try (var provider = providers.provider();
                var portal = Portal.start(provider, "claims", claims)) {

            var page = new Visitor(browser, portal).logIn();

            var me = portal.me(browser);
            assertEquals("page /orders of ana\nmay edit\n", page.body());
            assertEquals("ana@example.org", me.get("email"));
            assertEquals(true, me.get("emailVerified"));
            assertEquals("Müller-O'Neil", me.get("lastName"));
            assertEquals(Set.of("editors", "r&d <i>x, y"), Set.copyOf((List<?>) me.get("roles")));
        }
    }

    @Test
    void hasNoSuchClaimsWhereTheyAreMappedFromTheIdToken() throws ServletException {
        var claims = SUB_ALONE + "; Email = email @ ID Token; Roles = groups @ ID Token";
        try (var provider = providers.provider();
                var portal = Portal.start(provider, "claims", claims)) {

            new Visitor(browser, portal).logIn();

            var me = portal.me(browser);
            assertEquals(OidcProvider.USER, me.get("externalId"));
            assertFalse(me.containsKey("email"));
            assertEquals(List.of(), me.get("roles"));
            assertEquals(0, provider.count("/me"));
        }
    }

    @Test
    void saysThatAnOpaqueAccessTokenHasNoClaims() throws ServletException {
        try (var provider = providers.provider();
                var portal = Portal.start(provider);
                var log = new LogLines()) {

            var answer = new Visitor(browser, portal).logIn();

            assertRefused(Reason.ACCESS_TOKEN_REFUSED, answer, portal);
            assertTrue(log.ofTheFailure().contains("map the claim from"), log.ofTheFailure());
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"client_secret_post, false", "client_secret_basic, true"})
    void saysThatAWrongSecretIsRefused(String authentication, String basic) throws ServletException {
        try (var provider = providers.provider("authentication", authentication);
                var portal = Portal.start(provider, "clientSecret", "wrong", "enableTokenEndpointBasicAuth", basic);
                var log = new LogLines()) {

            var answer = new Visitor(browser, portal).logIn();

            assertRefused(Reason.TOKEN_REQUEST_REFUSED, answer, portal);
            assertTrue(log.ofTheFailure().contains("invalid_client"), log.ofTheFailure());
        }
    }

    @Test
    void comesBackSignedOutOnBothSides() throws ServletException {
        try (var provider = providers.provider();
                var portal = Portal.start(provider, "claims", SUB_ALONE)) {
            var page = new Visitor(browser, portal).logIn();

            var question = browser.followAll(browser.click(page, portal.uri("/sso/logout")));
            var end = browser.followAll(browser.submitForm(question, Map.of("logout", "yes")));

            assertEquals("/sso/signed-out", end.uri().getPath());
            assertEquals(401, browser.fetch(portal.uri("/sso/me")).status());
            assertTrue(new Visitor(browser, portal).loginPage().body().contains("name=\"password\""));
        }
    }

    private void assertRefused(Reason reason, Answer answer, Portal portal) {
        assertEquals(reason.status(), answer.status());
        assertTrue(answer.body().contains(reason.name()), answer.body());
        assertEquals(401, browser.fetch(portal.uri("/sso/me")).status());
        assertEquals(0, portal.reached());
    }
}
