package dev.ssofilter.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendAnswer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** In every container who signs out is signed out, whatever else is on its way. */
abstract class LogoutSuite extends Suite {
    @Test
    void signsOutHereAndAtThePool() {
        var page = browser.logInFrom(site.at("/app/orders"), pool.user());
        var cookie = browser.cookies().get(Site.SESSION);

        var toPool = browser.click(page, site.at("/app/sso/logout"));
        var end = browser.followAll(toPool);

        assertEquals(303, toPool.status());
        assertEquals("/logout", toPool.location().orElseThrow().getPath());
        assertEquals(site.at("/app/sso/signed-out"), end.uri());
        assertEquals(200, end.status());
        assertEquals(302, browser.navigate(site.at("/app/orders")).status());
        assertEquals(
                302,
                new Browser()
                        .navigate(site.at("/app/orders"), "Cookie", Site.SESSION + "=" + cookie)
                        .status());
    }

    @Test
    void takesTheSessionCookieFromTheBrowserByTheNameThatItHas() {
        var page = browser.logInFrom(site.at("/named/orders"), pool.user());
        assertEquals(1, shopCookies().size(), () -> "" + browser.cookies());

        browser.click(page, site.at("/named/sso/logout"));

        assertEquals(List.of(), shopCookies());
    }

    private List<String> shopCookies() {
        return browser.cookies().keySet().stream()
                .filter(name -> name.startsWith("SHOP"))
                .toList();
    }

    @Test
    void asksBeforeItSignsOutForAnotherSite() {
        browser.logInFrom(site.at("/app/orders"), pool.user());

        var question = browser.navigate(site.at("/app/sso/logout"));
        var still = browser.navigate(site.at("/app/orders"));
        var end = browser.followAll(browser.submitForm(question, Map.of()));

        assertEquals(200, question.status());
        assertEquals(200, still.status());
        assertEquals(site.at("/app/sso/signed-out"), end.uri());
    }

    @Test
    @DisplayName("AB-192 lasts though another tab is signing in")
    void lastsThoughAnotherTabIsSigningIn() {
        var otherTab = toReturnUrl(browser.navigate(site.at("/app/other")));
        var page = browser.logInFrom(site.at("/app/orders"), pool.user());
        var release = new CountDownLatch(1);
        pool.next("/oauth2/token", PretendAnswer.held(release));
        pool.resetRequests();

        var arriving = CompletableFuture.supplyAsync(() -> browser.follow(otherTab));
        awaitTokenRequest(arriving);
        browser.click(page, site.at("/app/sso/logout"));
        release.countDown();
        var arrived = arriving.join();

        assertEquals(400, arrived.status(), arrived.body());
        assertTrue(arrived.body().contains("SIGNED_OUT_MEANWHILE"), arrived.body());
        assertEquals(302, browser.navigate(site.at("/app/orders")).status());
    }

    @Test
    @DisplayName("AB-192 is not made undone by a tab that was signed in meanwhile")
    void isNotMadeUndoneByATabThatWasSignedInMeanwhile() {
        var otherTab = toReturnUrl(browser.navigate(site.at("/app/other")));
        var thirdTab = toReturnUrl(browser.navigate(site.at("/app/third")));
        browser.logInFrom(site.at("/app/orders"), pool.user());
        var release = new CountDownLatch(1);
        pool.next("/oauth2/token", PretendAnswer.held(release));
        pool.resetRequests();

        var arriving = CompletableFuture.supplyAsync(() -> browser.follow(otherTab));
        awaitTokenRequest(arriving);
        var third = browser.followAll(thirdTab);
        release.countDown();
        var arrived = arriving.join();

        assertEquals(200, third.status());
        assertEquals(303, arrived.status(), arrived.body());
        assertEquals(site.at("/app/"), arrived.location().orElseThrow());
        assertFalse(arrived.setCookies().stream().anyMatch(line -> line.startsWith(Site.SESSION)));
        assertEquals(200, browser.navigate(site.at("/app/orders")).status());
    }

    /** Signs in at the pool, and stops where the pool sends the browser back. */
    private Browser.Answer toReturnUrl(Browser.Answer first) {
        var answer = browser.follow(first);
        while (answer.isRedirect() && !site.isOurs(answer.location().orElseThrow())) {
            answer = browser.follow(answer);
        }
        return answer.isRedirect()
                ? answer
                : browser.submitForm(
                        answer,
                        Map.of(
                                "username",
                                pool.user().email(),
                                "password",
                                pool.user().password()));
    }

    private void awaitTokenRequest(CompletableFuture<?> arriving) {
        while (pool.count("/oauth2/token") == 0 && !arriving.isDone()) {
            Thread.onSpinWait();
        }
    }
}
