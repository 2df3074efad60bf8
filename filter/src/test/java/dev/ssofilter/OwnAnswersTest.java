package dev.ssofilter;

import static dev.ssofilter.Answers.assertOurs;
import static dev.ssofilter.Answers.logIn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.Browser.Answer;
import dev.ssofilter.testkit.PretendUserPool;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The headers that every answer of the filter's own has (AB-178 to AB-180). */
class OwnAnswersTest {
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

    private Map<String, Answer> every() {
        var answers = new LinkedHashMap<String, Answer>();
        answers.put("to the provider", browser.navigate(application.uri("/orders")));
        answers.put("login path", browser.navigate(application.uri("/sso/login")));
        answers.put("problem", browser.fetch(application.uri("/orders")));
        answers.put("failure", browser.navigate(application.uri("/sso/return?state=a&code=b")));
        answers.put("wrong method", browser.request("PUT", application.uri("/sso/return"), ""));
        answers.put("signed out", browser.navigate(application.uri("/sso/signed-out")));
        answers.put("asked whether to sign out", browser.navigate(application.uri("/sso/logout")));
        answers.put("back to the target", logIn(browser, application.uri("/orders"), pool.user()));
        answers.put("signed in already", browser.navigate(application.uri("/sso/login")));
        answers.put("me", browser.fetch(application.uri("/sso/me")));
        var page = browser.navigate(application.uri("/orders"));
        answers.put("logged out", browser.click(page, application.uri("/sso/logout")));
        return answers;
    }

    @Test
    @DisplayName("AB-047 AB-178 AB-180 R-46 are stored nowhere and sniffed by nobody")
    void areStoredNowhereAndSniffedByNobody() {
        every().forEach((what, answer) -> {
            assertOurs(answer);
            assertEquals(1, answer.headers().get("Cache-Control").size(), what);
            var policy = answer.header("Referrer-Policy").orElse("");
            assertEquals(what.startsWith("asked") ? "same-origin" : "no-referrer", policy, what);
            assertTrue(answer.isRedirect() == answer.header("Location").isPresent(), what);
            assertFalse(answer.status() == 307 || answer.status() == 308, "AB-047 " + what);
        });
    }

    @Test
    @DisplayName("AB-178 are framed by nobody and run nothing")
    void areFramedByNobodyAndRunNothing() {
        every().forEach((what, answer) -> {
            if (answer.header("Content-Type").orElse("").startsWith("text/html")) {
                var policy = answer.header("Content-Security-Policy").orElse("");
                assertTrue(policy.contains("default-src 'none'"), what);
                assertTrue(policy.contains("frame-ancestors 'none'"), what);
                assertFalse(policy.contains("unsafe") || policy.contains("form-action"), what);
                assertTrue(policy.contains("'sha256-" + sha256(style(answer)) + "'"), what);
                assertEquals(List.of("DENY"), answer.headers().get("X-Frame-Options"), what);
            }
        });
    }

    private static String style(Answer page) {
        var from = page.body().indexOf("<style>") + "<style>".length();
        return page.body().substring(from, page.body().indexOf("</style>"));
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
