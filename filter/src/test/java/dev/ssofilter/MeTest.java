package dev.ssofilter;

import static dev.ssofilter.Answers.assertOurs;
import static dev.ssofilter.Answers.assertProblem;
import static dev.ssofilter.Answers.json;
import static dev.ssofilter.Answers.logIn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.ssofilter.directory.Json;
import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendUserPool;
import dev.ssofilter.user.Reason;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a script learns about its user. */
class MeTest {
    private static final String ME = "/sso/me";
    private static final String CLAIMS = "External ID = sub @ Access Token; Username = email @ ID Token;"
            + " Email = email @ ID Token; First Name = given_name @ ID Token; Last Name = family_name @ ID Token;"
            + " Roles = cognito:groups @ ID Token; Member No = custom:member_no @ ID Token";

    private final PretendUserPool pool = PretendUserPool.start();
    private final Browser browser = new Browser();
    private final MovingClock clock = new MovingClock();

    @AfterEach
    void stop() {
        pool.close();
    }

    @Test
    void tellsThePrincipalsPropertiesByName() {
        try (var application =
                Application.with(pool).clock(clock).set("claims", CLAIMS).start()) {
            logIn(browser, application.uri("/orders"), pool.user());
            clock.move(Duration.ofHours(7).plusMinutes(50));

            var answer = browser.fetch(application.uri(ME));

            assertEquals(200, answer.status());
            assertEquals("application/json", answer.header("Content-Type").orElse(""));
            assertOurs(answer);
            var me = new LinkedHashMap<>(json(answer));
            var left = Integer.parseInt(((Json.Num) me.remove("sessionExpiresIn")).text());
            assertEquals(600, left, 30, "seconds");
            assertEquals(
                    Map.ofEntries(
                            Map.entry("name", "ana@example.org"),
                            Map.entry("directory", pool.issuer()),
                            Map.entry("externalId", pool.user().sub()),
                            Map.entry("username", "ana@example.org"),
                            Map.entry("email", "ana@example.org"),
                            Map.entry("emailVerified", true),
                            Map.entry("firstName", "Ana"),
                            Map.entry("lastName", "Ruiz"),
                            Map.entry("roles", List.of("members")),
                            Map.entry("attributes", Map.of("Member No", List.of("00417")))),
                    me);
        }
    }

    @Test
    void leavesOutWhatIsAbsent() {
        try (var application = Application.of(pool, "claims", "External ID = sub @ ID Token")) {
            logIn(browser, application.uri("/orders"), pool.user());

            var me = json(browser.fetch(application.uri(ME)));

            assertEquals(
                    Set.of(
                            "name",
                            "directory",
                            "externalId",
                            "emailVerified",
                            "roles",
                            "attributes",
                            "sessionExpiresIn"),
                    me.keySet());
            assertEquals(false, me.get("emailVerified"));
            assertEquals(List.of(), me.get("roles"));
        }
    }

    @Test
    void countsTheContainersIdleTimeoutWhereThatEndsFirst() {
        try (var application = Application.with(pool)
                .also(context -> context.getSessionHandler().setMaxInactiveInterval(300))
                .start()) {
            logIn(browser, application.uri("/orders"), pool.user());

            var me = json(browser.fetch(application.uri(ME)));

            assertEquals("300", ((Json.Num) me.get("sessionExpiresIn")).text());
        }
    }

    @Test
    void tellsNobodyThatNobodyIsThere() {
        try (var application = Application.of(pool)) {
            var fetched = browser.fetch(application.uri(ME));
            var navigated = browser.navigate(application.uri(ME));

            assertProblem(Reason.LOGIN_REQUIRED, fetched);
            assertProblem(Reason.LOGIN_REQUIRED, navigated);
            assertFalse(navigated.isRedirect());
            assertEquals(0, application.sessions());
        }
    }
}
