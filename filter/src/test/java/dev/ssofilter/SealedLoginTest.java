package dev.ssofilter;

import static dev.ssofilter.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ssofilter.oidc.PendingLogin;
import dev.ssofilter.oidc.Sealer;
import dev.ssofilter.testkit.PretendUserPool;
import dev.ssofilter.user.Reason;
import java.time.Duration;
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
        change(now -> new PendingLogin("A".repeat(43), now.target(), now.begun()));

        var answer = scene.browser.navigate(response);

        assertRefused(scene, answer, Reason.UNKNOWN_STATE, "cannot be opened");
        assertEquals(0, scene.tokenRequests());
    }

    private void makeOlder(Duration age) {
        change(now -> new PendingLogin(now.seed(), now.target(), now.begun().minus(age)));
    }

    private void change(UnaryOperator<PendingLogin> change) {
        var cookie = scene.browser.cookies().entrySet().stream()
                .filter(one -> one.getKey().startsWith("sso-login-"))
                .findFirst()
                .orElseThrow();
        var base = scene.application.uri("");
        var issuer = scene.pool.tokenSigningKeyUrl().toString().replace("/.well-known/jwks.json", "");
        var purpose = String.join(
                "\n", "login", cookie.getKey(), base.toString(), PretendUserPool.CLIENT_ID, issuer, "pkce=true");
        var sealer = Sealer.fromClientSecret(PretendUserPool.CLIENT_SECRET);
        var changed = sealer.open(purpose, cookie.getValue())
                .flatMap(PendingLogin::fromBytes)
                .map(change)
                .orElseThrow();
        scene.browser.addCookie(base, cookie.getKey() + "=" + sealer.seal(purpose, changed.toBytes()) + "; Path=/");
    }
}
