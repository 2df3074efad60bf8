package dev.ssofilter;

import static dev.ssofilter.Answers.logIn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.Browser.Answer;
import dev.ssofilter.testkit.PretendRequest;
import dev.ssofilter.testkit.PretendUserPool;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a login costs, counted: calls to the provider, sessions, cookies. */
class CallCountTest {
    private static final String DISCOVERY = "/.well-known/openid-configuration";
    private static final String KEYS = "/.well-known/jwks.json";
    private static final String TOKEN = "/oauth2/token";

    private final PretendUserPool pool = PretendUserPool.start();
    private Application application;

    @BeforeEach
    void start() {
        application = Application.of(pool);
    }

    @AfterEach
    void stop() {
        application.close();
        pool.close();
    }

    @Test
    void asksTheProviderNothingBeforeSomebodySignsIn() {
        new Browser().navigate(application.uri("/public/info"));
        new Browser().fetch(application.uri("/orders"));

        assertEquals(0, pool.requests().size());
    }

    @Test
    void asksForTokensOnceForEachLoginAndForNothingElse() {
        logIn(new Browser(), application.uri("/orders"), pool.user());
        pool.resetRequests();

        logIn(new Browser(), application.uri("/orders"), pool.admin());

        assertEquals(List.of(TOKEN), ours());
    }

    @Test
    void asksTheProviderNothingForARequestWithAUser() {
        var browser = new Browser();
        logIn(browser, application.uri("/orders"), pool.user());
        pool.resetRequests();

        for (var path : List.of("/orders", "/public/info", "/sso/me", "/sso/login", "/sso/signed-out")) {
            browser.navigate(application.uri(path));
            browser.fetch(application.uri(path));
        }

        assertEquals(0, pool.requests().size());
    }

    @Test
    void asksForUserinfoOnceWhereAClaimIsMappedFromIt() {
        try (var other = Application.of(pool, "claims", "External ID = sub @ ID Token; Email = email @ Userinfo")) {
            logIn(new Browser(), other.uri("/orders"), pool.user());

            assertEquals(1, pool.count("/oauth2/userInfo"));
            assertEquals(1, pool.count(TOKEN));
        }
    }

    @Test
    @DisplayName("AB-022 AB-029 makes no session for a thousand navigations without cookies, and each answer is short")
    void makesNoSessionForAnonymousRequests() {
        var states = new HashSet<String>();
        for (var i = 0; i < 1000; i++) {
            var answer = new Browser().navigate(application.uri("/orders/" + i));

            assertEquals(302, answer.status());
            assertTrue(size(answer) < 8192, "AB-022");
            states.add(answer.locationParameters().get("state"));
        }

        assertEquals(0, application.sessions());
        assertEquals(1000, states.size(), "AB-029: no state comes twice");
        assertEquals(List.of(1, 0), List.of(pool.count(DISCOVERY), pool.count(TOKEN)));
    }

    private static int size(Answer answer) {
        return answer.body().length() + answer.headers().toString().length();
    }

    @Test
    void letsTwoHundredFirstLoginsShareOneDiscoveryAndOneKeySet() throws Exception {
        var ends = atOnce(200);

        assertEquals(
                List.of(),
                ends.stream()
                        .filter(end -> end.status() != 303)
                        .map(Answer::body)
                        .toList());
        assertEquals(List.of(1, 1, 200), List.of(pool.count(DISCOVERY), pool.count(KEYS), pool.count(TOKEN)));
        assertEquals(200, application.sessions());
    }

    @Test
    void readsTheKeysOnceMoreWhenTheyAreRotated() throws Exception {
        logIn(new Browser(), application.uri("/orders"), pool.user());
        pool.rotateKeys(false);
        pool.resetRequests();

        var ends = atOnce(50);

        assertEquals(
                List.of(),
                ends.stream()
                        .filter(end -> end.status() != 303)
                        .map(Answer::body)
                        .toList());
        assertEquals(List.of(0, 1, 50), List.of(pool.count(DISCOVERY), pool.count(KEYS), pool.count(TOKEN)));
    }

    @Test
    @DisplayName("AB-009 redeems the code once when the same response comes twice at once")
    void redeemsTheCodeOnceWhenTheSameResponseComesTwiceAtOnce() throws Exception {
        var browser = new Browser();
        var toReturn = Answers.redirectToReturnUrl(browser, application.uri("/orders"), pool.user());
        var cookies = browser.cookies();
        var both = Executors.newFixedThreadPool(2);
        try {
            var first = both.submit(() -> copy(cookies).follow(toReturn));
            var second = both.submit(() -> copy(cookies).follow(toReturn));

            var statuses = List.of(
                    first.get(30, TimeUnit.SECONDS).status(),
                    second.get(30, TimeUnit.SECONDS).status());

            assertTrue(List.of(List.of(303, 400), List.of(400, 303)).contains(statuses), "AB-009: " + statuses);
            assertEquals(1, pool.count(TOKEN));
            assertEquals(1, application.sessions());
        } finally {
            both.shutdownNow();
        }
    }

    private Browser copy(Map<String, String> cookies) {
        var copy = new Browser();
        cookies.forEach((name, value) -> copy.addCookie(application.uri("/"), name + "=" + value + "; Path=/"));
        return copy;
    }

    /** Logs that many browsers in, all let go at the same moment. */
    private List<Answer> atOnce(int browsers) throws InterruptedException, ExecutionException, TimeoutException {
        var go = new CountDownLatch(1);
        var threads = Executors.newFixedThreadPool(browsers);
        try {
            var logins = new ArrayList<Future<Answer>>();
            for (var i = 0; i < browsers; i++) {
                logins.add(threads.submit(() -> {
                    go.await();
                    return logIn(new Browser(), application.uri("/orders"), pool.user());
                }));
            }
            go.countDown();
            var ends = new ArrayList<Answer>();
            for (var login : logins) {
                ends.add(login.get(60, TimeUnit.SECONDS));
            }
            return ends;
        } finally {
            threads.shutdownNow();
        }
    }

    /** The paths that we asked for, the browser's own left out. */
    private List<String> ours() {
        return pool.requests().stream()
                .map(PretendRequest::path)
                .filter(path -> !path.equals("/oauth2/authorize") && !path.equals("/login"))
                .toList();
    }
}
