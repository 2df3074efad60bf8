package dev.ssofilter;

import static dev.ssofilter.Answers.assertAnonymous;
import static dev.ssofilter.Answers.assertPage;
import static dev.ssofilter.Answers.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendUserPool;
import dev.ssofilter.user.Reason;
import jakarta.servlet.ServletException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an application asks of a request about its user, on public paths (AB-206, AB-213). */
class ServletApiTest {
    private final PretendUserPool pool = PretendUserPool.start();
    private final Browser browser = new Browser();
    private final Application application = Application.with(pool)
            .servlet("/public/authenticate", (request, response) -> {
                if (request.authenticate(response)) {
                    response.getWriter().print("user " + request.getRemoteUser());
                }
            })
            .servlet("/public/begun", (request, response) -> {
                response.setContentLength(512);
                response.getOutputStream().print("begun");
                request.authenticate(response);
            })
            .servlet("/public/late", (request, response) -> {
                response.flushBuffer();
                try {
                    response.getWriter().print(request.authenticate(response));
                } catch (IllegalStateException e) {
                    response.getWriter().print(e.getMessage());
                }
            })
            .servlet("/public/logout", (request, response) -> {
                request.logout();
                response.getWriter()
                        .print(request.getUserPrincipal() + " " + request.getRemoteUser() + " "
                                + request.getAuthType() + " " + request.isUserInRole("members") + " "
                                + request.getSession(false));
            })
            .servlet("/public/basket", (request, response) -> response.getWriter()
                    .print(request.getSession().getId()))
            .servlet("/public/login", (request, response) -> {
                try {
                    request.login("ana", "password");
                } catch (ServletException e) {
                    response.getWriter().print(e.getMessage());
                }
            })
            .servlet("/public/role", (request, response) -> response.getWriter()
                    .print(request.isUserInRole(request.getParameter("name"))))
            .servlet("/public/forward", (request, response) -> request.getRequestDispatcher("/public/authenticate?b=2")
                    .forward(request, response))
            .start();

    @AfterEach
    void stop() {
        application.close();
        pool.close();
    }

    @Test
    @DisplayName("AB-213 authenticate begins a login that leads back to the page, and is true from then on")
    void authenticateBeginsALogin() {
        var challenged = browser.navigate(application.uri("/public/authenticate?a=1"));
        var page = browser.logIn(challenged, pool.user().email(), pool.user().password());

        assertEquals(302, challenged.status());
        assertTrue(challenged.location().orElseThrow().toString().startsWith(pool.domain() + "/oauth2/authorize"));
        assertEquals(0, application.sessions() - 1, "no session before the login");
        assertEquals(application.uri("/public/authenticate?a=1"), page.uri());
        assertEquals("user ana@example.org", page.body());
    }

    @Test
    @DisplayName("AB-213 authenticate answers without what the application had begun to say")
    void authenticateAnswersWithoutWhatWasBegun() {
        var challenged = browser.navigate(application.uri("/public/begun"));

        assertEquals(302, challenged.status());
        assertEquals("0", challenged.header("Content-Length").orElse(""));
        assertEquals("", challenged.body());
        assertProblem(Reason.LOGIN_REQUIRED, browser.fetch(application.uri("/public/begun")));
    }

    @Test
    @DisplayName("AB-213 authenticate answers what cannot follow a login page with a 401")
    void authenticateAnswersAScriptWithA401() {
        assertProblem(Reason.LOGIN_REQUIRED, browser.fetch(application.uri("/public/authenticate")));
    }

    @Test
    @DisplayName("AB-213 authenticate after a posted form says that nothing was saved")
    void authenticateAfterAForm() {
        var origin = "http://localhost:" + application.port();

        var answer = browser.request(
                "POST",
                application.uri("/public/authenticate"),
                "a=1",
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Origin",
                origin,
                "Accept",
                "text/html");

        assertPage(Reason.NOT_SAVED, answer);
    }

    @Test
    @DisplayName("AB-213 authenticate in a forward leads back to what the browser asked for")
    void authenticateInAForward() {
        var page = browser.logInFrom(application.uri("/public/forward?a=1"), pool.user());

        assertEquals(application.uri("/public/forward?a=1"), page.uri());
        assertEquals("user ana@example.org", page.body());
    }

    @Test
    @DisplayName("AB-213 authenticate tells of an answer that is on its way already")
    void authenticateAfterTheAnswerHasBegun() {
        assertTrue(browser.navigate(application.uri("/public/late")).body().contains("the response is committed"));
    }

    @Test
    @DisplayName("AB-213 authenticate shows why no login can begin")
    void authenticateWhileTheProviderIsDown() {
        pool.close();

        assertPage(Reason.USER_POOL_UNREACHABLE, browser.navigate(application.uri("/public/authenticate")));
    }

    @Test
    @DisplayName("AB-213 logout ends the session, here alone")
    void logoutEndsTheSession() {
        browser.logInFrom(application.uri("/orders"), pool.user());

        var out = browser.navigate(application.uri("/public/logout"));

        assertEquals("null null null false null", out.body());
        assertAnonymous(browser, application);
        assertEquals(0, pool.count("/logout"));
        assertEquals(
                "null null null false null",
                browser.navigate(application.uri("/public/logout")).body());
    }

    @Test
    void logoutLeavesASessionInWhichNobodyIsSignedIn() {
        var basket = browser.navigate(application.uri("/public/basket"));

        var out = browser.navigate(application.uri("/public/logout"));

        assertTrue(out.body().startsWith("null null null false "), out.body());
        assertEquals(
                basket.body(),
                browser.navigate(application.uri("/public/basket")).body());
    }

    @ParameterizedTest(name = "AB-213 login throws, signed in: {0}")
    @ValueSource(booleans = {false, true})
    void loginThrows(boolean signedIn) {
        if (signedIn) {
            browser.logInFrom(application.uri("/orders"), pool.user());
        }

        var answer = browser.navigate(application.uri("/public/login"));

        assertTrue(answer.body().startsWith("login: users sign in at the OpenID Provider"), answer.body());
    }

    @ParameterizedTest(name = "AB-206 {0} is {1}, of nobody {2}")
    @CsvSource({
        "members, true, false",
        "Members, false, false",
        "'', false, false",
        "*, false, false",
        "**, true, false",
        "admins, false, false",
    })
    void knowsARole(String name, boolean expected, boolean ofNobody) {
        var path = application.uri("/public/role?name=" + name);
        assertEquals(Boolean.toString(ofNobody), browser.navigate(path).body());
        browser.logInFrom(application.uri("/orders"), pool.user());

        assertEquals(Boolean.toString(expected), browser.navigate(path).body());
    }

    @Test
    @DisplayName("AB-206 no role is null")
    void knowsNoRoleThatIsNull() {
        var path = application.uri("/public/role");
        assertEquals("false", browser.navigate(path).body());
        browser.logInFrom(application.uri("/orders"), pool.user());

        assertEquals("false", browser.navigate(path).body());
        assertEquals(Map.of(), Map.copyOf(browser.navigate(path).locationParameters()));
    }
}
