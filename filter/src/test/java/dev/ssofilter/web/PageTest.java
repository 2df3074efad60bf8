package dev.ssofilter.web;

import static dev.ssofilter.web.PageServer.between;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.user.Reason;
import dev.ssofilter.web.Page.Action;
import jakarta.servlet.http.Cookie;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PageTest {
    private static PageServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new PageServer();
    }

    @AfterAll
    static void stop() throws Exception {
        server.stop();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(Reason.class)
    void tellsEveryReasonInWords(Reason reason) throws Exception {
        var page = server.get(response ->
                Page.write(response, reason.status(), reason.name(), Optional.empty(), Optional.of("K3QX7M2P")));

        assertEquals(reason.status(), page.statusCode());
        assertTrue(between(page.body(), "<h1>", "</h1>").length() > 10, page.body());
        assertTrue(between(page.body(), "</h1>\n<p>", "</p>").length() > 30, page.body());
        assertTrue(page.body().contains("Reference: K3QX7M2P<"), page.body());
        assertTrue(page.body().contains("Reason: " + reason + "<"), page.body());
    }

    @Test
    void hasNoTextThatNoPageShows() {
        var shown = Arrays.stream(Reason.values()).map(Enum::name).collect(Collectors.toCollection(TreeSet::new));
        shown.addAll(Set.of("SIGN_OUT", "SIGNED_OUT"));

        var texts = ResourceBundle.getBundle("dev.ssofilter.web.texts", Locale.ROOT).keySet().stream()
                .filter(key -> !key.endsWith(".label"))
                .map(key -> key.replaceFirst("\\.(title|text|operator)$", ""))
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(shown, texts);
    }

    @Test
    void namesTheCauseOfALoopAndTheMissingSetting() throws Exception {
        var loop = server.get(response -> Page.write(response, 503, "LOGIN_LOOP", Optional.empty(), Optional.empty()));
        var missing = server.get(
                response -> Page.write(response, 503, "BASE_URL_MISSING", Optional.empty(), Optional.empty()));

        assertTrue(loop.body().contains("SameSite=Strict"), loop.body());
        assertTrue(missing.body().contains("Set baseUrl"), missing.body());
    }

    @Test
    void isNeverStoredSniffedFramedOrNamedToOthers() throws Exception {
        var page = server.get(response -> Page.write(response, 200, "SIGNED_OUT", Optional.empty(), Optional.empty()));

        assertEquals("text/html;charset=utf-8", header(page, "Content-Type").toLowerCase(Locale.ROOT));
        assertEquals("no-store", header(page, "Cache-Control"));
        assertEquals("nosniff", header(page, "X-Content-Type-Options"));
        assertEquals("DENY", header(page, "X-Frame-Options"));
        assertEquals("no-referrer", header(page, "Referrer-Policy"));
    }

    @Test
    void allowsItsOwnStyleByHashAndNothingElse() throws Exception {
        var page = server.get(response -> Page.write(response, 200, "SIGNED_OUT", Optional.empty(), Optional.empty()));

        var style = between(page.body(), "<style>", "</style>").getBytes(StandardCharsets.UTF_8);
        var hash = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(style));
        assertEquals(
                "default-src 'none'; style-src 'sha256-" + hash + "'; frame-ancestors 'none'; base-uri 'none'",
                header(page, "Content-Security-Policy"));
    }

    @Test
    void offersAWayOnAsALink() throws Exception {
        var signIn = Optional.<Action>of(new Action.Link("SIGN_IN", "https://members.example.org/portal/sso/login"));

        var page = server.get(response -> Page.write(response, 400, "LOGIN_EXPIRED", signIn, Optional.empty()));

        assertTrue(
                page.body().contains("href=\"https://members.example.org/portal/sso/login\">Sign in</a>"), page.body());
        assertFalse(page.body().contains("Reference"), page.body());
    }

    @Test
    void postsAButtonThatTheBrowserSignsWithItsOrigin() throws Exception {
        var signOut = Optional.<Action>of(new Action.Form("SIGN_OUT", "/portal/sso/logout"));

        var page = server.get(response -> Page.write(response, 200, "SIGN_OUT", signOut, Optional.empty()));

        assertTrue(page.body().contains("<form method=\"post\" action=\"/portal/sso/logout\">"), page.body());
        assertTrue(page.body().contains(">Sign out</button>"), page.body());
        assertEquals("same-origin", header(page, "Referrer-Policy"));
    }

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource(quoteCharacter = '`', textBlock = """
            <script>,      &lt;script&gt;
            "onclick="x,   &quot;onclick=&quot;x
            'x,            &#39;x
            &lt;,          &amp;lt;
            {style},       {style}
            $1\\,          $1\\
            """)
    void writesEveryTextAsText(String text, String written) throws Exception {
        var link = Optional.<Action>of(new Action.Link("SIGN_IN", "/" + text));
        var form = Optional.<Action>of(new Action.Form("SIGN_OUT", "/" + text));

        var linked = server.get(response -> Page.write(response, 500, "INTERNAL_ERROR", link, Optional.of(text)));
        var formed = server.get(response -> Page.write(response, 200, "SIGN_OUT", form, Optional.empty()));

        assertTrue(linked.body().contains("href=\"/" + written + "\">"), linked.body());
        assertTrue(linked.body().contains("Reference: " + written + "</p>"), linked.body());
        assertTrue(formed.body().contains("action=\"/" + written + "\">"), formed.body());
    }

    @Test
    void leavesWhatWasSetBefore() throws Exception {
        var spent = new Cookie("spent", "");
        spent.setMaxAge(0);

        var page = server.get(response -> {
            response.addCookie(spent);
            response.setHeader("Retry-After", "30");
            Page.write(response, 503, "USER_POOL_UNREACHABLE", Optional.empty(), Optional.empty());
        });

        assertTrue(header(page, "Set-Cookie").startsWith("spent="));
        assertEquals("30", header(page, "Retry-After"));
    }

    @Test
    void answersHeadWithTheHeadersAlone() throws Exception {
        var head = server.send(
                "HEAD", response -> Page.write(response, 200, "SIGNED_OUT", Optional.empty(), Optional.empty()));

        assertEquals(200, head.statusCode());
        assertEquals("no-store", header(head, "Cache-Control"));
        assertEquals("", head.body());
    }

    private static String header(HttpResponse<String> response, String name) {
        return String.join(" | ", response.headers().allValues(name));
    }
}
