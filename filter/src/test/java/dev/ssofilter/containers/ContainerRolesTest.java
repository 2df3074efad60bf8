package dev.ssofilter.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.ssofilter.Raw;
import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendUserPool;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No byte of a path that needs a role for a user who is signed in without it, in every container, strict or as kind as it
 * can be made, however the path is written: at {@code /} a servlet that answers whatever reaches it, at {@code /site} the
 * container's own files. Everything goes over a raw socket, as no HTTP client sends most of it.
 */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.ssofilter.containers.Container#underTest")
class ContainerRolesTest {
    private static final String SECRET = "the minutes of the board";
    private static final String OPEN = "the opening hours";
    private static final String REACHED = "as REQUEST";

    @TempDir
    static Path folder;

    private static PretendUserPool pool;
    private static Site site;
    private static String pageCookie;
    private static String fileCookie;

    @Parameter
    Container container;

    @BeforeParameterizedClassInvocation
    static void start(Container container) {
        pool = PretendUserPool.start();
        var files = Map.of("index.html", OPEN, "hours.txt", OPEN, "admin/minutes.txt", SECRET);
        var roles = "/admin/* = admins";
        site = Site.of(
                container,
                folder.resolve(container.name()),
                pool,
                WebApplication.at("", pool, "pathRoles", roles),
                WebApplication.at("/site", pool, "pathRoles", roles).ofFiles(container, files));
        pageCookie = signedIn("/orders");
        fileCookie = signedIn("/site/hours.txt");
    }

    /** As Ana, who is a member and no admin. */
    private static String signedIn(String path) {
        var browser = new Browser();
        assertEquals(200, browser.logInFrom(site.at(path), pool.user()).status());
        return "Cookie: " + Site.SESSION + "=" + browser.cookies().get(Site.SESSION);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        site.close();
        pool.close();
    }

    static Stream<Arguments> spellings() {
        return """
                AB-130 /x/../admin
                AB-130 /./admin/minutes.txt
                AB-130 /x/../admin/minutes.txt
                AB-130 /admin/./minutes.txt
                AB-131 /x/..;/admin/minutes.txt
                AB-131 /admin;/minutes.txt
                AB-132 /admin;x
                AB-132 /admin;jsessionid=1/minutes.txt
                AB-132 /;x/admin/minutes.txt
                AB-132 /admin/minutes.txt;x
                AB-133 //admin
                AB-133 //admin/minutes.txt
                AB-133 /admin//minutes.txt
                AB-134 /%61dmin
                AB-134 /%61dmin/minutes.txt
                AB-134 /x/%2e%2e/admin/minutes.txt
                AB-134 /%2e/admin/minutes.txt
                AB-135 /admin%2f..
                AB-135 /admin%2fminutes.txt
                AB-135 /x%2f..%2fadmin%2fminutes.txt
                AB-135 /x/..%252fadmin/minutes.txt
                AB-136 /%u0061dmin/minutes.txt
                AB-136 /x/%c0%ae%c0%ae/admin/minutes.txt
                AB-136 /admin%c0%ae
                AB-136 /admin%c0%afminutes.txt
                AB-136 /%c1%a1dmin/minutes.txt
                AB-137 /admin\\minutes.txt
                AB-137 /x\\..\\admin\\minutes.txt
                AB-137 /admin%5cminutes.txt
                AB-138 /ADMIN
                AB-138 /Admin/minutes.txt
                AB-138 /adm%C4%B1n/minutes.txt
                AB-139 /admin/
                AB-139 /admin.
                AB-139 /admin./minutes.txt
                AB-139 /admin%20
                AB-139 /admin%20/minutes.txt
                AB-139 /admin%00
                AB-139 /admin%0a
                AB-139 /admin/minutes.txt%00
                AB-139 /admin/minutes.txt.
                AB-139 /admin/minutes.txt/
                AB-141 /admin/minutes.txt?/hours.txt
                AB-142 /admin#/hours.txt
                AB-142 /admin/minutes.txt#
                AB-149 /admin
                AB-149 /admin/minutes.txt
                """.lines().map(line -> arguments((Object[]) line.split(" ")));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("spellings")
    void showsNothingToWhoLacksTheRole(String id, String path) {
        assertHidden(path, pageCookie);
        assertHidden("/site" + path, fileCookie);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "/site;x/admin/minutes.txt",
                "/%73ite/admin/minutes.txt",
                "//site/admin/minutes.txt",
                "/x/../site/admin/minutes.txt",
                "/x/..%2fsite/admin/minutes.txt",
                "/./site/admin/minutes.txt",
                "/site/../site/admin/minutes.txt",
                "http://evil.example/site/admin/minutes.txt",
                "http://localhost/site;x/admin/minutes.txt"
            })
    void showsNothingWhereTheContextPathIsWrittenOddly(String target) {
        assertHidden(target, fileCookie);
    }

    private static void assertHidden(String target, String cookie) {
        var answer = Raw.get(site.port(), target, cookie);

        assertFalse(answer.contains(SECRET), target + ": " + answer);
        assertFalse(answer.contains(REACHED), target + ": " + answer);
        assertFalse(answer.contains("minutes.txt\""), target + " lists a folder: " + answer);
        assertTrue(Set.of(301, 302, 400, 403, 404, 503).contains(Raw.status(answer)), target + ": " + answer);
    }

    @Test
    void showsAllElse() {
        assertEquals(200, Raw.status(Raw.get(site.port(), "/administrators", pageCookie)));
        assertTrue(Raw.get(site.port(), "/site/hours.txt", fileCookie).contains(OPEN));
        assertEquals(403, Raw.status(Raw.get(site.port(), "/admin", pageCookie)));
        assertEquals(403, Raw.status(Raw.get(site.port(), "/site/admin/minutes.txt", fileCookie)));
    }

    @Test
    void showsThePathToWhoHasTheRole() {
        var page = new Browser().logInFrom(site.at("/admin"), pool.admin());
        var file = new Browser().logInFrom(site.at("/site/admin/minutes.txt"), pool.admin());

        assertTrue(page.body().contains(REACHED), page.body());
        assertTrue(file.body().contains(SECRET), file.body());
    }
}
