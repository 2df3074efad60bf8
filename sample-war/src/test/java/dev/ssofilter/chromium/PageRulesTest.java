package dev.ssofilter.chromium;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ssofilter.testkit.PretendUserPool;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages' own Content-Security-Policy lets through what they need, and the browser has nothing to complain of. */
@InChromium
class PageRulesTest {
    private final PretendUserPool pool = PretendUserPool.start();
    private final WebApplication application = WebApplication.start(pool);
    private final Chromium chromium;

    PageRulesTest(Chromium chromium) {
        this.chromium = chromium;
    }

    @AfterEach
    void stop() {
        application.close();
        pool.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "/sso/signed-out, You are signed out",
        "/sso/logout, Do you want to sign out?",
        "/sso/return?code=1&state=2, Please sign in again",
        "/sso/return, The sign-in was not completed"
    })
    void areKeptByThePages(String path, String title) {
        chromium.open(application.uri(path));

        chromium.awaitPage(title);
        assertEquals("grid", chromium.script("return getComputedStyle(document.body).display"));
        assertEquals(
                List.of(),
                chromium.console().stream()
                        .filter(line -> line.contains("Content Security Policy") || line.contains("favicon"))
                        .toList());
    }
}
