package dev.ssofilter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendUserPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may use the setup screen, and that nobody else learns or changes anything. */
class SetupGuardTest {
    @TempDir
    Path folder;

    /** The page for those who may not: nothing of the record is on it. */
    private static void assertLocked(SetupScene scene, Browser.Answer answer, String before) throws IOException {
        assertEquals(403, answer.status(), answer.body());
        for (var shown : List.of(PretendUserPool.CLIENT_ID, "discoveryDomain", "csrf", "Return URL", "Save")) {
            assertFalse(answer.body().contains(shown), shown);
        }
        assertEquals(List.of(), answer.setCookies());
        assertEquals(before, Files.readString(scene.record.file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "FOO"})
    void showsAndChangesNothingWithoutTokenAndRole(String method) throws IOException {
        try (var scene = new SetupScene(folder)) {
            var before = Files.readString(scene.record.file);
            var form = method.equals("GET") || method.equals("OPTIONS")
                    ? ""
                    : "do=save&name=Changed&clientId=x&discoveryDomain=https://a.example/";

            var answer = scene.browser.request(
                    method,
                    scene.uri(),
                    form,
                    "Content-Type",
                    "application/x-www-form-urlencoded",
                    "Sec-Fetch-Site",
                    "same-origin");

            assertLocked(scene, answer, before);
            assertEquals(0, scene.application.reached());
        }
    }

    @Test
    void opensToTheTokenOnceAndPrintsANewOne() throws IOException {
        try (var scene = new SetupScene(folder)) {
            var token = scene.token();

            var screen = scene.unlock();

            assertEquals(200, screen.status(), screen.body());
            assertTrue(screen.body().contains("id=\"discoveryDomain\""), screen.body());
            assertNotEquals(token, scene.token());
            assertLocked(scene, scene.post(new Browser(), "token=" + token), Files.readString(scene.record.file));
        }
    }

    @Test
    void givesTheTokensHolderACookieForThisPathAlone() {
        try (var scene = new SetupScene(folder)) {
            var unlocked = scene.post(scene.browser, "token=" + scene.token());

            assertEquals(303, unlocked.status());
            var cookie = unlocked.setCookies().get(0);
            for (var attribute : List.of("HttpOnly", "SameSite=Strict", "Path=/sso/setup")) {
                assertTrue(cookie.contains(attribute), cookie);
            }
            assertFalse(cookie.contains(scene.token()), cookie);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void refusesAnyOtherToken(String token) throws IOException {
        try (var scene = new SetupScene(folder)) {
            assertLocked(scene, scene.post(scene.browser, "token=" + token), Files.readString(scene.record.file));
        }
    }

    @Test
    void refusesTheTokenFromAnotherSite() throws IOException {
        try (var scene = new SetupScene(folder)) {
            var body = "token=" + scene.token();
            var before = Files.readString(scene.record.file);

            assertLocked(scene, scene.post(scene.browser, body, "Sec-Fetch-Site", "cross-site"), before);
            assertLocked(scene, scene.post(scene.browser, body, "Sec-Fetch-Site", "same-site"), before);
            assertLocked(
                    scene, scene.browser.request("POST", scene.uri(), body, "Origin", "https://evil.example"), before);
        }
    }

    @Test
    void opensToTheRoleAndToNoOtherUser() throws IOException {
        try (var scene = new SetupScene(folder, "setupRole", "admins")) {
            var admin = new Browser();
            admin.logInFrom(scene.application.uri("/orders"), scene.pool.admin());
            var member = new Browser();
            member.logInFrom(scene.application.uri("/orders"), scene.pool.user());

            assertEquals(200, admin.navigate(scene.uri()).status());
            assertLocked(scene, member.navigate(scene.uri()), Files.readString(scene.record.file));
        }
    }

    @Test
    void opensToNoUserWhereNoRoleIsSet() throws IOException {
        try (var scene = new SetupScene(folder)) {
            scene.browser.logInFrom(scene.application.uri("/orders"), scene.pool.admin());

            assertLocked(scene, scene.page(), Files.readString(scene.record.file));
        }
    }

    @Test
    void shutsAgainOnceTheUserHasSignedOut() throws IOException {
        try (var scene = new SetupScene(folder, "setupRole", "admins")) {
            scene.browser.logInFrom(scene.application.uri("/orders"), scene.pool.admin());
            assertEquals(200, scene.page().status());

            scene.browser.request("POST", scene.application.uri("/sso/logout"), "", "Sec-Fetch-Site", "same-origin");

            assertLocked(scene, scene.page(), Files.readString(scene.record.file));
        }
    }

    @Test
    void refusesAFormThatIsNotItsOwn() throws IOException {
        try (var scene = new SetupScene(folder)) {
            var fields = SetupScene.fields(scene.unlock().body());
            fields.put("do", "save");
            fields.put("name", "Changed");
            var before = Files.readString(scene.record.file);

            var form = SetupScene.encoded(fields);
            assertEquals(
                    403,
                    scene.post(scene.browser, form, "Sec-Fetch-Site", "cross-site")
                            .status());
            fields.put("csrf", "x".repeat(43));
            assertEquals(
                    403, scene.post(scene.browser, SetupScene.encoded(fields)).status());
            fields.remove("csrf");
            assertEquals(
                    403, scene.post(scene.browser, SetupScene.encoded(fields)).status());

            assertEquals(before, Files.readString(scene.record.file));
        }
    }

    @Test
    void endsAnHourAfterTheLastStep() throws IOException {
        var clock = new MovingClock();
        try (var pool = PretendUserPool.start();
                var log = new LogBook();
                var application = RecordOnDisk.of(pool, folder)
                        .application(pool)
                        .also(SetupScene::map)
                        .clock(clock)
                        .start()) {
            var browser = new Browser();
            var token = log.lines().stream()
                    .filter(line -> line.contains("one-time token: "))
                    .findFirst()
                    .orElseThrow()
                    .replaceFirst("(?s).*one-time token: ", "");
            var uri = application.uri("/sso/setup");
            browser.request("POST", uri, "token=" + token, "Sec-Fetch-Site", "same-origin");

            clock.move(java.time.Duration.ofMinutes(59));
            assertEquals(200, browser.navigate(uri).status());
            clock.move(java.time.Duration.ofMinutes(61));
            assertEquals(403, browser.navigate(uri).status());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/sso/setup;x", "/sso//setup", "/sso/./setup", "/sso/%73etup", "/sso/setup/..", "/sso/setups"})
    void stepsAsideForItsOwnPathAlone(String path) {
        try (var scene = new SetupScene(folder)) {
            var answer = scene.browser.get(scene.application.uri(path));

            assertTrue(answer.status() == 401 || answer.status() == 400, path + " " + answer.status());
            assertEquals(0, scene.application.reached());
        }
    }

    @Test
    void saysThatNothingOfItIsToBeKeptFramedOrGuessed() {
        try (var scene = new SetupScene(folder)) {
            for (var page : List.of(scene.page(), scene.unlock())) {
                Answers.assertOurs(page);
                var policy = page.header("Content-Security-Policy").orElse("");
                assertTrue(policy.startsWith("default-src 'none'; script-src 'self'; style-src 'sha256-"), policy);
                assertTrue(policy.contains("frame-ancestors 'none'"), policy);
                assertFalse(page.body().contains("<script>"), "an inline script");
            }
        }
    }
}
