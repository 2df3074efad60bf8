package dev.ssofilter.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ssofilter.directory.BaseUrl;
import dev.ssofilter.oidc.PendingLogin;
import dev.ssofilter.web.TargetUrl.Targets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where a login ends: CONTRACT §5, "Target". The application is deployed at /portal, and browsers see it at /members.
 */
class TargetUrlTest {
    private static final TargetUrl HOME = new TargetUrl("/home");
    private static final BaseUrl MEMBERS = BaseUrl.parse("https://members.example.org/members");
    private static final BaseUrl AT_ROOT = BaseUrl.parse("https://members.example.org");
    private static final Targets TARGETS = new Targets(HOME, new RequestClassifier(SettingsOf.params(), "/portal"));

    @ParameterizedTest(name = "R-15 {0}")
    @ValueSource(
            strings = {
                "",
                "/",
                "/orders",
                "/orders/",
                "/orders?id=7&id=8",
                "/orders?",
                "?tab=1",
                "/a!b$c&d'e(f)g*h+i,j=k:l@m~n",
                "/a%2Fb%2fc",
                "/a%20b+c",
                "/a;x=1;y=2/b;jsessionid=3",
                "/caf%C3%A9/%E2%82%AC",
                "/%ff%fe",
                "/orders?next=https://evil.example/&x=//evil.example",
                "/orders?x=%0d%0a&y=100%&z=%zz",
                "/orders?a=../../..",
                "/a//b",
                "/a/./b/../c",
                "/a/..",
                "/a?x=\"<>^`{|}\\",
                "/a/b/../../c",
                "/...",
                "/a../..b",
                "/%252e%252e/x",
                "/%252f%252fevil.example",
                "/sso",
                "/sso/",
                "/sso/login/",
                "/sso/login/.",
                "/sso/login/x/..",
                "/sso/logins",
                "/SSO/login",
                "/sso//login",
                "/x/sso/login",
                "/orders?/sso/login",
                "/favicon",
                "/robots.txt.html",
                "/my-robots.txt",
                "/a.map/x",
                "/map",
                "/manifest.json5",
                "/well-known",
                "/.well-knownx"
            })
    void keepsWhatWasAskedForByteForByte(String asked) {
        assertEquals(new TargetUrl(asked), visited(asked));
        assertEquals(new TargetUrl(asked), given("/members" + asked));
        assertEquals(new TargetUrl(asked), TARGETS.of(Optional.of(asked), AT_ROOT));
    }

    @ParameterizedTest(name = "{0} {1} leads to the default target")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            AB-048 | https://evil.example/
            AB-048 | https://members.example.org.evil.example/
            AB-049 | //evil.example
            AB-049 | ///evil.example
            AB-050 | /\\evil.example
            AB-050 | \\/evil.example
            AB-050 | \\\\evil.example
            AB-050 | /\\\\evil.example
            AB-051 | https:evil.example
            AB-051 | https:/evil.example
            AB-051 | http:evil
            AB-052 | javascript:alert(1)
            AB-052 | data:text/html,x
            AB-052 | vbscript:x
            AB-053 | /%2fevil.example
            AB-053 | %2f%2fevil.example
            AB-053 | %252f%252fevil.example
            AB-053 | /%5cevil.example
            AB-053 | /%5Cevil.example
            AB-054 | .evil.example
            AB-054 | evil/
            AB-055 | @evil.example
            AB-055 | :443@evil.example
            AB-056 | :8443/
            AB-056 | http://members.example.org/members/
            AB-057 | ` /orders`
            AB-057 | `/orders `
            AB-057 | `/or ders`
            AB-057 | `+//evil`
            AB-058 | /%0d%0aSet-Cookie:x=1
            AB-058 | /a%0Ab
            AB-058 | /a%00b
            AB-058 | /a%1fb
            AB-058 | /a%7fb
            AB-058 | /a%09b
            AB-059 | /..
            AB-059 | /../
            AB-059 | /../otherapp/x
            AB-059 | /a/../../otherapp/x
            AB-059 | /a//../../otherapp/x
            AB-059 | /./../otherapp/x
            AB-059 | /..\\otherapp\\x
            AB-059 | /a\\..\\..\\otherapp
            AB-059 | /%2e%2e/otherapp/x
            AB-059 | /%2E./otherapp/x
            AB-059 | /%2e%2e%2fotherapp/x
            AB-059 | /..%2fotherapp/x
            AB-059 | /..%5cotherapp/x
            AB-059 | /a%2f..%2f../otherapp
            AB-059 | /a%2fb/%2e%2e/%2e%2e/otherapp
            AB-059 | /a%5cb/%2e%2e/%2e%2e/otherapp
            AB-059 | /a/..;/../x/../../otherapp
            AB-049 | /.//evil.example
            AB-049 | /a/..//evil.example
            AB-049 | /%2e//evil.example
            AB-060 | /sso/return
            AB-060 | /sso/return?code=x&state=y
            AB-060 | /sso/login
            AB-060 | /sso/login?target=/x
            AB-060 | /sso/logout
            AB-060 | /sso/signed-out
            AB-060 | /sso/me
            AB-060 | /sso/%6cogin
            AB-060 | /sso%2flogout
            AB-060 | /./sso/logout
            AB-060 | /x/../sso/logout
            AB-060 | /%2e/sso/logout
            AB-060 | /sso/./return
            AB-060 | /sso\\logout
            R-13   | /favicon.ico
            R-13   | /icons/favicon.png
            R-13   | /FAVICON.ICO
            R-13   | /favicon.ico?v=2
            R-13   | /favicon%2eico
            R-13   | /robots.txt
            R-13   | /.well-known
            R-13   | /.well-known/change-password
            R-13   | /.well-known/appspecific/com.chrome.devtools.json
            R-13   | /apple-touch-icon.png
            R-13   | /apple-touch-icon-120x120-precomposed.png
            R-13   | /manifest.json
            R-13   | /app/site.webmanifest
            R-13   | /js/app.js.map
            R-13   | /css/app.css.map?x
            broken | /%
            broken | /%2
            broken | /%zz
            """)
    void leadsAStrangersWishToTheDefaultTarget(String id, String asked) {
        assertEquals(HOME, visited(asked), id);
        assertEquals(HOME, given("/members" + asked), id);
        assertEquals(HOME, TARGETS.of(Optional.of(asked), AT_ROOT), id);
    }

    @ParameterizedTest(name = "{0} {1} is not below baseUrl''s path")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            AB-048 | https://evil.example/
            AB-048 | https://members.example.org/members/orders
            AB-054 | https://members.example.org.evil.example/members
            AB-055 | https://members.example.org@evil.example/members
            AB-056 | https://members.example.org:8443/members/orders
            AB-059 | /otherapp/x
            AB-059 | /orders
            AB-059 | /membersx
            AB-059 | /members.evil.example/
            AB-059 | /Members/orders
            AB-059 | /portal/orders
            AB-057 | ` /members/orders`
            AB-049 | //members/orders
            none   | ``
            none   | orders
            none   | members/orders
            """)
    void takesNoTargetOutsideTheApplication(String id, String target) {
        assertEquals(HOME, given(target), id);
    }

    @Test
    void keepsAFragmentThatWasGiven() {
        assertEquals(new TargetUrl("/orders#7"), given("/members/orders#7"));
        assertEquals(HOME, given("/members/sso/logout#7"));
        assertEquals(HOME, given("/members#7"));
    }

    @Test
    void checksWhatAnEarlierRequestWasGivenByTodaysRules() {
        assertEquals(new TargetUrl("/orders?x=1"), TARGETS.of(pending("/orders?x=1")));
        assertEquals(HOME, TARGETS.of(pending("/sso/login")));
        assertEquals(HOME, TARGETS.of(pending("https://evil.example/")));
    }

    private static PendingLogin pending(String target) {
        return PendingLogin.begin(target, Instant.EPOCH);
    }

    @Test
    void leadsToTheDefaultTargetWithoutAWish() {
        assertEquals(HOME, TARGETS.of(Optional.empty(), MEMBERS));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"/orders", "/portals/orders", "/Portal/orders", "//portal/orders", "/portal;x/orders", "*"})
    void takesNoPageOutsideTheContextPathAsDeployed(String uri) {
        assertEquals(HOME, TARGETS.of(uri, null));
    }

    @ParameterizedTest(name = "AB-058 U+{0}")
    @ValueSource(
            strings = {"0000", "0009", "000A", "000D", "0020", "007F", "0080", "00E9", "2028", "202E", "FF0E", "FF0F"})
    void holdsVisibleAsciiAlone(String codePoint) {
        var character = Character.toString(Integer.parseInt(codePoint, 16));

        assertEquals(HOME, visited("/a" + character + "b"));
        assertEquals(HOME, visited("/a?" + character));
        assertEquals(HOME, given("/members/a" + character));
        assertEquals(HOME, given(character + "/members/a"));
        assertEquals(HOME, given("/members" + character));
    }

    @Test
    void keepsEveryVisibleCharacter() {
        for (var c = '!'; c <= '~'; c++) {
            assertEquals(new TargetUrl("/a?" + c), visited("/a?" + c));
        }
    }

    @Test
    @DisplayName("AB-061 leads to the default target where one is longer than 2,000")
    void leadsToTheDefaultTargetWhereOneIsLongerThan2000() {
        var longest = "/" + "x".repeat(1999);
        var longestWithQuery = "/?" + "x".repeat(1998);

        assertEquals(new TargetUrl(longest), visited(longest));
        assertEquals(HOME, visited(longest + "x"));
        assertEquals(new TargetUrl(longest), given("/members" + longest));
        assertEquals(HOME, given("/members" + longest + "x"));
        assertEquals(new TargetUrl(longestWithQuery), visited(longestWithQuery));
        assertEquals(HOME, visited(longestWithQuery + "x"));
    }

    /** The target of a page that was asked for inside the context. */
    private static TargetUrl visited(String insideContext) {
        var parts = insideContext.split("\\?", 2);
        return TARGETS.of("/portal" + parts[0], parts.length == 2 ? parts[1] : null);
    }

    private static TargetUrl given(String target) {
        return TARGETS.of(Optional.of(target), MEMBERS);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"@evil.example/", ".evil.example", "orders", "/a b", "/\u00e9", "/a\r\nb"})
    void cannotHoldAnotherHost(String afterBase) {
        assertThrows(IllegalArgumentException.class, () -> new TargetUrl(afterBase));
    }
}
