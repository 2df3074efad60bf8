package dev.ssofilter.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which rules the user of a decoded path must satisfy. */
class PathRulesTest {
    private static final PathRules RULES = PathRules.parse("""
            /* = members
            /admin/* = admins, staff
            /admin/help = members
            /admin/audit/* = auditors
            /reports = managers
            /Büro/* = office
            """);

    private static String at(PathRules rules, String path) {
        return rules.of(path).stream().map(rule -> rule.pattern().toString()).collect(Collectors.joining(" "));
    }

    @ParameterizedTest(name = "at {0} counts {1} alone")
    @CsvSource({
        "'', /*",
        "/, /*",
        "/orders, /*",
        "/admin, /admin/*",
        "/admin/users/7, /admin/*",
        "/administrators, /*",
        "/x/admin, /*",
        "/admin/help, /admin/help",
        "/admin/help/more, /admin/*",
        "/admin/audit, /admin/audit/*",
        "/admin/audit/2026, /admin/audit/*",
        "/reports, /reports",
        "/reports/7, /*",
        "/Büro/7, /Büro/*"
    })
    void theMostSpecificRuleCounts(String path, String rule) {
        assertEquals(rule, at(RULES, path));
    }

    @ParameterizedTest(name = "{0} \"{1}\" falls under each of {2}")
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                "AB-138, /ADMIN, /admin/* /*",
                "AB-138, /Admin/users, /admin/* /*",
                "AB-138, /admın/users, /admin/* /*",
                "AB-138, /admin/Help, /admin/help /admin/* /*",
                "AB-138, /admin/AUDIT/2026, /admin/audit/* /admin/* /*",
                "AB-138, /büro/7, /Büro/* /*",
                "AB-138, /Bu\u0308ro/7, /Büro/* /*",
                "AB-138, /reportſ, /reports /*",
                "AB-139, '/admin./users', /admin/* /*",
                "AB-139, '/admin /users', /admin/* /*",
                "AB-139, '/admin. . /users', /admin/* /*",
                "AB-139, '/admin/help.', /admin/help /admin/* /*",
                "AB-139, '/admin/help ', /admin/help /admin/* /*",
                "AB-139, /admin/help/, /admin/help /admin/* /*",
                "AB-139, /reports/, /reports /*",
                "AB-139, '/REPORTS. ', /reports /*",
                "AB-133, /.../admin/users, /admin/* /*"
            })
    void aPathThatIsNotPlainFallsUnderAllThatCouldBeMeant(String id, String path, String rules) {
        assertEquals(rules, at(RULES, path));
    }

    @Test
    void aPathCountsBeforeItsOwnPrefix() {
        var rules = PathRules.parse("/admin/* = staff; /admin = admins");

        assertEquals("/admin", at(rules, "/admin"));
        assertEquals("/admin/*", at(rules, "/admin/users"));
        assertTrue(PathRules.parse("/admin = admins").overrule(List.of(PathPattern.of("/admin/*")), "/admin"));
    }

    @Test
    void aPathWithoutARuleNeedsNone() {
        assertEquals("", at(PathRules.parse("/admin/* = admins"), "/orders"));
        assertEquals("", at(PathRules.parse("/ = admins"), "/orders"));
        assertEquals("/", at(PathRules.parse("/ = admins"), "/"));
        assertEquals("/", at(PathRules.parse("/ = admins"), ""));
        assertEquals(List.of(), PathRules.NONE.of("/orders"));
        assertTrue(PathRules.NONE.isEmpty());
    }

    @Test
    void readsLinesAndSemicolonsAlike() {
        var rules = PathRules.parse(" /a/* = x , y ;; /a=b = z\r\n\n").all();

        assertEquals(
                List.of("/a=b = z", "/a/* = x, y"),
                rules.stream().map(PathRule::toString).toList());
    }

    @ParameterizedTest(name = "{0} is closed where {1} is public")
    @CsvSource({"/admin/users, /*", "/ADMIN/users, /*", "/admin./users, /*", "/admin/audit/7, /admin/*", "/reports, /*"
    })
    void overrulesALessSpecificPattern(String path, String pattern) {
        assertTrue(RULES.overrule(List.of(PathPattern.of(pattern)), path));
    }

    @ParameterizedTest(name = "{0} stays open where {1} is public")
    @CsvSource({"/images/logo.png, /images/*", "/admin/users/7, /admin/users/*", "/admin/users, /admin/users"})
    void leavesAMoreSpecificPatternAlone(String path, String pattern) {
        assertFalse(RULES.overrule(List.of(PathPattern.of("/*"), PathPattern.of(pattern)), path));
    }

    @ParameterizedTest(name = "AB-150 refuses {0}")
    @ValueSource(
            strings = {
                "/admin/*",
                "= admins",
                "/admin/* =",
                "/admin/* = ,",
                "/admin/* = admins,",
                "/admin/* = *",
                "/admin/* = admins, **",
                "/admin/* admins",
                "admin/* = admins",
                "* = admins",
                "/** = admins",
                "*.jsp = admins",
                "/a//b = admins",
                "/a/../b = admins",
                "/a;b = admins",
                "/%61dmin = admins",
                "/a = x; /a = y",
                "/a/* = x; /A/* = y",
                "/a = x; /a/ = y"
            })
    void refusesWhatIsNoRule(String text) {
        var problem = Sources.least().init("pathRoles", text).problems();

        assertTrue(problem.get(0).startsWith("pathRoles (init-param pathRoles): got "), problem::toString);
        assertTrue(problem.get(0).contains("expected"), problem::toString);
    }

    @ParameterizedTest(name = "refuses a rule for {0}, which is the filter''s own")
    @ValueSource(strings = {"/sso/login", "/sso/logout", "/sso/me", "/sso/return/*", "/sso/*", "/healthz"})
    void refusesARuleForAnOwnPath(String pattern) {
        Sources.least()
                .init("healthPath", "/healthz")
                .init("pathRoles", pattern + " = admins")
                .onlyProblem("pathRoles", "\"" + pattern + "\"", "the filter's own");
    }

    @ParameterizedTest(name = "refuses the public path {0} with a rule for {1}")
    @CsvSource({"/admin/*, /admin/*", "/admin/*, /Admin/*", "/help, /help"})
    void refusesARuleForAPublicPath(String publicPath, String pattern) {
        Sources.least()
                .init("publicPaths", publicPath)
                .init("pathRoles", pattern + " = admins")
                .onlyProblem("pathRoles", "\"" + pattern + "\"", "publicPaths");
    }

    @Test
    void takesARuleForEverythingWithPublicPathsInIt() throws Exception {
        var settings = Sources.least()
                .init("publicPaths", "/images/*")
                .init("pathRoles", "/* = members")
                .read();

        assertEquals(1, settings.pathRoles().all().size());
        assertTrue(settings.banner().contains("pathRoles = /* = members (init-param pathRoles)"), settings::toString);
    }
}
