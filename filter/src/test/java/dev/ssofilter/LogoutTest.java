package dev.ssofilter;

import static dev.ssofilter.Answers.assertAnonymous;
import static dev.ssofilter.Answers.assertOurs;
import static dev.ssofilter.Answers.assertSignedIn;
import static dev.ssofilter.Answers.logIn;
import static dev.ssofilter.LoginTest.assertAttributes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.Browser.Answer;
import dev.ssofilter.testkit.PretendAnswer;
import dev.ssofilter.testkit.PretendUserPool;
import dev.ssofilter.user.SsoPrincipal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing out: here first, then at the provider, and never because another site wants it. */
class LogoutTest {
    private static final String LOGOUT = "/sso/logout";

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

    private String origin() {
        return "http://localhost:" + application.port();
    }

    @Test
    @DisplayName("AB-190 R-06 R-28 leads over the provider's logout to the page that says so")
    void leadsOverTheProvidersLogoutToThePageThatSaysSo() {
        var page = browser.logInFrom(application.uri("/orders"), pool.user());

        var out = browser.click(page, application.uri(LOGOUT));
        var end = browser.followAll(out);

        assertEquals(303, out.status());
        assertOurs(out);
        assertEquals(pool.domain().resolve("/logout").toString(), withoutQuery(out));
        assertEquals(
                Map.of(
                        "client_id",
                        PretendUserPool.CLIENT_ID,
                        "logout_uri",
                        application.uri("/sso/signed-out").toString()),
                out.locationParameters(),
                "AB-190: no id_token_hint");
        assertEquals(200, end.status());
        assertEquals("/sso/signed-out", end.uri().getPath());
        assertOurs(end);
        assertTrue(end.body().contains("You are signed out"), end.body());
        assertTrue(end.body().contains("href=\"" + application.uri("/sso/login") + "\""), end.body());
        assertAnonymous(browser, application);
    }

    @Test
    void takesAFormOfTheApplication() {
        logIn(browser, application.uri("/orders"), pool.user());

        var out = browser.request("POST", application.uri(LOGOUT), "", "Origin", origin());

        assertEquals(303, out.status());
        assertAnonymous(browser, application);
    }

    @Test
    void takesAPostWhoseFetchMetadataSaysSameOrigin() {
        logIn(browser, application.uri("/orders"), pool.user());

        var out = browser.request(
                "POST", application.uri(LOGOUT), "", "Sec-Fetch-Site", "same-origin", "Sec-Fetch-Mode", "cors");

        assertEquals(303, out.status());
        assertAnonymous(browser, application);
    }

    @ParameterizedTest(name = "AB-187 {0}")
    @ValueSource(
            strings = {
                "POST",
                "POST|Origin|https://evil.example",
                "POST|Origin|null",
                "POST|Origin|http://localhost",
                "POST|Sec-Fetch-Site|cross-site|Origin|ORIGIN",
                "POST|Sec-Fetch-Site|same-site|Origin|ORIGIN",
                "POST|Sec-Fetch-Site|none|Origin|ORIGIN",
                "GET",
                "GET|Origin|ORIGIN",
                "GET|Sec-Fetch-Site|none|Sec-Fetch-Mode|navigate",
                "GET|Sec-Fetch-Site|cross-site|Sec-Fetch-Mode|navigate",
                "GET|Sec-Fetch-Site|same-site|Sec-Fetch-Mode|navigate",
                "GET|Sec-Fetch-Site|same-origin",
                "GET|Sec-Fetch-Site|same-origin|Sec-Fetch-Mode|no-cors|Sec-Fetch-Dest|image",
                "GET|Sec-Fetch-Site|same-origin|Sec-Fetch-Mode|cors",
                "GET|Sec-Fetch-Site|same-origin|Sec-Fetch-Mode|navigate",
                "GET|Sec-Fetch-Site|same-origin|Sec-Fetch-Mode|navigate|Sec-Fetch-Dest|iframe",
                "GET|Sec-Fetch-Site|same-origin|Sec-Fetch-Mode|navigate|Sec-Fetch-Dest|embed",
                "GET|Sec-Fetch-Site|same-origin|Sec-Fetch-Mode|navigate|Sec-Fetch-Dest|object",
                "GET|Sec-Fetch-Site|same-origin|Sec-Fetch-Mode|navigate|Sec-Purpose|prefetch",
                "GET|Referer|ORIGIN",
                "HEAD|Sec-Fetch-Site|same-origin|Sec-Fetch-Mode|navigate",
                "PUT|Sec-Fetch-Site|same-origin|Sec-Fetch-Mode|navigate"
            })
    void signsNobodyOutThatDidNotAskForIt(String request) {
        logIn(browser, application.uri("/orders"), pool.user());
        var parts = request.replace("ORIGIN", origin()).split("\\|", 2);
        var headers = parts.length == 1 ? new String[0] : parts[1].split("\\|");

        var answer = browser.request(parts[0], application.uri(LOGOUT), "", headers);

        assertEquals(200, answer.status(), answer.body());
        assertOurs(answer);
        assertEquals("same-origin", answer.header("Referrer-Policy").orElse(""));
        assertTrue(parts[0].equals("HEAD") || answer.body().contains("<form method=\"post\""), answer.body());
        assertSignedIn(browser, application);
    }

    @Test
    void offersAButtonToWhoComesFromElsewhereWhichThenWorks() {
        logIn(browser, application.uri("/orders"), pool.user());
        var elsewhere = new Answer(URI.create("https://elsewhere.example/"), 200, Map.of(), "", "none");

        var page = browser.click(elsewhere, application.uri(LOGOUT));
        var out = browser.submitForm(page, Map.of());

        assertEquals(200, page.status());
        assertEquals(303, out.status(), out.body());
        assertAnonymous(browser, application);
    }

    @Test
    void offersAButtonThatWorksInABrowserWithoutFetchMetadata() {
        logIn(browser, application.uri("/orders"), pool.user());
        var page = browser.get(application.uri(LOGOUT));

        assertEquals("same-origin", page.header("Referrer-Policy").orElse(""), "else a form posts Origin: null");
        var out = browser.request("POST", application.uri(LOGOUT), "", "Origin", origin());

        assertEquals(303, out.status());
    }

    @Test
    @DisplayName("AB-192 AB-194 ends the session and every pending login")
    void endsTheSessionAndEveryPendingLogin() {
        var tab = browser.navigate(application.uri("/tab"));
        var page = browser.logInFrom(application.uri("/orders"), pool.user());
        var session = browser.cookies().get("JSESSIONID");
        var pending = browser.cookies().keySet().stream()
                .filter(name -> name.startsWith("sso-login-"))
                .toList();

        var out = browser.click(page, application.uri(LOGOUT));

        assertEquals(1, pending.size());
        var removal = out.setCookies().stream()
                .filter(line -> line.startsWith(pending.get(0) + "="))
                .findFirst()
                .orElseThrow();
        assertAttributes(
                removal, "Path=/", "HttpOnly", "SameSite=Lax", "Expires=Thu, 01 Jan 1970 00:00:00 GMT"); // AB-194
        assertTrue(browser.cookies().keySet().stream().noneMatch(name -> name.startsWith("sso-")));
        var thief = new Browser();
        thief.addCookie(application.uri("/"), "JSESSIONID=" + session + "; Path=/");
        assertAnonymous(thief, application);
        assertEquals(
                400,
                browser.follow(Answers.redirectToReturnUrl(browser, tab, pool.user()))
                        .status());
    }

    @Test
    void takesTheSessionCookieAndNoOtherThatHoldsItsId() {
        var page = browser.logInFrom(application.uri("/orders"), pool.user());
        var mirror = "mirror=" + browser.cookies().get("JSESSIONID");
        browser.addCookie(application.uri(LOGOUT), mirror + "; Path=" + LOGOUT); // sent first, having the longer path

        browser.click(page, application.uri(LOGOUT));

        assertTrue(browser.cookies().containsKey("mirror"));
        assertFalse(browser.cookies().containsKey("JSESSIONID"));
    }

    @Test
    void takesTheSessionCookieWhereTheContainerWritesItsIdInAnotherWay() {
        try (var other = Application.with(pool)
                .before((request, response, chain) -> chain.doFilter(
                        new HttpServletRequestWrapper((HttpServletRequest) request) {
                            @Override
                            public String getRequestedSessionId() { // as behind Tomcat's JvmRouteBinderValve
                                return super.getRequestedSessionId() + ".n2";
                            }
                        },
                        response))
                .start()) {
            var page = browser.logInFrom(other.uri("/orders"), pool.user());

            browser.click(page, other.uri(LOGOUT));

            assertFalse(browser.cookies().containsKey("JSESSIONID"));
        }
    }

    @Test
    @DisplayName("AB-189 is done twice, without a session and after the session ended, without harm")
    void isDoneTwiceWithoutHarm() {
        var clock = new MovingClock();
        try (var other = Application.with(pool).clock(clock).start();
                var log = new LogBook()) {
            var page = browser.logInFrom(other.uri("/orders"), pool.user());
            clock.move(Duration.ofHours(9));
            var outs = new ArrayList<Answer>();

            outs.add(browser.click(page, other.uri(LOGOUT)));
            outs.add(browser.click(page, other.uri(LOGOUT)));
            outs.add(new Browser().click(page, other.uri(LOGOUT)));

            for (var out : outs) {
                assertEquals(303, out.status());
                assertEquals(pool.domain().resolve("/logout").toString(), withoutQuery(out));
            }
            assertEquals(0, log.failures().size(), log.failures()::toString);
        }
    }

    @ParameterizedTest(name = "AB-066 AB-188 {0}")
    @ValueSource(
            strings = {
                "https://evil.example/",
                "//evil.example",
                "///evil.example",
                "/\\evil.example",
                "\\\\evil.example",
                "https:evil.example",
                "https:/evil.example",
                "javascript:alert(1)",
                "data:text/html,evil",
                "%2f%2fevil.example",
                "https://localhost.evil.example",
                "https://localhost@evil.example",
                "http://localhost:1/evil",
                " //evil.example",
                "/evil\r\nSet-Cookie: evil=1"
            })
    void goesNowhereThatARequestNames(String target) {
        var named = Stream.of(
                        "target",
                        "next",
                        "returnTo",
                        "logout_uri",
                        "redirect_uri",
                        "post_logout_redirect_uri",
                        "RelayState")
                .map(name -> name + "=" + URLEncoder.encode(target, StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var form = "application/x-www-form-urlencoded";

        var query = browser.request("POST", application.uri(LOGOUT + "?" + named), "", "Origin", origin());
        var body = browser.request("POST", application.uri(LOGOUT), named, "Origin", origin(), "Content-Type", form);
        var page = browser.navigate(application.uri("/sso/signed-out?" + named));

        for (var out : List.of(query, body)) {
            assertEquals(303, out.status());
            assertEquals(pool.domain().resolve("/logout").toString(), withoutQuery(out));
            assertEquals(
                    application.uri("/sso/signed-out").toString(),
                    out.locationParameters().get("logout_uri"));
            assertFalse(out.headers().toString().contains("evil"));
        }
        assertFalse(page.body().contains("evil"), page.body());
    }

    @ParameterizedTest(name = "AB-170 {0}")
    @ValueSource(
            strings = {
                "/sso/logout?sid=1&iss=ISSUER",
                "/sso/logout?sid=node01abc&iss=ISSUER",
                "/sso/signed-out?sid=1&iss=ISSUER",
                "/sso/return?sid=1&iss=ISSUER",
                "/sso/frontchannel-logout?sid=1&iss=ISSUER"
            })
    void endsNoSessionForAProvidersFrame(String path) {
        logIn(browser, application.uri("/orders"), pool.user());
        pool.resetRequests();
        var address = application.uri(path.replace("ISSUER", URLEncoder.encode(pool.issuer(), StandardCharsets.UTF_8)));

        browser.get(address, "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "iframe");
        new Browser().navigate(address);

        assertSignedIn(browser, application);
        assertEquals(List.of(), pool.requests(), "nothing is revoked");
    }

    @ParameterizedTest(name = "AB-169 {0}")
    @ValueSource(strings = {"/sso/logout", "/sso/backchannel-logout", "/sso/return", "/sso/login", "/orders"})
    void endsNoSessionForALogoutToken(String path) {
        logIn(browser, application.uri("/orders"), pool.user());
        var sent = application.reached();
        var claims = "{\"iss\":\"" + pool.issuer() + "\",\"aud\":\"" + PretendUserPool.CLIENT_ID + "\",\"sub\":\""
                + pool.user().sub() + "\",\"iat\":1,\"jti\":\"1\",\"events\":{}}";

        var answer = new Browser()
                .request(
                        "POST",
                        application.uri(path),
                        "logout_token=" + Forgery.ours(claims.getBytes(StandardCharsets.UTF_8)),
                        "Content-Type",
                        "application/x-www-form-urlencoded");

        assertTrue(Set.of(200, 401, 405).contains(answer.status()), answer.body());
        assertOurs(answer);
        assertEquals(sent, application.reached());
        assertSignedIn(browser, application);
    }

    @Test
    @DisplayName("R-28 asks any other provider for logout as the standard has it")
    void asksAnyOtherProviderForLogoutAsTheStandardHasIt() {
        pool.always().discovery(document -> {
            document.put("end_session_endpoint", pool.domain() + "/connect/endsession?realm=1");
            return document;
        });
        var page = browser.logInFrom(application.uri("/orders"), pool.user());

        var out = browser.click(page, application.uri(LOGOUT));

        assertEquals(pool.domain().resolve("/connect/endsession").toString(), withoutQuery(out));
        var parameters = new TreeMap<>(out.locationParameters());
        assertEquals(43, parameters.remove("state").length(), "256 random bits");
        assertEquals(
                Map.of(
                        "realm",
                        "1",
                        "client_id",
                        PretendUserPool.CLIENT_ID,
                        "post_logout_redirect_uri",
                        application.uri("/sso/signed-out").toString()),
                parameters,
                "no id_token_hint, as no ID token is kept");
    }

    @Test
    void signsOutHereAloneWhereTheProviderHasNoLogout() {
        pool.always().discovery(document -> {
            document.remove("end_session_endpoint");
            document.put("authorization_endpoint", pool.domain() + "/oauth2/authorize");
            return document;
        });
        try (var other = Application.of(pool, "postLogoutTarget", "/public/bye")) {
            var page = browser.logInFrom(other.uri("/orders"), pool.user());

            var out = browser.click(page, other.uri(LOGOUT));

            assertEquals(303, out.status());
            assertEquals(
                    other.uri("/public/bye").toString(), out.header("Location").orElse(""));
            assertAnonymous(browser, other);
        }
    }

    @Test
    @DisplayName("AB-193 signs out here all the same where the provider is down")
    void signsOutHereAllTheSameWhereTheProviderIsDown() {
        pool.always().answer("/.well-known/openid-configuration", PretendAnswer.dropped());
        try (var node = withUserOfAnotherNode();
                var logs = Logs.ofTheFilter()) {
            var page = browser.navigate(node.uri("/public/plant"));
            assertSignedIn(browser, node);

            var out = browser.click(page, node.uri(LOGOUT));

            assertEquals(303, out.status(), "AB-193");
            assertEquals(
                    node.uri("/sso/signed-out").toString(),
                    out.header("Location").orElse(""));
            assertAnonymous(browser, node);
            assertTrue(logs.lines(Level.WARNING).toString().contains("logout here alone"));
        }
    }

    /** Where the session store of a cluster brings a user to a node that has not read the provider's metadata yet. */
    private Application withUserOfAnotherNode() {
        return Application.with(pool)
                .servlet("/public/plant", (request, response) -> {
                    var session = request.getSession();
                    session.setAttribute(
                            "dev.ssofilter.principal",
                            SsoPrincipal.of(pool.issuer(), "1")
                                    .signedInAt(Instant.now())
                                    .build());
                })
                .start();
    }

    @Test
    void sendsTheUserToAnotherSiteWhereTheSettingSaysSo() {
        try (var other = Application.of(pool, "postLogoutTarget", "https://www.example.org/bye")) {
            var page = browser.logInFrom(other.uri("/orders"), pool.user());

            var out = browser.click(page, other.uri(LOGOUT));

            assertEquals("https://www.example.org/bye", out.locationParameters().get("logout_uri"));
        }
    }

    private static String withoutQuery(Answer redirect) {
        return redirect.header("Location").orElse("").split("\\?")[0];
    }
}
