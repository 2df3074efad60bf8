package dev.ssofilter.containers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.ssofilter.Raw;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No byte of a protected resource without a session, in every container, strict or as kind as it can be made, however the
 * path is written: at {@code /} a servlet that answers whatever reaches it, at {@code /site} the container's own files.
 * Everything goes over a raw socket, as no HTTP client sends most of it.
 */
abstract class PathsSuite extends Suite {
    static final String SECRET = "the minutes of the board";
    static final String OPEN = "the opening hours";
    private static final String REACHED = "as REQUEST";

    static Stream<Arguments> protectedPaths() {
        return """
                AB-130 /public/../admin
                AB-130 /public/./../admin
                AB-130 /public/../admin/minutes.txt
                AB-130 /public/x/../../admin/minutes.txt
                AB-131 /public/..;/admin
                AB-131 /public;/../admin
                AB-131 /public/x;/../../admin
                AB-131 /public/..;x=y/admin/minutes.txt
                AB-132 /admin;jsessionid=1
                AB-132 /;x/admin
                AB-132 /admin;a=b/
                AB-132 /public/;x=/healthz
                AB-132 /healthz;x
                AB-132 /admin/minutes.txt;jsessionid=1
                AB-133 //admin
                AB-133 ///admin
                AB-133 /public//../admin
                AB-133 //public/hours.txt
                AB-133 /admin//minutes.txt
                AB-134 /public/%2e%2e/admin
                AB-134 /public/%2E%2e/admin/minutes.txt
                AB-134 /public/.%2e/admin
                AB-134 /%2e/admin
                AB-134 /%61dmin
                AB-134 /%61dmin/minutes.txt
                AB-135 /public%2f..%2fadmin
                AB-135 /public/..%2fadmin
                AB-135 /public/..%2Fadmin%2Fminutes.txt
                AB-135 /public/%252e%252e/admin
                AB-135 /public/..%252fadmin
                AB-135 /public%2fhours.txt
                AB-135 /healthz%2f..%2fadmin
                AB-136 /public/%u002e%u002e/admin
                AB-136 /public/%c0%ae%c0%ae/admin
                AB-136 /public/%e0%80%ae%e0%80%ae/admin
                AB-136 /public/..%c0%afadmin
                AB-136 /public/..%u2215admin
                AB-137 /public\\..\\admin
                AB-137 /public\\..\\admin\\minutes.txt
                AB-137 /public/%5c..%5cadmin
                AB-137 /public/..%5cadmin
                AB-138 /ADMIN
                AB-138 /Public/../admin
                AB-138 /Public/hours.txt
                AB-138 /HEALTHZ
                AB-139 /admin/
                AB-139 /admin.
                AB-139 /admin%20
                AB-139 /admin%00
                AB-139 /admin%0a
                AB-139 /admin/minutes.txt%00
                AB-139 /admin/minutes.txt.
                AB-139 /public/..%00/admin
                AB-139 /healthz%00
                AB-139 /healthz%0a
                AB-139 /healthz/
                AB-139 /healthz.
                AB-140 /healthzadmin
                AB-140 /publicity
                AB-140 /public.x
                AB-141 /admin?x=/healthz
                AB-141 /admin?/public/
                AB-141 /admin?/../public/hours.txt
                AB-142 /admin%23/healthz
                AB-142 /admin#/healthz
                AB-142 /public/..#/x
                AB-142 /admin%3f/healthz
                AB-148 /
                AB-148 ?
                AB-148 /index.html
                AB-148 /index.html/
                AB-148 /admin/index.html
                AB-148 *
                AB-149 /admin/minutes.txt
                AB-149 /admin
                AB-149 /admin/?minutes.txt
                AB-149 /WEB-INF/web.xml
                AB-149 /public/../WEB-INF/web.xml
                """.lines().map(line -> arguments((Object[]) line.split(" ")));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("protectedPaths")
    void showsNothingProtected(String id, String path) {
        assertHidden(path);
    }

    @ParameterizedTest(name = "{0} below another context path: {1}")
    @MethodSource("protectedPaths")
    void showsNothingProtectedInAnyContext(String id, String path) {
        for (var context : List.of("/site", "/public/../%73ite")) {
            assertHidden(context + path);
        }
    }

    private void assertHidden(String target) {
        var answer = Raw.get(site.port(), target);

        assertHidden(target, answer);
        assertStatus(target, answer, 301, 302, 400, 401, 404);
    }

    private void assertStatus(String targetOrHost, String answer, Integer... statuses) {
        var body = answer.substring(answer.indexOf("\r\n\r\n")).strip();
        container
                .ownAnswerTo(targetOrHost)
                .ifPresentOrElse(
                        own -> assertEquals(own, new Container.OwnAnswer(Raw.status(answer), body), targetOrHost),
                        () -> assertTrue(Set.of(statuses).contains(Raw.status(answer)), targetOrHost + ": " + answer));
    }

    private static void assertHidden(String target, String answer) {
        assertFalse(answer.contains(SECRET), target + ": " + answer);
        assertFalse(answer.contains(REACHED), target + ": " + answer);
        assertFalse(answer.contains("minutes.txt\""), target + " lists a folder: " + answer);
        assertFalse(answer.contains("<web-app"), target + ": " + answer);
        assertFalse(answer.contains("JSESSIONID"), target + ": " + answer);
    }

    @ParameterizedTest(name = "AB-140 {0}")
    @ValueSource(strings = {"/public/hours.txt", "/healthz", "/healthz?x=1", "/public/hours.txt?/admin"})
    void showsWhatIsPublic(String path) {
        var page = Raw.get(site.port(), path);
        var file = Raw.get(site.port(), "/site" + path);

        assertEquals(200, Raw.status(page), page);
        assertTrue(page.contains(REACHED), page);
        assertEquals(200, Raw.status(file), file);
        assertTrue(file.contains(OPEN), file);
    }

    @ParameterizedTest(name = "AB-140 {0}")
    @ValueSource(strings = {"/public", "/public/", "/public/%C3%BC", "/public/a%20b"})
    void servesEveryPathBelowAPublicOne(String path) {
        var page = Raw.get(site.port(), path);

        assertEquals(200, Raw.status(page), page);
        assertTrue(page.contains(REACHED), page);
    }

    @ParameterizedTest(name = "AB-148 {0}")
    @ValueSource(strings = {"/site", "/site/", "/site?x", "/site/?/public/"})
    void protectsAContextByItself(String target) {
        assertHidden(target);
    }

    @ParameterizedTest(name = "AB-143 {0}")
    @ValueSource(
            strings = {
                "X-Original-URL: /healthz",
                "X-Rewrite-URL: /healthz",
                "X-Override-URL: /public/x",
                "X-Original-URI: /healthz",
                "Content-Location: /healthz",
                "X-Servlet-Path: /public"
            })
    void doesNotLetAHeaderNameThePath(String header) {
        assertChallenged(header);
    }

    /** A header of a proxy shows that the request is not this machine's own, and no baseUrl is set here. */
    @ParameterizedTest(name = "AB-143 {0}")
    @ValueSource(
            strings = {
                "X-Forwarded-Uri: /healthz",
                "X-Forwarded-Path: /healthz",
                "X-Forwarded-Prefix: /healthz",
                "X-Forwarded-Prefix: /public"
            })
    void doesNotLetAProxyNameThePath(String header) {
        var answer = Raw.get(site.port(), "/admin", header);

        assertHidden(header, answer);
        assertEquals(503, Raw.status(answer), answer);
    }

    @ParameterizedTest(name = "AB-144 {0}")
    @ValueSource(
            strings = {"ELB-HealthChecker/2.0", "GoogleHC/1.0", "kube-probe/1.30", "Amazon-Route53-Health-Check-Service"
            })
    void knowsNoUserAgent(String agent) {
        assertChallenged("User-Agent: " + agent);
    }

    private void assertChallenged(String header) {
        for (var path : List.of("/admin", "/site/admin/minutes.txt")) {
            var answer = Raw.get(site.port(), path, header);

            assertHidden(path, answer);
            assertEquals(302, Raw.status(answer), answer);
            assertTrue(answer.contains("/oauth2/authorize?"), answer);
        }
    }

    @ParameterizedTest(name = "AB-145 {0}")
    @ValueSource(
            strings = {
                "HEAD",
                "POST",
                "PUT",
                "DELETE",
                "OPTIONS",
                "PATCH",
                "TRACE",
                "CONNECT",
                "PROPFIND",
                "get",
                "Get",
                "FOO"
            })
    void protectsForEveryMethod(String method) {
        var forbidden = method.equals("TRACE") && container.forbidsTrace();
        var expected = forbidden ? Set.of(403) : Set.of(400, 401, 405, 501);
        for (var path : List.of("/admin", "/site/admin/minutes.txt")) {
            for (var header : List.of("X-Any: 1", "X-HTTP-Method-Override: GET", "X-HTTP-Method: OPTIONS")) {
                var request = Raw.request(method, path, "Host: localhost", "Content-Length: 0", header);

                var answer = Raw.send(site.port(), request);

                assertHidden(path, answer);
                assertTrue(expected.contains(Raw.status(answer)), answer);
            }
        }
    }

    @ParameterizedTest(name = "AB-145 R-08 in place of GET the method {0}")
    @ValueSource(strings = {"X-HTTP-Method-Override: OPTIONS", "X-Method-Override: HEAD", "X-HTTP-Method: POST"})
    void takesNoMethodFromAHeader(String header) {
        assertChallenged(header);
    }

    @ParameterizedTest(name = "AB-146 R-08 to {0}")
    @ValueSource(strings = {"/admin", "/site/admin/minutes.txt"})
    void letsNoPreflightThrough(String path) {
        var body = "user=max";
        var request = Raw.request(
                "OPTIONS",
                path,
                "Host: localhost",
                "Origin: https://other.example",
                "Access-Control-Request-Method: PUT",
                "Access-Control-Request-Headers: X-Remote-User",
                "X-Remote-User: max",
                "Remote_User: max",
                "Content-Type: application/x-www-form-urlencoded",
                "Content-Length: " + body.length());

        var answer = Raw.send(site.port(), request + body);

        assertHidden(path, answer);
        assertEquals(401, Raw.status(answer), answer);
    }

    @ParameterizedTest(name = "AB-147 {0}")
    @ValueSource(
            strings = {
                "http://evil.example/admin",
                "http://evil.example/public/../admin",
                "http://localhost/public/../admin",
                "http://localhost/admin?/healthz",
                "http://localhost@evil.example/site/admin/minutes.txt",
                "http:///admin",
                "http://evil.example"
            })
    void readsThePathOfAnAbsoluteTargetAlike(String target) {
        var answer = Raw.get(site.port(), target);

        assertHidden(target, answer);
        assertStatus(target, answer, 302, 400, 421, 503);
        assertFalse(answer.contains("Location: http://evil.example"), answer);
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
        var answer = Raw.send(site.port(), Raw.request("GET", "/admin", host));

        assertHidden(host, answer);
        assertStatus(host, answer, 400, 503);
    }
}
