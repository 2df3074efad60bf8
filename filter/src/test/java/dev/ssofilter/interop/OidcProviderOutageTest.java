package dev.ssofilter.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.Browser.Answer;
import dev.ssofilter.user.Reason;
import jakarta.servlet.ServletException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real provider goes down, hangs or changes its keys while users come and go. */
@Tag("interop")
@ExtendWith(OidcProviderExtension.class)
class OidcProviderOutageTest {
    private static final String DOCUMENT = "/.well-known/openid-configuration";
    private static final String KEYS = "/jwks";

    private final Browser browser = new Browser();
    private final OidcProvider provider;
    private Portal portal;

    OidcProviderOutageTest(OidcProviders providers) {
        provider = providers.provider();
    }

    @BeforeEach
    void start() throws ServletException {
        portal = Portal.start(
                provider,
                "claims",
                "External ID = sub @ ID Token; Email = email @ Userinfo",
                "publicPaths",
                "/public/*");
    }

    @AfterEach
    void stop() {
        portal.close();
        provider.close();
    }

    @Test
    void asksToTryAgainWhileTheProviderIsDown() {
        provider.down();

        var answer = browser.navigate(portal.uri("/orders"));

        assertUnreachable(answer);
        assertTrue(browser.navigate(portal.uri("/public/news")).body().startsWith("page /public/news"));
    }

    @Test
    void signsInOnceTheProviderIsThereAgain() {
        provider.down();
        browser.navigate(portal.uri("/orders"));
        provider.up();

        var page = logIn(browser);

        assertEquals(portal.uri("/orders"), page.uri());
    }

    @Test
    void refusesALoginWhoseCodeCannotBeRedeemed() {
        var response = new Visitor(browser, portal).response();
        provider.down();

        var answer = browser.navigate(response);

        assertUnreachable(answer);
        assertEquals(0, portal.reached());
    }

    @Test
    void letsASignedInUserWorkOnWhileTheProviderIsDown() {
        logIn(browser);
        provider.down();

        var page = browser.navigate(portal.uri("/invoices"));

        assertEquals(200, page.status());
        assertTrue(page.body().startsWith("page /invoices of "), page.body());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {DOCUMENT, "/token", KEYS, "/me"})
    void doesNotWaitForeverFor(String path) {
        provider.silence(path);

        var answer = logIn(browser);

        assertUnreachable(answer);
        assertEquals(1, provider.count(path));
    }

    @Test
    void readsTheKeysAgainForATokenOfANewKey() {
        logIn(browser);
        provider.rotateKeys();
        var other = new Browser();

        var page = logIn(other);

        assertEquals(portal.uri("/orders"), page.uri());
        assertEquals(2, provider.count(KEYS));
        assertEquals(200, browser.navigate(portal.uri("/orders")).status());
    }

    /** As far as it goes. */
    private Answer logIn(Browser whose) {
        var begin = whose.navigate(portal.uri("/orders"));
        return begin.isRedirect() ? new Visitor(whose, portal).logIn() : begin;
    }

    private void assertUnreachable(Answer answer) {
        assertEquals(Reason.USER_POOL_UNREACHABLE.status(), answer.status());
        assertTrue(answer.body().contains(Reason.USER_POOL_UNREACHABLE.name()), answer.body());
        assertTrue(answer.header("Retry-After").isPresent());
        assertEquals(401, browser.fetch(portal.uri("/sso/me")).status());
    }
}
