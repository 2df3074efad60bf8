package dev.ssofilter.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the directory's roles are called in the application. */
class RoleNamesTest {
    private static final String MAP =
            "us-east-1_Ab3dEfGhI_Google = federated; staff-2024 = staff, people\nstaff-2025 = staff;"
                    + " CN=Board,OU=Groups = board";

    @ParameterizedTest(name = "with the prefix \"{0}\" the groups {1} become {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | \"staff-2024\" | staff;people",
                "'' | [\"staff-2024\", \"staff-2025\"] | staff;people",
                "'' | [\"us-east-1_Ab3dEfGhI_Google\", \"editors\"] | federated;editors",
                "'' | [\"CN=Board,OU=Groups\"] | board",
                "'' | [\"Staff-2024\", \"staff-2024 \"] | Staff-2024;staff-2024 ",
                "ROLE_ | [\"editors\", \"staff-2025\"] | ROLE_editors;staff",
                "ROLE_ | [\"staff\"] | ROLE_staff"
            })
    void namesRoles(String prefix, String groups, String roles) throws Exception {
        assertEquals(roles.strip(), String.join(";", roles(MAP, prefix, groups)).strip());
    }

    @ParameterizedTest(name = "AB-202 with a prefix {0} are no roles either")
    @ValueSource(strings = {"\"\"", "\"*\"", "[\"*\", \"**\", \"\", \" \"]"})
    void givesNoPrefixToWhatIsNoRole(String groups) throws Exception {
        assertEquals(List.of(), roles("a = b", "ROLE_", groups));
    }

    private static List<String> roles(String map, String prefix, String groups) throws Exception {
        var settings =
                Sources.least().init("roleMap", map).init("rolePrefix", prefix).read();
        var mapper = new ClaimMapper(
                ClaimsReader.fromText("External ID = sub @ ID Token; Roles = groups @ ID Token"), settings.roleNames());
        var claims = Json.object("{\"sub\": \"1\", \"groups\": " + groups + "}");
        return List.copyOf(mapper.principal("https://issuer.example", Map.of(Location.ID_TOKEN, claims))
                .getRoles());
    }

    @ParameterizedTest(name = "AB-202 refuses the roleMap {0}")
    @ValueSource(
            strings = {"a", "= b", "a =", "a = ,", "a = *", "a = b, **", "* = b", "** = b", "a = b; a = c", "a = b,"})
    void refusesWhatIsNoMap(String text) {
        Sources.least().init("roleMap", text).onlyProblem("roleMap (init-param roleMap): got ", "expected");
    }

    @Test
    void refusesAPrefixOfTwoLines() {
        Sources.least().init("rolePrefix", "a\nb").onlyProblem("rolePrefix", "one line");
    }

    @Test
    void tellsOfBothAtStart() throws Exception {
        var banner = Sources.least()
                .init("roleMap", "a = b")
                .init("rolePrefix", "ROLE_")
                .read()
                .banner();

        assertTrue(banner.contains("roleMap = a = b (init-param roleMap)"), banner::toString);
        assertTrue(banner.contains("rolePrefix = ROLE_ (init-param rolePrefix)"), banner::toString);
    }
}
