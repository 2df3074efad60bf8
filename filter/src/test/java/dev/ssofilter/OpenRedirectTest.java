package dev.ssofilter;

import static dev.ssofilter.Answers.logIn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.oidc.PendingLogin;
import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendUserPool;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a stranger makes a user ask for, the login ends in this application. */
class OpenRedirectTest {
    private static final List<String> BEGINNINGS = List.of(
            "",
            "/",
            "//",
            "///",
            "////",
            "\\",
            "\\\\",
            "/\\",
            "\\/",
            "/\\/",
            "//\\",
            "/\\\\",
            "\\/\\/",
            "/./",
            "/.//",
            "/.\\",
            "/../",
            "/..//",
            "/x/..//",
            "/;/",
            "//;@",
            "/;//",
            "/..;//",
            "/%2e//",
            "/%2e%2e//",
            "/%2f",
            "/%2F/",
            "/%5c",
            "/%5C%5C",
            "/%252f",
            "/%255c",
            "%2f%2f",
            "%5c%5c",
            "%252f%252f",
            "/%09/",
            "/%0a/",
            "/%0d/",
            "/%0d%0a/",
            "/%00/",
            "/%20/",
            "/\t/",
            "\t//",
            "/\n/",
            "/\r\n/",
            " //",
            "// ",
            "/\u0000/",
            "\u0001//",
            "\u3000//",
            "\u200b//",
            "/\u2044",
            "/\u2215/",
            "/\uff0f",
            "\uff0f\uff0f",
            "/\uff3c",
            "\u3031",
            "/%e3%80%b1",
            "/%ef%bc%8f",
            "/%u2215/",
            "/%c0%af",
            "https:",
            "https:/",
            "https://",
            "https:///",
            "https:\\\\",
            "https:/\\",
            "HTTPS://",
            "hTtP:",
            "http:",
            "http://",
            "https%3a//",
            "https%3A%2F%2F",
            "ht\ttps://",
            "\u0000https://",
            "/https://",
            "/?//",
            "//www.",
            "ftp://",
            "ws://",
            "ldap://",
            "file://",
            "x:",
            "x://",
            "blob:https://",
            "view-source:https://",
            "javascript:",
            "javascript://",
            "data:text/html,",
            "vbscript:",
            "mailto:x@",
            "@",
            "/@",
            "//@",
            ":80@",
            "//x:y@",
            "//localhost@",
            "//localhost:80@",
            "//localhost\\@",
            "//localhost%40",
            ".",
            "/.",
            "..",
            "*",
            "?",
            "??",
            "#",
            "#//",
            "/#//",
            "+//",
            "&//",
            "=//",
            "${x}//",
            "<//",
            "\"//",
            "'//",
            "`//",
            "^//",
            "{//",
            "|//",
            "~//");

    private static final List<String> HOSTS = List.of(
            "evil.example",
            "localhost.evil.example:443/orders?x=/",
            "evil%E3%80%82example/%2e%2e",
            "evil\u3002example");

    private static final PretendUserPool POOL = PretendUserPool.start();
    private static Application application;

    @BeforeAll
    static void start() {
        application = Application.with(POOL).lenient().start();
    }

    @AfterAll
    static void stop() {
        application.close();
        POOL.close();
    }

    private static Stream<String> lines() {
        return BEGINNINGS.stream().flatMap(beginning -> HOSTS.stream().map(host -> beginning + host));
    }

    private static String origin() {
        return "http://localhost:" + application.port();
    }

    /** A browser ends the host at the first of these, whatever follows (WHATWG URL §4.4, authority and port state). */
    private static void assertStays(String asked, String location) {
        assertTrue(location.startsWith(origin()), () -> asked + " leads to " + location);
        var rest = location.substring(origin().length());
        assertTrue(rest.matches("(?:[/?#][!-~]*)?"), () -> asked + " leads to " + location);
    }

    @Test
    @DisplayName("AB-064 four hundred targets that lead astray never leave this origin")
    void keepsEveryTargetHere() {
        var browser = new Browser();
        logIn(browser, application.uri("/orders"), POOL.user());

        var asked = lines().toList();
        for (var line : asked) {
            var query = "?target=" + URLEncoder.encode(line, StandardCharsets.UTF_8);
            var there = browser.navigate(application.uri("/sso/login" + query));

            assertEquals(303, there.status(), line);
            assertEquals(1, there.headers().get("Location").size(), line);
            assertStays(line, there.header("Location").orElseThrow());
        }
        assertTrue(asked.size() > 400, "only " + asked.size());
    }

    @Test
    @DisplayName("AB-064 four hundred pages that lead astray never leave this origin")
    void keepsEveryPageHere() {
        var began = 0;
        for (var line :
                lines().filter(asked -> asked.chars().noneMatch(c -> c <= ' ')).toList()) {
            var path = (line.startsWith("/") ? "" : "/") + line;
            var bytes = new String(path.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

            var answer = Raw.get(application.port(), bytes);

            var target = pending(answer).map(PendingLogin::target);
            target.ifPresent(kept -> assertStays(path, origin() + kept));
            began += target.isPresent() ? 1 : 0;
            assertTrue(target.isPresent() || Raw.status(answer) == 400, answer);
        }
        assertTrue(began > 250, "only " + began + " logins began");
    }

    /** What the login cookie of this answer holds. */
    private static Optional<PendingLogin> pending(String answer) {
        var line = answer.lines()
                .filter(header -> header.startsWith("Set-Cookie: sso-login-"))
                .findFirst();
        return line.map(header -> header.substring("Set-Cookie: ".length()).split("[=;]", 3))
                .flatMap(cookie -> LoginSeal.of(application, POOL, cookie[0]).open(cookie[1]));
    }

    @ParameterizedTest(name = "AB-028 a link of another site to the login path with the target {0}")
    @ValueSource(strings = {"https://evil.example/", "//evil.example", "/orders?x=1"})
    void isAnOrdinaryLoginWhereAnotherSiteBeginsIt(String target) {
        var browser = new Browser();
        var elsewhere = new Browser.Answer(URI.create("https://evil.example/"), 200, Map.of(), "", "none");
        var asked = application.uri("/sso/login?target=" + URLEncoder.encode(target, StandardCharsets.UTF_8));
        var expected = origin() + (target.startsWith("/orders") ? target : "/");

        var end = browser.follow(Answers.redirectToReturnUrl(browser, browser.click(elsewhere, asked), POOL.user()));
        var session = browser.cookies().get("JSESSIONID");
        POOL.endSessions();
        POOL.resetRequests();
        var again = browser.click(elsewhere, asked);

        assertEquals(
                "303 " + expected, end.status() + " " + end.header("Location").orElse(""));
        assertEquals(
                "303 " + expected,
                again.status() + " " + again.header("Location").orElse(""));
        assertEquals(session, browser.cookies().get("JSESSIONID"));
        assertEquals(List.of(), again.setCookies());
        assertEquals(List.of(), POOL.requests(), "nobody is made another user behind their back");
    }

    @ParameterizedTest(name = "AB-062 the parameter {0} of a response")
    @ValueSource(strings = {"target_link_uri", "RelayState", "next", "returnUrl", "target", "redirect_uri", "url"})
    void takesNoTargetFromAResponse(String name) {
        var browser = new Browser();
        var response = Answers.redirectToReturnUrl(browser, application.uri("/orders?x=1"), POOL.user())
                .location()
                .orElseThrow();

        var end = browser.navigate(URI.create(response + "&" + name + "=https%3A%2F%2Fevil.example%2F"));

        assertEquals(303, end.status(), end.body());
        assertEquals(List.of(origin() + "/orders?x=1"), end.headers().get("Location"));
    }

    @ParameterizedTest(name = "AB-067 {0}")
    @ValueSource(
            strings = {
                "Host: evil.example",
                "Host: localhost\r\nX-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: http",
                "Host: localhost\r\nForwarded: host=evil.example;proto=http",
                "Host: localhost\r\nOrigin: https://evil.example\r\nReferer: https://evil.example/"
            })
    void leadsToBaseUrlWhateverHostTheResponseCameTo(String host) {
        var base = "https://localhost/portal";
        POOL.client().allowCallback(base + "/sso/return");
        try (var proxied = Application.of(POOL, "baseUrl", base)) {
            var browser = new Browser();
            var response = Answers.redirectToReturnUrl(browser, proxied.uri("/orders?x=1"), POOL.user())
                    .location()
                    .orElseThrow();
            var cookie = browser.cookies().entrySet().stream()
                    .filter(one -> one.getKey().contains("sso-login-"))
                    .findFirst()
                    .orElseThrow();

            var answer = Raw.send(
                    proxied.port(),
                    Raw.request("GET", "/sso/return?" + response.getRawQuery(), host, "Cookie: " + cookie));

            assertEquals(303, Raw.status(answer), answer);
            assertTrue(answer.contains("\r\nLocation: " + base + "/orders?x=1\r\n"), answer);
            assertTrue(!answer.contains("evil.example"), answer);
        }
    }
}
