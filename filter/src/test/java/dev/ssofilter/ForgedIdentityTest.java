package dev.ssofilter;

import static dev.ssofilter.Answers.assertAnonymous;
import static dev.ssofilter.Answers.assertProblem;
import static dev.ssofilter.Answers.logIn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendUserPool;
import dev.ssofilter.user.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who the user is comes from the session alone: nothing that a client, or a proxy, writes into a request says it. */
class ForgedIdentityTest {
    private static final PretendUserPool POOL = PretendUserPool.start();
    private static Application application;

    private final Browser browser = new Browser();

    @BeforeAll
    static void start() {
        application = Application.of(POOL);
    }

    @AfterAll
    static void stop() {
        application.close();
        POOL.close();
    }

    private static void assertNobody(String... headerLines) {
        var before = application.reached();
        var open = Raw.get(application.port(), "/public/x", headerLines);
        var hidden = Raw.get(application.port(), "/orders", headerLines);

        assertEquals(200, Raw.status(open), open);
        assertTrue(open.contains("user null") && open.contains("type null"), open);
        assertEquals(before + 1, application.reached());
        assertEquals(302, Raw.status(hidden), hidden);
    }

    @ParameterizedTest(name = "AB-154 {0}")
    @ValueSource(
            strings = {
                "REMOTE_USER",
                "Remote-User",
                "X-Remote-User",
                "X-Forwarded-User",
                "X-Forwarded-Email",
                "X-Auth-Request-User",
                "OIDC_CLAIM_sub",
                "OIDC_CLAIM_email",
                "X-Amzn-Oidc-Identity",
                "X-WEBAUTH-USER",
                "Cf-Access-Authenticated-User-Email",
                "SSL_CLIENT_S_DN",
                "Cookie: dev.ssofilter.principal",
                "Cookie: user"
            })
    void isNoHeader(String name) {
        var separator = name.startsWith("Cookie") ? "=" : ": ";
        if (name.startsWith("X-Forwarded")) { // shows that the request is not this machine's own, and no baseUrl is set
            assertTrue(Raw.get(application.port(), "/public/x", name + ": max").contains("user null"));
            assertEquals(503, Raw.status(Raw.get(application.port(), "/orders", name + ": max")));
        } else {
            assertNobody(name + separator + "max");
        }
    }

    @Test
    @DisplayName("AB-154 no header makes a signed-in user another one")
    void isNoHeaderForASignedInUserEither() {
        logIn(browser, application.uri("/orders"), POOL.user());

        var page =
                browser.navigate(application.uri("/orders"), "Remote-User", "max", "X-Remote-User", "max@example.org");

        assertTrue(page.body().contains("user ana@example.org"), page.body());
    }

    @ParameterizedTest(name = "AB-155 {0}")
    @ValueSource(
            strings = {
                "Remote_User: max",
                "REMOTE-user: max",
                "remote_USER: max",
                "x_remote_user: max",
                "Oidc-Claim-Sub: max",
                "oidc_claim_SUB: max",
                "Remote-User: max\r\nRemote_User: max",
                "Remote-User: \r\nRemote-User: max",
                "Remote-User: max, ana\r\nREMOTE_USER: ana"
            })
    void isNoHeaderHoweverItIsWritten(String lines) {
        assertNobody(lines.split("\r\n"));
    }

    @Test
    @DisplayName("AB-156 is no token of a load balancer, which nobody here verifies")
    void isNoTokenOfALoadBalancer() {
        var claims = "{\"sub\":\"" + POOL.user().sub() + "\",\"email\":\"max@example.org\",\"iss\":\"" + POOL.issuer()
                + "\",\"exp\":4102444800}";
        var token = Forgery.ours(claims.getBytes(StandardCharsets.UTF_8));

        assertNobody(
                "X-Amzn-Oidc-Data: " + token,
                "X-Amzn-Oidc-Accesstoken: " + token,
                "X-Amzn-Oidc-Identity: " + POOL.user().sub());
        assertProblem(
                Reason.LOGIN_REQUIRED,
                browser.fetch(
                        application.uri("/orders"), "Authorization", "Bearer " + token, "X-Amzn-Oidc-Data", token));
        assertAnonymous(browser, application);
    }

    @ParameterizedTest(name = "AB-158 {0}")
    @ValueSource(
            strings = {
                "X-Any: 1",
                "X-Forwarded-For: 127.0.0.1",
                "X-Forwarded-Proto: https\r\nX-Forwarded-Host: localhost",
                "X-Forwarded-User: max\r\nX-Remote-User: max",
                "Forwarded: for=127.0.0.1;proto=https"
            })
    void isAskedForAlsoBesideTheProxy(String lines) {
        try (var proxied = Application.of(POOL, "baseUrl", "https://localhost/portal")) {
            var headers = lines.split("\r\n");

            var page = Raw.get(proxied.port(), "/orders", headers);
            var script = Raw.get(proxied.port(), "/orders", (lines + "\r\nSec-Fetch-Mode: cors").split("\r\n"));

            assertEquals(302, Raw.status(page), page);
            assertTrue(page.contains("redirect_uri=https%3A%2F%2Flocalhost%2Fportal%2Fsso%2Freturn&"), page);
            assertEquals(401, Raw.status(script), script);
            assertEquals(0, proxied.reached() + proxied.sessions());
        }
    }

    @ParameterizedTest(name = "AB-146 R-08 a preflight with identity headers and a body, passed on: {0}")
    @ValueSource(booleans = {false, true})
    void isNobodyInAPreflight(boolean passed) {
        try (var open = Application.of(POOL, "passPreflight", Boolean.toString(passed))) {
            var headers = List.of(
                    "Origin",
                    "https://other.example",
                    "Access-Control-Request-Method",
                    "PUT",
                    "Remote-User",
                    "max",
                    "X-Remote-User",
                    "max",
                    "OIDC_CLAIM_sub",
                    "max",
                    "Content-Type",
                    "application/x-www-form-urlencoded");

            var answer = browser.request("OPTIONS", open.uri("/orders"), "user=max", headers.toArray(String[]::new));

            assertEquals(passed ? 200 : 401, answer.status(), answer.body());
            assertEquals(passed ? 1 : 0, open.reached());
            assertEquals(passed, answer.body().contains("user null"), answer.body());
            assertFalse(answer.body().contains("max"), answer.body());
            assertEquals(Map.of(), browser.cookies());
        }
    }
}
