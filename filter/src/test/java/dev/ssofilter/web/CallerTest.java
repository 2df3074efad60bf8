package dev.ssofilter.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.web.TargetUrl.Targets;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** who can follow a login page, from the headers as they come over the wire. */
class CallerTest {
    private static Container container;
    private static Container lenient;

    @BeforeAll
    static void start() throws Exception {
        container = Container.at("/");
        lenient = Container.lenient("/");
    }

    @AfterAll
    static void stop() throws Exception {
        container.close();
        lenient.close();
    }

    @ParameterizedTest(name = "R-07 {1} {2} is {3}: {0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a navigation                | GET  | Sec-Fetch-Mode: navigate ~ Sec-Fetch-Dest: document | PAGE
            in other letter case        | GET  | sec-fetch-mode: Navigate ~ SEC-FETCH-DEST: Document | PAGE
            from another site           | GET  | Sec-Fetch-Mode: navigate ~ Sec-Fetch-Dest: document ~ Sec-Fetch-Site: cross-site | PAGE
            whatever it accepts         | GET  | Sec-Fetch-Mode: navigate ~ Sec-Fetch-Dest: document ~ Accept: */* | PAGE
            the mode alone              | GET  | Sec-Fetch-Mode: navigate | PAGE
            the destination alone       | GET  | Sec-Fetch-Dest: document | PAGE
            Basic is a proxy's, R-48    | GET  | Accept: text/html ~ Authorization: Basic YTpi | PAGE
            an older browser            | GET  | Accept: text/html,application/xhtml+xml,*/*;q=0.8 | PAGE
            an older browser, TEXT/HTML | GET  | Accept: TEXT/HTML | PAGE
            an older browser, html last | GET  | Accept: application/xml, text/html;q=0.1 | PAGE
            curl                        | GET  | Accept: */* | OTHER
            a machine                   | GET  | `` | OTHER
            a script of an older browser| GET  | Accept: text/html ~ X-Requested-With: XMLHttpRequest | OTHER
            a page in an in-app browser | GET  | Sec-Fetch-Mode: navigate ~ Sec-Fetch-Dest: document ~ X-Requested-With: x | PAGE
            a JSON call                 | GET  | Accept: text/html ~ Content-Type: application/json | OTHER
            a JSON:API call             | GET  | Accept: text/html ~ Content-Type: Application/Vnd.Api+JSON | OTHER
            AB-026 a frame              | GET  | Sec-Fetch-Mode: navigate ~ Sec-Fetch-Dest: iframe ~ Accept: text/html | OTHER
            AB-026 an old frame         | GET  | Sec-Fetch-Mode: navigate ~ Sec-Fetch-Dest: frame ~ Accept: text/html | OTHER
            AB-026 an image             | GET  | Sec-Fetch-Mode: no-cors ~ Sec-Fetch-Dest: image ~ Accept: text/html | OTHER
            an object                   | GET  | Sec-Fetch-Mode: navigate ~ Sec-Fetch-Dest: object | OTHER
            an embedded one             | GET  | Sec-Fetch-Mode: navigate ~ Sec-Fetch-Dest: embed | OTHER
            fetch()                     | GET  | Sec-Fetch-Mode: cors ~ Sec-Fetch-Dest: empty ~ Accept: text/html | OTHER
            fetch() of the same origin  | GET  | Sec-Fetch-Mode: same-origin ~ Sec-Fetch-Dest: empty ~ Accept: text/html | OTHER
            fetch() as a document       | GET  | Sec-Fetch-Mode: cors ~ Sec-Fetch-Dest: document ~ Accept: text/html | OTHER
            a script file               | GET  | Sec-Fetch-Mode: no-cors ~ Sec-Fetch-Dest: script | OTHER
            mode alone, no navigation   | GET  | Sec-Fetch-Mode: cors ~ Accept: text/html | OTHER
            destination alone, no page  | GET  | Sec-Fetch-Dest: image ~ Accept: text/html | OTHER
            an empty mode               | GET  | Sec-Fetch-Mode: ~ Accept: text/html | OTHER
            R-44 a WebSocket            | GET  | Sec-Fetch-Mode: websocket ~ Sec-Fetch-Dest: empty ~ Connection: Upgrade ~ Upgrade: websocket | OTHER
            R-44 an older WebSocket     | GET  | Accept: text/html ~ Connection: Upgrade ~ Upgrade: websocket | OTHER
            R-44 server-sent events     | GET  | Accept: text/event-stream | OTHER
            R-44 and with metadata      | GET  | Sec-Fetch-Mode: cors ~ Sec-Fetch-Dest: empty ~ Accept: text/event-stream | OTHER
            R-48 Bearer                 | GET  | Sec-Fetch-Mode: navigate ~ Sec-Fetch-Dest: document ~ Authorization: Bearer x | OTHER
            R-48 bearer                 | GET  | Accept: text/html ~ Authorization: bearer x | OTHER
            AB-025 a prefetch           | GET  | Sec-Fetch-Mode: navigate ~ Sec-Fetch-Dest: document ~ Sec-Purpose: prefetch | OTHER
            AB-025 a prerender          | GET  | Sec-Fetch-Mode: navigate ~ Sec-Fetch-Dest: document ~ Sec-Purpose: prefetch;prerender | OTHER
            AB-025 an older prefetch    | GET  | Accept: text/html ~ Purpose: prefetch | OTHER
            a form                      | POST | Sec-Fetch-Mode: navigate ~ Sec-Fetch-Dest: document ~ Content-Type: application/x-www-form-urlencoded | FORM
            a form with a file          | POST | Sec-Fetch-Mode: navigate ~ Sec-Fetch-Dest: document ~ Content-Type: multipart/form-data | FORM
            an older browser's form     | POST | Accept: text/html ~ Content-Type: application/x-www-form-urlencoded | FORM
            a form in a frame           | POST | Sec-Fetch-Mode: navigate ~ Sec-Fetch-Dest: iframe | OTHER
            a posted JSON               | POST | Accept: text/html ~ Content-Type: application/json | OTHER
            a posted fetch()            | POST | Sec-Fetch-Mode: cors ~ Sec-Fetch-Dest: empty | OTHER
            a posted Bearer             | POST | Accept: text/html ~ Authorization: Bearer x | OTHER
            HEAD                        | HEAD | Sec-Fetch-Mode: navigate ~ Sec-Fetch-Dest: document | OTHER
            PUT                         | PUT  | Accept: text/html | OTHER
            AB-145 lower case           | get  | Sec-Fetch-Mode: navigate ~ Sec-Fetch-Dest: document | OTHER
            AB-145 a method of its own  | FOO  | Accept: text/html | OTHER
            AB-145 an override          | POST | Accept: */* ~ X-HTTP-Method-Override: GET | OTHER
            R-08 a preflight            | OPTIONS | Origin: https://other.example ~ Access-Control-Request-Method: PUT | PREFLIGHT
            no preflight, no origin     | OPTIONS | Access-Control-Request-Method: PUT | OTHER
            no preflight, no method     | OPTIONS | Origin: https://other.example | OTHER
            no preflight but a GET      | GET  | Origin: https://other.example ~ Access-Control-Request-Method: PUT ~ Accept: text/html | PAGE
            OPTIONS of a person         | OPTIONS | Accept: text/html | OTHER
            """)
    void tellsWhoCanFollowALoginPage(String what, String method, String headers, Caller expected) throws Exception {
        var caller = new AtomicReference<Caller>();
        var lines = headers.isEmpty() ? "" : headers.replace(" ~ ", "\r\n") + "\r\n";

        container.raw(
                method + " /orders HTTP/1.1\r\nHost: x\r\n" + lines + "Content-Length: 0\r\n\r\n",
                (request, response) -> caller.set(RequestClassifier.caller(request)));

        assertEquals(expected, caller.get(), what);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a page                  | GET  | Sec-Fetch-Mode: navigate ~ Sec-Fetch-Dest: document | true
            a page asked for ahead  | GET  | Sec-Purpose: prefetch ~ Sec-Fetch-Dest: document    | true
            a page by another mode  | GET  | Sec-Fetch-Mode: cors ~ Sec-Fetch-Dest: document     | true
            a page without metadata | GET  | Accept: text/html                                   | true
            an image                | GET  | Sec-Fetch-Mode: no-cors ~ Sec-Fetch-Dest: image     | false
            a frame                 | GET  | Sec-Fetch-Mode: navigate ~ Sec-Fetch-Dest: iframe   | false
            a form                  | POST | Sec-Fetch-Mode: navigate ~ Sec-Fetch-Dest: document | false
            """)
    void tellsWhatNoBrowserMustKeep(String what, String method, String headers, boolean page) throws Exception {
        var isPage = new AtomicReference<Boolean>();

        container.raw(
                method + " /orders HTTP/1.1\r\nHost: x\r\n" + headers.replace(" ~ ", "\r\n")
                        + "\r\nContent-Length: 0\r\n\r\n",
                (request, response) -> isPage.set(RequestClassifier.isPage(request)));

        assertEquals(page, isPage.get(), what);
    }

    @Test
    void takesPathAndQueryAsTheyStandInTheRequestLine() throws Exception {
        var targets = new Targets(new TargetUrl("/"), new RequestClassifier(SettingsOf.params(), ""));
        var target = new AtomicReference<TargetUrl>();

        container.get("/a%20b/%C3%A9?x=%2F&x=+&y", (request, response) -> target.set(targets.of(request)));

        assertEquals("/a%20b/%C3%A9?x=%2F&x=+&y", target.get().afterBase());
    }

    @ParameterizedTest(name = "AB-143 {0} is no path")
    @CsvSource({
        "X-Original-URL",
        "X-Rewrite-URL",
        "X-Forwarded-Uri",
        "X-Forwarded-Prefix",
        "X-Original-URI",
        "X-Forwarded-Path"
    })
    void takesNoPathFromAHeader(String header) throws Exception {
        var classifier = new RequestClassifier(SettingsOf.params("publicPaths", "/healthz"), "");
        var kind = new AtomicReference<RequestKind>();

        container.get(
                "/admin",
                (request, response) -> kind.set(classifier.kind(request.getRequestURI())),
                header + ": /healthz");

        assertEquals(RequestKind.PROTECTED, kind.get());
    }

    @ParameterizedTest(name = "AB-141 ?{0} changes nothing")
    @CsvSource({"x=/healthz", "/public/", "/sso/return", "../public/x"})
    void takesNoNoticeOfTheQuery(String query) throws Exception {
        assertEquals(RequestKind.PROTECTED, kind("GET", "/admin?" + query));
    }

    @ParameterizedTest(name = "AB-145 {0}")
    @CsvSource({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "get", "FOO"})
    void isTheSameForEveryMethod(String method) throws Exception {
        assertEquals(RequestKind.PROTECTED, kind(method, "/admin"));
        assertEquals(RequestKind.PUBLIC, kind(method, "/public/x"));
        assertEquals(RequestKind.RETURN, kind(method, "/sso/return"));
    }

    private static RequestKind kind(String method, String requestTarget) throws Exception {
        var classifier = new RequestClassifier(SettingsOf.params("publicPaths", "/public/*, /healthz"), "");
        var kind = new AtomicReference<RequestKind>();
        container.raw(
                method + " " + requestTarget + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n",
                (request, response) -> kind.set(classifier.kind(request.getRequestURI())));
        return kind.get();
    }

    @ParameterizedTest(name = "AB-144 {0}")
    @CsvSource({"ELB-HealthChecker/2.0", "GoogleHC/1.0", "kube-probe/1.30"})
    void takesNoNoticeOfTheUserAgent(String agent) throws Exception {
        var classifier = new RequestClassifier(SettingsOf.params("publicPaths", "/healthz"), "");
        var kind = new AtomicReference<RequestKind>();

        container.get(
                "/admin",
                (request, response) -> kind.set(classifier.kind(request.getRequestURI())),
                "User-Agent: " + agent);

        assertEquals(RequestKind.PROTECTED, kind.get());
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            AB-130 | /public/../admin
            AB-131 | /public/..;/admin
            AB-131 | /public;/../admin
            AB-132 | /;x/admin
            AB-133 | //admin
            AB-133 | /public//../admin
            AB-134 | /public/%2e%2e/admin
            AB-134 | /%61dmin
            AB-135 | /public%2f..%2fadmin
            AB-135 | /public/%252e%252e/admin
            AB-136 | /public/%u002e%u002e/admin
            AB-136 | /public/%c0%ae%c0%ae/admin
            AB-137 | /public\\..\\admin
            AB-137 | /public/%5c..%5cadmin
            AB-138 | /Public/../admin
            AB-139 | /admin%00
            AB-142 | /admin#/healthz
            AB-142 | /public/..#/x
            AB-147 | http://evil.example/public/../admin
            AB-136 | /public/%２ｅ%２ｅ/admin
            """)
    void protectsInALenientContainerToo(String id, String uri) throws Exception {
        var classifier = new RequestClassifier(SettingsOf.params("publicPaths", "/public/*, /healthz"), "");
        var kind = new AtomicReference<>(RequestKind.PROTECTED);

        var answer = lenient.get(uri, (request, response) -> kind.set(classifier.kind(request.getRequestURI())));

        assertTrue(answer.ran() || answer.status() == 400, id + ": " + answer);
        assertEquals(RequestKind.PROTECTED, kind.get(), id);
    }
}
