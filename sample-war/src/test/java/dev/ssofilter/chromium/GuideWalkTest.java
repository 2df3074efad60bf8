package dev.ssofilter.chromium;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.user.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide from top to bottom, on the setup screen: from an application without a directory record to its first user. */
@InChromium
class GuideWalkTest {
    private final Chromium chromium;
    private SetupScreen screen;

    GuideWalkTest(Chromium chromium) {
        this.chromium = chromium;
    }

    @BeforeEach
    void start(@TempDir Path folder) {
        screen = new SetupScreen(chromium, folder);
    }

    @AfterEach
    void stop() {
        screen.close();
    }

    @Test
    void leadsFromAnApplicationWithoutARecordToItsFirstUser() throws IOException {
        findTheApplicationClosed();
        unlock();
        discover();
        fillIn();
        mapTheClaims();
        save();
        checkBeforeTheReturnUrlIsRegistered();
        register();
        checkAgain();
        testSignIn();
        signIn();
        assertEquals(
                List.of(),
                chromium.console().stream()
                        .filter(line -> line.contains("Content Security Policy") || line.contains("Uncaught"))
                        .toList());
    }

    private void findTheApplicationClosed() {
        chromium.open(screen.application.uri("/orders"));

        assertEquals(503, screen.application.answer(chromium, "/orders").status());
        assertTrue(chromium.text().contains(Reason.NOT_SET_UP.name()), chromium.text());
        Look.examine(chromium, "walk-01-closed");
    }

    private void unlock() {
        screen.open();
        chromium.awaitPage("Setup is locked");
        Look.examine(chromium, "walk-02-locked");

        screen.unlock();

        Look.examine(chromium, "walk-03-empty");
    }

    private void discover() {
        screen.enter("discoveryDomain", screen.pool.tokenSigningKeyUrl().toString());

        screen.press("discover");

        assertEquals(screen.pool.domain() + "/oauth2/authorize", screen.value("authorizationUrl"));
        assertEquals(screen.pool.domain() + "/oauth2/token", screen.value("tokenUrl"));
        assertEquals(screen.pool.domain() + "/oauth2/userInfo", screen.value("userinfoUrl"));
        assertEquals(screen.pool.issuer(), screen.value("issuer"));
        assertEquals(List.of("Discover: Filled in by Discover."), screen.about("tokenUrl"));
        Look.examine(chromium, "walk-04-discovered");
    }

    private void fillIn() {
        assertEquals("openid profile email", screen.value("scopes"));
        screen.enter("name", "Members");
        screen.enter("clientId", screen.client.id());
        screen.enter("clientSecret", screen.client.secret());
        assertTrue(chromium.isTicked("#enablePkce"));
        assertFalse(chromium.isTicked("#enableResponseModeFormPost"));
        assertFalse(chromium.isTicked("#enableTokenEndpointBasicAuth"));
        Look.examine(chromium, "walk-05-filled-in");
    }

    private void mapTheClaims() {
        assertEquals(
                List.of(
                        "External ID sub Access Token",
                        "Username email ID Token",
                        "Email email ID Token",
                        "First Name given_name ID Token",
                        "Last Name family_name ID Token",
                        "Roles cognito:groups ID Token"),
                screen.claims());
        screen.press("add-claim");
        screen.enter("claim-6-field", "Nickname");
        screen.enter("claim-6-claim", "nickname");
        chromium.choose("#claim-6-location", "Userinfo");
        screen.press("add-claim");
        screen.enter("claim-7-field", "Member Number");
        screen.enter("claim-7-claim", "custom:member_no");
        chromium.choose("#claim-7-location", "ID Token");

        screen.press("remove-claim-6");

        assertEquals(7, screen.claims().size());
        assertEquals("Member Number custom:member_no ID Token", screen.claims().get(6));
        assertEquals("", screen.value("clientSecret"), "it never comes back");
        Look.examine(chromium, "walk-06-claims");
    }

    private void save() throws IOException {
        screen.press("save");

        assertTrue(screen.outcome().contains("Saved."), chromium.text());
        assertTrue(Files.readString(screen.record).contains(screen.client.id()));
        Look.examine(chromium, "walk-07-saved");
    }

    private void checkBeforeTheReturnUrlIsRegistered() {
        screen.press("check");

        assertEquals(List.of("Return URL", "Sign-out URL"), failed());
        assertTrue(
                screen.about("returnPath")
                        .get(0)
                        .startsWith("Failed: the provider does not know the Return URL " + screen.value("returnPath")
                                + " (redirect_mismatch)"),
                () -> screen.about("returnPath").toString());
        assertTrue(
                screen.about("postLogoutTarget").get(0).startsWith("Failed: "),
                () -> screen.about("postLogoutTarget").toString());
        assertEquals(2, chromium.texts(".field .problem").size());
        Look.examine(chromium, "walk-08-not-registered");
    }

    private void register() {
        chromium.allowReadingTheClipboard();
        for (var field : List.of("returnPath", "postLogoutTarget")) {
            chromium.press("#copy-" + field);
            chromium.await("copied", () -> chromium.texts("#copied").stream()
                    .filter(said -> said.startsWith("Copied: "))
                    .findFirst());
            assertEquals(screen.value(field), copied());
        }
        screen.client.allowCallback(screen.value("returnPath"));
        screen.client.allowSignOut(screen.value("postLogoutTarget"));
    }

    private String copied() {
        return String.valueOf(chromium.scriptThatCalls("""
                const done = arguments[arguments.length - 1];
                navigator.clipboard.readText().then(done, done);"""));
    }

    private void checkAgain() {
        screen.press("check");

        assertEquals(List.of(), failed());
        assertTrue(screen.about("returnPath").get(0).startsWith("Passed: "), chromium.text());
        assertTrue(screen.about("clientSecret").contains("Passed: the provider takes it"), chromium.text());
        assertTrue(screen.outcome().contains("0 failed, 0 could not tell"), screen.outcome());
        Look.examine(chromium, "walk-09-passed");
    }

    private List<String> failed() {
        return chromium.texts("#outcome li:has(> .problem) > a");
    }

    private void testSignIn() {
        chromium.press("#test");
        chromium.signIn(screen.pool.user());

        chromium.awaitPage("Test sign-in");
        assertTrue(chromium.isShown("#test-success"), chromium.text());
        var mapped = chromium.texts("#mapped-fields tbody tr");
        assertTrue(mapped.contains("Email ana@example.org email @ ID Token"), mapped::toString);
        assertTrue(mapped.contains("Member Number 00417 custom:member_no @ ID Token"), mapped::toString);
        Look.examine(chromium, "walk-10-test-sign-in");
        chromium.pressAndArrive("#back");
        chromium.awaitPage(SetupScreen.TITLE);
        chromium.open(screen.application.uri("/sso/me"));
        assertEquals(401, screen.application.answer(chromium, "/sso/me").status(), "nobody was signed in");
    }

    private void signIn() {
        screen.pool.endSessions();
        chromium.open(screen.application.uri("/orders"));
        chromium.signIn(screen.pool.user());

        chromium.awaitPage("Page /orders");
        assertTrue(chromium.text().contains(screen.pool.user().email()), chromium.text());
    }
}
