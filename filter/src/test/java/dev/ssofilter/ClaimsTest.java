package dev.ssofilter;

import static dev.ssofilter.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.user.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From the claims of a real token to the user that {@code /sso/me} tells of, and what of them ends the login instead. */
@TestInstance(Lifecycle.PER_CLASS)
class ClaimsTest {
    private static final String TABLE = """
            External ID = external @ ID Token
            Username = name @ ID Token
            Email = email @ ID Token
            First Name = given_name @ ID Token
            Last Name = family_name @ ID Token
            Roles = groups @ ID Token
            Member = custom:member_no @ ID Token
            Extra = extra @ ID Token
            City = address.locality @ ID Token
            """;

    private final Scene scene = Scene.with("claims", TABLE);

    @BeforeEach
    void giveAnExternalId() {
        scene.renew();
        claim("external", "ext-1");
    }

    @AfterAll
    void stop() {
        scene.close();
    }

    private void claim(String name, Object value) {
        scene.pool.always().idToken(token -> token.claim(name, value));
    }

    private Map<String, Object> signedIn() {
        var page = scene.logIn();
        assertEquals(200, page.status(), () -> scene.log.failures().toString());
        return scene.me();
    }

    @Test
    void mapsTheGuidesFiveFieldsAndRoles() {
        try (var guide = Scene.with()) {
            guide.logIn();
            var me = guide.me();

            assertEquals(guide.pool.user().sub(), me.get("externalId"));
            assertEquals("ana@example.org", me.get("username"));
            assertEquals("ana@example.org", me.get("email"));
            assertEquals(true, me.get("emailVerified"));
            assertEquals("Ana", me.get("firstName"));
            assertEquals("Ruiz", me.get("lastName"));
            assertEquals(List.of("members"), me.get("roles"));
            assertEquals(guide.pool.issuer(), me.get("directory"));
        }
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments("no External ID", "external", null, "External ID", "is not there"),
                arguments("an empty External ID", "external", "", "External ID", "is an empty text"),
                arguments("a boolean External ID", "external", true, "External ID", "is "),
                arguments("an External ID of 256 characters", "external", "x".repeat(256), "External ID", "has 256"),
                arguments(
                        "a line break in External ID", "external", "a\nb", "External ID", "holds a control character"),
                arguments("an array as External ID", "external", List.of("a"), "External ID", "is "),
                arguments("an array as Username", "name", List.of("a"), "Username", "is "),
                arguments("AB-199 a line break in Username", "name", "a\r\nb", "Username", "holds a control character"),
                arguments("AB-199 a zero byte in Username", "name", "a\0b", "Username", "holds a control character"),
                arguments("AB-199 a bidi override in Username", "name", "a\u202eb", "Username", "holds a control"),
                arguments("AB-199 a Username of 10 KB", "name", "n".repeat(10_240), "Username", "more than 256"),
                arguments("an array as Email", "email", List.of("a@example.org"), "Email", "is "),
                arguments("an object as First Name", "given_name", Map.of("a", "b"), "First Name", "is "),
                arguments("an array as Last Name", "family_name", List.of("a", "b"), "Last Name", "is "),
                arguments("AB-203 1,001 groups", "groups", groups(1_001), "Roles", "names 1001 roles, more than 1000"));
    }

    private static List<String> groups(int count) {
        return IntStream.range(0, count).mapToObj(i -> "g" + i).toList();
    }

    @ParameterizedTest(name = "refuses {0}")
    @MethodSource("refused")
    void refusesAClaim(String fault, String claim, Object value, String field, String found) {
        claim(claim, value);

        var answer = scene.logIn();

        assertRefused(scene, answer, Reason.CLAIMS_REFUSED, field + ", mapped from the claim \"" + claim + "\"");
        Refusals.assertLogged(scene, found);
    }

    @Test
    void takesANumberAsExternalIdWithItsDigits() {
        scene.pool.always().idTokenPayload(json -> json.replace("\"ext-1\"", "12345678901234567890"));

        assertEquals("12345678901234567890", signedIn().get("externalId"));
    }

    @Test
    void leavesOutWhatIsNotThere() {
        scene.pool
                .knobs()
                .suppressClaim("given_name")
                .suppressClaim("family_name")
                .suppressClaim("email");

        var me = signedIn();

        assertFalse(me.containsKey("firstName") || me.containsKey("lastName") || me.containsKey("email"));
        assertFalse(me.containsKey("username"));
        assertEquals("ext-1", me.get("name"), "without a username the External ID is the name");
    }

    @Test
    @DisplayName("AB-195 AB-200 a user is issuer and External ID, whatever e-mail address the token claims")
    void aUserIsIssuerAndExternalId() {
        claim("email", scene.pool.admin().email());

        var me = signedIn();

        assertEquals("ext-1", me.get("externalId"));
        assertEquals(scene.pool.issuer(), me.get("directory"));
    }

    @Test
    @DisplayName("AB-198 two users who differ in case or width are two")
    void foldsNothing() {
        var ids = new ArrayList<Object>();
        for (var id : List.of("ana", "ANA", "\uff41na", "a\u0301na", "\u00e1na")) {
            claim("external", id);
            scene.browser = new Browser();
            ids.add(signedIn().get("externalId"));
        }

        assertEquals(List.of("ana", "ANA", "\uff41na", "a\u0301na", "\u00e1na"), ids);
        assertNotEquals(ids.get(3), ids.get(4));
    }

    static Stream<Arguments> verified() {
        return Stream.of(
                arguments(true, true),
                arguments(false, false),
                arguments("true", false),
                arguments("false", false),
                arguments(1, false));
    }

    @ParameterizedTest(name = "AB-196 email_verified {0} of an ID token means {1}")
    @MethodSource("verified")
    void readsEmailVerified(Object sent, boolean meant) {
        claim("email_verified", sent);

        assertEquals(meant, signedIn().get("emailVerified"));
    }

    static Stream<Arguments> groups() {
        return Stream.of(
                arguments("AB-201 a text is one role", "user,admin x", List.of("user,admin x")),
                arguments("an array of texts is several", List.of("b", "a"), List.of("b", "a")),
                arguments("AB-201 a number is none", 7, List.of()),
                arguments("AB-201 an object is none", Map.of("admin", "admin"), List.of()),
                arguments("AB-201 an array in the array is none", List.of("a", List.of("admin")), List.of("a")),
                arguments("AB-201 null in the array is none", Arrays.asList("a", null), List.of("a")),
                arguments("AB-202 *, ** and nothing are none", List.of("*", "**", "", " ", "a"), List.of("a")),
                arguments("AB-202 ROLE_ADMIN stands as it is", List.of("ROLE_ADMIN"), List.of("ROLE_ADMIN")),
                arguments("AB-203 a thousand are taken", groups(1_000), groups(1_000)),
                arguments("AB-205 no claim, no role", null, List.of()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("groups")
    void readsRoles(String what, Object sent, List<String> roles) {
        claim("groups", sent);

        var found = new ArrayList<>(Collections.checkedList(new ArrayList<String>(), String.class));
        ((List<?>) signedIn().getOrDefault("roles", List.of())).forEach(role -> found.add((String) role));

        assertEquals(roles.stream().sorted().toList(), found.stream().sorted().toList());
    }

    @Test
    @DisplayName("AB-204 an attribute that the user may write is no role unless it is mapped to Roles")
    void takesNoRoleFromACustomAttribute() {
        claim("custom:role", "admin");
        claim("roles", List.of("admin"));

        assertEquals(List.of(), signedIn().getOrDefault("roles", List.of()));
    }

    @Test
    void keepsExtraAttributesAsTheyStandInTheJson() {
        claim("extra", List.of("a", 1, true));
        claim("address", Map.of("locality", "Lima"));

        var attributes = (Map<?, ?>) signedIn().get("attributes");

        assertEquals(List.of("a", "1", "true"), attributes.get("Extra"));
        assertEquals(List.of("00417"), attributes.get("Member"));
        assertEquals(List.of("Lima"), attributes.get("City"));
    }

    @Test
    void leavesAnObjectOutOfTheAttributesWithAWarning() {
        claim("extra", Map.of("a", "b"));

        var attributes = (Map<?, ?>) signedIn().get("attributes");

        assertFalse(attributes.containsKey("Extra"));
        assertTrue(scene.log.lines().stream()
                .anyMatch(line -> line.startsWith("WARNING") && line.contains("left out of Extra")));
    }

    @ParameterizedTest(name = "AB-185 {0} in a name is only text")
    @ValueSource(strings = {"</pre><script>alert(1)</script>", "\"},{\"", "Zoë 李"})
    void aNameIsOnlyText(String name) {
        claim("given_name", name);

        assertEquals(name, signedIn().get("firstName"));
        assertFalse(scene.log.lines().toString().contains(name), "a name in the log");
    }
}
