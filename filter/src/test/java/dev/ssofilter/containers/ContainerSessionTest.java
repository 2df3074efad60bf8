package dev.ssofilter.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendAnswer;
import dev.ssofilter.testkit.PretendUserPool;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** In every container a login ends in a session of its own, under a cookie that is as safe as we could make it. */
@ParameterizedClass(name = "{0}")
@EnumSource(Container.class)
class ContainerSessionTest {
    @TempDir
    Path folder;

    @Parameter
    Container container;

    private final PretendUserPool pool = PretendUserPool.start();
    private final Browser browser = new Browser();

    @AfterEach
    void stop() {
        pool.close();
    }

    @Test
    @DisplayName("AB-159 gives an old session up for a new one with one cookie")
    void givesAnOldSessionUpForANewOneWithOneCookie() {
        try (var site = Site.of(container, folder, pool, WebApplication.at("/app", pool))) {
            browser.navigate(site.at("/app/public/visit?of=before"));
            var before = browser.cookies().get(Site.SESSION);

            var back = browser.follow(toReturnUrl(browser.navigate(site.at("/app/orders"))));
            var page = browser.followAll(back);

            assertEquals(303, back.status());
            assertEquals(1, Site.sessionCookies(back).size(), () -> "" + back.setCookies());
            assertNotEquals(before, browser.cookies().get(Site.SESSION));
            assertTrue(page.body().contains("visit null\n"), page.body());
            assertTrue(page.body().contains("user " + pool.user().email() + "\n"), page.body());
            assertAnonymous(site, "/app/orders", before);
        }
    }

    @Test
    void keepsOfAnOldSessionWhatItWasToldToKeep() {
        try (var site = Site.of(container, folder, pool, WebApplication.at("/app", pool, "keepAttributes", "visit"))) {
            browser.navigate(site.at("/app/public/visit?of=before"));

            var page = browser.logInFrom(site.at("/app/orders"), pool.user());

            assertTrue(page.body().contains("visit before\n"), page.body());
        }
    }

    @Test
    @DisplayName("AB-159 changes an id that lives in a second application, too")
    void changesAnIdThatLivesInASecondApplicationToo() {
        try (var site = Site.of(
                container,
                folder,
                pool,
                WebApplication.at("/other", pool).sharingItsSessionCookie(),
                WebApplication.at("/app", pool).sharingItsSessionCookie())) {
            browser.navigate(site.at("/other/public/visit?of=other"));
            browser.navigate(site.at("/app/public/visit?of=app"));
            var shared = browser.cookies().get(Site.SESSION);
            assertTrue(
                    browser.navigate(site.at("/other/public/news")).body().contains("visit other\n"),
                    "one id for both");

            var back = browser.follow(toReturnUrl(browser.navigate(site.at("/app/orders"))));

            assertEquals(1, Site.sessionCookies(back).size(), () -> "" + back.setCookies());
            assertNotEquals(shared, browser.cookies().get(Site.SESSION));
            assertEquals(200, browser.navigate(site.at("/app/orders")).status());
            assertAnonymous(site, "/app/orders", shared);
            assertAnonymous(site, "/other/orders", shared);
        }
    }

    @Test
    void keepsNothingThatWasPlantedUnderTheSameIdWhileTheLoginWasOnItsWay() throws Exception {
        try (var site = Site.of(
                container,
                folder,
                pool,
                WebApplication.at("/other", pool).sharingItsSessionCookie(),
                WebApplication.at("/app", pool).sharingItsSessionCookie())) {
            browser.navigate(site.at("/other/public/visit?of=other"));
            var toReturn = toReturnUrl(browser.navigate(site.at("/app/orders")));
            var release = new CountDownLatch(1);
            pool.next("/oauth2/token", PretendAnswer.held(release));

            var back = CompletableFuture.supplyAsync(() -> browser.follow(toReturn));
            while (pool.count("/oauth2/token") == 0) {
                Thread.onSpinWait();
            }
            browser.navigate(site.at("/app/public/visit?of=planted"));
            release.countDown();

            var page = browser.followAll(back.get());
            if (container == Container.TOMCAT) {
                assertTrue(page.body().contains("user " + pool.user().email() + "\n"), page.body());
                assertTrue(page.body().contains("visit null\n"), page.body());
            } else { // Jetty makes no second session under the id, and so none at all
                assertTrue(page.body().contains("SESSION_REFUSED"), page.body());
                assertEquals(302, browser.navigate(site.at("/app/orders")).status());
            }
        }
    }

    @Test
    @DisplayName("AB-160 takes no user from a session id in the URL")
    void takesNoUserFromASessionIdInTheUrl() {
        var both = "<tracking-mode>COOKIE</tracking-mode><tracking-mode>URL</tracking-mode>";
        try (var site =
                Site.of(container, folder, pool, WebApplication.at("/app", pool).withSessionConfig(both))) {
            browser.logInFrom(site.at("/app/orders"), pool.user());
            var id = browser.cookies().get(Site.SESSION);

            var lured = site.navigateRaw(new Browser(), "/app/orders;jsessionid=" + id);

            assertEquals(302, lured.status(), "AB-160");
            assertEquals(200, browser.navigate(site.at("/app/orders")).status());
        }
    }

    @ParameterizedTest
    @CsvSource({"http://localhost:8080/app, false", "https://members.example.org, true"})
    void hardensTheSessionCookie(String baseUrl, boolean secure) {
        var anyPool = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Ab3dEfGhI/.well-known/jwks.json";
        var application = WebApplication.at("/app", pool, "baseUrl", baseUrl, "discoveryDomain", anyPool);
        try (var site = Site.of(container, folder, pool, application)) {
            var lines = Site.sessionCookies(browser.navigate(site.at("/app/public/visit?of=me")));

            assertEquals(1, lines.size(), () -> "" + lines);
            var attributes = List.of(lines.get(0).split("; ?"));
            assertTrue(attributes.contains("HttpOnly"), () -> "" + lines);
            assertTrue(attributes.contains("SameSite=Lax"), () -> "" + lines);
            assertEquals(secure, attributes.contains("Secure"), () -> "" + lines);
        }
    }

    @Test
    void leavesTheApplicationItsOwnSameSite() {
        var none = "<cookie-config><secure>true</secure><attribute><attribute-name>SameSite</attribute-name>"
                + "<attribute-value>None</attribute-value></attribute></cookie-config>";
        try (var site =
                Site.of(container, folder, pool, WebApplication.at("/app", pool).withSessionConfig(none))) {
            var page = browser.logInFrom(site.at("/app/public/visit?of=me"), pool.user());

            assertTrue(Site.sessionCookies(page).get(0).contains("SameSite=None"), () -> "" + page.setCookies());
            assertFalse(Site.sessionCookies(page).get(0).contains("Lax"), () -> "" + page.setCookies());
        }
    }

    @Test
    void doesNotStartWithASessionCookieThatIsStrict() {
        var strict = "<cookie-config><attribute><attribute-name>SameSite</attribute-name>"
                + "<attribute-value>Strict</attribute-value></attribute></cookie-config>";
        var application = WebApplication.at("/app", pool).withSessionConfig(strict);

        assertThrows(IllegalStateException.class, () -> Site.of(container, folder, pool, application));
    }

    @Test
    void keepsUsersSignedInOverARestart() {
        var application = WebApplication.at("/app", pool);
        int port;
        try (var site = Site.of(container, folder, pool, application)) {
            port = site.port();
            browser.logInFrom(site.at("/app/orders"), pool.user());
        }

        try (var site = Site.of(container, folder, port, pool, application)) {
            var page = browser.navigate(site.at("/app/orders"));

            assertEquals(200, page.status());
            assertTrue(page.body().contains("name Ana"), page.body());
            assertTrue(page.body().contains("member true\n"), page.body());
            browser.click(page, site.at("/app/sso/logout"));
            assertEquals(302, browser.navigate(site.at("/app/orders")).status());
        }
    }

    @Test
    void finishesALoginThatBeganBeforeARestart() {
        var application = WebApplication.at("/app", pool);
        int port;
        Browser.Answer toReturnUrl;
        try (var site = Site.of(container, folder, pool, application)) {
            port = site.port();
            toReturnUrl = toReturnUrl(browser.navigate(site.at("/app/orders?id=7")));
        }

        try (var site = Site.of(container, folder, port, pool, application)) {
            var page = browser.followAll(toReturnUrl);

            assertEquals(site.at("/app/orders?id=7"), page.uri());
            assertEquals(200, page.status());
        }
    }

    private Browser.Answer toReturnUrl(Browser.Answer first) {
        return browser.submitForm(
                browser.followAll(first),
                Map.of("username", pool.user().email(), "password", pool.user().password()));
    }

    private static void assertAnonymous(Site site, String path, String sessionId) {
        var answer = new Browser().navigate(site.at(path), "Cookie", Site.SESSION + "=" + sessionId);
        assertEquals(302, answer.status(), path);
    }
}
