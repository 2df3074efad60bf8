package dev.ssofilter.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendUserPool;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** The WAR, as it was built, dropped into a container: people sign in. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class DeployedSampleTest {
    private static final PretendUserPool POOL = PretendUserPool.start();
    private static Site site;

    private final Browser browser = new Browser();

    @BeforeAll
    static void deploy() throws Exception {
        POOL.client().allowAnyLoopbackUrl();
        // Its record names the pool's usual port, which may be taken here.
        System.setProperty("sso.discoveryDomain", POOL.tokenSigningKeyUrl().toString());
        site = Site.start(Path.of(System.getProperty("sample.war")), "/sso-sample", 0);
    }

    @AfterAll
    static void undeploy() throws Exception {
        site.close();
        POOL.close();
        System.clearProperty("sso.discoveryDomain");
    }

    @Test
    void showsItsHomePageToEverybody() {
        var home = browser.navigate(site.at("/"));

        assertEquals(200, home.status());
        assertTrue(home.body().contains("/sso-sample/sso/login"), home.body());
    }

    @Test
    void signsAMemberInOnTheWayToTheirPage() {
        var page = browser.logInFrom(site.at("/members"), POOL.user());

        assertEquals(200, page.status());
        assertEquals(site.at("/members"), page.uri());
        assertTrue(page.body().contains(row("External ID", POOL.user().sub(), "sub @ Access Token")), page.body());
        assertTrue(page.body().contains(row("First Name", "Ana", "given_name @ ID Token")), page.body());
        assertTrue(page.body().contains(row("Roles", "members", "cognito:groups @ ID Token")), page.body());
        assertTrue(page.body().contains(row("Member Number", "00417", "custom:member_no @ ID Token")), page.body());
    }

    @Test
    void signsInFromTheLinkOnTheHomePage() {
        var home = browser.navigate(site.at("/"));

        var first = browser.click(home, site.at("/sso/login?target=/sso-sample/members"));
        var page = browser.logIn(first, POOL.user().email(), POOL.user().password());

        assertEquals(site.at("/members"), page.uri());
        assertEquals(200, page.status());
    }

    @Test
    void escapesWhatTheDirectorySays() {
        var odd = POOL.user("odd@example.org", "Pretend-1").named("<script>alert('1')</script>", "\"&");

        var page = browser.logInFrom(site.at("/members"), odd);

        assertFalse(page.body().contains("<script"), page.body());
        assertTrue(page.body().contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;"), page.body());
        assertTrue(page.body().contains("&quot;&amp;"), page.body());
    }

    @Test
    void keepsAMemberFromTheAdministratorsPage() {
        var page = browser.logInFrom(site.at("/admin"), POOL.user());

        assertEquals(403, page.status());
        assertFalse(page.body().contains("You look after the club"), page.body());
    }

    @Test
    void letsAnAdministratorIn() {
        var page = browser.logInFrom(site.at("/admin"), POOL.admin());

        assertEquals(200, page.status());
        assertTrue(page.body().contains("You look after the club"), page.body());
    }

    @Test
    void signsOutWithTheButton() {
        var page = browser.logInFrom(site.at("/members"), POOL.user());

        var end = browser.followAll(browser.submitForm(page, Map.of()));
        var after = browser.navigate(site.at("/members"));

        assertEquals(site.at("/sso/signed-out"), end.uri());
        assertEquals(200, end.status());
        assertEquals(302, after.status());
    }

    private static String row(String field, String value, String source) {
        return "<tr><th scope=\"row\">%s</th><td>%s</td><td class=\"quiet\">%s</td></tr>"
                .formatted(field, value, source);
    }
}
