package dev.ssofilter.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits are where they say, to the character: the last that is taken, and the first that is not. */
class EdgesTest {
    @ParameterizedTest(name = "{0}: takes {1}")
    @CsvSource(delimiter = '|', textBlock = """
            clockSkew               | PT0S
            clockSkew               | PT5M
            sessionMaximum          | P36500D
            sessionMaximum          | PT0.000000001S
            scopes                  | openid !~
            publicPaths             | /\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645/*
            clientId                | !~
            ssoPath                 | /09azAZ-._~!$&'()+,=:@
            defaultTarget           | /?!~
            forwardParameters       | az.AZ-09_ -x
            tokenUrl                | https://idp.example.org:65535/token
            authorizationParameters | max_age=999999999
            """)
    void takesTheLast(String setting, String value) throws Exception {
        assertFalse(Sources.least().init(setting, value).read().banner().isEmpty());
    }

    @ParameterizedTest(name = "{0}: refuses {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            clockSkew         | PT5M0.000000001S  | is not within range
            clockSkew         | -PT0.000000001S   | is not within range
            sessionMaximum    | P36500DT0.000000001S | is not within range
            sessionMaximum    | PT0S              | is not within range
            scopes            | openid a\u007f   | which is no scope
            clientId          | a b               | holds a blank or
            clientId          | a\u007f          | holds a blank or
            ssoPath           | /a b              | holds the character U+0020
            ssoPath           | /a\u007f         | holds the character U+007F
            ssoPath           | /a{               | holds "{"
            pathRoles         | /admin\u00a0 = admins | holds the character U+00A0
            pathRoles         | /admin\u200b/* = admins | holds the character U+200B
            publicPaths       | /open\u2060 | holds the character U+2060
            pathRoles         | /admin\u200d = admins | that nobody sees there
            pathRoles         | /\u200cadmin/* = admins | that nobody sees there
            defaultTarget     | /?a b             | holds a character in its query
            defaultTarget     | /?\u007f         | holds a character in its query
            forwardParameters | a~b               | which is no parameter name
            forwardParameters | \u00e9           | which is no parameter name
            tokenUrl          | https://idp.example.org:65536/ | has a port above 65535
            authorizationParameters | max_age=1000000000 | expected seconds
            """)
    void refusesTheFirstBeyond(String setting, String value, String told) {
        var problem = Sources.least().init(setting, value).onlyProblem(setting);

        assertTrue(problem.contains(told), problem);
    }

    @Test
    void readsAClaimsRowThatLacksItsField() {
        Sources.least()
                .init("claims", "= sub @ ID Token; External ID = sub @ ID Token")
                .onlyProblem("that lacks field");
        Sources.least()
                .init("claims", "sub @ ID Token = x; External ID = sub @ ID Token")
                .onlyProblem("expected field =");
    }

    @ParameterizedTest(name = "U+{0} is a control character: {1}")
    @CsvSource({
        "2027, false",
        "2028, true",
        "2029, true",
        "202A, true",
        "202E, true",
        "202F, false",
        "2065, false",
        "2066, true",
        "2069, true",
        "206A, false"
    })
    void knowsWhatTurnsOrBreaksALine(String codePoint, boolean refused) throws Exception {
        var id = "a" + Character.toString(Integer.parseInt(codePoint, 16));
        var mapper = new ClaimMapper(List.of(new ClaimMapping("External ID", "sub", Location.ID_TOKEN)));
        var claims = Map.of(Location.ID_TOKEN, Map.<String, Object>of("sub", id));

        if (refused) {
            assertThrows(dev.ssofilter.user.LoginFailedException.class, () -> mapper.principal("https://x", claims));
        } else {
            assertEquals(id, mapper.principal("https://x", claims).getExternalId());
        }
    }

    @Test
    void findsAPathByNamesThatAreNotEmpty() {
        assertEquals(Optional.empty(), ClaimPath.find(Map.of("", Map.of("x", 1)), ".x"));
        assertEquals(
                1,
                ClaimPath.find(Map.of("a", Map.of("", 1)), "a.").orElseThrow().value());
    }

    @Test
    void goesSixtyFourLevelsDeepIntoObjectsAndArraysAlike() throws Exception {
        for (var pair : List.of("{\"a\":,}", "[,]")) {
            var open = pair.split(",")[0];
            var close = pair.split(",")[1];
            assertFalse(Json.object("{\"a\":" + open.repeat(63) + "1" + close.repeat(63) + "}")
                    .isEmpty());
            var refusal = assertThrows(
                    Json.MalformedException.class,
                    () -> Json.object("{\"a\":" + open.repeat(64) + "1" + close.repeat(64) + "}"));
            assertTrue(refusal.getMessage().startsWith("more than 64 levels deep"), refusal.getMessage());
        }
    }

    @ParameterizedTest(name = "U+{0}, {1} times: {2}")
    @CsvSource({"20, 1, true", "7E, 1, true", "1F, 1, false", "7F, 1, false", "6E, 64, true", "6E, 65, false"})
    void showsAMembersNameThatIsPlainAndShort(String codePoint, int times, boolean shown) {
        var json = "\"" + ("\\u00" + codePoint).repeat(times) + "\":1";

        var refusal = assertThrows(Json.MalformedException.class, () -> Json.object("{" + json + "," + json + "}"));

        assertEquals(shown ? "member \"" : "a member", refusal.getMessage().substring(0, 8), refusal.getMessage());
    }

    @Test
    void refusesAClaimsSettingThatIsNoArray() {
        Sources.recordWith("\"claims\": \"sub\",")
                .onlyProblem("member \"claims\" is a text; expected an array of objects");
    }

    @Test
    void showsTheClaimsOfARecordAsTheSettingWritesThem() throws Exception {
        var row = "{\"field\": \"External ID\", \"claim\": \"sub\", \"location\": \"ID Token\"}";

        var banner = Sources.recordWith("\"claims\": [" + row + "],").read().banner();

        assertTrue(
                banner.contains("claims = External ID = sub @ ID Token (record file /WEB-INF/sso.json)"),
                () -> String.join("\n", banner));
    }

    @Test
    void readsTheOtherSourcesUnderTheirUsualNamesWhereThePrefixIsNone() {
        var problems = Sources.least()
                .init("settingsPrefix", "1x")
                .property("sso.clockSkew", "soon")
                .problems();

        assertEquals(2, problems.size(), () -> String.join("\n", problems));
    }

    @Test
    void handsOutParametersThatNobodyChanges() throws Exception {
        var values = Sources.least()
                .init("authorizationParameters", "resource=a&resource=b")
                .read()
                .authorizationParameters()
                .get("resource");

        assertEquals(List.of("a", "b"), values);
        assertThrows(UnsupportedOperationException.class, () -> values.add("c"));
    }

    @Test
    void tellsAPlaceThatIsOpenToAllFromNone() {
        Sources.none().init("directory", "/sso.json").onlyProblem("could be fetched by any browser");
        Sources.none().init("directory", "sso.json").onlyProblem("names no place");
    }

    @Test
    void saysWhatToPasteWhateverIsWrongWithAUrl() {
        var refused =
                assertThrows(IllegalArgumentException.class, () -> DiscoveryDomain.parse("http://idp.example.org"));

        assertTrue(refused.getMessage().startsWith("is not https; "), refused.getMessage());
        assertTrue(refused.getMessage().contains("copy the Token signing key URL"), refused.getMessage());
    }

    @Test
    void aSettingIsItselfAlone() {
        assertEquals(Setting.NAME, Setting.NAME);
        assertFalse(Setting.NAME.equals(Setting.CLIENT_ID));
        assertFalse(Setting.NAME.hashCode() == Setting.CLIENT_ID.hashCode());
    }

    @Test
    void cutsWhatIsShownBehindFourHundredCharacters() {
        assertEquals("x".repeat(400), Shown.line("x".repeat(400)));
        assertEquals("x".repeat(400) + "…", Shown.line("x".repeat(401)));
    }

    @Test
    void scrubsASecretOfSixCharactersAndNoneThatAnyWordMayHold() {
        assertFalse(problemNaming("hunter").contains("hunter"));
        assertTrue(problemNaming("hunte").contains("hunte"));
    }

    private static String problemNaming(String secret) {
        return Sources.least()
                .init("clientSecret", secret)
                .init("clockSkew", secret)
                .onlyProblem("clockSkew");
    }

    @Test
    void takesThePortThatUrlsEndWith() {
        assertEquals(Optional.empty(), EndpointUrl.problem(URI.create("https://idp.example.org:65535/"), false));
        assertTrue(EndpointUrl.problem(URI.create("https://idp.example.org:65536/"), false)
                .isPresent());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"baseU", "baeUrl", "basseUrll"})
    void meansANameThatIsAThirdOfItsLettersAway(String name) {
        assertEquals(Optional.of("baseUrl"), DidYouMean.nearest(name, List.of("clientId", "baseUrl")));
    }

    @Test
    void meansTheNearerOfTwo() {
        assertEquals(Optional.of("baseUrl"), DidYouMean.nearest("baseUrll", List.of("baseUrix", "baseUrl")));
        assertEquals(Optional.empty(), DidYouMean.nearest("bas", List.of("baseUrl")));
        assertEquals(Optional.empty(), DidYouMean.nearest("baseUrl" + "x".repeat(100), List.of("baseUrl")));
    }

    @Test
    void aDayMoreThanAnySessionIsTooMuch() {
        assertEquals(Duration.ofDays(36_500), Parsers.sessionMaximum("P36500D"));
        Stream.of("P36501D", "-PT1S")
                .forEach(text -> assertThrows(IllegalArgumentException.class, () -> Parsers.sessionMaximum(text)));
    }
}
