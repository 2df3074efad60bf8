package dev.ssofilter;

import static dev.ssofilter.SetupScene.about;
import static dev.ssofilter.SetupScene.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.PretendUserPool;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Discover: what the provider says about itself goes into the fields. */
class SetupDiscoverTest {
    private SetupScene scene;

    @BeforeEach
    void start(@TempDir Path folder) {
        scene = new SetupScene(folder);
        scene.unlock();
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void discoversWhatTheGuideDiscovers() {
        var page = scene.press("discover");

        assertTrue(value(page, "authorizationUrl").endsWith("/oauth2/authorize"), page.body());
        assertTrue(value(page, "tokenUrl").endsWith("/oauth2/token"));
        assertTrue(value(page, "userinfoUrl").endsWith("/oauth2/userInfo"));
        assertEquals(
                scene.pool.tokenSigningKeyUrl().toString().replace("/.well-known/jwks.json", ""),
                value(page, "issuer"));
        assertTrue(about(page, "tokenUrl").contains("Filled in by Discover."), about(page, "tokenUrl"));
    }

    @Test
    void keepsHandEditsUnlessToldOtherwise() {
        var byHand = "https://by.hand.example/token";

        var kept = scene.press("discover", "tokenUrl", byHand);
        var replaced = scene.press("discover", "replaceHandEdits", "true");

        assertEquals(byHand, value(kept, "tokenUrl"));
        assertTrue(about(kept, "tokenUrl").contains("Left as it stands. Discover found http"));
        assertTrue(value(replaced, "tokenUrl").endsWith("/oauth2/token"));
        assertTrue(about(replaced, "tokenUrl").contains("Changed by Discover. It was " + byHand));
    }

    @Test
    void saysThatAnEndpointDiffersInItsLetterCase() {
        var lower = scene.pool.tokenSigningKeyUrl().resolve("/oauth2/userinfo").toString();

        var page = scene.press("discover", "userinfoUrl", lower);

        assertTrue(about(page, "userinfoUrl").contains("large and small letters differ"), page.body());
    }

    @Test
    void replacesWhatItDiscoveredBefore() {
        scene.press("discover");

        try (var other = PretendUserPool.start()) {
            var page = scene.press(
                    "discover", "discoveryDomain", other.tokenSigningKeyUrl().toString());

            assertTrue(
                    value(page, "tokenUrl")
                            .startsWith("http://127.0.0.1:"
                                    + other.tokenSigningKeyUrl().getPort()),
                    value(page, "tokenUrl"));
        }
    }

    @Test
    void saysBesideTheFieldWhyNothingWasDiscovered() {
        var page = scene.press("discover", "discoveryDomain", "https://demo.auth.us-east-1.amazoncognito.com");

        assertTrue(about(page, "discoveryDomain").contains("is the domain of the login pages"), page.body());
        assertTrue(
                page.body().contains("aria-describedby=\"discoveryDomain-hint discoveryDomain-about\" aria-invalid"));
    }

    @Test
    void saysThatThePoolHasNoDomain() {
        scene.pool.knobs().withoutDomain();

        var page = scene.press("discover");

        assertTrue(about(page, "discoveryDomain").contains("the user pool has no domain"), page.body());
    }

    @Test
    void saysThatNoLoginCanWorkWithAnIssuerThatItLeft() {
        scene.press("discover");
        scene.press("save");
        var before = value(scene.page(), "issuer");

        try (var other = PretendUserPool.start()) {
            var domain = other.tokenSigningKeyUrl().toString();
            var left = scene.press("discover", "discoveryDomain", domain);
            var emptied = scene.press("discover", "issuer", "");

            assertEquals(before, value(left, "issuer"));
            assertTrue(
                    about(left, "issuer")
                            .contains("Problem:</strong> Left as it stands. Discover found " + other.issuer()),
                    left.body());
            assertTrue(left.body().contains("<li><a href=\"#issuer\">"), "the way to the field");
            assertFalse(about(left, "issuer").contains("Discover:</strong>"), "the same twice");
            assertEquals(other.issuer(), value(emptied, "issuer"));
            assertFalse(about(emptied, "issuer").contains("Problem:"), emptied.body());
        }
    }

    @Test
    void namesTheBoxThatReplacesTheIssuer() {
        var left = scene.press("discover", "issuer", "https://by.hand.example");
        var replaced = scene.press("discover", "replaceHandEdits", "true");

        var label = "Discover replaces what stands in the fields";
        assertTrue(left.body().contains("<label for=\"replaceHandEdits\">" + label + "</label>"), left.body());
        assertTrue(about(left, "issuer").contains("\"" + label + "\""), about(left, "issuer"));
        assertEquals(scene.pool.issuer(), value(replaced, "issuer"));
        assertFalse(about(replaced, "issuer").contains("Problem:"), replaced.body());
    }

    @Test
    void takesAPlaceholderForWhatItStandsFor() {
        System.setProperty("setup.test.issuer", scene.pool.issuer());
        try {
            scene.record.set("issuer", "${sys:setup.test.issuer}");

            var page = scene.press("discover");

            assertTrue(about(page, "issuer").contains("Left as it stands."), page.body());
            assertFalse(about(page, "issuer").contains("Problem:"), page.body());
        } finally {
            System.clearProperty("setup.test.issuer");
        }
    }

    @Test
    void findsNothingWrongWithAnIssuerThatIsOverruled(@TempDir Path another) {
        try (var overruled = new SetupScene(another, "settingsPrefix", "overruling")) {
            System.setProperty("overruling.issuer", overruled.pool.issuer());
            overruled.unlock();

            var page = overruled.press("discover", "issuer", "https://by.hand.example");

            assertTrue(about(page, "issuer").contains("Left as it stands."), page.body());
            assertFalse(about(page, "issuer").contains("Problem:"), page.body());
        } finally {
            System.clearProperty("overruling.issuer");
        }
    }

    @Test
    void asksByTheProxyThatALoginWouldTake() throws IOException {
        try (var proxy = new Tunnel()) {
            scene.record.set("proxy", proxy.address());

            var page = scene.press("discover");

            assertTrue(about(page, "tokenUrl").contains("Filled in by Discover."), page.body());
            assertEquals(1, proxy.asked().size(), () -> proxy.asked().toString());
        }
    }

    @Test
    void needsNoSecret(@TempDir Path another) {
        try (var basic = new SetupScene(another, "enableTokenEndpointBasicAuth", "true")) {
            basic.unlock();

            var page = basic.press("discover", "noSecret", "true");

            assertTrue(about(page, "tokenUrl").contains("Filled in by Discover."), page.body());
        }
    }

    @Test
    void doesNotMindOtherFields() {
        var page = scene.press("discover", "scopes", "profile", "logoutUrl", "ftp://x", "claim.0.claim", "");

        assertTrue(about(page, "tokenUrl").contains("Filled in by Discover."), page.body());
    }

    @Test
    void saysWhatIsWrongWithTheApplicationsOwnSettings() {
        scene.record.set("proxy", "nowhere");

        var page = scene.press("discover");

        assertTrue(page.body().contains("<li>proxy<p class=\"problem\">got"), page.body());
    }
}
