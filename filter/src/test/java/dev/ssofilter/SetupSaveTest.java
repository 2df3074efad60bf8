package dev.ssofilter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.directory.Json;
import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendUserPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Save: the whole record or nothing of it, for its owner alone, never over somebody else's change. */
class SetupSaveTest {
    @TempDir
    Path folder;

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void takesEffectAtOnce() {
        try (var scene = new SetupScene(folder)) {
            scene.unlock();

            var page = scene.press("save", "claim.1.claim", "given_name");
            scene.browser.logInFrom(scene.application.uri("/orders"), scene.pool.user());

            assertTrue(page.body().contains("Saved."), page.body());
            assertEquals(
                    "Ana",
                    Answers.json(scene.browser.get(scene.application.uri("/sso/me")))
                            .get("username"));
        }
    }

    @Test
    void opensAnApplicationThatHadNoRecord() {
        try (var scene = SetupScene.withoutRecord(folder)) {
            scene.unlock();

            scene.press(
                    "save",
                    "name",
                    "Made on the screen",
                    "discoveryDomain",
                    scene.pool.tokenSigningKeyUrl().toString(),
                    "clientId",
                    PretendUserPool.CLIENT_ID,
                    "clientSecret",
                    PretendUserPool.CLIENT_SECRET);

            assertEquals(
                    200,
                    new Browser()
                            .logInFrom(scene.application.uri("/orders"), scene.pool.user())
                            .status());
        }
    }

    @Test
    void leavesTheRecordToItsOwnerAloneAndKeepsTheVersionBefore() throws IOException {
        try (var scene = new SetupScene(folder)) {
            var before = scene.record.text();
            scene.unlock();

            scene.press("save", "name", "Changed");

            var kept = scene.record.file.resolveSibling("sso-directory.json.bak");
            assertEquals(before, Files.readString(kept));
            for (var file : List.of(scene.record.file, kept)) {
                assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            }
            assertEquals(List.of("sso-directory.json", "sso-directory.json.bak"), names());
        }
    }

    @Test
    void doesNotOverwriteWhatSomebodyElseHasChanged() {
        try (var scene = new SetupScene(folder)) {
            scene.unlock();
            scene.press("show", "name", "Mine");
            scene.record.set("name", "Theirs");

            var page = scene.press("save");

            assertTrue(page.body().contains("changed by somebody else"), page.body());
            assertTrue(scene.record.text().contains("Theirs"), scene.record.text());
        }
    }

    @Test
    void letsOneOfManyWhoSaveAtOnceThrough() throws IOException {
        try (var scene = new SetupScene(folder)) {
            var fields = SetupScene.fields(scene.unlock().body());
            fields.put("do", "save");

            var all = IntStream.range(0, 8)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                        var mine = new LinkedHashMap<>(fields);
                        mine.put("name", "Number " + i);
                        return scene.post(scene.browser, SetupScene.encoded(mine))
                                .status();
                    }))
                    .toList();
            all.forEach(CompletableFuture::join);

            assertTrue(scene.record.text().contains("\"Number "), scene.record.text());
            assertTrue(
                    Files.readString(scene.record.file.resolveSibling("sso-directory.json.bak"))
                            .contains("\"Pretend pool\""),
                    "each of the others would have kept another's");
            assertEquals(List.of("sso-directory.json", "sso-directory.json.bak"), names());
        }
    }

    @Test
    void isNeverSeenHalfWritten() throws IOException {
        try (var scene = new SetupScene(folder)) {
            scene.unlock();
            var writing = CompletableFuture.runAsync(
                    () -> IntStream.range(0, 20).forEach(i -> scene.press("save", "name", "x".repeat(1 + i * 90))));

            var seen = 0;
            while (!writing.isDone()) {
                assertEquals(
                        PretendUserPool.CLIENT_ID,
                        Json.object(scene.record.text()).get("clientId"));
                seen++;
            }

            writing.join();
            assertTrue(seen > 0 && scene.record.text().contains("x".repeat(1 + 19 * 90)));
        } catch (Json.MalformedException halfWritten) {
            throw new AssertionError(halfWritten);
        }
    }

    @Test
    void leavesPlaceholdersAndWhatItDoesNotShowAsTheyStand() {
        try (var scene = new SetupScene(folder)) {
            System.setProperty("setup.test.secret", PretendUserPool.CLIENT_SECRET);
            scene.record.set("clientSecret", "${sys:setup.test.secret}");
            scene.record.set("publicPaths", "/healthz");
            scene.application.lookAtTheRecord();
            scene.unlock();

            scene.press("save", "name", "Changed");

            var saved = scene.record.text();
            assertTrue(saved.contains("\"${sys:setup.test.secret}\""), saved);
            assertTrue(saved.contains("\"publicPaths\": \"/healthz\""), saved);
            assertFalse(saved.contains(PretendUserPool.CLIENT_SECRET), saved);
        } finally {
            System.clearProperty("setup.test.secret");
        }
    }

    @Test
    void savesNothingThatTheFilterWouldRefuse() {
        try (var scene = new SetupScene(folder)) {
            var before = scene.record.text();
            scene.unlock();

            scene.press("save", "clientId", "");

            assertEquals(before, scene.record.text());
            assertFalse(Files.exists(scene.record.file.resolveSibling("sso-directory.json.bak")));
        }
    }

    @Test
    void leavesTheFileWholeWhereItsFolderCannotBeWritten() throws IOException {
        try (var scene = new SetupScene(folder)) {
            var before = scene.record.text();
            scene.unlock();
            Files.createDirectory(scene.record.file.resolveSibling("sso-directory.json.bak"));
            Files.createFile(
                    scene.record.file.resolveSibling("sso-directory.json.bak").resolve("x"));

            var page = scene.press("save", "name", "Changed");

            assertTrue(page.body().contains("the file cannot be written"), page.body());
            assertEquals(before, scene.record.text());
            assertEquals(
                    0,
                    names().stream()
                            .filter(name -> name.toLowerCase(Locale.ROOT).endsWith(".tmp"))
                            .count());
        }
    }

    @Test
    void offersNoSaveWhereTheRecordIsNoFile() {
        try (var pool = PretendUserPool.start();
                var log = new LogBook();
                var application = Application.with(pool).also(SetupScene::map).start()) {
            var browser = new Browser();
            var token = log.lines().toString().replaceFirst("(?s).*one-time token: ([\\w-]+).*", "$1");
            var uri = application.uri("/sso/setup");
            browser.request("POST", uri, "token=" + token, "Sec-Fetch-Site", "same-origin");

            var page = browser.navigate(uri);

            assertEquals(200, page.status());
            assertFalse(page.body().contains("value=\"save\""), page.body());
            assertTrue(page.body().contains("init-param clientId gives another value, which wins"), page.body());
        }
    }
}
