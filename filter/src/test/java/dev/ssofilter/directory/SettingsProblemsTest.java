package dev.ssofilter.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, and how it is told. */
class SettingsProblemsTest {
    private static final String KEY =
            Base64.getUrlEncoder().withoutPadding().encodeToString("0123456789abcdef0123456789abcdef".getBytes());

    @Test
    @DisplayName("AB-215 tells every problem of every source at once")
    void tellsAllProblemsAtOnce() {
        var problems = Sources.record(
                        "{\"enablePcke\": true, \"scopes\": \"profile\", \"tokenUrl\": \"http://x.example.org\","
                                + " \"clientId\": 7}")
                .init("baseurl", "https://members.example.org")
                .init("clockSkew", "10")
                .property("sso.publicPaths", "*.css")
                .env("SSO_SESSION_MAXIMUM", "PT0S")
                .problems();

        assertTold(problems, "init-param \"baseurl\" is not known", "did you mean \"baseUrl\"");
        assertTold(problems, "record file /WEB-INF/sso.json", "\"enablePcke\" is not known", "\"enablePkce\"");
        assertTold(problems, "record file /WEB-INF/sso.json", "\"clientId\" is a number", "expected a text");
        assertTold(problems, "scopes (record file /WEB-INF/sso.json)", "\"profile\"", "lacks openid");
        assertTold(problems, "tokenUrl (record file /WEB-INF/sso.json)", "http://x.example.org", "not https");
        assertTold(problems, "clockSkew (init-param clockSkew)", "\"10\"", "ISO-8601");
        assertTold(problems, "publicPaths (system property sso.publicPaths)", "*.css");
        assertTold(problems, "sessionMaximum (environment SSO_SESSION_MAXIMUM)", "PT0S");
        assertTold(problems, "issuer: is not given");
        assertTold(problems, "authorizationUrl: is not given");
        assertEquals(10, problems.size(), () -> String.join("\n", problems));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "scopes",
                "publicPaths",
                "authorizationParameters",
                "forwardParameters",
                "name",
                "clientId",
                "claims"
            })
    void tellsEachProblemInOneLine(String setting) {
        var problems = Sources.least()
                .init(setting, "a\u0001b\u0085${env:NO\nNE} ;\u2028c=\u202Ed @ ID\u0007Token")
                .problems();

        assertFalse(problems.isEmpty());
        problems.forEach(problem -> assertTrue(
                problem.matches("[^\\p{Cc}\\p{Zl}\\p{Zp}\u202E]+"), () -> setting + " is told as " + problem));
    }

    private static void assertTold(List<String> problems, String... parts) {
        assertTrue(
                problems.stream().anyMatch(problem -> Stream.of(parts).allMatch(problem::contains)),
                () -> String.join(" … ", parts) + "\nnot in:\n" + String.join("\n", problems));
    }

    @Test
    void theMessageHoldsEveryProblem() {
        var exception = org.junit.jupiter.api.Assertions.assertThrows(
                SettingsException.class,
                () -> Sources.least().init("x", "1").init("clockSkew", "2").read());

        exception
                .problems()
                .forEach(problem -> assertTrue(exception.getMessage().contains(problem)));
        assertTrue(exception.getMessage().startsWith("2 problems"));
    }

    @Test
    void tellsWhatIsMissing() {
        var problems = Sources.none().problems();

        assertTold(problems, "clientId: is not given");
        assertTold(problems, "issuer: is not given", "discoveryDomain");
        assertTold(problems, "authorizationUrl: is not given");
        assertTold(problems, "tokenUrl: is not given");
        assertEquals(4, problems.size());
    }

    @ParameterizedTest(name = "AB-222 the unknown init-param {0}: {1}")
    @CsvSource({
        "client_id, did you mean \"clientId\"?",
        "Base URL, did you mean \"baseUrl\"?",
        "settingPrefix, did you mean \"settingsPrefix\"?",
        "skipNonce, is not known"
    })
    void refusesAnUnknownInitParam(String name, String part) {
        Sources.least().init(name, "1").onlyProblem("init-param \"" + name + "\" is not known", part);
    }

    @ParameterizedTest(name = "the unknown member {0}: {1}")
    @CsvSource({
        "client_secret, did you mean \"clientSecret\"?",
        "clientSecrett, did you mean \"clientSecret\"?",
        "cafile, did you mean \"caFile\"?",
        "settingsPrefix, can only be an init-param",
        "directory, is not known"
    })
    void refusesAnUnknownMember(String name, String part) {
        Sources.recordWith("\"" + name + "\": \"x\",").onlyProblem("record file /WEB-INF/sso.json", name, part);
    }

    @ParameterizedTest(name = "refuses the record {0}")
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"clientId\": \"a\", \"clientId\": \"b\"}",
                "{} x",
                "{\"clientId\": \"a\"}{\"clientId\": \"b\"}",
                "\uFEFF{}"
            })
    void refusesAMalformedRecordAndNothingElse(String json) {
        Sources.record(json).onlyProblem("directory (init-param directory)", "\"/WEB-INF/sso.json\"");
    }

    @ParameterizedTest(name = "refuses the member {0}")
    @ValueSource(
            strings = {
                "\"scopes\": [\"openid\"],",
                "\"scopes\": true,",
                "\"clientSecret\": 12345678,",
                "\"baseUrl\": {},",
                "\"claims\": \"External ID = sub @ ID Token\",",
                "\"claims\": {},",
                "\"sessionMaximum\": 28800,"
            })
    void refusesAMemberOfTheWrongType(String member) {
        String problem = Sources.recordWith(member).onlyProblem("record file /WEB-INF/sso.json", "expected");

        assertFalse(problem.contains("12345678"), problem);
    }

    @ParameterizedTest(name = "refuses the directory {0}")
    @ValueSource(
            strings = {
                "/WEB-INF/other.json",
                "/sso.json",
                "sso.json",
                "WEB-INF/sso.json",
                "classpath:not/there.json",
                "file:/not/there.json",
                "file:/tmp",
                "file://host/x.json",
                "https://example.org/sso.json"
            })
    void refusesADirectoryThatIsNowhere(String place) {
        Sources.none().init("directory", place).onlyProblem("directory (init-param directory): got \"" + place + "\"");
    }

    @Test
    void refusesARelativeFileEvenIfItIsThere() {
        Sources.none().init("directory", "file:pom.xml").onlyProblem("is no absolute path");
        Sources.least().init("clientSecret", "${file:pom.xml}").onlyProblem("is no absolute path");
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of("name", "a\u0007b", "control character"),
                Arguments.of(
                        "discoveryDomain", "https://demo.auth.us-east-1.amazoncognito.com", "Token signing key URL"),
                Arguments.of("authorizationUrl", "javascript:alert(1)", "no absolute URL"),
                Arguments.of("authorizationUrl", "https://idp.example.org/#x", "fragment"),
                Arguments.of("tokenUrl", "http://idp.example.org/token", "not https"),
                Arguments.of("tokenUrl", "/token", "no absolute URL"),
                Arguments.of("userinfoUrl", "https://169.254.169.254/", "link-local"),
                Arguments.of("jwksUrl", "https://idp example.org", "is no URL"),
                Arguments.of("logoutUrl", "https://", "is no URL"),
                Arguments.of("revocationUrl", "https://u@idp.example.org", "user name"),
                Arguments.of("issuer", "https://idp.example.org?x=1", "query"),
                Arguments.of("issuer", "idp.example.org", "no absolute URL"),
                Arguments.of("scopes", "profile email", "lacks openid"),
                Arguments.of("scopes", "openid,profile", "lacks openid"),
                Arguments.of("scopes", "OpenID", "lacks openid"),
                Arguments.of("scopes", "openid \"x\"", "no scope"),
                Arguments.of("scopes", "openid é", "no scope"),
                Arguments.of("clientId", "a b", "blank"),
                Arguments.of("clientSecret", "a\nb", "line break"),
                Arguments.of("enablePkce", "On", "expected one of the two"),
                Arguments.of("enablePkce", "True", "expected one of the two"),
                Arguments.of("passPreflight", "1", "expected one of the two"),
                Arguments.of("baseUrl", "http://members.example.org", "not https"),
                Arguments.of("baseUrl", "https://members.example.org?x", "query"),
                Arguments.of("ssoPath", "sso", "does not begin with"),
                Arguments.of("ssoPath", "/", "ends in"),
                Arguments.of("ssoPath", "/sso/", "ends in"),
                Arguments.of("ssoPath", "/WEB-INF/sso", "no browser"),
                Arguments.of("returnPath", "/a;b", "holds \";\""),
                Arguments.of("returnPath", "/a/../b", "segment"),
                Arguments.of("returnPath", "/a//b", "holds \"//\""),
                Arguments.of("returnPath", "//b", "holds \"//\""),
                Arguments.of("returnPath", "/a%2fb", "holds \"%\""),
                Arguments.of("returnPath", "/a?b", "holds \"?\""),
                Arguments.of("returnPath", "/a#b", "holds \"#\""),
                Arguments.of("returnPath", "/é", "U+00E9"),
                Arguments.of("returnPath", "/a b", "U+0020"),
                Arguments.of("returnPath", "/a\\b", "holds \"\\\""),
                Arguments.of("returnPath", "/a*", "holds \"*\""),
                Arguments.of("returnPath", "https://members.example.org/sso/return", "does not begin with"),
                Arguments.of("returnPath", "/sso/login", "another of the filter's own paths"),
                Arguments.of("returnPath", "/sso/me", "another of the filter's own paths"),
                Arguments.of("defaultTarget", "home", "does not begin with"),
                Arguments.of("defaultTarget", "//evil.example", "holds \"//\""),
                Arguments.of("defaultTarget", "https://evil.example/", "does not begin with"),
                Arguments.of("defaultTarget", "/a?b#c", "in its query"),
                Arguments.of("defaultTarget", "/a?é", "in its query"),
                Arguments.of("defaultTarget", "/sso/login", "own paths"),
                Arguments.of("defaultTarget", "/sso/return?x=1", "own paths"),
                Arguments.of("postLogoutTarget", "http://www.example.org/", "not https"),
                Arguments.of("postLogoutTarget", "http://localhost/bye", "not https"),
                Arguments.of("postLogoutTarget", "//www.example.org", "holds \"//\""),
                Arguments.of("postLogoutTarget", "bye", "no absolute URL"),
                Arguments.of("postLogoutTarget", "/sso/logout", "own paths"),
                Arguments.of("failurePage", "/a?b", "holds \"?\""),
                Arguments.of("failurePage", "failure.jsp", "does not begin with"),
                Arguments.of("failurePage", "/sso/return", "own paths"),
                Arguments.of("keepAttributes", "cart dev.ssofilter.principal", "filter's own"),
                Arguments.of("keepAttributes", "cart*", "whole names"),
                Arguments.of("sessionMaximum", "PT0S", "more than zero"),
                Arguments.of("sessionMaximum", "-PT1H", "more than zero"),
                Arguments.of("sessionMaximum", "8h", "ISO-8601"),
                Arguments.of("sessionMaximum", "28800", "ISO-8601"),
                Arguments.of("sessionMaximum", "PT999999999999H", "at most"),
                Arguments.of("clockSkew", "-PT1S", "PT0S to PT5M"),
                Arguments.of("clockSkew", "PT5M0.001S", "PT0S to PT5M"),
                Arguments.of("authorizationParameters", "lang", "no name=value"),
                Arguments.of("authorizationParameters", "lang=%zz", "no name=value"),
                Arguments.of("authorizationParameters", "lang=%ff", "no name=value"),
                Arguments.of("authorizationParameters", "lang=a%0ab", "no name=value"),
                Arguments.of("authorizationParameters", "lang=de&", "no name=value"),
                Arguments.of("authorizationParameters", "=x", "no parameter name"),
                Arguments.of("authorizationParameters", "?lang=de", "no parameter name"),
                Arguments.of("authorizationParameters", "lang=de&lang=fr", "twice"),
                Arguments.of("authorizationParameters", "max_age=-1", "seconds"),
                Arguments.of("authorizationParameters", "max_age=", "seconds"),
                Arguments.of("authorizationParameters", "max_age=1.5", "seconds"),
                Arguments.of("authorizationParameters", "max_age=PT1H", "seconds"),
                Arguments.of("forwardParameters", "login_hint login_hint", "twice"),
                Arguments.of("forwardParameters", "target", "reads itself"),
                Arguments.of("forwardParameters", "max_age", "authorizationParameters"),
                Arguments.of("forwardParameters", "a=b", "no parameter name"));
    }

    @ParameterizedTest(name = "refuses {0} \"{1}\"")
    @MethodSource("bad")
    void refusesABadValue(String setting, String value, String part) {
        String problem = Sources.least().init(setting, value).onlyProblem(part);

        assertTrue(problem.startsWith(setting + " (init-param " + setting + "): "), problem);
        assertTrue(problem.chars().noneMatch(Character::isISOControl), problem);
    }

    @ParameterizedTest(name = "AB-042 refuses {0} among the extra parameters")
    @ValueSource(
            strings = {
                "response_type",
                "response_mode",
                "client_id",
                "client_secret",
                "redirect_uri",
                "scope",
                "state",
                "nonce",
                "code_challenge",
                "code_challenge_method",
                "code_verifier",
                "request",
                "request_uri",
                "registration",
                "id_token_hint",
                "client_assertion",
                "State"
            })
    void refusesTheProtocolsOwnParameters(String name) {
        Sources.least()
                .init("authorizationParameters", "lang=de&" + name + "=x")
                .onlyProblem("\"" + name + "\"", "protocol's own");
        Sources.least().init("forwardParameters", "lang " + name).onlyProblem("\"" + name + "\"", "protocol's own");
    }

    @Test
    @DisplayName("AB-042 refuses redirect_uri in whatever encoding")
    void refusesAnEncodedName() {
        Sources.least().init("authorizationParameters", "redirect%5Furi=x").onlyProblem("\"redirect_uri\"");
    }

    @Test
    @DisplayName("AB-043 refuses a parameter that is both fixed and forwarded")
    void refusesAParameterInBoth() {
        Sources.least()
                .init("authorizationParameters", "lang=de")
                .init("forwardParameters", "lang")
                .onlyProblem("forwardParameters", "\"lang\"");
    }

    @ParameterizedTest(name = "AB-150 refuses the public path {0}")
    @ValueSource(
            strings = {
                "*",
                "/**",
                "*.css",
                "/a/*.css",
                "/a*",
                "/a/*/b",
                "/a/**",
                "about",
                "/a//b",
                "/a//*",
                "//*",
                "/a/../b",
                "/./a",
                "/a;b",
                "/a%20b",
                "/a?b",
                "/a#b",
                "/a\\b",
                "^/a$*",
                "/about /about",
                "/about/* /about/*",
                "https://members.example.org/a",
                "/sso/login",
                "/sso/me",
                "/sso/return",
                "/sso/return/*",
                "/sso/*"
            })
    void refusesAPublicPath(String path) {
        Sources.least().init("publicPaths", path).onlyProblem("publicPaths (init-param publicPaths)");
    }

    @ParameterizedTest(name = "takes the public path {0}")
    @ValueSource(
            strings = {"/*", "/", "/a", "/a/", "/a/*", "/A/b.c/*", "/a /a/*", ",/a,,/b,", "/ssothing", "/sso-help/*"})
    void takesAPublicPath(String path) throws Exception {
        assertFalse(
                Sources.least().init("publicPaths", path).read().publicPaths().isEmpty());
    }

    static Stream<Arguments> badKeys() {
        String zero = Base64.getUrlEncoder().encodeToString(new byte[32]);
        return Stream.of(
                Arguments.of("too short", "c2hvcnQtY29va2llLWtleQ", "expected 256-bit"),
                Arguments.of("31 bytes", Base64.getUrlEncoder().encodeToString(new byte[31]), "248 bits"),
                Arguments.of("33 bytes", Base64.getUrlEncoder().encodeToString(new byte[33]), "264 bits"),
                Arguments.of("all zero", zero, "all zero"),
                Arguments.of("standard Base64", "+".repeat(43), "not base64url"),
                Arguments.of("no Base64", "not a key!", "not base64url"),
                Arguments.of("the same twice", KEY + " " + KEY, "twice"),
                Arguments.of("a bad second one", KEY + " " + zero, "number 2"));
    }

    @ParameterizedTest(name = "AB-223 refuses a cookie key: {0}")
    @MethodSource("badKeys")
    void refusesABadCookieKey(String what, String keys, String part) {
        var problems = Sources.least().env("SSO_COOKIE_KEYS", keys).problems();

        assertTold(problems, "cookieKeys (environment SSO_COOKIE_KEYS)", part);
        for (String key : keys.split(" ")) {
            assertTrue(
                    key.length() < 6 || problems.stream().noneMatch(problem -> problem.contains(key)),
                    problems::toString);
        }
    }

    @ParameterizedTest(name = "AB-223 refuses a cookie key that is the client secret ({0})")
    @ValueSource(strings = {"0123456789abcdef0123456789abcdef", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY"})
    void refusesTheClientSecretForACookieKey(String secret) {
        Sources.least()
                .env("SSO_CLIENT_SECRET", secret)
                .env("SSO_COOKIE_KEYS", KEY)
                .onlyProblem("cookieKeys", "client secret");
    }

    static Stream<Arguments> badClaims() {
        return Stream.of(
                Arguments.of("Email = email @ ID Token", "External ID"),
                Arguments.of("External ID = sub", "field = claim @ location"),
                Arguments.of("External ID @ ID Token", "field = claim @ location"),
                Arguments.of("External ID = @ ID Token", "lacks claim"),
                Arguments.of("= sub @ ID Token", "lacks field"),
                Arguments.of("External ID = sub @", "lacks location"),
                Arguments.of("External ID = sub @ Id Token", "\"ID Token\", \"Access Token\", \"Userinfo\""),
                Arguments.of("External ID = sub @ ID Token; External ID = oid @ ID Token", "more than once"),
                Arguments.of(
                        "External ID = sub @ ID Token; Roles = a @ ID Token; Roles = b @ ID Token", "more than once"),
                Arguments.of("externalId = sub @ ID Token", "did you mean \"External ID\""),
                Arguments.of("External ID = sub @ ID Token; first name = a @ ID Token", "did you mean \"First Name\""),
                Arguments.of("External ID = sub @ ID Token; X = a @ ID Token; X = a @ ID Token", "same row twice"));
    }

    @ParameterizedTest(name = "refuses the claims {0}")
    @MethodSource("badClaims")
    void refusesBadClaims(String claims, String part) {
        Sources.least().init("claims", claims).onlyProblem("claims (init-param claims)", part);
    }

    @ParameterizedTest(name = "refuses the rows {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | External ID",
                "[7] | number 1",
                "[{\"field\": \"External ID\", \"claim\": \"sub\"}] | lacks location",
                "[{\"field\": \"External ID\", \"claim\": null, \"location\": \"ID Token\"}] | lacks claim",
                "[{\"field\": \"External ID\", \"claim\": 7, \"location\": \"ID Token\"}] | claim is a number",
                "[{\"field\": \"External ID\", \"claim\": \"sub\", \"location\": \"Header\"}] | \"Userinfo\"",
                "[{\"field\": \"External ID\", \"claim\": \"sub\", \"location\": \"ID Token\", \"clam\": \"x\"}] | did you mean \"claim\"",
                "[{\"field\": \"External ID\", \"claim\": \"${env:NOT}\", \"location\": \"ID Token\"}] | ${env:NOT}"
            })
    void refusesBadRowsOfTheRecord(String rows, String part) {
        Sources.recordWith("\"claims\": " + rows + ",").onlyProblem("claims (record file /WEB-INF/sso.json)", part);
    }

    @Test
    @DisplayName("R-20 refuses form_post without an https baseUrl")
    void refusesFormPostWithoutHttps() throws Exception {
        Sources.least()
                .init("enableResponseModeFormPost", "true")
                .onlyProblem("enableResponseModeFormPost", "https baseUrl");
        Sources.least()
                .init("enableResponseModeFormPost", "true")
                .init("baseUrl", "http://localhost:8080")
                .onlyProblem("enableResponseModeFormPost", "https baseUrl");
        assertTrue(Sources.least()
                .init("enableResponseModeFormPost", "true")
                .init("baseUrl", "https://members.example.org")
                .read()
                .directory()
                .enableResponseModeFormPost());
    }

    @ParameterizedTest(name = "takes {0} on this machine only where baseUrl is on it too")
    @ValueSource(
            strings = {
                "authorizationUrl",
                "tokenUrl",
                "userinfoUrl",
                "jwksUrl",
                "logoutUrl",
                "revocationUrl",
                "issuer",
                "discoveryDomain"
            })
    void takesHttpOnLoopbackAlone(String setting) throws Exception {
        var sources = Sources.least().init(setting, "http://127.0.0.1:9090/x");

        sources.read();
        sources.init("baseUrl", "http://localhost:8080").read();
        sources.init("baseUrl", "https://members.example.org").onlyProblem(setting, "http on this machine");
    }

    @Test
    void refusesBasicAuthenticationWithoutASecret() {
        Sources.recordWith("\"enableTokenEndpointBasicAuth\": true,")
                .onlyProblem("enableTokenEndpointBasicAuth", "clientSecret");
    }

    @Test
    void needsTheUserinfoUrlOnlyWhereAClaimIsMappedFromIt() throws Exception {
        var sources = Sources.none()
                .init("clientId", "app")
                .init("issuer", "https://idp.example.org")
                .init("authorizationUrl", "https://idp.example.org/authorize")
                .init("tokenUrl", "https://idp.example.org/token");

        sources.read();
        sources.init("claims", "External ID = sub @ ID Token; Email = email @ Userinfo")
                .onlyProblem("userinfoUrl: is not given", "Userinfo");
    }

    @Test
    @DisplayName("AB-182 no problem shows a secret, wherever it was written")
    void showsNoSecretInAProblem() {
        var problems = Sources.least()
                .env("SECRET", "s3cr3t-of-the\nclient")
                .init("clientId", "s3cr3t-of-the client")
                .init("tokenUrl", "x:s3cr3t-of-the")
                .init("enablePkce", "s3cr3t-of-the")
                .problems();

        assertEquals(4, problems.size(), problems::toString);
        assertTrue(problems.stream().noneMatch(problem -> problem.contains("s3cr3t-of-the")), problems::toString);
    }
}
