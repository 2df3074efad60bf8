package dev.ssofilter.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import dev.ssofilter.user.SsoPrincipal;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimMapperTest {
    private static final String POOL = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Ab3dEfGhI";
    private static final String ACCESS = "{\"sub\": \"24c8f4f8\"}";

    private final LogCapture log = LogCapture.of("dev.ssofilter.directory");

    @AfterEach
    void stopListening() {
        log.close();
    }

    @Test
    void mapsTheGuidesTable() throws Exception {
        var user = map(
                ClaimMapping.DEFAULTS,
                "{\"email\": \"ana@example.org\", \"email_verified\": true, \"given_name\": \"Ana\","
                        + " \"family_name\": \"Ruiz\", \"cognito:groups\": [\"editors\", \"admins\"]}",
                ACCESS,
                "{}");

        assertEquals(POOL, user.getDirectory());
        assertEquals("24c8f4f8", user.getExternalId());
        assertEquals("ana@example.org", user.getUsername());
        assertEquals("ana@example.org", user.getEmail());
        assertTrue(user.isEmailVerified());
        assertEquals("Ana", user.getFirstName());
        assertEquals("Ruiz", user.getLastName());
        assertEquals(List.of("editors", "admins"), List.copyOf(user.getRoles()));
        assertEquals(Map.of(), user.getAttributes());
    }

    @Test
    @DisplayName("AB-205 leaves absent what did not come, but for External ID")
    void leavesAbsentWhatDidNotCome() throws Exception {
        var user = map(ClaimMapping.DEFAULTS, "{\"email\": \"\"}", ACCESS, "{}");

        assertEquals("24c8f4f8", user.getName());
        assertNull(user.getUsername());
        assertNull(user.getEmail());
        assertNull(user.getFirstName());
        assertNull(user.getLastName());
        assertEquals(Set.of(), user.getRoles());
    }

    @Test
    void saysWhichLocationsItReads() {
        var mapper = new ClaimMapper(ClaimMapping.DEFAULTS);

        assertTrue(mapper.reads(Location.ID_TOKEN));
        assertTrue(mapper.reads(Location.ACCESS_TOKEN));
        assertFalse(mapper.reads(Location.USERINFO));
    }

    @Test
    void needsNoLocationThatIsNotMapped() throws Exception {
        var mapper = new ClaimMapper(claims("External ID = sub @ ID Token"));

        var user = mapper.principal(POOL, Map.of(Location.ID_TOKEN, Json.object("{\"sub\": \"1\"}")));

        assertEquals("1", user.getExternalId());
    }

    @ParameterizedTest(name = "keeps the External ID {0} as {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "\"1042\" | 1042",
                "1042 | 1042",
                "12345678901234567890123 | 12345678901234567890123",
                "1.00 | 1.00",
                "\"Ana Ruiz\" | Ana Ruiz",
                "\"ÄNA\" | ÄNA"
            })
    void keepsTheExternalIdAsItStood(String json, String kept) throws Exception {
        assertEquals(
                kept,
                map(ClaimMapping.DEFAULTS, "{}", "{\"sub\": " + json + "}", "{}")
                        .getExternalId());
    }

    @ParameterizedTest(name = "AB-103 refuses the External ID in {0}")
    @ValueSource(
            strings = {
                "{}",
                "{\"sub\": null}",
                "{\"sub\": \"\"}",
                "{\"sub\": \"  \"}",
                "{\"sub\": true}",
                "{\"sub\": [\"1\"]}",
                "{\"sub\": {\"id\": \"1\"}}",
                "{\"sub\": \"a\\nb\"}",
                "{\"sub\": \"a\\u0000\"}",
                "{\"sub\": \"a\\u202eb\"}",
                "{\"Sub\": \"1\"}"
            })
    void refusesAMissingExternalId(String accessToken) {
        var refusal = refusal(ClaimMapping.DEFAULTS, "{\"sub\": \"other location\"}", accessToken, "{}");

        assertTrue(refusal.startsWith("External ID, mapped from the claim \"sub\" in the Access Token,"), refusal);
    }

    @Test
    @DisplayName("AB-103 refuses an External ID of more than 255 characters")
    void refusesALongExternalId() throws Exception {
        String longest = "x".repeat(255);

        assertEquals(
                longest,
                map(ClaimMapping.DEFAULTS, "{}", "{\"sub\": \"" + longest + "\"}", "{}")
                        .getExternalId());
        refusal(ClaimMapping.DEFAULTS, "{}", "{\"sub\": \"x" + longest + "\"}", "{}");
    }

    @ParameterizedTest(name = "refuses {1} where {0} is mapped")
    @CsvSource(
            delimiter = '|',
            value = {
                "Username | email | [\"hunter2\"] | an array",
                "Username | email | {\"a\": \"hunter2\"} | an object",
                "Username | email | true | a boolean",
                "Email | email | [\"hunter2\"] | an array",
                "Email | email | {\"a\": \"hunter2\"} | an object",
                "First Name | given_name | [\"hunter2\"] | an array",
                "First Name | given_name | {\"a\": \"hunter2\"} | an object",
                "Last Name | family_name | [\"hunter2\"] | an array",
                "Last Name | family_name | {\"a\": \"hunter2\"} | an object"
            })
    void namesFieldClaimLocationAndTypeOfWhatItRefuses(String field, String claim, String json, String type) {
        var mappings = claims("External ID = sub @ Access Token; " + field + " = " + claim + " @ ID Token");

        var refusal = refusal(mappings, "{\"" + claim + "\": " + json + "}", ACCESS, "{}");

        assertTrue(
                refusal.startsWith(field + ", mapped from the claim \"" + claim + "\" in the ID Token, is " + type),
                refusal);
        assertFalse(refusal.contains("hunter2"), refusal);
    }

    @Test
    void keepsANumberAsTextInEveryField() throws Exception {
        var user = map(ClaimMapping.DEFAULTS, "{\"email\": 1, \"given_name\": 2.50, \"family_name\": 3}", ACCESS, "{}");

        assertEquals("1", user.getUsername());
        assertEquals("2.50", user.getFirstName());
        assertEquals("3", user.getLastName());
    }

    @ParameterizedTest(name = "AB-199 refuses a username with {0}")
    @CsvSource({
        "a line feed, \\n",
        "a carriage return, \\r",
        "NUL, \\u0000",
        "DEL, \\u007f",
        "a C1 control, \\u0085",
        "a line separator, \\u2028",
        "a bidi override, \\u202e",
        "a bidi isolate, \\u2067"
    })
    void refusesAUsernameWithControlCharacters(String what, String escaped) {
        var mappings = claims("External ID = sub @ Access Token; Username = u @ ID Token");

        refusal(mappings, "{\"u\": \"ana" + escaped + "ruiz\"}", ACCESS, "{}");
    }

    @Test
    @DisplayName("AB-199 refuses a username of more than 256 characters")
    void refusesALongUsername() throws Exception {
        String longest = "x".repeat(256);

        assertEquals(
                longest,
                map(ClaimMapping.DEFAULTS, "{\"email\": \"" + longest + "\"}", ACCESS, "{}")
                        .getUsername());
        refusal(ClaimMapping.DEFAULTS, "{\"email\": \"" + longest + "x\"}", ACCESS, "{}");
    }

    @Test
    void refusesAnEmailThatCouldForgeAHeader() {
        var mappings = claims("External ID = sub @ Access Token; Email = e @ ID Token");

        refusal(mappings, "{\"e\": \"ana@example.org\\r\\nBcc: all@example.org\"}", ACCESS, "{}");
    }

    @Test
    @DisplayName("AB-198 folds no letter case, width or accent")
    void foldsNothing() throws Exception {
        var user = map(ClaimMapping.DEFAULTS, "{\"email\": \"Ａna@Example.ORG\"}", "{\"sub\": \"ÄbC\"}", "{}");

        assertEquals("Ａna@Example.ORG", user.getUsername());
        assertEquals("ÄbC", user.getExternalId());
    }

    @ParameterizedTest(name = "AB-201 the groups {0} are the roles {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "\"user,admin\" | user,admin",
                "\"user admin\" | user admin",
                "[\"a\", \"b\", \"a\"] | a;b",
                "[\" a\", \"A\", \"ROLE_ADMIN\"] |  a;A;ROLE_ADMIN",
                "[] | ''",
                "null | ''",
                "[null, \"a\"] | a"
            })
    void takesTextsAsRolesLiterally(String json, String roles) throws Exception {
        var user = map(ClaimMapping.DEFAULTS, "{\"cognito:groups\": " + json + "}", ACCESS, "{}");

        assertEquals(roles.strip(), String.join(";", user.getRoles()).strip());
        assertEquals(List.of(), log.warnings());
    }

    @ParameterizedTest(name = "AB-201 AB-202 of the groups {0} only {1} are roles, with a warning")
    @CsvSource(
            delimiter = '|',
            value = {
                "7 | ''",
                "true | ''",
                "{\"hunter2\": true} | ''",
                "[[\"hunter2\"], \"b\"] | b",
                "[1, 2, 3, \"b\", {\"hunter2\": 1}] | b",
                "\"\" | ''",
                "\"*\" | ''",
                "[\"*\", \"**\", \"\", \" \", \"***\"] | ***"
            })
    void ignoresWhatIsNoRole(String json, String roles) throws Exception {
        var user = map(ClaimMapping.DEFAULTS, "{\"cognito:groups\": " + json + "}", ACCESS, "{}");

        assertEquals(roles, String.join(";", user.getRoles()));
        assertEquals(1, log.warnings().size(), () -> log.warnings().toString());
        assertTrue(log.warnings().get(0).contains("Roles, mapped from the claim \"cognito:groups\""));
        assertFalse(log.warnings().get(0).contains("hunter2"));
    }

    @Test
    @DisplayName("AB-203 refuses more than 1,000 roles and cuts none off")
    void refusesTooManyRoles() throws Exception {
        assertEquals(
                1_000,
                map(ClaimMapping.DEFAULTS, groups(1_000), ACCESS, "{}")
                        .getRoles()
                        .size());

        String refusal = refusal(ClaimMapping.DEFAULTS, groups(1_001), ACCESS, "{}");

        assertTrue(refusal.contains("1001 roles, more than 1000"), refusal);
        refusal(ClaimMapping.DEFAULTS, groups(50_000), ACCESS, "{}");
    }

    private static String groups(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"g" + i + "\"")
                .collect(Collectors.joining(",", "{\"cognito:groups\": [", "]}"));
    }

    @Test
    void keepsExtraAttributesAsTheyStood() throws Exception {
        var mappings = claims("External ID = sub @ Access Token; memberNo = custom:member_no @ ID Token;"
                + " score = score @ ID Token; active = active @ ID Token; tags = tags @ ID Token; none = none @ ID Token;"
                + " empty = empty @ ID Token");

        var user = map(
                mappings,
                "{\"custom:member_no\": \"00417\", \"score\": 1.50e3, \"active\": false,"
                        + " \"tags\": [\"x\", 2, true, null], \"empty\": []}",
                ACCESS,
                "{}");

        assertEquals(
                Map.of(
                        "memberNo", List.of("00417"),
                        "score", List.of("1.50e3"),
                        "active", List.of("false"),
                        "tags", List.of("x", "2", "true"),
                        "empty", List.of()),
                user.getAttributes());
        assertEquals(List.of(), log.warnings());
    }

    @Test
    void leavesObjectsOutOfExtraAttributesWithAWarning() throws Exception {
        var mappings =
                claims("External ID = sub @ Access Token; address = address @ ID Token; mixed = mixed @ ID Token");

        var user = map(
                mappings,
                "{\"address\": {\"street\": \"hunter2\"}, \"mixed\": [\"a\", {\"hunter2\": 1}, [\"hunter2\"]]}",
                ACCESS,
                "{}");

        assertEquals(Map.of("mixed", List.of("a")), user.getAttributes());
        assertEquals(2, log.warnings().size());
        assertTrue(log.warnings().get(0).contains("address")
                && log.warnings().get(0).contains("an object"));
        assertFalse(log.warnings().toString().contains("hunter2"), () -> log.warnings()
                .toString());
    }

    @Test
    void gathersAnAttributeThatIsMappedTwice() throws Exception {
        var mappings = claims("External ID = sub @ Access Token; tag = a @ ID Token; tag = b @ Userinfo");

        assertEquals(
                Map.of("tag", List.of("1", "2")),
                map(mappings, "{\"a\": \"1\"}", ACCESS, "{\"b\": \"2\"}").getAttributes());
    }

    @ParameterizedTest(name = "the path {0} finds {1}")
    @CsvSource({
        "address.locality, Bern",
        "realm_access.deep.er, found",
        "whole.name, the whole name",
        "resource.my.client.role, dotted",
        "resource.my, ",
        "address.nothing, ",
        "address.locality.more, ",
        "nothing.at.all, ",
        ".address, ",
        "address., "
    })
    void findsAClaimByItsPath(String path, String expected) throws Exception {
        var mappings = claims("External ID = sub @ Access Token; Last Name = " + path + " @ ID Token");
        String idToken = "{\"address\": {\"locality\": \"Bern\"}, \"realm_access\": {\"deep\": {\"er\": \"found\"}},"
                + " \"whole.name\": \"the whole name\", \"whole\": {\"name\": \"the path\"},"
                + " \"resource\": {\"my.client\": {\"role\": \"dotted\"}}}";

        assertEquals(expected, map(mappings, idToken, ACCESS, "{}").getLastName());
    }

    @ParameterizedTest(name = "AB-196 email_verified {1} in the {0} is {2}")
    @CsvSource({
        "ID Token, true, true",
        "ID Token, false, false",
        "ID Token, '\"true\"', false",
        "ID Token, '\"false\"', false",
        "ID Token, 1, false",
        "ID Token, null, false",
        "ID Token, [true], false",
        "Access Token, true, true",
        "Access Token, '\"true\"', false",
        "Userinfo, true, true",
        "Userinfo, '\"true\"', true",
        "Userinfo, '\"True\"', false",
        "Userinfo, '\"false\"', false",
        "Userinfo, 1, false"
    })
    void believesOnlyTrue(String location, String json, boolean verified) throws Exception {
        var mappings = claims("External ID = sub @ Access Token; Email = email @ " + location);
        String claims = "{\"sub\": \"1\", \"email\": \"ana@example.org\", \"email_verified\": " + json + "}";

        assertEquals(verified, map(mappings, claims, claims, claims).isEmailVerified());
    }

    @Test
    void readsEmailVerifiedBesideTheEmailAndNowhereElse() throws Exception {
        var path = claims("External ID = sub @ Access Token; Email = mail.email @ ID Token");
        String beside =
                "{\"mail\": {\"email\": \"a@example.org\", \"email_verified\": true}, \"email_verified\": false}";
        String above = "{\"mail\": {\"email\": \"a@example.org\"}, \"email_verified\": true}";
        String otherLocation = "{\"sub\": \"1\", \"email_verified\": true}";

        assertTrue(map(path, beside, ACCESS, "{}").isEmailVerified());
        assertFalse(map(path, above, ACCESS, "{}").isEmailVerified());
        assertFalse(map(ClaimMapping.DEFAULTS, "{\"email\": \"a@example.org\"}", otherLocation, otherLocation)
                .isEmailVerified());
    }

    @Test
    void doesNotCallAMissingEmailVerified() throws Exception {
        assertFalse(map(ClaimMapping.DEFAULTS, "{\"email_verified\": true}", ACCESS, "{}")
                .isEmailVerified());
    }

    private static List<ClaimMapping> claims(String text) {
        return ClaimsReader.fromText(text);
    }

    private static SsoPrincipal map(List<ClaimMapping> mappings, String idToken, String accessToken, String userinfo)
            throws Exception {
        var claims = new EnumMap<Location, Map<String, Object>>(Location.class);
        claims.put(Location.ID_TOKEN, Json.object(idToken));
        claims.put(Location.ACCESS_TOKEN, Json.object(accessToken));
        claims.put(Location.USERINFO, Json.object(userinfo));
        return new ClaimMapper(mappings).principal(POOL, claims);
    }

    private static String refusal(List<ClaimMapping> mappings, String idToken, String accessToken, String userinfo) {
        var refusal = assertThrows(LoginFailedException.class, () -> map(mappings, idToken, accessToken, userinfo));
        assertEquals(Reason.CLAIMS_REFUSED, refusal.reason());
        return refusal.getMessage();
    }
}
