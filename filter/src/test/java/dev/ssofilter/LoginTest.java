package dev.ssofilter;

import static dev.ssofilter.Answers.assertAnonymous;
import static dev.ssofilter.Answers.assertOurs;
import static dev.ssofilter.Answers.assertPage;
import static dev.ssofilter.Answers.assertProblem;
import static dev.ssofilter.Answers.assertSignedIn;
import static dev.ssofilter.Answers.logIn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendAnswer;
import dev.ssofilter.testkit.PretendUserPool;
import dev.ssofilter.user.Reason;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A user asks for a page, signs in at the pool and is there, as the guide promises. */
class LoginTest {
    private final PretendUserPool pool = PretendUserPool.start();
    private final Browser browser = new Browser();
    private Application application;

    @BeforeEach
    void start() {
        application = Application.with(pool).lenient().start();
    }

    @AfterEach
    void stop() {
        application.close();
        pool.close();
    }

    @Test
    void returnsTheUserToThePageTheyAskedFor() {
        var page = browser.logInFrom(application.uri("/orders?id=7&id=8"), pool.user());

        assertEquals(200, page.status());
        assertTrue(page.body().contains("page /orders?id=7&id=8"), page.body());
        assertTrue(page.body().contains("user " + pool.user().email()), page.body());
        assertTrue(page.body().contains("externalId " + pool.user().sub()), page.body());
    }

    @Test
    void asksTheProviderForACodeWithStateNonceAndProofKey() {
        var toLogin = browser.navigate(application.uri("/orders"));

        assertEquals(302, toLogin.status());
        assertOurs(toLogin);
        assertEquals("/oauth2/authorize", toLogin.location().orElseThrow().getPath());
        var asked = toLogin.locationParameters();
        assertEquals("code", asked.get("response_type"));
        assertEquals("openid profile email", asked.get("scope"));
        assertEquals("S256", asked.get("code_challenge_method"));
        assertEquals(application.uri("/sso/return").toString(), asked.get("redirect_uri"));
        assertTrue(asked.keySet().containsAll(Set.of("state", "nonce", "code_challenge", "client_id")));
    }

    @Test
    @DisplayName("AB-179 leaves nothing of the code behind when it succeeds")
    void leavesNothingOfTheCodeBehindWhenItSucceeds() {
        var end = logIn(browser, application.uri("/orders"), pool.user());

        assertEquals(303, end.status());
        assertEquals("", end.body());
        assertOurs(end);
        assertEquals("no-referrer", end.header("Referrer-Policy").orElse(""));
        assertTrue(browser.cookies().keySet().stream().noneMatch(name -> name.startsWith("sso-login-")));
    }

    @ParameterizedTest(name = "R-15 {0}")
    @ValueSource(
            strings = {
                "/orders/!important*'()?x=a+b&x=%2B&x=",
                "/a%2Fb/c?next=https%3A%2F%2Fevil.example%2F",
                "/matrix;v=1;w=%3B/end;?;=;",
                "/caf%C3%A9/%E2%82%AC?q=%F0%9F%98%80",
                "/latin/%E9",
                "/?",
                "/?=&&=",
                "/deep/a//b/./c?//evil.example",
                "/orders/%7Bid%7D?json={}|^`\"<>"
            })
    void returnsTheTargetByteForByte(String target) {
        var location = Raw.get(application.port(), target, "Sec-Fetch-Mode: navigate");
        var cookie = header(location, "Set-Cookie");
        browser.addCookie(application.uri("/"), cookie);

        var end = Answers.redirectToReturnUrl(
                browser, browser.navigate(URI.create(header(location, "Location"))), pool.user());
        var back = browser.follow(end);

        assertEquals(303, back.status(), back.body());
        assertEquals(
                application.uri("/").resolve("/").toString() + target.substring(1),
                back.header("Location").orElse(""));
    }

    private static String header(String answer, String name) {
        return answer.lines()
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .findFirst()
                .orElseThrow(() -> new AssertionError(answer));
    }

    @Test
    @DisplayName("AB-061 signs in all the same where the target is too long to keep")
    void signsInAllTheSameWhereTheTargetIsTooLongToKeep() {
        var end = logIn(browser, application.uri("/orders?q=" + "x".repeat(2001)), pool.user());

        assertEquals(303, end.status());
        assertEquals(application.uri("/").toString(), end.header("Location").orElse(""));
        assertSignedIn(browser, application);
    }

    @Test
    @DisplayName("R-13 asks for the favicon without making it the target")
    void asksForTheFaviconWithoutMakingItTheTarget() {
        var end = logIn(browser, application.uri("/favicon.ico"), pool.user());

        assertEquals(application.uri("/").toString(), end.header("Location").orElse(""));
    }

    @ParameterizedTest(name = "R-14 {0} leads to {1}")
    @CsvSource({
        "/orders?x=1, /orders?x=1",
        "//evil.example/, /",
        "https://evil.example/, /",
        "/\\evil.example, /",
        "/sso/login, /",
        "/sso/logout, /",
        "orders, /",
        "'', ''"
    })
    void takesALocalTargetAtTheLoginPath(String target, String expected) {
        var asked = application.uri("/sso/login?target=" + URLEncoder.encode(target, StandardCharsets.UTF_8));

        var end = logIn(browser, asked, pool.user());

        assertEquals(303, end.status(), end.body());
        var base = application.uri("").toString();
        assertEquals(base + expected, end.header("Location").orElse(""));
    }

    @Test
    @DisplayName("AB-059 cuts the context path from a target as browsers see it")
    void cutsTheContextPathFromATargetAsBrowsersSeeIt() {
        try (var portal = Application.with(pool).at("/portal").start()) {
            var inside = logIn(browser, portal.uri("/sso/login?target=/portal/orders"), pool.user());
            var again = browser.navigate(portal.uri("/sso/login?target=/portalorders"));

            assertEquals(
                    portal.uri("/orders").toString(), inside.header("Location").orElse(""));
            assertEquals(portal.uri("/").toString(), again.header("Location").orElse(""), "AB-059: not in the context");
        }
    }

    @Test
    void sendsAUserWhoIsSignedInAlreadyStraightToTheTarget() {
        logIn(browser, application.uri("/orders"), pool.user());
        pool.resetRequests();

        var there = browser.navigate(application.uri("/sso/login?target=%2Fsettings"));

        assertEquals(303, there.status());
        assertEquals(
                application.uri("/settings").toString(),
                there.header("Location").orElse(""));
        assertEquals(0, pool.requests().size());
    }

    @Test
    void tellsAScriptAtTheLoginPathThatItCannotSignAnybodyIn() {
        var answer = browser.fetch(application.uri("/sso/login"));

        assertProblem(Reason.LOGIN_REQUIRED, answer);
        assertEquals(0, answer.setCookies().size());
    }

    @Test
    @DisplayName("AB-043 passes on to the provider what is allowed alone")
    void passesOnToTheProviderWhatIsAllowedAlone() {
        try (var other = Application.of(pool, "forwardParameters", "login_hint, lang")) {
            var query = "?login_hint=ana%40example.org&lang=de&lang=fr&identity_provider=Google&scope=admin";
            var asked = browser.navigate(other.uri("/sso/login" + query)).locationParameters();
            var fromPage = browser.navigate(other.uri("/orders" + query)).locationParameters();

            assertEquals("ana@example.org", asked.get("login_hint"));
            assertFalse(asked.containsKey("lang"), "one that is repeated is no value");
            assertFalse(asked.containsKey("identity_provider"));
            assertEquals("openid profile email", asked.get("scope"));
            assertFalse(fromPage.containsKey("login_hint"), "AB-043: from the login path alone");
        }
    }

    @Test
    @DisplayName("R-22 explains that the provider cannot be reached, and public pages go on")
    void explainsThatTheProviderCannotBeReached() {
        pool.always().answer("/.well-known/openid-configuration", PretendAnswer.dropped());

        var answer = browser.navigate(application.uri("/orders"));

        assertPage(Reason.USER_POOL_UNREACHABLE, answer);
        assertEquals("30", answer.header("Retry-After").orElse(""));
        assertEquals(0, answer.setCookies().size());
        assertEquals(200, browser.navigate(application.uri("/public/info")).status(), "R-22: public pages go on");
    }

    @Test
    @DisplayName("R-05 stops a browser that never brings its session back")
    void stopsABrowserThatNeverBringsItsSessionBack() {
        for (var login = 0; login < 3; login++) {
            assertEquals(
                    303, logIn(browser, application.uri("/orders"), pool.user()).status());
            browser.removeCookie("JSESSIONID");
        }
        pool.resetRequests();

        var fourth = browser.navigate(application.uri("/orders"));

        assertPage(Reason.LOGIN_LOOP, fourth);
        assertTrue(fourth.body().contains("baseUrl"), "names the likely cause to the operator");
        assertEquals(0, pool.requests().size());
        assertEquals(302, browser.navigate(application.uri("/orders")).status(), "whoever tries again may");
    }

    @Test
    @DisplayName("R-05 stops a browser whose pages and Return URL are at nodes that share no sessions")
    void stopsABrowserWhosePagesNeverSeeTheSession() {
        var address = "http://localhost:8443";
        pool.client().allowCallback(address + "/sso/return");
        try (var pages = Application.with(pool).set("baseUrl", address).start();
                var returns = Application.with(pool).set("baseUrl", address).start()) {
            for (var login = 0; login < 3; login++) {
                var response = Answers.redirectToReturnUrl(browser, pages.uri("/orders"), pool.user())
                        .location()
                        .orElseThrow();
                var there = response.toString().replace(address, returns.uri("").toString());
                assertEquals(303, browser.navigate(URI.create(there)).status());
            }

            assertPage(Reason.LOGIN_LOOP, browser.navigate(pages.uri("/orders")));
        }
    }

    @Test
    void countsAnewOnceTheUserSignedOut() {
        for (var login = 0; login < 4; login++) {
            logIn(browser, application.uri("/orders"), pool.user());
            browser.click(browser.navigate(application.uri("/orders")), application.uri("/sso/logout"));
        }

        assertEquals(
                303, logIn(browser, application.uri("/orders"), pool.user()).status());
    }

    @Test
    void countsAnewOnceTheApplicationSignedTheUserOut() {
        try (var own = Application.with(pool)
                .servlet("/out", (request, response) -> request.logout())
                .start()) {
            for (var login = 0; login < 4; login++) {
                assertEquals(
                        303, logIn(browser, own.uri("/orders"), pool.user()).status(), "login " + login);
                browser.navigate(own.uri("/out"));
            }
        }
    }

    @Test
    void spendsThePendingLoginWhenTheLoginFails() {
        pool.next().authorizationError("access_denied");
        var toReturn = Answers.redirectToReturnUrl(browser, application.uri("/orders"), pool.user());

        var failed = browser.follow(toReturn);
        var again = browser.follow(toReturn);

        assertPage(Reason.ACCESS_DENIED, failed);
        assertTrue(browser.cookies().keySet().stream().noneMatch(name -> name.startsWith("sso-login-")));
        assertPage(Reason.UNKNOWN_STATE, again);
        assertAnonymous(browser, application);
        assertEquals(0, application.sessions());
    }

    @Test
    @DisplayName("AB-006 R-02 sends a user on who comes back to a response that is used")
    void sendsAUserOnWhoComesBackToAResponseThatIsUsed() {
        var toReturn = Answers.redirectToReturnUrl(browser, application.uri("/orders"), pool.user());
        browser.follow(toReturn);
        var session = browser.cookies().get("JSESSIONID");
        pool.resetRequests();

        var again = browser.follow(toReturn);

        assertEquals(303, again.status());
        assertEquals(application.uri("/").toString(), again.header("Location").orElse(""));
        assertEquals(0, pool.requests().size());
        assertEquals(session, browser.cookies().get("JSESSIONID"), "AB-006");
    }

    @ParameterizedTest(name = "AB-016 {0}")
    @ValueSource(strings = {"POST", "HEAD", "PUT", "DELETE", "OPTIONS"})
    void refusesAnotherMethodAtTheReturnUrlWithoutSpendingTheLogin(String method) {
        var toReturn = Answers.redirectToReturnUrl(browser, application.uri("/orders"), pool.user());
        var response = toReturn.location().orElseThrow();

        var refused = browser.request(method, response, "", "Content-Type", "application/x-www-form-urlencoded");

        assertEquals(405, refused.status(), "AB-016");
        assertEquals("GET", refused.header("Allow").orElse(""));
        assertEquals(303, browser.follow(toReturn).status());
    }

    @ParameterizedTest(name = "AB-021 {0}")
    @ValueSource(
            strings = {
                "/sso/return/",
                "/sso/return;x=1",
                "/SSO/return",
                "/sso%2freturn",
                "/sso/return/x",
                "/sso/%72eturn"
            })
    void takesNothingButTheExactReturnUrl(String path) {
        var toReturn = Answers.redirectToReturnUrl(browser, application.uri("/orders"), pool.user());
        var query = toReturn.location().orElseThrow().getRawQuery();
        pool.resetRequests();

        var answer = browser.navigate(application.uri(path + "?" + query));

        assertEquals(302, answer.status(), "AB-021: a protected page like any other");
        assertEquals(0, pool.count("/oauth2/token"));
        assertAnonymous(browser, application);
    }

    @Test
    void makesTheLoginCookieAsCookiesOfOursAre() {
        var line = browser.navigate(application.uri("/orders")).setCookies().get(0);

        assertTrue(line.matches("sso-login-[\\w-]{8}-[\\w-]{16}=[^;]+; .*"), line);
        assertAttributes(line, "Path=/", "HttpOnly", "SameSite=Lax", "Max-Age=600");
        assertFalse(line.contains("Secure"), line);
        assertFalse(line.contains("Domain"), line);
    }

    static void assertAttributes(String line, String... expected) {
        var attributes = List.of(line.split("; *"));
        for (var attribute : expected) {
            assertTrue(attributes.contains(attribute), attribute + " in " + line);
        }
    }

    @Test
    void leavesCookiesOfOthersAlone() {
        browser.addCookie(application.uri("/"), "sso-login-other000-x=1; Path=/");
        browser.addCookie(application.uri("/"), "theme=dark; Path=/");

        logIn(browser, application.uri("/orders"), pool.user());

        assertTrue(browser.cookies()
                .entrySet()
                .containsAll(
                        Map.of("theme", "dark", "sso-login-other000-x", "1").entrySet()));
    }
}
