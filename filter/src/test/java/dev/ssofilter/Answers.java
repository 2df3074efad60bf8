package dev.ssofilter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.directory.Json;
import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.Browser.Answer;
import dev.ssofilter.testkit.PretendUser;
import dev.ssofilter.user.Reason;
import java.net.URI;
import java.util.Locale;
import java.util.Map;

/** What tests of the whole flow assert again and again. */
final class Answers {
    private Answers() {}

    /** A page of ours that names this reason, and the headers that every answer of ours has. */
    static void assertPage(Reason reason, Answer answer) {
        assertEquals(reason.status(), answer.status(), answer.body());
        assertEquals(
                "text/html;charset=utf-8",
                answer.header("Content-Type").orElse("").toLowerCase(Locale.ROOT));
        assertTrue(answer.body().contains(">Reason: " + reason + "<"), answer.body());
        assertOurs(answer);
        assertFalse(answer.isRedirect());
    }

    /** A problem document (RFC 9457) that names this reason. */
    static Map<String, Object> assertProblem(Reason reason, Answer answer) {
        assertEquals(reason.status(), answer.status(), answer.body());
        assertEquals("application/problem+json", answer.header("Content-Type").orElse(""));
        assertOurs(answer);
        var problem = json(answer);
        assertEquals(reason.name(), problem.get("reason"));
        return problem;
    }

    static void assertOurs(Answer answer) {
        assertEquals("no-store", answer.header("Cache-Control").orElse(""));
        assertEquals("nosniff", answer.header("X-Content-Type-Options").orElse(""));
        assertTrue(answer.header("Referrer-Policy").isPresent());
    }

    static Map<String, Object> json(Answer answer) {
        try {
            return Json.object(answer.body());
        } catch (Json.MalformedException e) {
            throw new AssertionError(answer.body(), e);
        }
    }

    /** Asked by a script, a protected page says that nobody is signed in; the application is not reached by that. */
    static void assertAnonymous(Browser browser, Application application) {
        var before = application.reached();
        assertProblem(Reason.LOGIN_REQUIRED, browser.fetch(application.uri("/orders")));
        assertEquals(before, application.reached());
    }

    static void assertSignedIn(Browser browser, Application application) {
        assertEquals(200, browser.fetch(application.uri("/orders")).status());
    }

    /** Goes to a protected page and through the provider, up to the redirect that leads back to the Return URL. */
    static Answer redirectToReturnUrl(Browser browser, URI page, PretendUser user) {
        return redirectToReturnUrl(browser, browser.navigate(page), user);
    }

    static Answer redirectToReturnUrl(Browser browser, Answer first, PretendUser user) {
        var answer = first;
        for (var hops = 0; hops < 6; hops++) {
            if (answer.location()
                    .filter(to -> to.getPath().endsWith("/sso/return"))
                    .isPresent()) {
                return answer;
            }
            answer = answer.isRedirect()
                    ? browser.follow(answer)
                    : browser.submitForm(answer, Map.of("username", user.email(), "password", user.password()));
        }
        throw new AssertionError("not led to the Return URL: " + answer.status() + " at "
                + answer.uri().getPath());
    }

    /** The whole way, up to our answer at the Return URL. */
    static Answer logIn(Browser browser, URI page, PretendUser user) {
        return browser.follow(redirectToReturnUrl(browser, page, user));
    }
}
