package dev.ssofilter;

import static dev.ssofilter.Answers.assertPage;
import static dev.ssofilter.Answers.redirectToReturnUrl;
import static dev.ssofilter.LoginTest.assertAttributes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendUserPool;
import dev.ssofilter.user.Reason;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where URLs of ours come from: baseUrl alone, or, without it, a request that never left this machine. */
class BaseUrlTest {
    private static final String PUBLIC_ADDRESS = "https://localhost/portal";

    private final PretendUserPool pool = PretendUserPool.start();
    private final Browser browser = new Browser();

    @AfterEach
    void stop() {
        pool.close();
    }

    @ParameterizedTest(name = "AB-151 AB-152 R-16 {0}")
    @ValueSource(
            strings = {
                "Host: evil.example",
                "Host: localhost.evil.example",
                "Host: 127.0.0.1.evil.example:80",
                "Host: localhost:80\r\nForwarded: for=192.0.2.1",
                "Host: localhost:80\r\nX-Forwarded-For: 127.0.0.1",
                "Host: localhost:80\r\nX-Forwarded-Host: localhost",
                "Host: localhost:80\r\nx-forwarded-proto: http"
            })
    void servesNobodyFromElsewhereWithoutBaseUrl(String host) {
        try (var application = Application.of(pool)) {
            for (var path : List.of("/orders", "/sso/login", "/sso/logout", "/sso/return?code=c&state=s", "/sso/me")) {
                var answer = Raw.send(application.port(), Raw.request("GET", path, host));

                assertEquals(503, Raw.status(answer), path + ": " + answer);
                assertTrue(answer.contains("BASE_URL_MISSING"), answer);
                assertTrue(answer.contains("Set baseUrl"), answer);
                assertFalse(answer.contains("evil.example"), answer);
                assertFalse(answer.contains("Set-Cookie"), answer);
            }
            assertEquals(0, application.reached());
            assertEquals(200, Raw.status(Raw.send(application.port(), Raw.request("GET", "/public/x", host))));
        }
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.7, 127.0.0.1, 503", "127.0.0.1, 192.0.2.7, 503", "127.0.0.1, 127.0.0.1, 302"})
    void looksAtBothEndsOfTheConnectionWithoutBaseUrl(String remote, String local, int status) {
        try (var application = Application.with(pool).proxyProtocol().start()) {
            var proxied = "PROXY TCP4 " + remote + " " + local + " 50000 80\r\n";

            var answer = Raw.send(application.port(), proxied + Raw.request("GET", "/orders", "Host: localhost"));

            assertEquals(status, Raw.status(answer), answer);
        }
    }

    /** What is kept of one address serves no other, not even one that is the same to a machine. */
    @Test
    void writesTheAddressOfEachRequestToTheLetterWithoutBaseUrl() {
        try (var application = Application.with(pool).start()) {
            for (var host : List.of("localhost:08080", "localhost:8080", "127.0.0.1:8080", "localhost:08080")) {
                var answer = Raw.send(application.port(), Raw.request("GET", "/orders", "Host: " + host));

                var returnUrl = URLEncoder.encode("http://" + host + "/sso/return", StandardCharsets.UTF_8);
                assertTrue(answer.contains("redirect_uri=" + returnUrl + "&"), answer);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"localhost:8080", "127.0.0.1", "[::1]:8080"})
    void takesTheLoopbackHostThatTheBrowserUsedWithoutBaseUrl(String host) {
        try (var application = Application.with(pool).at("/portal").start()) {
            var answer = Raw.send(application.port(), Raw.request("GET", "/portal/orders", "Host: " + host));

            assertEquals(302, Raw.status(answer), answer);
            var returnUrl = URLEncoder.encode("http://" + host + "/portal/sso/return", StandardCharsets.UTF_8);
            assertTrue(answer.contains("redirect_uri=" + returnUrl), answer);
        }
    }

    @ParameterizedTest(name = "AB-151 AB-152 R-16 {0}")
    @ValueSource(
            strings = {
                "Host: evil.example",
                "Host: localhost\r\nX-Forwarded-Host: evil.example",
                "Host: localhost\r\nX-Forwarded-Proto: ftp\r\nX-Forwarded-Port: 9\r\nX-Forwarded-Prefix: /evil.example",
                "Host: localhost\r\nForwarded: for=1.2.3.4;host=evil.example;proto=http"
            })
    void takesNothingFromARequestsHeadersWithBaseUrl(String headers) {
        try (var application = Application.of(pool, "baseUrl", PUBLIC_ADDRESS)) {
            var answer = Raw.send(application.port(), Raw.request("GET", "/orders", headers));

            assertEquals(302, Raw.status(answer), answer);
            assertTrue(answer.contains("redirect_uri=https%3A%2F%2Flocalhost%2Fportal%2Fsso%2Freturn&"), answer);
            assertTrue(answer.contains("Set-Cookie: __Host-sso-login-"), answer);
            assertFalse(answer.contains("evil.example"), answer);
        }
    }

    @Test
    @DisplayName("AB-153 R-16 signs in behind a proxy that ends TLS")
    void signsInBehindAProxyThatEndsTls() {
        try (var application = Application.of(pool, "baseUrl", PUBLIC_ADDRESS)) {
            pool.client().allowCallback(PUBLIC_ADDRESS + "/sso/return");
            var toLogin = browser.navigate(application.uri("/orders?x=1"));
            var toReturn = redirectToReturnUrl(browser, toLogin, pool.user());

            var end = browser.navigate(
                    behindProxy(application, toReturn.location().orElseThrow()));

            assertAttributes(toLogin.setCookies().get(0), "Path=/", "Secure", "HttpOnly", "SameSite=Lax");
            assertEquals(303, end.status(), end.body());
            assertEquals(PUBLIC_ADDRESS + "/orders?x=1", end.header("Location").orElse(""));
            var session = end.setCookies().stream()
                    .filter(line -> line.startsWith("JSESSIONID="))
                    .findFirst()
                    .orElseThrow();
            assertAttributes(session, "Secure", "HttpOnly", "SameSite=Lax");
            assertTrue(browser.navigate(application.uri("/orders")).body().contains("user ana@example.org"));
        }
    }

    @Test
    @DisplayName("R-04 tells on a page of ours where to sign in")
    void tellsAPageOfOursWhereToSignIn() {
        try (var application = Application.of(pool, "baseUrl", PUBLIC_ADDRESS)) {
            var page = browser.navigate(application.uri("/sso/return?state=abc&code=def"));

            assertPage(Reason.UNKNOWN_STATE, page);
            assertTrue(page.body().contains("href=\"" + PUBLIC_ADDRESS + "/sso/login\""), page.body());
        }
    }

    /** What the proxy makes of the public address. */
    private static URI behindProxy(Application application, URI address) {
        return URI.create(
                address.toString().replace(PUBLIC_ADDRESS, application.uri("").toString()));
    }
}
