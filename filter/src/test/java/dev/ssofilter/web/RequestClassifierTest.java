package dev.ssofilter.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a request is, by its raw path alone: CONTRACT §5, "Public and protected". */
class RequestClassifierTest {
    private static final RequestClassifier PORTAL =
            new RequestClassifier(SettingsOf.params("publicPaths", "/public/*, /healthz, /öffentlich/*"), "/portal");
    private static final RequestClassifier ROOT =
            new RequestClassifier(SettingsOf.params("publicPaths", "/public/*, /healthz"), "");

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "/portal/sso/return, RETURN",
        "/portal/sso/login, LOGIN",
        "/portal/sso/logout, LOGOUT",
        "/portal/sso/signed-out, SIGNED_OUT",
        "/portal/sso/me, ME"
    })
    void knowsItsOwnPaths(String uri, RequestKind kind) {
        assertEquals(kind, PORTAL.kind(uri));
    }

    @Test
    void takesItsOwnPathsFromTheSettings() {
        var settings = SettingsOf.params("ssoPath", "/auth", "returnPath", "/callback");
        var classifier = new RequestClassifier(settings, "");

        assertEquals(RequestKind.RETURN, classifier.kind("/callback"));
        assertEquals(RequestKind.LOGIN, classifier.kind("/auth/login"));
        assertEquals(RequestKind.PROTECTED, classifier.kind("/sso/login"));
        assertEquals(RequestKind.PROTECTED, classifier.kind("/sso/return"));
    }

    @ParameterizedTest(name = "AB-021 {0} is not the Return URL")
    @CsvSource({
        "/portal/sso/return/",
        "/portal/sso/return;x=1",
        "/portal/sso;x=1/return",
        "/portal/sso/Return",
        "/portal/SSO/return",
        "/portal/sso%2freturn",
        "/portal/sso%2Freturn",
        "/portal/sso/%72eturn",
        "/portal/sso/return%20",
        "/portal/sso/return%00",
        "/portal/sso/return/x",
        "/portal/x/sso/return",
        "/portal//sso/return",
        "/portal/./sso/return",
        "/portal/x/../sso/return",
        "/portal/sso/returned",
        "/portal/sso/retur",
        "/portal/sso\\return",
        "/sso/return",
        "/other/sso/return",
        "/portals/sso/return",
        "/portalsso/return",
        "/Portal/sso/return",
        "/%70ortal/sso/return",
        "/portal;x/sso/return",
        "//portal/sso/return",
        "portal/sso/return"
    })
    void comparesItsOwnPathsWhole(String uri) {
        assertEquals(RequestKind.PROTECTED, PORTAL.kind(uri));
    }

    @ParameterizedTest(name = "R-38 {0}")
    @CsvSource({
        "/portal/public",
        "/portal/public/",
        "/portal/public/a",
        "/portal/public/a/b.css",
        "/portal/public/.hidden",
        "/portal/public/...",
        "/portal/public/a..",
        "/portal/public/..a",
        "/portal/public/a.",
        "/portal/public/a+b",
        "/portal/public/a%20b",
        "/portal/public/%C3%A9%e2%82%ac",
        "/portal/public/!$&'()*=:@~-_",
        "/portal/healthz",
        "/portal/%C3%B6ffentlich",
        "/portal/%c3%b6ffentlich/x"
    })
    void letsPublicPathsThrough(String uri) {
        assertEquals(RequestKind.PUBLIC, PORTAL.kind(uri));
    }

    @ParameterizedTest(name = "{0} protects {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            AB-130 | /public/../admin
            AB-130 | /public/./../admin
            AB-130 | /public/./x
            AB-130 | /public/x/.
            AB-130 | /public/x/..
            AB-130 | /public/..
            AB-130 | /public/.
            AB-131 | /public/..;/admin
            AB-131 | /public;/../admin
            AB-131 | /public;/x
            AB-131 | /public/x;
            AB-132 | /admin;jsessionid=1
            AB-132 | /;x/admin
            AB-132 | /admin;a=b/
            AB-132 | /public/x;jsessionid=1
            AB-132 | /healthz;x
            AB-133 | //admin
            AB-133 | ///admin
            AB-133 | /public//../admin
            AB-133 | /public//x
            AB-133 | //public/x
            AB-133 | /public/x//
            AB-134 | /public/%2e%2e/admin
            AB-134 | /public/%2E%2E/admin
            AB-134 | /public/.%2e/admin
            AB-134 | /public/%2e/x
            AB-134 | /%2e/admin
            AB-134 | /%61dmin
            AB-134 | /%70ublic/x
            AB-134 | /public/%41
            AB-135 | /public%2f..%2fadmin
            AB-135 | /public%2Fx
            AB-135 | /public/x%2fy
            AB-135 | /public/%252e%252e/admin
            AB-135 | /public/%25
            AB-136 | /public/%u002e%u002e/admin
            AB-136 | /public/%c0%ae%c0%ae/admin
            AB-136 | /public/%c0%ae
            AB-136 | /public/%e0%80%ae
            AB-136 | /public/%c0%af
            AB-136 | /public/%ed%a0%80
            AB-136 | /public/%ff
            AB-136 | /public/%c3
            AB-136 | /%f6ffentlich/x
            AB-136 | /o%cc%88ffentlich/x
            AB-137 | /public\\..\\admin
            AB-137 | /public\\x
            AB-137 | /public/x\\y
            AB-137 | /public/%5c..%5cadmin
            AB-137 | /public/%5Cx
            AB-138 | /ADMIN
            AB-138 | /Public/../admin
            AB-138 | /Public/x
            AB-138 | /HEALTHZ
            AB-139 | /admin/
            AB-139 | /admin.
            AB-139 | /admin%20
            AB-139 | /admin%00
            AB-139 | /admin%0a
            AB-139 | /healthz/
            AB-139 | /healthz.
            AB-139 | /healthz%20
            AB-139 | /healthz%00
            AB-139 | /healthz%0a
            AB-139 | /public/%00
            AB-139 | /public/%0a/x
            AB-139 | /public/%7f
            AB-139 | /public/%3bx
            AB-140 | /healthzadmin
            AB-140 | /healthz/admin
            AB-140 | /publicity
            AB-140 | /public.x
            AB-140 | /x/public/a
            AB-140 | /x/healthz
            AB-142 | /admin%23/healthz
            AB-142 | /admin%3f/public/
            AB-142 | /public/..#/x
            AB-142 | /public/x#
            AB-142 | /healthz#/admin
            AB-148 | /
            AB-148 | ``
            AB-148 | /index.html
            AB-149 | /css/site.css
            AB-136 | /public/%
            AB-136 | /public/%2
            AB-136 | /public/%zz
            AB-136 | /public/%-1
            AB-136 | /public/%+1
            AB-136 | /public/% 2e
            """)
    void protectsWhatCanBeReadInTwoWays(String id, String path) {
        assertEquals(RequestKind.PROTECTED, PORTAL.kind("/portal" + path), id);
        assertEquals(RequestKind.PROTECTED, ROOT.kind(path), id);
    }

    // The JDK's decoder takes the digits of every script: these read as "..".
    @Test
    void protectsWhatAForeignDigitEscapes() {
        assertEquals(RequestKind.PROTECTED, PORTAL.kind("/portal/public/%２ｅ%２ｅ/admin"));
        assertEquals(RequestKind.PROTECTED, PORTAL.kind("/portal/public/%٢e"));
        assertEquals(RequestKind.PROTECTED, PORTAL.kind("/portal/%７０ublic/x"));
    }

    @Test
    void isPublicUnderNoEscapeOfWhatNeedsNone() {
        for (var octet = 0; octet < 256; octet++) {
            var needless =
                    octet < 0x20 || octet >= 0x7f || Character.isLetterOrDigit(octet) || "./\\%;".indexOf(octet) >= 0;
            var expected = needless ? RequestKind.PROTECTED : RequestKind.PUBLIC;

            assertEquals(expected, PORTAL.kind(String.format("/portal/public/x%%%02x", octet)), "octet " + octet);
            assertEquals(expected, PORTAL.kind(String.format("/portal/public/%%%02Xx", octet)), "octet " + octet);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "/public/x",
        "/Portal/public/x",
        "/PORTAL/healthz",
        "/portals/public/x",
        "/portalpublic/x",
        "/portal;a=b/public/x",
        "/%70ortal/public/x",
        "/./portal/public/x",
        "//portal/public/x",
        "/x/../portal/public/x",
        "portal/public/x",
        "*",
        "outside"
    })
    void protectsWhatDoesNotBeginWithTheContextPathAsDeployed(String uri) {
        var everything = new RequestClassifier(SettingsOf.params("publicPaths", "/*"), "/portal");

        assertEquals(RequestKind.PROTECTED, PORTAL.kind(uri));
        assertEquals(RequestKind.PROTECTED, everything.kind(uri));
        assertFalse(everything.reading().isInside(uri));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"/portal", "/portal/", "/portal/admin", "/portal/sso/return/", "/portal/SSO/login"})
    void makesSigningInOptionalEverywhere(String uri) {
        var everything = new RequestClassifier(SettingsOf.params("publicPaths", "/*"), "/portal");

        assertEquals(RequestKind.PUBLIC, everything.kind(uri));
        assertEquals(RequestKind.RETURN, everything.kind("/portal/sso/return"));
        assertEquals(RequestKind.PROTECTED, everything.kind(uri + ";x"));
        assertEquals(RequestKind.PROTECTED, everything.kind(uri + "/../x"));
    }

    // A plus is a blank in a form, never in a path.
    @Test
    void readsAPlusAsAPlus() {
        var classifier = new RequestClassifier(SettingsOf.params("publicPaths", "/c++"), "");

        assertEquals(RequestKind.PUBLIC, classifier.kind("/c++"));
        assertEquals(RequestKind.PUBLIC, classifier.kind("/c%2B%2b"));
        assertEquals(RequestKind.PROTECTED, classifier.kind("/c%20%20"));
    }

    @Test
    void protectsEverythingWithoutPublicPaths() {
        var nothing = new RequestClassifier(SettingsOf.params(), "");

        assertEquals(RequestKind.PROTECTED, nothing.kind("/"));
        assertEquals(RequestKind.PROTECTED, nothing.kind(""));
        assertEquals(RequestKind.PROTECTED, nothing.kind("*"));
        assertEquals(RequestKind.RETURN, nothing.kind("/sso/return"));
    }
}
