package dev.ssofilter.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendUserPool;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A container that keeps sessions over a restart keeps users signed in, and one with a setting that cannot work does not start. */
@ParameterizedClass(name = "{0}")
@EnumSource(
        value = Container.class,
        names = {"TOMCAT", "JETTY"})
class ContainerRestartTest {
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
    void doesNotStartWithASessionCookieThatIsStrict() {
        var application = WebApplication.at("/app", pool).withSameSite("Strict");

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
}
