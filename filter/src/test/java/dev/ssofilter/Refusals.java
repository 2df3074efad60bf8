package dev.ssofilter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendUserPool;
import dev.ssofilter.user.Reason;
import java.util.List;
import java.util.regex.Pattern;

/** What every refusal has in common (ABUSE-CASES B0), asserted in one place so that no test forgets a part of it. */
final class Refusals {
    private static final Pattern REFERENCE = Pattern.compile("Reference: ([0-9A-V]{8})<");
    private static final Pattern REASON = Pattern.compile("Reason: ([A-Z_]+)<");

    private Refusals() {}

    /** Refused for this reason; nobody is signed in, no session was made, and the application heard nothing of it. */
    static void assertRefused(Scene scene, Browser.Answer answer, Reason reason) {
        assertFailed(scene, answer, reason);
        assertAnonymous(scene, scene.browser);
        assertEquals(0, scene.sessions(), "sessions made");
        assertEquals(0, scene.reached(), "requests that reached the application");
    }

    /** As {@link #assertRefused(Scene, Browser.Answer, Reason)}, and the one log line says this. */
    static void assertRefused(Scene scene, Browser.Answer answer, Reason reason, String logged) {
        assertRefused(scene, answer, reason);
        assertLogged(scene, logged);
    }

    /** Our own page with the reason's status, name and reference, which the one log line repeats. */
    static void assertFailed(Scene scene, Browser.Answer answer, Reason reason) {
        var found = answer.uri().getPath() + ", page says " + reasonOn(answer) + ", log says " + scene.log.failures();
        assertEquals(reason.name(), reasonOn(answer), found);
        Answers.assertPage(reason, answer);
        assertEquals(reason.status() == 503, answer.header("Retry-After").isPresent(), "Retry-After");
        var line = "login failed reason=" + reason + " ref=" + on(answer, REFERENCE) + ";";
        var telling =
                scene.log.failures().stream().filter(l -> l.contains(line)).toList();
        assertEquals(1, telling.size(), () -> line + " in " + scene.log.failures());
        assertDiscreet(scene, answer);
    }

    private static String reasonOn(Browser.Answer answer) {
        return on(answer, REASON);
    }

    private static String on(Browser.Answer page, Pattern pattern) {
        var found = pattern.matcher(page.body());
        return found.find() ? found.group(1) : "no " + pattern;
    }

    /** No secret of the pool or of the client is on the page or in a log line, and each event is one line. */
    private static void assertDiscreet(Scene scene, Browser.Answer answer) {
        for (var secret : List.of(PretendUserPool.CLIENT_SECRET, "eyJ")) {
            assertFalse(answer.body().contains(secret), "a secret or token on the page");
            assertFalse(scene.log.failures().toString().contains(secret), "a secret or token in a log line");
        }
        for (var line : scene.log.failures()) {
            assertEquals(1, line.lines().count(), line);
        }
    }

    static void assertLogged(Scene scene, String logged) {
        var last = scene.log.failures().get(scene.log.failures().size() - 1);
        assertTrue(last.contains(logged), () -> "expected \"" + logged + "\" in " + last);
    }

    static void assertAnonymous(Scene scene, Browser browser) {
        assertEquals(401, browser.get(scene.application.uri("/sso/me")).status(), "status of /sso/me");
    }

    static void assertSignedIn(Scene scene, Browser browser) {
        assertEquals(200, browser.get(scene.application.uri("/sso/me")).status(), "status of /sso/me");
    }
}
