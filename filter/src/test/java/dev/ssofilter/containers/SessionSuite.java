package dev.ssofilter.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendAnswer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In every container a login ends in a session of its own, under a cookie that is as safe as we could make it. */
abstract class SessionSuite extends Suite {
    /** Two applications that share their session cookie. */
    private static final String ONE = "/shared";

    private static final String OTHER = "/other";

    @Test
    @DisplayName("AB-159 gives an old session up for a new one with one cookie")
    void givesAnOldSessionUpForANewOneWithOneCookie() {
        browser.navigate(site.at("/app/public/visit?of=before"));
        var before = browser.cookies().get(Site.SESSION);

        var back = browser.follow(toReturnUrl(browser.navigate(site.at("/app/orders"))));
        var page = browser.followAll(back);

        assertEquals(303, back.status());
        assertEquals(1, Site.sessionCookies(back).size(), () -> "" + back.setCookies());
        assertNotEquals(before, browser.cookies().get(Site.SESSION));
        assertTrue(page.body().contains("visit null\n"), page.body());
        assertTrue(page.body().contains("user " + pool.user().email() + "\n"), page.body());
        assertAnonymous("/app/orders", before);
    }

    @Test
    void keepsOfAnOldSessionWhatItWasToldToKeep() {
        browser.navigate(site.at("/kept/public/visit?of=before"));

        var page = browser.logInFrom(site.at("/kept/orders"), pool.user());

        assertTrue(page.body().contains("visit before\n"), page.body());
    }

    @Test
    @DisplayName("AB-159 changes an id that lives in a second application, too")
    void changesAnIdThatLivesInASecondApplicationToo() {
        browser.navigate(site.at(OTHER + "/public/visit?of=other"));
        var other = browser.cookies().get(Site.SESSION);
        browser.navigate(site.at(ONE + "/public/visit?of=one"));
        var shared = browser.cookies().get(Site.SESSION);
        assertEquals(container.hasOneIdForAllApplications(), shared.equals(other));

        var back = browser.follow(toReturnUrl(browser.navigate(site.at(ONE + "/orders"))));

        assertEquals(1, Site.sessionCookies(back).size(), () -> "" + back.setCookies());
        assertNotEquals(shared, browser.cookies().get(Site.SESSION));
        assertEquals(200, browser.navigate(site.at(ONE + "/orders")).status());
        assertAnonymous(ONE + "/orders", shared);
        assertAnonymous(OTHER + "/orders", shared);
    }

    @Test
    void keepsNothingThatWasPlantedUnderTheSameIdWhileTheLoginWasOnItsWay() throws Exception {
        browser.navigate(site.at(OTHER + "/public/visit?of=other"));
        var other = browser.cookies().get(Site.SESSION);
        var toReturn = toReturnUrl(browser.navigate(site.at(ONE + "/orders")));
        var release = new CountDownLatch(1);
        pool.next("/oauth2/token", PretendAnswer.held(release));

        var back = CompletableFuture.supplyAsync(() -> browser.follow(toReturn));
        while (pool.count("/oauth2/token") == 0 && !back.isDone()) {
            Thread.onSpinWait();
        }
        browser.navigate(site.at(ONE + "/public/visit?of=planted"));
        var planted = browser.cookies().get(Site.SESSION);
        release.countDown();

        var page = browser.followAll(back.get());
        assertEquals(container.hasOneIdForAllApplications(), planted.equals(other));
        if (container.refusesASecondSessionUnderAnId()) { // and so makes none at all
            assertTrue(page.body().contains("SESSION_REFUSED"), page.body());
            assertEquals(302, browser.navigate(site.at(ONE + "/orders")).status());
        } else {
            assertTrue(page.body().contains("user " + pool.user().email() + "\n"), page.body());
            assertTrue(page.body().contains("visit null\n"), page.body());
        }
    }

    @Test
    @DisplayName("AB-160 takes no user from a session id in the URL")
    void takesNoUserFromASessionIdInTheUrl() {
        browser.logInFrom(site.at("/urls/orders"), pool.user());
        var id = browser.cookies().get(Site.SESSION);

        var lured = site.navigateRaw(new Browser(), "/urls/orders;jsessionid=" + id);

        assertEquals(302, lured.status(), "AB-160");
        assertEquals(200, browser.navigate(site.at("/urls/orders")).status());
    }

    @ParameterizedTest
    @CsvSource({"/app, false", "/secure, true"})
    void hardensTheSessionCookie(String context, boolean secure) {
        var lines = Site.sessionCookies(browser.navigate(site.at(context + "/public/visit?of=me")));

        assertEquals(1, lines.size(), () -> "" + lines);
        var attributes = Site.attributes(lines.get(0));
        assertTrue(attributes.contains("httponly"), () -> "" + lines);
        assertEquals(container.writesSameSite(), attributes.contains("samesite=lax"), () -> "" + lines);
        assertEquals(secure, attributes.contains("secure"), () -> "" + lines);
    }

    @Test
    void leavesTheApplicationItsOwnSameSite() {
        var page = browser.navigate(site.at("/none/public/visit?of=me"));

        var line = Site.sessionCookies(page).get(0);
        assertEquals(container.writesSameSite(), line.contains("SameSite=None"), line);
        assertFalse(line.contains("Lax"), line);
    }

    private Browser.Answer toReturnUrl(Browser.Answer first) {
        return browser.submitForm(
                browser.followAll(first),
                Map.of("username", pool.user().email(), "password", pool.user().password()));
    }

    private void assertAnonymous(String path, String sessionId) {
        var answer = new Browser().navigate(site.at(path), "Cookie", Site.SESSION + "=" + sessionId);
        assertEquals(302, answer.status(), path);
    }
}
