package dev.ssofilter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendUserPool;
import dev.ssofilter.user.Reason;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A login with the record on the screen: all of it is shown, and nobody is signed in. */
class TestSignInTest {
    private SetupScene scene;

    @BeforeEach
    void start(@TempDir Path folder) {
        scene = new SetupScene(folder);
        scene.unlock();
        scene.pool.client().allowCallback(scene.application.uri("/sso/return").toString());
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    private Browser.Answer test(String... namesAndValues) {
        var toProvider = scene.send("test", namesAndValues);
        assertEquals(303, toProvider.status(), toProvider.body());
        return scene.browser.logIn(
                toProvider, scene.pool.user().email(), scene.pool.user().password());
    }

    private void assertNobodyIsSignedIn() {
        assertEquals(401, scene.browser.get(scene.application.uri("/sso/me")).status());
        assertEquals(0, scene.application.sessions());
        assertEquals(0, scene.application.reached());
        assertFalse(scene.log.lines().toString().contains("login completed"));
        assertFalse(scene.log.lines().toString().contains("ana@example.org"), "personal values in the log");
    }

    @Test
    void showsWhatCameAndSignsNobodyIn() {
        var page = test();

        var text = SetupScene.plain(page.body());
        assertEquals(200, page.status(), text);
        assertTrue(text.contains("Signing in works with this record"), text);
        assertTrue(text.contains("\"token_use\": \"id\"") && text.contains("\"token_use\": \"access\""), text);
        assertTrue(text.contains("\"kid\": "), "headers");
        assertTrue(text.contains("\"email_verified\": \"true\""), "Userinfo");
        assertTrue(text.contains("<th scope=\"row\">First Name</th><td><code>Ana</code>"), text);
        Answers.assertOurs(page);
        assertFalse(page.body().contains("eyJ"), "a token");
        assertNobodyIsSignedIn();
    }

    @Test
    void triesTheRecordOnTheScreenAndNotTheOneInEffect() {
        var before = scene.record.text();

        var page = test(
                "claim.1.claim", "given_name", "claim.3.claim", "no_such_claim", "claim.4.location", "Access Token");

        var text = SetupScene.plain(page.body());
        assertTrue(text.contains("<th scope=\"row\">Username</th><td><code>Ana</code>"), text);
        assertTrue(text.contains("Not there, nor at another location."), text);
        assertTrue(text.contains("Not there, but here: ID Token, Userinfo"), text);
        assertEquals(before, scene.record.text());
    }

    @Test
    void warnsOfWhatWillCauseTroubleLater() {
        scene.pool.always().idToken(claims -> claims.claim("email_verified", false));

        var page = test("claim.0.claim", "email", "claim.0.location", "ID Token", "claim.3.claim", "cognito:groups");

        var text = SetupScene.plain(page.body());
        assertTrue(text.contains("This claim can change"), text);
        assertTrue(text.contains("does not say that this address is verified"), text);
        assertTrue(text.contains("It is an array, where one text or number is expected."), text);
        assertTrue(text.contains(Reason.CLAIMS_REFUSED.name()), text);
        assertNobodyIsSignedIn();
    }

    @Test
    void showsTheRolesThatTheUserGets() {
        scene.pool.user().groups("members", "staff");
        scene.record.set("roleMap", "members = MEMBER, READER");
        scene.record.set("rolePrefix", "cognito-");

        var page = test();

        assertTrue(page.body().contains("<th scope=\"row\">Roles</th><td><code>MEMBER, READER, cognito-staff</code>"));
    }

    @Test
    void showsTheRolesAsTheyCameWhereNobodyCouldSignIn() {
        scene.pool.user().groups("members", "staff");
        scene.record.set("roleMap", "members = MEMBER, READER");

        var page = test("claim.0.claim", "no_such_claim");

        assertTrue(page.body().contains(Reason.CLAIMS_REFUSED.name()), page.body());
        assertTrue(page.body().contains("<th scope=\"row\">Roles</th><td><code>members, staff</code>"));
    }

    @Test
    void saysWhyNobodyCouldSignIn() {
        var page = test("clientSecret", "a-wrong-secret");

        assertTrue(page.body().contains(Reason.TOKEN_REQUEST_REFUSED.name()), page.body());
        assertTrue(page.body().contains("invalid_client"), page.body());
        assertFalse(page.body().contains("a-wrong-secret"), page.body());
        assertNobodyIsSignedIn();
    }

    @Test
    void leadsBackToWhatWasTyped() {
        test("name", "Not saved yet");

        assertEquals("Not saved yet", SetupScene.fields(scene.page().body()).get("name"));
    }

    @Test
    void worksWhileThereIsNoRecordAtAll(@TempDir Path empty) {
        scene.close();
        scene = SetupScene.withoutRecord(empty);
        scene.unlock();

        var page = test(
                "discoveryDomain",
                scene.pool.tokenSigningKeyUrl().toString(),
                "clientId",
                PretendUserPool.CLIENT_ID,
                "clientSecret",
                PretendUserPool.CLIENT_SECRET);

        assertTrue(page.body().contains("Signing in works with this record"), page.body());
        assertEquals(
                503, scene.browser.navigate(scene.application.uri("/orders")).status());
    }

    @Test
    void belongsToTheBrowserThatBeganIt() {
        var response = Answers.redirectToReturnUrl(scene.browser, scene.send("test"), scene.pool.user())
                .location()
                .orElseThrow();

        var stranger = new Browser().navigate(response);

        Answers.assertPage(Reason.UNKNOWN_STATE, stranger);
        assertFalse(stranger.body().contains("Ana"), stranger.body());
        assertEquals(0, scene.pool.count("/oauth2/token"));
    }

    @Test
    void belongsToNoOtherBrowserThatTestsToo() {
        var response = Answers.redirectToReturnUrl(scene.browser, scene.send("test"), scene.pool.user())
                .location()
                .orElseThrow();
        var stranger = new Browser();
        stranger.addCookie(scene.application.uri("/"), "sso-test=" + "x".repeat(43) + "; Path=/");

        var answer = stranger.navigate(response);

        Answers.assertPage(Reason.UNKNOWN_STATE, answer);
        assertEquals(0, scene.pool.count("/oauth2/token"));
    }

    @Test
    void countsOnce() {
        var response = Answers.redirectToReturnUrl(scene.browser, scene.send("test"), scene.pool.user())
                .location()
                .orElseThrow();
        scene.browser.navigate(response);

        var again = scene.browser.navigate(response);

        Answers.assertPage(Reason.UNKNOWN_STATE, again);
        assertEquals(1, scene.pool.count("/oauth2/token"));
    }

    @Test
    void leavesALoginOfAnotherTabAlone() {
        scene.send("test");

        var page = scene.browser.logInFrom(scene.application.uri("/orders"), scene.pool.user());

        assertEquals(200, page.status());
        Answers.assertSignedIn(scene.browser, scene.application);
    }
}
