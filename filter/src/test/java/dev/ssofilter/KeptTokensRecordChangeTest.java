package dev.ssofilter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ssofilter.testkit.Browser;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A record that changes under sessions that keep their tokens: whose tokens they are, they stay. */
class KeptTokensRecordChangeTest {
    private final RefreshScene scene = new RefreshScene();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        scene.close();
    }

    private Application application(RecordOnDisk record) {
        return scene.with()
                .set("discoveryDomain", "", "clientId", "", "clientSecret", "", "directory", "file:" + record.file)
                .start();
    }

    private Browser.Answer token(Application application) {
        return scene.browser.fetch(application.uri("/token"));
    }

    private void assertKeepsItsTokensAfter(RecordOnDisk record, String member, Object value) {
        try (var application = application(record)) {
            scene.browser.logInFrom(application.uri("/orders"), scene.pool.user());
            var before = token(application);

            record.set(member, value);
            application.lookAtTheRecord();

            assertEquals(before.body(), token(application).body());
            scene.expire();
            assertEquals(200, token(application).status(), "refreshed");
            assertEquals(1, scene.refreshes());
        }
    }

    /** A public client's keys are made up at start. */
    @Test
    void keepsThoseOfAPublicClient() {
        scene.pool.client().onlySecrets();
        var record = RecordOnDisk.of(scene.pool, folder);
        record.set("clientSecret", "");

        assertKeepsItsTokensAfter(record, "name", "Renamed pool");
    }

    @ParameterizedTest
    @ValueSource(strings = {"enablePkce", "enableTokenEndpointBasicAuth"})
    void keepsThemHoweverTheNextLoginIsMade(String toggle) {
        var before = toggle.equals("enablePkce");

        assertKeepsItsTokensAfter(RecordOnDisk.of(scene.pool, folder), toggle, !before);
    }
}
