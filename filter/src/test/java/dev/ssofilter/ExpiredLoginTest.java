package dev.ssofilter;

import static dev.ssofilter.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ssofilter.oidc.PendingLogin;
import dev.ssofilter.oidc.Sealer;
import dev.ssofilter.testkit.PretendUserPool;
import dev.ssofilter.user.Reason;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A login that took too long. The clock stands; the login cookie is made older, with the key that sealed it. */
class ExpiredLoginTest {
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

    private void makeOlder(Duration age) {
        var cookie = scene.browser.cookies().entrySet().stream()
                .filter(one -> one.getKey().startsWith("sso-login-"))
                .findFirst()
                .orElseThrow();
        var base = scene.application.uri("");
        var purpose = String.join("\n", "login", cookie.getKey(), base.toString(), PretendUserPool.CLIENT_ID);
        var sealer = Sealer.fromClientSecret(PretendUserPool.CLIENT_SECRET);
        var now = sealer.open(purpose, cookie.getValue())
                .flatMap(PendingLogin::fromBytes)
                .orElseThrow();
        var then = new PendingLogin(
                now.state(),
                now.nonce(),
                now.codeVerifier(),
                now.target(),
                now.begun().minus(age));
        scene.browser.addCookie(base, cookie.getKey() + "=" + sealer.seal(purpose, then.toBytes()) + "; Path=/");
    }
}
