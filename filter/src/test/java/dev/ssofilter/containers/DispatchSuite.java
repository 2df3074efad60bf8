package dev.ssofilter.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.DispatcherType;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * In every container the user goes along where one part of the application calls another, and nobody is challenged there:
 * in {@code /plain} the filter is mapped for requests alone, in {@code /all} for every dispatch.
 */
abstract class DispatchSuite extends Suite {
    @ParameterizedTest(name = "AB-209 R-45 {0}")
    @CsvSource({
        "/plain/forward,            FORWARD",
        "/plain/include,            INCLUDE",
        "/plain/dispatch,           ASYNC",
        "/plain/dispatch-elsewhere, ASYNC",
        "/plain/thread,             REQUEST",
        "/all/forward,              FORWARD",
        "/all/include,              INCLUDE",
        "/all/dispatch,             ASYNC",
        "/all/dispatch-elsewhere,   ASYNC",
        "/all/thread,               REQUEST"
    })
    void carriesTheUserAlong(String path, DispatcherType as) {
        var page = browser.logInFrom(site.at(path), pool.user());

        assertEquals(200, page.status());
        assertTrue(page.body().contains("as " + as + "\n"), page.body());
        assertTrue(page.body().contains("user " + pool.user().email() + "\n"), page.body());
        assertTrue(page.body().contains("member true\n"), page.body());
    }

    @ParameterizedTest(name = "AB-213 authenticate in a dispatch from {0}")
    @CsvSource({
        "/plain/public/ask?of=1,                FORWARD",
        "/all/public/ask?of=1,                  FORWARD",
        "/plain/public/ask-later?of=1,          ASYNC",
        "/all/public/ask-later?of=1,            ASYNC",
        "/plain/public/ask-later-inside?of=1,   FORWARD",
        "/all/public/gone?of=1,                 ERROR",
        "/all/public/gone%20now,                ERROR",
        "/all/public/forward-to-gone?of=1,      ERROR"
    })
    void leadsBackToWhatTheBrowserAskedFor(String path, DispatcherType as) {
        var page = browser.logInFrom(site.at(path), pool.user());

        assertEquals(site.at(path), page.uri());
        assertTrue(page.body().contains("as " + as + "\n"), page.body());
        assertTrue(page.body().contains("user " + pool.user().email() + "\n"), page.body());
    }

    @ParameterizedTest(name = "AB-210 {0}")
    @ValueSource(strings = {"/plain/timeout", "/all/timeout", "/plain/committed", "/all/committed"})
    void carriesTheUserAlongHoweverLateAPageIsDispatched(String path) {
        var page = browser.logInFrom(site.at(path), pool.user());

        assertEquals(200, page.status());
        assertTrue(page.body().contains("as ASYNC\n"), page.body());
        assertTrue(page.body().contains("user " + pool.user().email() + "\n"), page.body());
        assertEquals(List.of("private, no-store"), page.headers().get("Cache-Control"));
    }

    @ParameterizedTest(name = "AB-210 {0}")
    @ValueSource(
            strings = {
                "/plain/public/timeout",
                "/all/public/timeout",
                "/plain/public/committed",
                "/all/public/committed"
            })
    void challengesNobodyHoweverLateAPageIsDispatched(String path) {
        var page = browser.navigate(site.at(path));

        assertEquals(200, page.status());
        assertTrue(page.body().endsWith("visit none\n"), page.body());
        assertTrue(page.body().contains("user null\n"), page.body());
        assertEquals(List.of(), page.setCookies());
    }

    @ParameterizedTest(name = "AB-210 {0} for {1}")
    @CsvSource({"/plain/dispatch-to-failing, null", "/all/dispatch-to-failing, ana@example.org"})
    void leavesThePageForAFailureAfterADispatchToTheContainer(String path, String user) {
        var page = browser.logInFrom(site.at(path), pool.user());

        assertEquals(500, page.status());
        assertFalse(page.body().contains("Reason: "), page.body());
        var own = container.showsAFailureAfterADispatchItself();
        assertTrue(page.body().contains(own ? "IllegalStateException" : "as ERROR\n"), page.body());
        assertEquals(!own, page.body().contains("user " + user + "\n"), page.body());
    }

    @ParameterizedTest(name = "AB-209 R-45 {0} for {1}")
    @CsvSource({"/plain/missing, null", "/all/missing, ana@example.org"})
    void showsAnErrorPageTheUserWhereTheFilterIsMappedForIt(String path, String user) {
        var page = browser.logInFrom(site.at(path), pool.user());

        assertEquals(404, page.status());
        assertTrue(page.body().contains("as ERROR\n"), page.body());
        assertTrue(page.body().contains("user " + user + "\n"), page.body());
    }

    @ParameterizedTest(name = "AB-209 R-45 {0}")
    @CsvSource({"/plain/public/missing", "/all/public/missing"})
    void challengesNobodyOnAnErrorPage(String path) {
        var page = browser.navigate(site.at(path));

        assertEquals(404, page.status());
        assertTrue(page.body().contains("as ERROR\n"), page.body());
        assertTrue(page.body().contains("user null\n"), page.body());
        assertEquals(List.of(), page.setCookies());
    }
}
