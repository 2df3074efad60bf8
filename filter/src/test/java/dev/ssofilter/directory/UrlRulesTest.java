package dev.ssofilter.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The rules for URLs and paths")
class UrlRulesTest {
    @ParameterizedTest(name = "takes the endpoint {0}")
    @ValueSource(
            strings = {
                "https://idp.example.org/oauth2/userInfo",
                "https://idp.example.org:8443/a?tenant=1",
                "https://127.0.0.1/x",
                "https://[2001:db8::1]/x",
                "HTTPS://IDP.example.org/"
            })
    void takesHttps(String url) {
        assertEquals(Optional.empty(), EndpointUrl.problem(URI.create(url), false));
    }

    @ParameterizedTest(name = "takes the endpoint {0} where baseUrl is on this machine too")
    @ValueSource(
            strings = {
                "http://localhost:9090/x",
                "http://LOCALHOST/x",
                "http://127.0.0.1:9090/x",
                "http://127.1.2.3/x",
                "http://[::1]:9090/x"
            })
    void takesHttpOnLoopbackAlone(String url) {
        assertEquals(Optional.empty(), EndpointUrl.problem(URI.create(url), true));
        assertTrue(EndpointUrl.problem(URI.create(url), false).isPresent());
    }

    @ParameterizedTest(name = "AB-113 refuses the endpoint {0}")
    @ValueSource(
            strings = {
                "http://idp.example.org/x",
                "http://localhost.example.org/x",
                "http://127.0.0.1.example.org/x",
                "http://10.0.0.1/x",
                "http://0.0.0.0/x",
                "file:///etc/passwd",
                "jar:file:/x.jar!/y",
                "javascript:alert(1)",
                "ftp://idp.example.org/",
                "/relative",
                "//idp.example.org/x",
                "https:///x",
                "https://idp.example.org/#fragment",
                "https://idp.example.org/#",
                "https://user@idp.example.org/",
                "https://:pw@idp.example.org/",
                "https://idp.example.org:65536/",
                "https://169.254.169.254/latest",
                "http://169.254.169.254/latest",
                "https://[::ffff:169.254.169.254]/",
                "https://[fe80::1]/",
                "https://2852039166/",
                "https://0251.0376.0251.0376/",
                "https://0xA9FEA9FE/",
                "https://169.254.43518/",
                "https://under_score.example.org/"
            })
    void refusesAnyOther(String url) {
        assertTrue(EndpointUrl.problem(URI.create(url), true).isPresent());
    }

    @ParameterizedTest(name = "baseUrl {0}: value {1}, origin {2}, path {3}")
    @CsvSource({
        "https://members.example.org/portal, https://members.example.org/portal, https://members.example.org, /portal",
        "https://members.example.org/portal/, https://members.example.org/portal, https://members.example.org, /portal",
        "https://members.example.org/, https://members.example.org, https://members.example.org, ''",
        "https://members.example.org, https://members.example.org, https://members.example.org, ''",
        "https://Members.Example.org:443/P, https://Members.Example.org:443/P, https://members.example.org, /P",
        "https://members.example.org:8443/a/b, https://members.example.org:8443/a/b, https://members.example.org:8443,"
                + " /a/b",
        "http://localhost:8080, http://localhost:8080, http://localhost:8080, ''",
        "http://127.0.0.1:80/x, http://127.0.0.1:80/x, http://127.0.0.1, /x",
        "http://[::1]:8080/x, http://[::1]:8080/x, http://[::1]:8080, /x",
        "https://members.example.org/caf%C3%A9, https://members.example.org/caf%C3%A9, https://members.example.org,"
                + " /caf%C3%A9"
    })
    void readsABaseUrl(String text, String value, String origin, String path) {
        var base = BaseUrl.parse(text);

        assertEquals(value, base.value());
        assertEquals(origin, base.origin());
        assertEquals(path, base.path());
        assertEquals(text.startsWith("https"), base.isHttps());
        assertEquals(!text.toLowerCase(java.util.Locale.ROOT).contains("example"), base.isLoopback());
    }

    @ParameterizedTest(name = "R-16 refuses the baseUrl {0}")
    @ValueSource(
            strings = {
                "http://members.example.org",
                "members.example.org",
                "https://members.example.org?x=1",
                "https://members.example.org/?",
                "https://members.example.org/#x",
                "https://user:pw@members.example.org",
                "https://members.example.org//",
                "https://members.example.org/a//b",
                "https://members.example.org/a/../b",
                "https://members.example.org/%2e%2e/b",
                "https://members.example.org/a%2fb",
                "https://members.example.org/a;b",
                "https://members.example.org/a%3bb",
                "https://members.example.org/a%25b",
                "https://members.example.org/café",
                "https://members example.org",
                "ftp://members.example.org",
                "https://",
                "/portal"
            })
    void refusesABaseUrl(String text) {
        assertThrows(IllegalArgumentException.class, () -> BaseUrl.parse(text));
    }

    @Test
    void neverShowsAPasswordOfABaseUrl() {
        var refusal = assertThrows(
                IllegalArgumentException.class, () -> BaseUrl.parse("https://u:hunter2@members.example.org"));

        assertFalse(refusal.getMessage().contains("hunter2"), refusal.getMessage());
    }

    @ParameterizedTest(name = "AB-140 {0} takes in {1}: {2}")
    @CsvSource({
        "/healthz, /healthz, true",
        "/healthz, /healthzadmin, false",
        "/healthz, /healthz/, false",
        "/healthz, /healthz/x, false",
        "/healthz, /HEALTHZ, false",
        "/public/*, /public, true",
        "/public/*, /public/, true",
        "/public/*, /public/a/b, true",
        "/public/*, /publicity, false",
        "/public/*, /Public/a, false",
        "/public/*, /, false",
        "/public/*, '', false",
        "/*, /, true",
        "/*, '', true",
        "/*, /anything, true",
        "/*, nothing, false",
        "/, /, true",
        "/, /x, false",
        "/café/*, /café/au lait, true"
    })
    void matchesWholePaths(String pattern, String path, boolean taken) {
        var patterns = PublicPaths.parse(pattern);

        assertEquals(1, patterns.size());
        assertEquals(taken, patterns.get(0).matches(path));
        assertEquals(pattern, patterns.get(0).toString());
    }
}
