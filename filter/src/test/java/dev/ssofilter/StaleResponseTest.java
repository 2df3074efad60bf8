package dev.ssofilter;

import static dev.ssofilter.Refusals.assertAnonymous;
import static dev.ssofilter.Refusals.assertFailed;
import static dev.ssofilter.Refusals.assertRefused;
import static dev.ssofilter.Refusals.assertSignedIn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendAnswer;
import dev.ssofilter.user.Reason;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A response that another browser began, or that came before: no code is redeemed twice, and no session changes hands. */
@TestInstance(Lifecycle.PER_CLASS)
class StaleResponseTest {
    private final Scene scene = Scene.with();

    @BeforeEach
    void renew() {
        scene.renew();
    }

    @AfterAll
    void stop() {
        scene.close();
    }

    @Test
    @DisplayName("AB-004 AB-018 refuses a response from another browser, in one that began nothing")
    void refusesAResponseFromAnotherBrowser() {
        var attackers = scene.response(new Browser(), scene.pool.admin());

        var answer = scene.browser.navigate(attackers);

        assertRefused(scene, answer, Reason.UNKNOWN_STATE);
        assertEquals(0, scene.tokenRequests());
    }

    @Test
    @DisplayName("AB-004 R-02 leaves a signed-in user alone when a response of another browser comes")
    void leavesASignedInUserAlone() {
        scene.logIn();
        var session = scene.browser.cookies().get("JSESSIONID");
        var attackers = scene.response(new Browser(), scene.pool.admin());

        var answer = scene.browser.navigate(attackers);

        assertToDefaultTarget(answer);
        assertEquals(scene.pool.user().sub(), scene.me().get("externalId"));
        assertEquals(session, scene.browser.cookies().get("JSESSIONID"));
        assertEquals(1, scene.tokenRequests());
    }

    private void assertToDefaultTarget(Browser.Answer answer) {
        assertEquals(303, answer.status());
        assertEquals(Optional.of(scene.application.uri("/")), answer.location());
        assertEquals(Optional.of("no-store"), answer.header("Cache-Control"));
    }

    @Test
    @DisplayName("AB-006 R-02 sends a signed-in browser on when its response comes again")
    void sendsASignedInBrowserOn() {
        var response = scene.response();
        scene.browser.navigate(response);
        var session = scene.browser.cookies().get("JSESSIONID");

        var again = scene.browser.navigate(response);

        assertToDefaultTarget(again);
        assertEquals(session, scene.browser.cookies().get("JSESSIONID"));
        assertSignedIn(scene, scene.browser);
        assertEquals(1, scene.tokenRequests());
        assertEquals(1, scene.sessions());
    }

    @ParameterizedTest(
            name = "AB-007 R-36 refuses a response that comes again without a session, login cookie kept: {0}")
    @ValueSource(booleans = {false, true})
    void refusesARepeatedResponse(boolean cookieKept) {
        var response = scene.response();
        var before = scene.browser.cookies();
        scene.browser.navigate(response);
        scene.browser.clearCookies();
        if (cookieKept) {
            restore(before);
        }

        var again = scene.browser.navigate(response);

        assertFailed(scene, again, Reason.UNKNOWN_STATE);
        assertAnonymous(scene, scene.browser);
        assertEquals(1, scene.tokenRequests());
        assertEquals(0, scene.reached());
    }

    private void restore(Map<String, String> cookies) {
        cookies.forEach((name, value) -> {
            if (name.startsWith("sso-login-")) {
                scene.browser.addCookie(scene.application.uri("/"), name + "=" + value + "; Path=/");
            }
        });
    }

    @Test
    @DisplayName("AB-008 spends the login with its first response, although that failed")
    void spendsTheLoginWithAFailure() {
        scene.pool.next("/oauth2/token", PretendAnswer.of(500, "application/json", "{}"));
        var response = scene.response();
        var before = scene.browser.cookies();
        var first = scene.browser.navigate(response);
        restore(before);

        var again = scene.browser.navigate(response);

        assertFailed(scene, first, Reason.USER_POOL_UNREACHABLE);
        assertRefused(scene, again, Reason.UNKNOWN_STATE);
        assertEquals(1, scene.tokenRequests());
    }

    @ParameterizedTest(name = "takes the login cookie away with the response, code redeemed: {0}")
    @ValueSource(booleans = {true, false})
    void takesTheLoginCookieAway(boolean redeemed) {
        var response = scene.response();
        var before = scene.browser.cookies().keySet();
        scene.browser.navigate(redeemed ? response : scene.returnUrl(response.getRawQuery() + "&error=access_denied"));

        assertTrue(before.stream().anyMatch(name -> name.startsWith("sso-login-")));
        assertTrue(scene.browser.cookies().keySet().stream().noneMatch(name -> name.startsWith("sso-login-")));
        assertEquals(redeemed ? 1 : 0, scene.tokenRequests());
    }

    @Test
    @DisplayName("AB-009 redeems the code once where the response comes twice at the same time")
    void redeemsOnce() {
        var release = new CountDownLatch(1);
        scene.pool.next("/oauth2/token", PretendAnswer.held(release));
        var response = scene.response();
        var one = CompletableFuture.supplyAsync(() -> scene.browser.navigate(response));
        var other = CompletableFuture.supplyAsync(() -> scene.browser.navigate(response));

        var loser = (Browser.Answer) CompletableFuture.anyOf(one, other).join();
        release.countDown();
        var winner = one.join() == loser ? other.join() : one.join();

        assertFailed(scene, loser, Reason.UNKNOWN_STATE);
        assertEquals(303, winner.status());
        assertEquals(1, scene.tokenRequests());
        assertEquals(1, scene.sessions());
    }
}
