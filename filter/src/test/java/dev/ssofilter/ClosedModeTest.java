package dev.ssofilter;

import static dev.ssofilter.Answers.assertPage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendUserPool;
import dev.ssofilter.user.Reason;
import java.nio.file.Path;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application without a record that can be used: shut, but for the setup screen, until there is one. */
class ClosedModeTest {
    @TempDir
    Path folder;

    @Test
    void answersEveryRequestButTheScreensWith503() {
        try (var scene = SetupScene.withoutRecord(folder)) {
            for (var path :
                    new String[] {"/orders", "/public/x", "/sso/login", "/sso/me", "/sso/return?code=c&state=s", "/"}) {
                assertPage(Reason.NOT_SET_UP, scene.browser.navigate(scene.application.uri(path)));
            }
            assertEquals(
                    503,
                    scene.browser
                            .request("POST", scene.application.uri("/orders"), "a=b")
                            .status());
            assertEquals(0, scene.application.reached());
            assertEquals(403, scene.page().status());
        }
    }

    @Test
    void saysInTheLogWhatIsWrongAndWhereToGo() {
        try (var scene = SetupScene.withoutRecord(folder)) {
            var told = String.join("\n", scene.log.lines());

            assertTrue(told.contains("WARNING sso-filter is not set up"), told);
            assertTrue(told.contains("is no file on this machine"), told);
            assertTrue(told.contains("Open the setup screen: http://localhost:PORT + context path + /sso/setup"), told);
        }
    }

    @Test
    void opensOnceTheRecordIsRight() {
        try (var scene = SetupScene.withoutRecord(folder)) {
            scene.record.write();
            scene.application.lookAtTheRecord();

            assertEquals(
                    200,
                    scene.browser
                            .logInFrom(scene.application.uri("/orders"), scene.pool.user())
                            .status());
        }
    }

    @Test
    void staysShutWhereTheRecordIsStillWrong() {
        try (var scene = SetupScene.withoutRecord(folder)) {
            scene.record.write("{\"clientId\": \"x\"}");
            scene.application.lookAtTheRecord();

            assertPage(Reason.NOT_SET_UP, scene.browser.navigate(scene.application.uri("/orders")));
        }
    }

    @Test
    void doesNotStartWithoutTheScreen() {
        try (var pool = PretendUserPool.start()) {
            var record = RecordOnDisk.of(pool, folder);
            record.delete();

            assertThrows(
                    IllegalStateException.class, () -> record.application(pool).start());
        }
    }

    @Test
    void doesNotStartWhereNoRecordCouldMendIt() {
        try (var pool = PretendUserPool.start()) {
            var record = RecordOnDisk.of(pool, folder);
            record.delete();

            assertThrows(IllegalStateException.class, () -> record.application(pool)
                    .also(SetupScene::map)
                    .set("sessionMaximum", "forever")
                    .start());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "*.setup"})
    void doesNotStartWhereTheScreenIsMappedToTheApplicationsOwnPages(String mapping) {
        try (var pool = PretendUserPool.start()) {
            var failure = assertThrows(IllegalStateException.class, () -> RecordOnDisk.of(pool, folder)
                    .application(pool)
                    .also(context -> context.addServlet(new ServletHolder("setup", new SsoSetupServlet()), mapping))
                    .start());

            assertTrue(
                    String.valueOf(failure.getCause().getMessage()).contains("SsoSetupServlet"),
                    () -> failure.getCause().toString());
        }
    }

    @Test
    void isOffUnlessMapped() {
        try (var pool = PretendUserPool.start();
                var application = Application.of(pool)) {
            assertEquals(
                    302, new Browser().navigate(application.uri("/sso/setup")).status());
        }
    }
}
