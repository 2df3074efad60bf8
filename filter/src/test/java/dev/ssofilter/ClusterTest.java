package dev.ssofilter;

import static dev.ssofilter.Answers.assertPage;
import static dev.ssofilter.Answers.redirectToReturnUrl;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.Browser.Answer;
import dev.ssofilter.testkit.PretendUserPool;
import dev.ssofilter.user.Reason;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Two nodes that share no memory, behind a switch that sends each hop to the other one. */
class ClusterTest {
    private static final String ADDRESS = "http://localhost:8443";

    private final PretendUserPool pool = PretendUserPool.start();
    private final Browser browser = new Browser();

    @AfterEach
    void stop() {
        pool.close();
    }

    @Test
    @DisplayName("R-10 finishes on one node what the other began")
    void finishesOnOneNodeWhatTheOtherBegan() {
        try (var one = node();
                var two = node()) {
            var there = through(one, two, "/orders?on=two");
            var back = through(two, one, "/orders?on=one");

            assertEquals("303 " + ADDRESS + "/orders?on=two", told(there));
            assertEquals("303 " + ADDRESS + "/orders?on=one", told(back));
            assertEquals(List.of(1, 1), List.of(one.sessions(), two.sessions()));
        }
    }

    @Test
    @DisplayName("AB-225 finishes it with keys that were given to both")
    void finishesItWithKeysThatWereGivenToBoth() {
        var old = key(1);
        var key = key(2);
        pool.client().onlySecrets();
        try (var one = node("clientSecret", "", "cookieKeys", old);
                var two = node("clientSecret", "", "cookieKeys", key + " " + old)) {
            var end = through(one, two, "/orders");
            var overlap = through(two, one, "/orders");

            assertEquals("303 " + ADDRESS + "/orders", told(end), "AB-225: an old key still opens");
            assertPage(Reason.UNKNOWN_STATE, overlap);
        }
    }

    @Test
    void cannotFinishItWhereEachNodeMadeKeysOfItsOwn() {
        pool.client().onlySecrets();
        try (var one = node("clientSecret", "");
                var two = node("clientSecret", "")) {
            var end = through(one, two, "/orders");

            assertPage(Reason.UNKNOWN_STATE, end);
            assertEquals(0, two.sessions());
        }
    }

    @Test
    @DisplayName("AB-027 does not take a pending login of another client or address")
    void doesNotTakeAPendingLoginOfAnotherClientOrAddress() {
        var key = key(3);
        pool.client("anotherclient", "another-secret").allowCallback(ADDRESS + "/sso/return");
        try (var one = node("cookieKeys", key);
                var client = node("cookieKeys", key, "clientId", "anotherclient", "clientSecret", "another-secret");
                var address = node("cookieKeys", key, "baseUrl", "http://localhost:8444")) {
            assertPage(Reason.UNKNOWN_STATE, through(one, client, "/orders")); // AB-027
            assertPage(Reason.UNKNOWN_STATE, through(one, address, "/orders"));
        }
        assertTrue(pool.requests("/oauth2/token").isEmpty());
    }

    private Application node(String... settings) {
        pool.client().allowCallback(ADDRESS + "/sso/return");
        return Application.with(pool).set("baseUrl", ADDRESS).set(settings).start();
    }

    private Answer through(Application begins, Application ends, String path) {
        browser.clearCookies();
        var toReturn = redirectToReturnUrl(browser, begins.uri(path), pool.user());
        return browser.navigate(on(ends, toReturn.location().orElseThrow()));
    }

    private static URI on(Application node, URI address) {
        return URI.create(address.toString().replace(ADDRESS, node.uri("").toString()));
    }

    private static String told(Answer end) {
        return end.status() + " " + end.header("Location").orElse(end.body());
    }

    private static String key(int seed) {
        var bytes = new byte[32];
        new Random(seed).nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
