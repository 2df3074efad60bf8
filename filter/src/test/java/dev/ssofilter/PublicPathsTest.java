package dev.ssofilter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.PretendUserPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.DefaultServlet;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No byte of a protected resource without a session, however its path is written and however kind the server is. */
class PublicPathsTest {
    private static final String SECRET = "the minutes of the board";
    private static final String OPEN = "the opening hours";

    @TempDir
    private static Path files;

    private static final PretendUserPool POOL = PretendUserPool.start();
    private static Application strict;
    private static Application lenient;
    private static Application inContext;

    @BeforeAll
    static void start() throws IOException {
        Files.createDirectories(files.resolve("open"));
        Files.createDirectories(files.resolve("admin"));
        Files.writeString(files.resolve("open/hours.txt"), OPEN);
        Files.writeString(files.resolve("admin/minutes.txt"), SECRET);
        strict = usual().start();
        lenient = usual().lenient().start();
        inContext = usual().at("/portal").lenient().start();
    }

    @AfterAll
    static void stop() {
        strict.close();
        lenient.close();
        inContext.close();
        POOL.close();
    }

    private static Application.Setup usual() {
        return Application.with(POOL)
                .set("publicPaths", "/public/*, /healthz, /files/open/*")
                .also(context -> {
                    var holder = new ServletHolder("files", DefaultServlet.class);
                    holder.setInitParameter("baseResource", files.toString());
                    holder.setInitParameter("dirAllowed", "true");
                    holder.setInitParameter("pathInfoOnly", "true");
                    context.addServlet(holder, "/files/*");
                });
    }

    static Stream<String> protectedPaths() {
        return Stream.of(
                // AB-130, AB-131, AB-132
                "/public/../admin",
                "/public/./../admin",
                "/public/..;/admin",
                "/public;/../admin",
                "/public/x;/../../admin",
                "/admin;jsessionid=1",
                "/;x/admin",
                "/admin;a=b/",
                "/public/;x=/healthz",
                "/healthz;x",
                // AB-133 to AB-137
                "//admin",
                "///admin",
                "/public//../admin",
                "//public/x",
                "/public/%2e%2e/admin",
                "/public/%2E%2e/admin",
                "/%2e/admin",
                "/%61dmin",
                "/public/.%2e/admin",
                "/public%2f..%2fadmin",
                "/public/..%2fadmin",
                "/public/%252e%252e/admin",
                "/public/..%252fadmin",
                "/public/%u002e%u002e/admin",
                "/public/%c0%ae%c0%ae/admin",
                "/public/%e0%80%ae%e0%80%ae/admin",
                "/public\\..\\admin",
                "/public/%5c..%5cadmin",
                "/public/..%5cadmin",
                // AB-138, AB-139, AB-140
                "/ADMIN",
                "/Public/../admin",
                "/Public/x",
                "/HEALTHZ",
                "/admin/",
                "/admin.",
                "/admin%20",
                "/admin%00",
                "/admin%0a",
                "/public/..%00/admin",
                "/healthz%00",
                "/healthz%0a",
                "/healthz/",
                "/healthz.",
                "/healthzadmin",
                "/publicity",
                "/public%2fx",
                "/healthz%2f..%2fadmin",
                // AB-141, AB-142
                "/admin?x=/healthz",
                "/admin?/public/",
                "/admin?/../public/x",
                "/admin%23/healthz",
                "/admin#/healthz",
                "/admin%3f/healthz",
                // AB-148, AB-149
                "/",
                "",
                "/files/admin/minutes.txt",
                "/files/",
                "/files/open/../admin/minutes.txt",
                "/files/open/%2e%2e/admin/minutes.txt",
                "/files/open/..%2fadmin/minutes.txt",
                "/files/open/..;/admin/minutes.txt",
                "/files/open//../admin/minutes.txt",
                "/files/open/..\\admin\\minutes.txt",
                "/files/admin/minutes.txt%00",
                "/files/admin//minutes.txt",
                "/files/open/../../files/admin/minutes.txt");
    }

    @ParameterizedTest(name = "AB-130 to AB-149 {0}")
    @MethodSource("protectedPaths")
    void showsNothingProtected(String path) {
        for (var application : List.of(strict, lenient)) {
            var before = application.reached();

            var answer = Raw.get(application.port(), path.isEmpty() ? "?" : path);

            assertHidden(answer);
            assertEquals(before, application.reached(), answer);
        }
    }

    @ParameterizedTest(name = "in a context: {0}")
    @MethodSource("protectedPaths")
    void showsNothingProtectedInAContext(String path) {
        for (var written : List.of("/portal" + path, "/%70ortal" + path, "//portal" + path, "/x/../portal" + path)) {
            var before = inContext.reached();

            var answer = Raw.get(inContext.port(), written);

            assertHidden(answer);
            assertEquals(before, inContext.reached(), answer);
        }
    }

    private static void assertHidden(String answer) {
        assertFalse(answer.contains(SECRET), answer);
        assertFalse(answer.contains("minutes.txt\""), "no directory listing: " + answer);
        assertTrue(Set.of(301, 302, 400, 401, 404, 414, 421).contains(Raw.status(answer)), answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/public",
                "/public/",
                "/public/x/y",
                "/healthz",
                "/healthz?x=1",
                "/public/%C3%BC",
                "/public/a%20b"
            })
    void showsWhatIsPublic(String path) {
        for (var application : List.of(strict, lenient)) {
            assertEquals(200, Raw.status(Raw.get(application.port(), path)), path);
        }
        assertEquals(200, Raw.status(Raw.get(inContext.port(), "/portal" + path)), path);
    }

    @Test
    void showsAPublicFile() {
        assertTrue(Raw.get(strict.port(), "/files/open/hours.txt").contains(OPEN));
    }

    @ParameterizedTest(name = "AB-143, AB-144 {0}")
    @ValueSource(
            strings = {
                "X-Original-URL: /healthz",
                "X-Rewrite-URL: /healthz",
                "X-Override-URL: /public/x",
                "User-Agent: ELB-HealthChecker/2.0",
                "X-HTTP-Method-Override: OPTIONS",
                "Content-Location: /healthz"
            })
    void doesNotLetAHeaderNameThePath(String header) {
        var before = lenient.reached();

        var answer = Raw.get(lenient.port(), "/admin", header);

        assertEquals(302, Raw.status(answer), answer);
        assertEquals(before, lenient.reached());
    }

    @ParameterizedTest(name = "AB-147 {0}")
    @ValueSource(
            strings = {
                "http://evil.example/admin",
                "http://localhost/public/../admin",
                "http://localhost/admin?/healthz"
            })
    void readsThePathOfAnAbsoluteTargetAlike(String target) {
        for (var application : List.of(strict, lenient)) {
            var before = application.reached();

            var answer = Raw.get(application.port(), target);

            assertTrue(Set.of(302, 400, 421, 503).contains(Raw.status(answer)), answer);
            assertFalse(answer.contains("Location: http://evil.example"), answer);
            assertEquals(before, application.reached());
        }
    }

    @ParameterizedTest(name = "AB-157 {0}")
    @ValueSource(
            strings = {
                "Host: localhost\r\nHost: evil.example",
                "Host:",
                "Host: localhost/x",
                "Host: localhost@evil.example",
                "X-No-Host: 1"
            })
    void refusesAHostThatIsNone(String host) {
        var answer = Raw.send(strict.port(), Raw.request("GET", "/admin", host));

        assertTrue(Set.of(400, 503).contains(Raw.status(answer)), answer);
    }

    @Test
    void makesSigningInOptionalEverywhereWhereAllIsPublic() {
        try (var open = Application.of(POOL, "publicPaths", "/*")) {
            assertEquals(200, Raw.status(Raw.get(open.port(), "/anything")));
            assertEquals(302, Raw.status(Raw.get(open.port(), "/sso/login")), "own paths stay ours");
        }
    }
}
