package dev.ssofilter.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In every container a user who signs in ends at the page they asked for, and a call that cannot sign in is told so. */
abstract class LoginSuite extends Suite {
    @Test
    void showsTheApplicationWhoTheUserIs() {
        var page = browser.logInFrom(site.at("/app/orders"), pool.user());

        assertEquals(200, page.status());
        assertTrue(page.body().contains("user " + pool.user().email() + "\n"), page.body());
        assertTrue(page.body().contains("authType SSO\n"), page.body());
        assertTrue(page.body().contains("member true\n"), page.body());
        assertEquals("private, no-store", page.header("Cache-Control").orElse(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/app/",
                "/app/a!b'()*~,$&=:@x",
                "/app/caf%C3%A9/%E6%97%A5%e6%9c%ac",
                "/app/a%2Fb/c",
                "/app/a%20b+c",
                "/app/a;v=1;w=2/b;x",
                "/app/a//b",
                "/app/100%25",
                "/app/x?id=7&id=8&id=",
                "/app/x?q=a+b%20c%2B&q=%C3%A9&&=",
                "/app/x?a=/b?c=d;e!f*g'(h)~i",
                "/app/x?target=//evil.example/&code=c&state=s"
            })
    void keepsTheAddressByteForByte(String asked) {
        if (isRefused(asked, browser.navigate(site.at(asked)))) {
            return;
        }

        var page = browser.logInFrom(site.at(asked), pool.user());

        assertEquals(site.at(asked), page.uri());
        assertEquals(200, page.status());
        assertTrue(page.body().startsWith("asked " + asked + "\n"), page.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/app/x?", "/app/?", "/app/x?broken=%zz%&c=%"})
    void keepsAlsoAnAddressThatAnHttpClientWouldTidyUp(String asked) {
        var toPool = site.navigateRaw(browser, asked);
        if (isRefused(asked, toPool)) {
            return;
        }

        var loginPage = browser.followAll(toPool);
        var toReturnUrl = browser.submitForm(
                loginPage,
                Map.of("username", pool.user().email(), "password", pool.user().password()));
        var back = browser.follow(toReturnUrl);

        var heard = container.forgetsAnEmptyQuery() && asked.endsWith("?") ? asked.replace("?", "") : asked;
        assertEquals(site.at("") + heard, back.header("Location").orElse(""));
    }

    /** Some containers refuse such an address themselves, of which the filter never hears; none that is as kind as can be. */
    private boolean isRefused(String asked, Browser.Answer toPool) {
        var colon = container.takesNoColonInAPath() && asked.contains(":");
        var refused = (colon ? Set.of(503) : Set.of(400, 404)).contains(toPool.status());
        assertTrue(refused ? container.isAsItComes() : toPool.status() == 302, toPool.body());
        return refused;
    }

    @Test
    void letsTwoTabsSignInSideBySide() {
        var first = browser.navigate(site.at("/app/one"));
        var second = browser.navigate(site.at("/app/two"));

        var one = browser.logIn(first, pool.user().email(), pool.user().password());
        var two = browser.logIn(second, pool.user().email(), pool.user().password());

        assertEquals(site.at("/app/one"), one.uri());
        assertEquals(site.at("/app/two"), two.uri());
        assertEquals(List.of(200, 200), List.of(one.status(), two.status()));
        assertEquals(200, browser.navigate(site.at("/app/three")).status());
    }

    @Test
    void beginsALoginWithoutASession() {
        var toPool = browser.navigate(site.at("/app/orders"));

        assertEquals(302, toPool.status());
        assertEquals(1, toPool.setCookies().size(), () -> "" + toPool.setCookies());
        var cookie = toPool.setCookies().get(0);
        assertTrue(cookie.matches("sso-login-[^;]+; .*"), cookie);
        for (var attribute : List.of("path=/", "httponly", "samesite=lax", "max-age=600")) {
            assertTrue(Site.attributes(cookie).contains(attribute), cookie);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"})
    void tellsACallThatItNeedsAUser(String method) {
        var answer = browser.request(method, site.at("/app/orders"), "", "Accept", "application/json");

        assertEquals(401, answer.status());
        assertEquals("SSO", answer.header("WWW-Authenticate").orElse(""));
        assertEquals(List.of(), answer.setCookies());
        assertEquals("no-store", answer.header("Cache-Control").orElse(""));
        var problem = "application/problem+json";
        assertTrue(answer.header("Content-Type").orElse("").startsWith(problem), () -> "" + answer.headers());
        assertTrue(method.equals("HEAD") || answer.body().contains("LOGIN_REQUIRED"), answer.body());
    }

    @Test
    void tellsAFormThatNothingWasSaved() {
        var answer = postForm("/app/orders");

        assertEquals(401, answer.status());
        assertTrue(answer.body().contains("NOT_SAVED"), answer.body());
    }

    private Browser.Answer postForm(String path) {
        return browser.request(
                "POST",
                site.at(path),
                "a=b",
                "Accept",
                "text/html",
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Sec-Fetch-Mode",
                "navigate",
                "Sec-Fetch-Dest",
                "document");
    }

    @Test
    @DisplayName("AB-213 authenticate begins a login without the length that the application had set")
    void beginsALoginWithoutTheLengthOfTheApplications() {
        var toPool = browser.navigate(site.at("/app/public/ask-measured"));

        assertEquals(302, toPool.status());
        assertEquals("", toPool.body());
    }

    @Test
    @DisplayName("AB-213 authenticate shows the application's own failure page, whole")
    void showsTheApplicationsOwnFailurePageWhole() {
        var answer = postForm("/own/public/ask-measured");

        assertEquals(401, answer.status());
        assertTrue(answer.body().startsWith("asked /own/inside/failure\n"), answer.body());
        assertTrue(answer.body().endsWith("visit none\n"), answer.body());
    }

    @Test
    @DisplayName(
            "AB-213 authenticate tells a script that it needs a user, by the writer that the application has begun")
    void tellsAScriptByTheWriterOfTheApplications() {
        var answer = browser.fetch(site.at("/app/public/ask-begun"));

        assertEquals(401, answer.status(), answer.body());
        var problem = "application/problem+json";
        assertTrue(answer.header("Content-Type").orElse("").startsWith(problem), () -> "" + answer.headers());
        assertTrue(answer.body().startsWith("{") && answer.body().contains("LOGIN_REQUIRED"), answer.body());
        assertTrue(answer.body().endsWith("}"), answer.body());
    }

    @Test
    @DisplayName("AB-213 authenticate shows a page, by the writer that the application has begun")
    void showsAPageByTheWriterOfTheApplications() {
        var answer = postForm("/app/public/ask-begun");

        assertEquals(401, answer.status(), answer.body());
        assertTrue(answer.header("Content-Type").orElse("").startsWith("text/html"), () -> "" + answer.headers());
        assertTrue(answer.body().startsWith("<!DOCTYPE html>"), answer.body());
        assertTrue(answer.body().contains("NOT_SAVED"), answer.body());
        assertTrue(answer.body().strip().endsWith("</html>"), answer.body());
    }

    @Test
    void refusesOtherMethodsAtTheReturnUrl() {
        var answer = browser.request("DELETE", site.at("/app/sso/return?code=c&state=s"), "");

        assertEquals(405, answer.status());
        assertEquals("GET", answer.header("Allow").orElse(""));
        assertTrue(answer.body().contains("METHOD_NOT_ALLOWED"), answer.body());
    }

    @Test
    void servesPublicPagesToEverybody() {
        var page = browser.navigate(site.at("/app/public/news"));

        assertEquals(200, page.status());
        assertTrue(page.body().contains("user null\n"), page.body());
        assertEquals(List.of(), page.setCookies());
    }
}
