package dev.ssofilter;

import static dev.ssofilter.Answers.assertOurs;
import static dev.ssofilter.Answers.assertPage;
import static dev.ssofilter.Answers.assertProblem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendUserPool;
import dev.ssofilter.user.Reason;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths that need a role: who has it comes in, who lacks it is told so and is sent nowhere. */
class PathRolesTest {
    private static final String RULES = "/admin/* = admins, staff; /audit = auditors";

    private final Scene scene = Scene.with("pathRoles", RULES);

    @AfterEach
    void stop() {
        scene.close();
    }

    private Browser.Answer navigate(String path) {
        return scene.browser.navigate(scene.application.uri(path));
    }

    /** As Ana, who is a member and nothing else. */
    private void signIn() {
        assertEquals(200, scene.logIn().status());
        scene.log.clear();
    }

    @Test
    void letsAUserWithTheRoleIn() {
        var page = scene.browser.logInFrom(scene.application.uri("/admin/users"), scene.pool.admin());

        assertEquals(200, page.status());
        assertEquals(scene.application.uri("/admin/users"), page.uri());
        assertEquals(200, navigate("/admin").status());
        assertEquals(200, navigate("/orders").status());
    }

    @Test
    @DisplayName("AB-205 shows a page to who lacks the role, before and after a login, and redirects nobody")
    void showsAPageToWhoLacksTheRole() {
        scene.pool.user().groups();
        var first = scene.browser.logInFrom(scene.application.uri("/admin/users"), scene.pool.user());
        var asked = scene.pool.requests().size();
        var second = navigate("/admin/users");

        assertPage(Reason.ROLE_REQUIRED, first);
        assertEquals(scene.application.uri("/admin/users"), first.uri());
        assertPage(Reason.ROLE_REQUIRED, second);
        assertFalse(second.header("WWW-Authenticate").isPresent());
        assertEquals(List.of(), second.setCookies());
        assertEquals(asked, scene.pool.requests().size(), "the provider is not bothered");
        assertEquals(0, scene.reached());
        assertEquals(200, navigate("/orders").status(), "still signed in");
    }

    @Test
    void offersToSignOutAndUseAnotherAccount() {
        signIn();
        var refused = navigate("/admin");

        var out = scene.browser.followAll(scene.browser.submitForm(refused, Map.of()));
        var page = scene.browser.logInFrom(scene.application.uri("/admin"), scene.pool.admin());

        assertTrue(refused.body().contains(">Sign out</button>"), refused.body());
        assertFalse(refused.body().contains("/sso/login"), "signing in again is no way out");
        assertEquals("same-origin", refused.header("Referrer-Policy").orElse(""));
        assertEquals(scene.application.uri("/sso/signed-out"), out.uri());
        assertEquals(200, page.status(), page.body());
    }

    @Test
    void tellsAScriptInAProblemDocumentAndAFormOnAPage() {
        signIn();
        var uri = scene.application.uri("/admin/users");
        var script = assertProblem(Reason.ROLE_REQUIRED, scene.browser.fetch(uri));
        var put = scene.browser.request("PUT", uri, "x", "Accept", "text/html");
        var form = scene.browser.request(
                "POST", uri, "a=b", "Accept", "text/html", "Content-Type", "application/x-www-form-urlencoded");

        assertEquals(Set.of("title", "status", "reason", "reference"), script.keySet(), "no loginUrl");
        assertProblem(Reason.ROLE_REQUIRED, put);
        assertPage(Reason.ROLE_REQUIRED, form);
        assertEquals(1, scene.reached(), "the first page after the login");
    }

    @ParameterizedTest(name = "AB-145 whatever the method: {0}")
    @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "FOO"})
    void asksForTheRoleWhateverTheMethod(String method) {
        signIn();

        assertEquals(
                403,
                scene.browser
                        .request(method, scene.application.uri("/admin"), "")
                        .status());
        assertEquals(1, scene.reached());
    }

    @Test
    void sendsWhoIsNotSignedInToSignIn() {
        assertEquals(302, navigate("/admin").status());
        assertEquals(302, navigate("/ADMIN").status());
        assertProblem(Reason.LOGIN_REQUIRED, scene.browser.fetch(scene.application.uri("/admin")));
    }

    @Test
    void namesTheRolesInOneLogLineAndNobody() {
        signIn();
        navigate("/admin/ana@example.org?q=secret");

        var lines = scene.log.failures();
        assertEquals(1, lines.size(), lines::toString);
        assertTrue(
                lines.get(0)
                        .matches(
                                "INFO login failed reason=ROLE_REQUIRED ref=[0-9A-V]{8}; the user has none of the roles"
                                        + " that pathRoles wants: /admin/\\* = admins, staff"),
                lines::toString);
    }

    @Test
    @DisplayName("AB-209 asks for no role on a FORWARD, and none of the filter's own paths")
    void asksOnRequestDispatchesAlone() {
        try (var application = Application.with(scene.pool)
                .set("pathRoles", "/* = admins", "publicPaths", "/public/*")
                .servlet("/public/door", (request, response) -> request.getRequestDispatcher("/admin/room")
                        .forward(request, response))
                .start()) {
            assertPage(Reason.ROLE_REQUIRED, scene.browser.logInFrom(application.uri("/orders"), scene.pool.user()));

            var forwarded = scene.browser.navigate(application.uri("/public/door"));

            assertEquals(200, forwarded.status());
            assertTrue(forwarded.body().contains("page /admin/room"), forwarded.body());
            assertEquals(200, scene.browser.fetch(application.uri("/sso/me")).status());
            assertEquals(
                    200,
                    scene.browser.navigate(application.uri("/sso/signed-out")).status());
            assertEquals(
                    303,
                    scene.browser.navigate(application.uri("/sso/login")).status(),
                    "to the default target, which then says what is missing");
        }
    }

    @Test
    void forwardsToTheApplicationsOwnPageWithoutALoginUrl() {
        try (var application = Application.with(scene.pool)
                .set("pathRoles", RULES, "failurePage", "/oops")
                .servlet("/oops", (request, response) -> {
                    for (var name : new String[] {"reason", "loginUrl"}) {
                        response.getWriter().println(name + " " + request.getAttribute("dev.ssofilter." + name));
                    }
                })
                .start()) {
            var page = scene.browser.logInFrom(application.uri("/admin"), scene.pool.user());

            assertEquals(403, page.status());
            assertOurs(page);
            assertTrue(page.body().contains("reason ROLE_REQUIRED"), page.body());
            assertTrue(page.body().contains("loginUrl null"), page.body());
        }
    }

    @Test
    @DisplayName("AB-207 a role that is gone at the provider is gone with the next login")
    void asksForTheRolesOfTheLastLogin() {
        scene.pool.user().groups("staff");
        assertEquals(200, scene.logIn().status());
        scene.pool.user().groups("members");

        assertEquals(200, navigate("/admin").status());
        scene.browser.clearCookies();
        scene.logIn();

        assertPage(Reason.ROLE_REQUIRED, navigate("/admin"));
    }

    @Test
    @DisplayName("AB-202 asks for the roles that roleMap and rolePrefix made, not for groups")
    void asksForTheRolesOfTheApplication() {
        try (var pool = PretendUserPool.start();
                var application = Application.of(
                        pool, "pathRoles", "/admin/* = staff", "roleMap", "team-7 = staff", "rolePrefix", "group:")) {
            pool.user().groups("staff", "members");
            pool.admin().groups("team-7", "members");
            var pretender = new Browser();
            var colleague = new Browser();

            assertPage(Reason.ROLE_REQUIRED, pretender.logInFrom(application.uri("/admin"), pool.user()));
            var page = colleague.logInFrom(application.uri("/admin"), pool.admin());

            assertEquals(200, page.status());
            assertTrue(page.body().contains("roles [staff, group:members]"), page.body());
            var orders = pretender.navigate(application.uri("/orders"));
            assertTrue(orders.body().contains("roles [group:staff, group:members]"), orders.body());
        }
    }
}
