package dev.ssofilter.chromium;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.PretendUserPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signing in and what people do afterwards: the buttons of the browser, forms left open, a second tab. */
@InChromium
class SignInTest {
    private final PretendUserPool pool = PretendUserPool.start();
    private final WebApplication application = WebApplication.start(pool);
    private final Chromium chromium;

    SignInTest(Chromium chromium) {
        this.chromium = chromium;
    }

    @AfterEach
    void stop() {
        application.close();
        pool.close();
    }

    @ParameterizedTest(name = "SameSite={0}")
    @CsvSource({"Lax, false", "None, true"})
    void signsInWithASessionCookieThatIs(String sameSite, boolean secure) {
        try (var other = WebApplication.start(pool, new WebApplication.Plan().sessionCookie(sameSite, secure))) {

            chromium.open(other.uri("/orders"));
            chromium.signIn(pool.user());

            chromium.awaitPage("Page /orders");
            assertTrue(chromium.text().contains(pool.user().email()), chromium.text());
            assertEquals(sameSite, chromium.cookie("JSESSIONID").orElseThrow().getSameSite());
        }
    }

    @Test
    void endsOnAPageThatNamesTheCauseWhereSomethingMakesTheSessionCookieStrict() {
        var plan = new WebApplication.Plan()
                .sessionCookieRewritten(cookie -> cookie.replace("SameSite=Lax", "SameSite=Strict"));
        try (var other = WebApplication.start(pool, plan)) {

            chromium.open(other.uri("/orders"));
            chromium.signIn(pool.user());

            chromium.awaitPage("Your sign-in does not stay");
            assertTrue(chromium.text().contains("SameSite=Strict"), chromium.text());
            assertEquals(other.uri("/orders"), chromium.at());
            assertEquals(3, other.answers("/sso/return").size());
        }
    }

    @Test
    void leavesNoCodeInTheHistory() {
        chromium.open(application.uri("/public/start"));

        signInAt("/orders");

        var history = chromium.history();
        assertTrue(history.contains(application.uri("/orders").toString()), history.toString());
        assertTrue(
                history.stream().noneMatch(url -> url.contains("/sso/return") || url.contains("code=")),
                history::toString);
    }

    @Test
    void staysOnThePageThatIsReloaded() {
        signInAt("/orders");

        chromium.reload();

        chromium.awaitPage("Page /orders");
        assertEquals(1, pool.count("/oauth2/token"));
    }

    @Test
    void goesOnWithAReturnUrlThatWasUsedWhileTheUserIsSignedIn() {
        signInAt("/orders");
        var used = application.answers("/sso/return").get(0);

        chromium.open(application.uri(used.path() + "?" + used.query()));

        chromium.awaitPage("Page /");
        assertEquals(
                List.of(303, 303),
                application.answers("/sso/return").stream()
                        .map(WebApplication.Answer::status)
                        .toList());
    }

    @Test
    void asksToBeginAgainWithAReturnUrlThatWasUsedWhileNobodyIsSignedIn() {
        signInAt("/orders");
        var used = application.answers("/sso/return").get(0);
        chromium.forgetCookie("JSESSIONID");

        chromium.open(application.uri(used.path() + "?" + used.query()));

        chromium.awaitPage("Please sign in again");
    }

    @Test
    void signsOutHereAndAtThePoolAndComesBack() {
        signInAt("/orders");

        chromium.press("button");

        chromium.awaitPage("You are signed out");
        assertEquals(application.uri("/sso/signed-out"), chromium.at());
        assertEquals(1, pool.count("/logout"));
        chromium.open(application.uri("/orders"));
        chromium.awaitPage("Sign in to the pretend user pool");
    }

    @Test
    void showsNoProtectedPageOnBackAfterSigningOut() {
        signInAt("/first");
        chromium.forgetCookie("sso-ended-"); // there for a minute alone, and its removal is a change too
        chromium.open(application.uri("/public/link?of=/orders"));
        chromium.press("a");
        chromium.awaitPage("Page /orders");
        chromium.press("button");
        chromium.awaitPage("You are signed out");

        chromium.back();

        chromium.awaitPage("Sign in to the pretend user pool");
    }

    @Test
    void showsNoPageOfALoginOnBackAfterSigningOutIfItAsksAnewAsTheReadmeSays() throws IOException {
        assertTrue(Files.readString(Path.of("..", "README.md")).contains(Pages.ASKS_ANEW));
        signInAt("/asks-anew");
        chromium.press("button");
        chromium.awaitPage("You are signed out");

        chromium.back();

        chromium.awaitPage("Sign in to the pretend user pool");
    }

    @Test
    void asksBeforeALinkOfAnotherSiteSignsOut() {
        signInAt("/orders");
        chromium.open(application.elsewhere("/public/link?of=" + application.uri("/sso/logout")));

        chromium.press("a");

        chromium.awaitPage("Do you want to sign out?");
        assertEquals(0, pool.count("/logout"));
        chromium.press("button");
        chromium.awaitPage("You are signed out");
        assertEquals(1, pool.count("/logout"));
        chromium.open(application.uri("/orders"));
        chromium.awaitPage("Sign in to the pretend user pool");
    }

    @Test
    void saysThatAFormWasNotSavedAfterTheSessionEnded() {
        signInAt("/form");
        chromium.type("[name=text]", "many words");
        application.endSessions();

        chromium.press("button");

        chromium.awaitPage("Nothing was saved");
        assertEquals(
                List.of(401),
                application.answers("/orders").stream()
                        .map(WebApplication.Answer::status)
                        .toList());
    }

    @Test
    void bringsEachOfTwoTabsToItsOwnPage() {
        chromium.open(application.uri("/first"));
        var first = chromium.tab();
        var second = chromium.newTab();
        chromium.open(application.uri("/second"));

        chromium.signIn(pool.user());
        chromium.awaitPage("Page /second");
        chromium.turnTo(first);
        chromium.signIn(pool.user());

        chromium.awaitPage("Page /first");
        chromium.turnTo(second);
        chromium.reload();
        chromium.awaitPage("Page /second");
        assertFalse(chromium.text().contains("user null"), chromium.text());
    }

    private void signInAt(String path) {
        chromium.open(application.uri(path));
        chromium.signIn(pool.user());
        chromium.awaitPage("Page " + path);
    }
}
