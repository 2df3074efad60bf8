package dev.ssofilter;

import static dev.ssofilter.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ssofilter.oidc.PendingLogin;
import dev.ssofilter.testkit.Browser;
import dev.ssofilter.user.Reason;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What stands in a login cookie counts, not what it is called. The clock stands; the cookie is made anew with the key that
 * sealed it.
 */
class SealedLoginTest {
    private final Scene scene = Scene.with();

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    @DisplayName("AB-005 refuses a response to a login that began ten minutes and a second ago")
    void refusesAnExpiredLogin() {
        var response = scene.response();
        makeOlder(PendingLogin.LIFE.plusSeconds(1));

        var answer = scene.browser.navigate(response);

        assertRefused(scene, answer, Reason.LOGIN_EXPIRED, "more than 10 minutes ago");
        assertEquals(0, scene.tokenRequests());
    }

    @Test
    void takesAResponseToALoginOfNineMinutes() {
        var response = scene.response();
        makeOlder(Duration.ofMinutes(9));

        var answer = scene.browser.navigate(response);

        assertEquals(303, answer.status());
    }

    @Test
    void refusesALoginCookieThatHoldsAnotherState() {
        var response = scene.response();
        change(now -> new PendingLogin(new byte[32], now.target(), now.begun()));

        var answer = scene.browser.navigate(response);

        assertRefused(scene, answer, Reason.UNKNOWN_STATE, "cannot be opened");
        assertEquals(0, scene.tokenRequests());
    }

    @Test
    @DisplayName(
            "AB-063 refuses a login cookie whose target was tampered with, bit by bit, and asks the provider nothing")
    void refusesATamperedTarget() {
        var response = scene.response();
        var sealed = Base64.getUrlDecoder().decode(cookie().getValue());
        for (var at : List.of(0, sealed.length / 2, sealed.length - 1)) {
            var changed = sealed.clone();
            changed[at] ^= 1;
            set(Base64.getUrlEncoder().withoutPadding().encodeToString(changed));
            scene.log.clear();

            var answer = scene.browser.navigate(response);

            assertRefused(scene, answer, Reason.UNKNOWN_STATE, "cannot be opened");
            scene.browser.clearCookies();
            response = scene.response();
            sealed = Base64.getUrlDecoder().decode(cookie().getValue());
        }
        assertEquals(0, scene.tokenRequests());
    }

    @Test
    @DisplayName("AB-063 leads to no target that is none, though it was sealed with the right key")
    void leadsToNoForgedTarget() {
        var response = scene.response();
        change(now -> new PendingLogin(now.seed(), "//evil.example/", now.begun()));

        var answer = scene.browser.navigate(response);

        assertEquals(Optional.of(scene.application.uri("/")), answer.location());
    }

    @Test
    @DisplayName("AB-167 begins anew where another site has pushed the login cookie out of the jar")
    void beginsAnewWithoutTheCookie() {
        var response = scene.response();
        scene.browser.removeCookie(cookie().getKey());

        var answer = scene.browser.navigate(response);

        assertRefused(scene, answer, Reason.UNKNOWN_STATE, "no login cookie for it");
        assertEquals(0, scene.tokenRequests());
        assertEquals(200, scene.logIn().status());
    }

    @Test
    @DisplayName("AB-163 AB-184 tells an unknown state and a cookie with a bad tag by the same page")
    void tellsBothAlike() {
        var response = scene.response();
        var sealed = cookie().getValue();
        set(sealed.substring(0, sealed.length() - 4) + "AAAA");

        var tag = scene.browser.navigate(response);
        var state = scene.browser.navigate(scene.returnUrl("code=c&state=" + "A".repeat(43)));

        assertRefused(scene, state, Reason.UNKNOWN_STATE, "no login cookie for it");
        assertEquals(withoutReference(state), withoutReference(tag));
        assertEquals(state.status(), tag.status());
    }

    private static String withoutReference(Browser.Answer page) {
        return page.body().replaceFirst("Reference: [0-9A-V]{8}", "");
    }

    private void makeOlder(Duration age) {
        change(now -> new PendingLogin(now.seed(), now.target(), now.begun().minus(age)));
    }

    private void change(UnaryOperator<PendingLogin> change) {
        var seal = LoginSeal.of(scene.application, scene.pool, cookie().getKey());
        set(seal.seal(change.apply(seal.open(cookie().getValue()).orElseThrow())));
    }

    private void set(String value) {
        scene.browser.addCookie(scene.application.uri(""), cookie().getKey() + "=" + value + "; Path=/");
    }

    private Map.Entry<String, String> cookie() {
        return scene.browser.cookies().entrySet().stream()
                .filter(one -> one.getKey().startsWith("sso-login-"))
                .findFirst()
                .orElseThrow();
    }
}
