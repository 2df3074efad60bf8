package dev.ssofilter.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PoolLoginPageTest {
    private final PretendUserPool pool = PretendUserPool.start();
    private final PlainRp rp = new PlainRp(pool, pool.client());
    private final Browser browser = new Browser();

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void signsAUserInAndSendsThemBackWithAUuidCodeAndState() {
        Browser.Answer toLogin = browser.navigate(rp.authorize());
        Browser.Answer form = browser.follow(toLogin);
        Browser.Answer back = browser.submitForm(
                form,
                Map.of("username", "ANA@example.org", "password", pool.user().password()));

        assertEquals(
                rp.authorize().getRawQuery(), toLogin.location().orElseThrow().getRawQuery());
        assertEquals("/login", toLogin.location().orElseThrow().getPath());
        assertEquals("DENY", form.header("X-Frame-Options").orElseThrow());
        assertEquals(302, back.status());
        String location = back.header("Location").orElseThrow();
        assertTrue(location.matches("http://localhost:1/sso/return\\?code=[0-9a-f-]{36}&state=state-1"), location);
    }

    @Test
    void showsTheFormAgainAfterAWrongPassword() {
        Browser.Answer form = browser.follow(browser.navigate(rp.authorize()));

        Browser.Answer again =
                browser.submitForm(form, Map.of("username", pool.user().email(), "password", "wrong"));

        assertEquals(200, again.status());
        assertTrue(again.body().contains("Incorrect username or password."));
        assertFalse(browser.cookies().containsKey("cognito"));
    }

    @Test
    void refusesAFormWhoseTokenIsNotTheCookies() {
        Browser.Answer form = browser.follow(browser.navigate(rp.authorize()));

        assertEquals(403, browser.submitForm(form, Map.of("_csrf", "another")).status());
    }

    @Test
    void sendsAKnownBrowserStraightBackForOneHour() {
        rp.signIn(browser, pool.user());

        assertTrue(browser.navigate(rp.authorize()).locationParameters().containsKey("code"));
        assertTrue(browser.navigate(rp.authorize("prompt", "none"))
                .locationParameters()
                .containsKey("code"));
        assertEquals(
                "/login",
                browser.navigate(rp.authorize("prompt", "login"))
                        .location()
                        .orElseThrow()
                        .getPath());
        pool.knobs().clockOffset(Duration.ofMinutes(61));
        assertEquals(
                "/login",
                browser.navigate(rp.authorize()).location().orElseThrow().getPath());
    }

    @Test
    void hasNoSilentAnswerForAFederatedUserWhereALocalOneIsAskedFor() {
        pool.user().federated("Google", "1122334455");
        rp.signIn(browser, pool.user());

        Browser.Answer answer = browser.navigate(rp.authorize("prompt", "none", "identity_provider", "COGNITO"));

        assertEquals("login_required", answer.locationParameters().get("error"));
    }

    @Test
    void letsTheUserChooseAnotherAccountWhereAsked() {
        rp.signIn(browser, pool.user());

        Browser.Answer answer = browser.navigate(rp.authorize("prompt", "select_account"));

        assertEquals("/login", answer.location().orElseThrow().getPath());
    }
}
