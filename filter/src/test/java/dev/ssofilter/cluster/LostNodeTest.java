package dev.ssofilter.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.Browser.Answer;
import dev.ssofilter.testkit.PretendAnswer;
import dev.ssofilter.testkit.PretendUserPool;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node is killed in the middle of what it does: nobody who is signed in is signed out, and who is signing in arrives. */
class LostNodeTest {
    @TempDir
    Path folder;

    private final PretendUserPool pool = PretendUserPool.start();
    private final Browser browser = new Browser();
    private TwoNodes nodes;

    @BeforeEach
    void start() {
        nodes = JettyNodes.start(pool, folder, Map.of());
    }

    @AfterEach
    void stop() {
        nodes.close();
        pool.close();
    }

    @Test
    void signsInWhereTheNodeDiedThatWasAboutToRedeemTheCode() {
        var release = new CountDownLatch(1);
        pool.next("/oauth2/token", PretendAnswer.held(release));

        var end = returnWhileItsNodeDies(release);

        assertEquals(303, end.status(), end.body());
        assertSignedIn(browser.followAll(end));
    }

    @Test
    void asksToSignInAgainWhereTheCodeWasSpentByTheNodeThatDied() {
        var release = new CountDownLatch(1);
        pool.next("/oauth2/token", PretendAnswer.withBody(body -> {
            await(release);
            return body;
        }));

        var end = returnWhileItsNodeDies(release);

        assertEquals(502, end.status(), end.body());
        assertTrue(end.body().contains("TOKEN_REQUEST_REFUSED"), end.body());
        assertSignedIn(browser.logInFrom(nodes.at("/orders"), pool.user()));
    }

    @Test
    void losesNobodyOfAThousandWhoAreSignedInAndAHundredWhoAreSigningIn() throws InterruptedException {
        try (var crowd = new Crowd(pool, nodes.at("/orders"))) {
            var begunAnew = crowd.losesNobody(() -> nodes.kill(0));

            assertTrue(begunAnew < Crowd.AT_ONCE, begunAnew + " logins had to be begun anew");
        }
    }

    /** Comes back from the pool through the proxy, whose request a node has just sent on to the pool when it is killed. */
    private Answer returnWhileItsNodeDies(CountDownLatch release) {
        var toReturn = toReturnUrl(browser, browser.navigate(nodes.at("/orders")));
        var arriving = CompletableFuture.supplyAsync(() -> browser.follow(toReturn));
        while (pool.count("/oauth2/token") == 0 && !arriving.isDone()) {
            Thread.onSpinWait();
        }
        nodes.kill(nodes.lastAsked());
        var end = arriving.join();
        release.countDown();
        return end;
    }

    private Answer toReturnUrl(Browser browser, Answer first) {
        return browser.submitForm(
                browser.followAll(first),
                Map.of("username", pool.user().email(), "password", pool.user().password()));
    }

    private void assertSignedIn(Answer page) {
        assertEquals(200, page.status(), page.body());
        assertTrue(page.body().contains("user " + pool.user().email() + "\n"), page.body());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
