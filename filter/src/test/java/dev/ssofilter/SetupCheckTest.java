package dev.ssofilter;

import static dev.ssofilter.SetupScene.about;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.PretendUserPool;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Check: what the doctor finds stands beside the field that it concerns. */
class SetupCheckTest {
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
    void findsNothingWrongWithARecordThatIsRight() {
        var page = scene.press("check");

        assertFalse(page.body().contains("<strong>Failed:"), page.body());
        assertTrue(page.body().contains("0 failed"), page.body());
        assertTrue(about(page, "clientId").contains("Passed:"), page.body());
        assertTrue(about(page, "returnPath").contains("Passed:"), page.body());
    }

    @Test
    void findsNothingWrongWithTheSecretThatTheScreenItselfHasWritten() {
        scene.press("save");

        var page = scene.press("check");

        assertFalse(about(page, "clientSecret").contains("plain text"), page.body());
    }

    @Test
    void saysBesideTheSecretThatItIsWrong() {
        var page = scene.press("check", "clientSecret", "a-wrong-secret");

        assertTrue(about(page, "clientSecret").contains("Failed:"), page.body());
        assertFalse(page.body().contains("a-wrong-secret"), page.body());
    }

    @Test
    void saysBesideTheReturnUrlThatItIsNotRegistered() {
        try (var other = PretendUserPool.start()) {
            var page = scene.press(
                    "check", "discoveryDomain", other.tokenSigningKeyUrl().toString());

            assertTrue(about(page, "returnPath").contains("Failed:"), page.body());
        }
    }

    @Test
    void asksNobodyWhereAFieldIsWrong() {
        var before = scene.pool.requests().size();

        var page = scene.press("check", "scopes", "profile");

        assertTrue(about(page, "scopes").contains("lacks openid"), page.body());
        assertEquals(before, scene.pool.requests().size());
    }

    @Test
    void showsNoPlaceholderResolved() {
        var gone = "http://127.0.0.1:9/nowhere/token";
        System.setProperty("setup.test.url", gone);
        try {
            scene.record.set("tokenUrl", "${sys:setup.test.url}");

            var page = scene.press("check");

            assertTrue(page.body().contains("${sys:setup.test.url}"), page.body());
            assertFalse(page.body().contains(gone), page.body());
        } finally {
            System.clearProperty("setup.test.url");
        }
    }
}
