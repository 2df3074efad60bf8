package dev.ssofilter.web;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code pathRoles} against raw URIs: however a path is written, it never slips past its rule. */
class RequiredRolesTest {
    private static final String RULES = "/admin/* = admins, staff; /audit = auditors";
    private static final RequestClassifier PORTAL =
            new RequestClassifier(SettingsOf.params("pathRoles", RULES, "publicPaths", "/public/*"), "/portal");
    private static final RequestClassifier ROOT =
            new RequestClassifier(SettingsOf.params("pathRoles", RULES, "publicPaths", "/public/*"), "");

    private static void check(RequestClassifier classifier, String uri, String... roles) throws LoginFailedException {
        classifier.requireRole(uri, Set.of(roles));
    }

    private static String refusal(RequestClassifier classifier, String uri, String... roles) {
        var refusal = assertThrows(LoginFailedException.class, () -> check(classifier, uri, roles), uri);
        assertEquals(Reason.ROLE_REQUIRED, refusal.reason());
        return String.valueOf(refusal.getMessage());
    }

    @ParameterizedTest(name = "{0} needs one of the roles of its rule")
    @ValueSource(strings = {"/portal/admin", "/portal/admin/users/7", "/portal/admin/a%20b", "/portal/admin/%c3%bc"})
    void needsOneOfTheRoles(String uri) {
        assertDoesNotThrow(() -> check(PORTAL, uri, "admins"));
        assertDoesNotThrow(() -> check(PORTAL, uri, "members", "staff"));
        assertTrue(refusal(PORTAL, uri, "members").endsWith("wants: /admin/* = admins, staff"));
        refusal(PORTAL, uri);
        refusal(PORTAL, uri, "auditors");
        refusal(PORTAL, uri, "Admins");
    }

    @ParameterizedTest(name = "{0} needs a user alone")
    @ValueSource(strings = {"/portal", "/portal/", "/portal/orders", "/portal/administrators", "/portal/audit/7"})
    void needsNoRoleElsewhere(String uri) {
        assertDoesNotThrow(() -> check(PORTAL, uri));
    }

    @ParameterizedTest(name = "{0} {1} needs a role of every rule")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            AB-130 | /x/../admin
            AB-130 | /./admin
            AB-130 | /orders/.
            AB-131 | /..;/admin
            AB-132 | /admin;x
            AB-132 | /;x/admin
            AB-132 | /orders;jsessionid=1
            AB-133 | //admin
            AB-133 | /orders//admin
            AB-134 | /%61dmin
            AB-134 | /x/%2e%2e/admin
            AB-135 | /admin%2f..
            AB-135 | /x%2f..%2fadmin
            AB-135 | /x/%252e%252e/admin
            AB-136 | /%c0%ae%c0%ae/admin
            AB-136 | /admin%c0%ae
            AB-136 | /%u0061dmin
            AB-136 | /%zz
            AB-136 | /%
            AB-136 | /%ff
            AB-137 | /x\\..\\admin
            AB-137 | /admin%5cusers
            AB-139 | /admin%00
            AB-139 | /admin%0a
            """)
    void needsEveryRoleWhereThePathCanBeReadInTwoWays(String id, String path) {
        for (var uri : new String[] {"/portal" + path, path}) {
            var classifier = uri.startsWith("/portal") ? PORTAL : ROOT;

            assertDoesNotThrow(() -> check(classifier, uri, "staff", "auditors"), id);
            refusal(classifier, uri, "members");
            refusal(classifier, uri, "auditors");
            assertTrue(refusal(classifier, uri, "admins").contains("/audit = auditors; the path could be read"), id);
        }
    }

    @ParameterizedTest(name = "{0} does not begin with the context path as deployed")
    @ValueSource(
            strings = {
                "/admin",
                "/orders",
                "/Portal/orders",
                "/portals/orders",
                "/portal;x/orders",
                "/%70ortal/orders",
                "//portal/orders",
                "/./portal/orders",
                "portal/orders",
                "*"
            })
    void needsEveryRoleOutsideTheContextPath(String uri) {
        assertDoesNotThrow(() -> check(PORTAL, uri, "admins", "auditors"));
        refusal(PORTAL, uri, "admins");
    }

    @ParameterizedTest(name = "{0} {1} needs the roles of the rule that could be meant")
    @CsvSource({
        "AB-138, /portal/ADMIN/users",
        "AB-139, /portal/admin./users",
        "AB-139, /portal/admin%20/users",
        "AB-139, /portal/admin%20"
    })
    void needsTheRolesOfTheRuleThatCouldBeMeant(String id, String uri) {
        assertDoesNotThrow(() -> check(PORTAL, uri, "admins"));
        assertTrue(refusal(PORTAL, uri, "auditors").contains("the path could be read"));
    }

    @ParameterizedTest(name = "{0} is {1} where all is public but what has a rule")
    @CsvSource({
        "/orders, PUBLIC",
        "/administrators, PUBLIC",
        "/admin, PROTECTED",
        "/admin/users, PROTECTED",
        "/ADMIN/users, PROTECTED",
        "/admin%20/users, PROTECTED",
        "/audit, PROTECTED",
        "/audit/, PROTECTED",
        "/audit/7, PUBLIC",
        "/admin/logo.png, PUBLIC",
        "/admin/LOGO.png, PROTECTED"
    })
    void protectsWhatHasARuleWhereAllElseIsPublic(String uri, RequestKind kind) {
        var open =
                new RequestClassifier(SettingsOf.params("publicPaths", "/*, /admin/logo.png", "pathRoles", RULES), "");

        assertEquals(kind, open.kind(uri));
    }

    @Test
    @DisplayName("a rule for everything leaves own and public paths as they are")
    void leavesOwnAndPublicPathsAlone() {
        var all = new RequestClassifier(SettingsOf.params("publicPaths", "/public/*", "pathRoles", "/* = members"), "");

        assertEquals(RequestKind.PUBLIC, all.kind("/public/x"));
        assertEquals(RequestKind.LOGOUT, all.kind("/sso/logout"));
        assertEquals(RequestKind.PROTECTED, all.kind("/orders"));
        refusal(all, "/orders", "admins");
        refusal(all, "/PUBLIC/x", "admins");
    }

    @Test
    void namesNobodyAndNoPathInItsMessage() {
        var message = refusal(PORTAL, "/portal/admin/ana@example.org", "members");

        assertFalse(message.contains("ana@example.org") || message.contains("members"), message);
    }
}
