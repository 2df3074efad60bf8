package dev.ssofilter;

import static dev.ssofilter.Answers.redirectToReturnUrl;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.Browser.Answer;
import dev.ssofilter.testkit.PretendUserPool;
import dev.ssofilter.user.Reason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Several logins of one browser: each is its own. */
class TabsTest {
    private final PretendUserPool pool = PretendUserPool.start();
    private final Browser browser = new Browser();
    private Application application;

    @BeforeEach
    void start() {
        application = Application.of(pool);
    }

    @AfterEach
    void stop() {
        application.close();
        pool.close();
    }

    @Test
    @DisplayName("AB-024 R-01 finishes eight tabs in reverse order, each on its own target")
    void finishesEightTabsInReverseOrderEachOnItsOwnTarget() {
        var tabs = new ArrayDeque<Answer>();
        for (var tab = 0; tab < 8; tab++) {
            tabs.push(browser.navigate(application.uri("/tab/" + tab)));
        }

        var ends = new ArrayList<String>();
        while (!tabs.isEmpty()) {
            var end = browser.follow(redirectToReturnUrl(browser, tabs.pop(), pool.user()));
            ends.add(end.status() + " " + end.location().orElseThrow().getPath());
        }

        assertEquals(
                List.of(
                        "303 /tab/7",
                        "303 /tab/6",
                        "303 /tab/5",
                        "303 /tab/4",
                        "303 /tab/3",
                        "303 /tab/2",
                        "303 /tab/1",
                        "303 /tab/0"),
                ends,
                "AB-024");
    }

    @Test
    @DisplayName("AB-023 stays within a header when thirty tabs come at once")
    void staysWithinAHeaderWhenThirtyTabsComeAtOnce() {
        var host = application.uri("");
        for (var tab = 0; tab < 30; tab++) { // none of them has seen another's cookie
            var first = new Browser().navigate(application.uri("/members/tab?number=" + tab));
            browser.addCookie(host, first.setCookies().get(0));
        }
        var header = browser.cookies().entrySet().stream()
                .mapToInt(cookie -> cookie.getKey().length() + cookie.getValue().length() + "=; ".length())
                .sum();

        var page = browser.navigate(application.uri("/public/page"));
        browser.navigate(application.uri("/members/one-more"));

        assertTrue(header < 6 * 1024, "AB-023: " + header + " bytes");
        assertEquals(200, page.status());
        assertEquals(8, browser.cookies().size());
    }

    @Test
    @DisplayName("R-01 lets the oldest login go first")
    void letsTheOldestLoginGoFirst() {
        var oldest = browser.navigate(application.uri("/tab/0"));
        for (var tab = 1; tab <= 8; tab++) {
            browser.navigate(application.uri("/tab/" + tab));
        }

        var end = browser.follow(redirectToReturnUrl(browser, oldest, pool.user()));

        Answers.assertPage(Reason.UNKNOWN_STATE, end);
    }

    @Test
    @DisplayName("AB-023 R-31 keeps at most eight login cookies and six kilobytes, however often a login begins")
    void keepsAtMostEightCookiesAndSixKilobytes() {
        for (var start = 0; start < 100; start++) {
            var answer = browser.navigate(application.uri("/long?q=" + start + "x".repeat(1500)));
            assertEquals(302, answer.status());

            var ours = browser.cookies().entrySet().stream()
                    .filter(cookie -> cookie.getKey().startsWith("sso-login-"))
                    .toList();
            var bytes = ours.stream()
                    .mapToInt(cookie ->
                            cookie.getKey().length() + cookie.getValue().length())
                    .sum();
            assertTrue(ours.size() <= 8, "AB-023: " + ours.size());
            assertTrue(bytes <= 6 * 1024, "AB-023: " + bytes);
        }
        for (var start = 0; start < 100; start++) {
            browser.navigate(application.uri("/short"));
        }
        var kept = browser.cookies().keySet().stream()
                .filter(name -> name.startsWith("sso-login-"))
                .count();
        assertEquals(8, kept);
    }
}
