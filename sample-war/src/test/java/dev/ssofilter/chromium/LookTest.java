package dev.ssofilter.chromium;

import dev.ssofilter.testkit.PretendUserPool;
import dev.ssofilter.user.Reason;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every page of the filter, on a desktop and on a phone, by day and by night: pictures to look at, and axe-core's word. */
@InChromium
class LookTest {
    private final PretendUserPool pool = PretendUserPool.start();
    private final WebApplication application = WebApplication.start(pool);
    private final Chromium chromium;

    LookTest(Chromium chromium) {
        this.chromium = chromium;
    }

    @AfterEach
    void stop() {
        application.close();
        pool.close();
    }

    @ParameterizedTest
    @EnumSource(value = Reason.class, mode = EnumSource.Mode.EXCLUDE, names = "LOGIN_REQUIRED") // never a page
    void showsEachReasonToEverybody(Reason reason) {
        chromium.open(application.uri("/public/reason?" + reason));

        Look.examine(
                chromium, "reason-" + reason.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    @Test
    void showsTheQuestionBeforeASignOutToEverybody() {
        chromium.open(application.uri("/sso/logout"));

        Look.examine(chromium, "sign-out");
    }

    @Test
    void showsTheEndOfASignOutToEverybody() {
        chromium.open(application.uri("/sso/signed-out"));

        Look.examine(chromium, "signed-out");
    }
}
