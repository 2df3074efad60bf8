package dev.ssofilter.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrowserTest {
    private final PretendUserPool pool = PretendUserPool.start();
    private final PretendUserPool application = PretendUserPool.start();
    private final Browser browser = new Browser();

    @AfterEach
    void close() {
        pool.close();
        application.close();
    }

    @Test
    void signsInFromTheApplicationBackToTheApplication() {
        pool.client().allowCallback(onLocalhost("/return").toString());
        application
                .next()
                .answer("/members", PretendAnswer.redirect(authorize("").toString()));
        application.next().answer("/return", PretendAnswer.redirect("/members?a=b"));
        application.next().answer("/members", PretendAnswer.of(200, "text/plain", "hello"));

        Browser.Answer answer = browser.logInFrom(onLocalhost("/members"), pool.user());

        assertEquals("hello", answer.body());
        assertEquals(onLocalhost("/members?a=b"), answer.uri());
        assertEquals("none", fetchSite(application.requests("/members").get(0)));
        assertEquals("same-origin", fetchSite(pool.requests("/login").get(1)));
        assertEquals("cross-site", fetchSite(application.requests("/return").get(0)));
        assertEquals("cross-site", fetchSite(application.requests("/members").get(1)));
    }

    @Test
    void postsTheAnswerOfAFormPostPageWithoutLaxCookies() {
        pool.knobs().formPost();
        pool.client().allowCallback(onLocalhost("/return").toString());
        browser.addCookie(onLocalhost("/"), "lax=1");
        browser.addCookie(onLocalhost("/"), "none=1; Secure; SameSite=None");
        application.next().answer("/return", PretendAnswer.of(200, "text/plain", "hello"));

        Browser.Answer answer = browser.logIn(
                browser.navigate(authorize("&response_mode=form_post")),
                "ana@example.org",
                pool.user().password());

        assertEquals("hello", answer.body());
        PretendRequest posted = application.requests("/return").get(0);
        assertEquals("s", posted.parameter("state").orElseThrow());
        assertEquals("none=1", posted.header("Cookie").orElseThrow());
        assertEquals(pool.domain().toString(), posted.header("Origin").orElseThrow());
    }

    @Test
    void stopsAtTheLoginPageAfterAWrongPassword() {
        pool.client().allowCallback(onLocalhost("/return").toString());

        assertEquals(
                "/login",
                browser.logInFrom(authorize(""), "ana@example.org", "wrong")
                        .uri()
                        .getPath());
    }

    @Test
    void followsNothingByItself() {
        application.next().answer("/a", PretendAnswer.redirect("/b"));

        Browser.Answer answer = browser.navigate(onLocalhost("/a"));

        assertEquals(302, answer.status());
        assertEquals(onLocalhost("/b"), answer.location().orElseThrow());
        assertThrows(IllegalStateException.class, () -> browser.follow(browser.get(onLocalhost("/b"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=1",
                "a=1; Secure",
                "__Host-a=1; Secure; Path=/",
                "__Secure-a=1; Secure",
                "a=1; Domain=localhost",
                "a=\"x\"; Max-Age=5"
            })
    void keepsACookieThatChromiumKeepsOnLoopback(String line) {
        browser.addCookie(onLocalhost("/x/y"), line);

        assertEquals(line.substring(0, line.contains(";") ? line.indexOf(';') : line.length()), sentTo("/x/z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "__Host-a=1; Path=/",
                "__Host-a=1; Secure; Path=/x",
                "__Host-a=1; Secure; Path=/; Domain=localhost",
                "__Secure-a=1",
                "a=1; Domain=other.example.org",
                "a=1; SameSite=None",
                "a=1; Max-Age=0",
                "a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
                "a=1; Path=/xy",
                "a=1; Path=/x/z/"
            })
    void doesNotSendACookieThatChromiumWouldNotSend(String line) {
        browser.addCookie(onLocalhost("/x/y"), line);

        assertEquals("", sentTo("/x/z"));
    }

    @Test
    void keepsCookiesByNameHostAndPathAndSendsLongerPathsFirst() {
        browser.addCookie(onLocalhost("/"), "a=root; Path=/");
        browser.addCookie(onLocalhost("/"), "a=old; Path=/x");
        browser.addCookie(onLocalhost("/"), "a=deep; Path=/x");
        browser.addCookie(application.domain(), "a=other-host; Path=/");

        assertEquals("a=deep; a=root", sentTo("/x/z"));
        assertEquals("a=root", sentTo("/xy"));
    }

    @Test
    void keepsSecureCookiesFromOtherHostsForHttpsAlone() {
        browser.addCookie(URI.create("http://app.example.org/"), "a=1; Secure");

        assertEquals(Map.of(), browser.cookies());
    }

    @ParameterizedTest
    @CsvSource({"Strict, ''", "Lax, a=1", "'', a=1"})
    void sendsACookieWithALinkFromAnotherSiteByItsSameSite(String sameSite, String sent) {
        browser.addCookie(onLocalhost("/"), "a=1; SameSite=" + sameSite);
        Browser.Answer elsewhere = browser.navigate(pool.domain());

        browser.click(elsewhere, onLocalhost("/linked"));

        assertEquals(
                sent, application.requests("/linked").get(0).header("Cookie").orElse(""));
    }

    @Test
    void runsTwoHundredBrowsersAtOnce() {
        PlainRp rp = new PlainRp(pool, pool.client());
        ExecutorService threads = Executors.newFixedThreadPool(200);

        List<CompletableFuture<Integer>> logins = IntStream.range(0, 200)
                .mapToObj(i ->
                        CompletableFuture.supplyAsync(() -> rp.redeem(rp.code()).status(), threads))
                .toList();

        logins.forEach(login -> assertEquals(200, login.join()));
        assertEquals(200, pool.count("/oauth2/token"));
        threads.shutdownNow();
    }

    private URI authorize(String more) {
        return URI.create(pool.domain() + "/oauth2/authorize?client_id="
                + pool.client().id() + "&response_type=code&state=s&redirect_uri=" + onLocalhost("/return") + more);
    }

    private String sentTo(String path) {
        browser.get(onLocalhost(path));
        return application.requests(path).get(0).header("Cookie").orElse("");
    }

    private URI onLocalhost(String path) {
        return URI.create("http://localhost:" + application.domain().getPort() + path);
    }

    private static String fetchSite(PretendRequest request) {
        return request.header("Sec-Fetch-Site").orElseThrow();
    }
}
