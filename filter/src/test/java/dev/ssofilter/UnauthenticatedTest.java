package dev.ssofilter;

import static dev.ssofilter.Answers.assertPage;
import static dev.ssofilter.Answers.assertProblem;
import static dev.ssofilter.Answers.logIn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendUserPool;
import dev.ssofilter.user.Reason;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A protected path asked for without a user, by what cannot follow a login page; and how answers to a user are cached. */
class UnauthenticatedTest {
    private static final String NAVIGATION = "Accept|text/html|Sec-Fetch-Mode|navigate|Sec-Fetch-Dest|document";

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

    static Stream<Arguments> callers() {
        return Stream.of(
                Arguments.of("a script", "GET", "Accept|*/*|Sec-Fetch-Mode|cors|Sec-Fetch-Dest|empty"),
                Arguments.of(
                        "a script that asks for HTML",
                        "GET",
                        "Accept|text/html|Sec-Fetch-Mode|cors|Sec-Fetch-Dest|empty"),
                Arguments.of("an image", "GET", "Accept|image/*|Sec-Fetch-Mode|no-cors|Sec-Fetch-Dest|image"),
                Arguments.of("a frame", "GET", "Accept|text/html|Sec-Fetch-Mode|navigate|Sec-Fetch-Dest|iframe"),
                Arguments.of("an old frame", "GET", "Accept|text/html|Sec-Fetch-Mode|navigate|Sec-Fetch-Dest|object"),
                Arguments.of("a socket", "GET", "Accept|text/html|Sec-Fetch-Mode|websocket|Sec-Fetch-Dest|websocket"),
                Arguments.of("an event stream", "GET", "Accept|text/event-stream"),
                Arguments.of("a prefetch", "GET", NAVIGATION + "|Sec-Purpose|prefetch;prerender"),
                Arguments.of("an old prefetch", "GET", NAVIGATION + "|Purpose|prefetch"),
                Arguments.of("a machine with a token", "GET", NAVIGATION + "|Authorization|Bearer abc"),
                Arguments.of("a machine with a token, in lower case", "GET", NAVIGATION + "|Authorization|bearer abc"),
                Arguments.of("an old script", "GET", "Accept|text/html|X-Requested-With|XMLHttpRequest"),
                Arguments.of("a command line", "GET", "Accept|*/*"),
                Arguments.of("nothing said", "GET", ""),
                Arguments.of("JSON", "GET", "Accept|text/html|Content-Type|application/json"),
                Arguments.of("HEAD", "HEAD", NAVIGATION),
                Arguments.of("PUT", "PUT", NAVIGATION),
                Arguments.of("DELETE", "DELETE", NAVIGATION),
                Arguments.of("a method of its own", "FOO", NAVIGATION),
                Arguments.of("a disguised method", "DELETE", NAVIGATION + "|X-HTTP-Method-Override|GET"),
                Arguments.of("a POST by a script", "POST", "Accept|*/*|Content-Type|application/json"),
                Arguments.of("a preflight", "OPTIONS", "Origin|https://a.example|Access-Control-Request-Method|PUT"),
                Arguments.of(
                        "forged identity headers", "GET", "Remote-User|max|X-Remote-User|max|X-Amzn-Oidc-Data|e30"));
    }

    @ParameterizedTest(name = "R-03 R-07 {0}")
    @MethodSource("callers")
    void isToldSoByAProblemDocument(String caller, String method, String headers) {
        var lines = headers.isEmpty() ? new String[0] : headers.split("\\|");

        var answer = browser.request(method, application.uri("/orders?secret=1"), "", lines);

        assertEquals("SSO", answer.header("WWW-Authenticate").orElse(""), caller);
        assertEquals(401, answer.status());
        if (!method.equals("HEAD")) {
            var problem = assertProblem(Reason.LOGIN_REQUIRED, answer);
            assertEquals(Set.of("title", "status", "reason", "loginUrl", "reference"), problem.keySet());
            assertEquals("401", problem.get("status").toString().replaceAll("\\D", ""));
            assertEquals(application.uri("/sso/login").toString(), problem.get("loginUrl"), "no target in it");
            assertTrue(problem.get("reference").toString().matches("[0-9A-V]{8}"));
        }
        assertEquals(0, answer.setCookies().size());
        assertEquals(0, application.sessions());
        assertEquals(0, application.reached());
        assertEquals(0, pool.requests().size());
    }

    @Test
    @DisplayName("AB-218 R-44 is told so where a socket is asked for")
    void isToldSoWhereASocketIsAskedFor() {
        var answer = Raw.send(
                application.port(),
                "GET /orders HTTP/1.1\r\nHost: localhost:" + application.port() + "\r\nConnection: Upgrade, close\r\n"
                        + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                        + "Accept: text/html\r\nOrigin: http://localhost\r\n\r\n");

        assertEquals(401, Raw.status(answer), "AB-218 " + answer);
        assertTrue(answer.contains("LOGIN_REQUIRED"), answer);
        assertFalse(answer.contains("Set-Cookie"), answer);
        assertEquals(0, application.reached());
    }

    @ParameterizedTest(name = "AB-145 {0}")
    @ValueSource(strings = {"GET", "Get", "get"})
    void isNotFooledByTheCaseOfAMethod(String method) {
        var answer = Raw.send(application.port(), Raw.request(method, "/orders", "Host: localhost"));

        assertTrue(Set.of(302, 400, 401, 501).contains(Raw.status(answer)), "AB-145 " + answer);
        assertEquals(0, application.reached());
    }

    @Test
    @DisplayName("R-35 is told that nothing of a form was saved")
    void isToldThatNothingOfAFormWasSaved() {
        var form = browser.request(
                "POST",
                application.uri("/orders"),
                "comment=Flibbertigibbet",
                "Content-Type",
                "application/x-www-form-urlencoded",
                "Accept",
                "text/html",
                "Sec-Fetch-Mode",
                "navigate",
                "Sec-Fetch-Dest",
                "document");

        assertPage(Reason.NOT_SAVED, form);
        assertEquals("SSO", form.header("WWW-Authenticate").orElse(""));
        assertTrue(form.body().contains("Nothing was saved"), form.body());
        assertTrue(form.body().contains("href=\"" + application.uri("/sso/login") + "\""), form.body());
        assertFalse(form.body().contains("Flibbertigibbet"), "nothing of the form is on the page");
        assertEquals(0, form.setCookies().size());
        assertEquals(0, application.reached());
    }

    @Test
    @DisplayName("R-08 is let through by a preflight alone where the setting says so")
    void isLetThroughByAPreflightAloneWhereTheSettingSaysSo() {
        try (var open = Application.of(pool, "passPreflight", "true")) {
            var preflight = browser.request(
                    "OPTIONS",
                    open.uri("/orders"),
                    "",
                    "Origin",
                    "https://a.example",
                    "Access-Control-Request-Method",
                    "PUT");
            var options = browser.request("OPTIONS", open.uri("/orders"), "", "Origin", "https://a.example");
            var noOrigin = browser.request("OPTIONS", open.uri("/orders"), "", "Access-Control-Request-Method", "PUT");
            var put = browser.request(
                    "PUT",
                    open.uri("/orders"),
                    "",
                    "Origin",
                    "https://a.example",
                    "Access-Control-Request-Method",
                    "PUT");

            assertEquals(200, preflight.status());
            assertTrue(preflight.body().contains("user null"), preflight.body());
            assertEquals("401 401 401", options.status() + " " + noOrigin.status() + " " + put.status());
            assertEquals(1, open.reached());
        }
    }

    @ParameterizedTest(name = "R-48 {0}")
    @CsvSource({"Basic YWJj", "Digest abc", "''"})
    void isLedToTheLoginBehindAProxysGate(String authorization) {
        var answer = browser.navigate(application.uri("/orders"), "Authorization", authorization);

        assertEquals(302, answer.status(), "R-48");
    }

    @Test
    void neverBelievesAHeaderAboutWhoTheUserIs() {
        var page = browser.navigate(
                application.uri("/public/x"),
                "X-Forwarded-User",
                "max",
                "REMOTE-USER",
                "max",
                "X-Amzn-Oidc-Data",
                "e30");

        assertTrue(page.body().contains("user null"), "AB-154 " + page.body());
    }

    @Test
    @DisplayName("AB-191 R-46 reads answers for a user from no cache")
    void readsAnswersForAUserFromNoCache() {
        logIn(browser, application.uri("/orders"), pool.user());

        var navigated = browser.navigate(application.uri("/orders"));
        var fetched = browser.fetch(application.uri("/orders"));
        var open = browser.navigate(application.uri("/public/x"));
        var ahead = browser.navigate(application.uri("/orders"), "Sec-Purpose", "prefetch");
        var posted = browser.request("POST", application.uri("/orders"), "a=b");

        assertEquals("private, no-store", ahead.header("Cache-Control").orElse(""));
        assertEquals("private, no-cache", posted.header("Cache-Control").orElse(""));
        assertEquals("private, no-store", navigated.header("Cache-Control").orElse(""), "AB-191");
        assertEquals("private, no-cache", fetched.header("Cache-Control").orElse(""));
        assertEquals("private, no-store", open.header("Cache-Control").orElse(""));
        var nobody = new Browser().navigate(application.uri("/public/x"));
        assertTrue(nobody.header("Cache-Control").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-store", "public, max-age=3600"})
    void addsToTheCacheRulesOfAFilterBeforeThisOne(String before) {
        try (var own = Application.with(pool)
                .before((request, response, chain) -> {
                    ((HttpServletResponse) response).setHeader("Cache-Control", before);
                    chain.doFilter(request, response);
                })
                .start()) {
            logIn(browser, own.uri("/orders"), pool.user());

            var answer = browser.fetch(own.uri("/orders"));

            assertEquals(List.of(before, "private, no-cache"), answer.headers().get("Cache-Control"));
        }
    }

    @Test
    void leavesTheApplicationsOwnCacheRules() {
        try (var own = Application.with(pool)
                .servlet("/logo", (request, response) -> response.setHeader("Cache-Control", "max-age=60"))
                .start()) {
            logIn(browser, own.uri("/orders"), pool.user());

            var answer = browser.navigate(own.uri("/logo"));

            assertEquals(List.of("max-age=60"), answer.headers().get("Cache-Control"));
        }
    }

    @ParameterizedTest(name = "AB-212 {0}")
    @ValueSource(
            strings = {
                "application/x-www-form-urlencoded",
                "application/json",
                "multipart/form-data; boundary=x",
                "text/plain"
            })
    void leavesTheBodyToTheApplication(String type) {
        try (var own = Application.with(pool)
                .servlet("/public/echo", (request, response) -> {
                    request.setCharacterEncoding("ISO-8859-1");
                    response.getOutputStream().write(request.getInputStream().readAllBytes());
                })
                .start()) {
            logIn(browser, own.uri("/orders"), pool.user());
            var body = "state=1&code=2&name=J%F6rg";

            var withUser = browser.request("POST", own.uri("/public/echo"), body, "Content-Type", type);
            var without = new Browser().request("POST", own.uri("/public/echo"), body, "Content-Type", type);

            assertEquals(body, withUser.body());
            assertEquals(body, without.body());
        }
    }
}
