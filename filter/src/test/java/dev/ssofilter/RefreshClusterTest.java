package dev.ssofilter;

import static dev.ssofilter.Answers.assertAnonymous;
import static dev.ssofilter.Answers.assertSignedIn;
import static dev.ssofilter.RefreshTest.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser.Answer;
import dev.ssofilter.testkit.PretendAnswer;
import dev.ssofilter.testkit.PretendUserPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.session.DatabaseAdaptor;
import org.eclipse.jetty.session.JDBCSessionDataStore;
import org.eclipse.jetty.session.NullSessionCache;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Two nodes that keep their sessions in one database: each request has its own copy, and no node knows of the other. */
class RefreshClusterTest {
    private final String database = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    private final RefreshScene scene = new RefreshScene();
    private final PretendUserPool pool = scene.pool;
    private final Application one = node();
    private final Application two = node();

    @AfterEach
    void stop() {
        one.close();
        two.close();
        scene.close();
    }

    private Application node() {
        return scene.with().also(this::keepSessionsInTheDatabase).start();
    }

    private void keepSessionsInTheDatabase(ServletContextHandler context) {
        var source = new JdbcDataSource();
        source.setURL(database);
        var adaptor = new DatabaseAdaptor();
        adaptor.setDatasource(source);
        var store = new JDBCSessionDataStore();
        store.setDatabaseAdaptor(adaptor);
        store.setSavePeriodSec(60); // else a request that changed nothing writes its old copy back
        var cache = new NullSessionCache(context.getSessionHandler());
        cache.setFlushOnResponseCommit(true);
        cache.setSessionDataStore(store);
        context.getSessionHandler().setSessionCache(cache);
    }

    /** Signed in at the first node, and seen by both, as behind a balancer that is not sticky. */
    private void logInAndLookAround() {
        scene.browser.logInFrom(one.uri("/orders"), pool.user());
        assertSignedIn(scene.browser, two);
        assertSignedIn(scene.browser, one);
    }

    /** Twenty-five requests to each node, all at the same moment. */
    private void assertAllAreAnswered() {
        var requests = new ArrayList<>(Collections.nCopies(25, ask(one)));
        requests.addAll(Collections.nCopies(25, ask(two)));
        Collections.shuffle(requests);

        var answers = RefreshScene.atOnce(requests);

        assertEquals(
                Collections.nCopies(50, 200),
                answers.stream().map(Answer::status).toList());
    }

    private Callable<Answer> ask(Application node) {
        return () -> scene.browser.fetch(node.uri("/orders"));
    }

    @RepeatedTest(5)
    @DisplayName("R-26 fifty requests at once, over both nodes, sign nobody out, though a refresh token works once")
    void fiftyRequestsOverBothNodesSignNobodyOut() {
        logInAndLookAround();
        scene.expire();

        assertAllAreAnswered();
        assertTrue(scene.refreshes() <= 2, "one a node at most: " + scene.refreshes());
        for (var node : List.of(one, two, one, two)) {
            scene.clock.move(Duration.ofSeconds(8));
            assertSignedIn(scene.browser, node);
        }
        for (var node : List.of(two, one)) {
            scene.expire();
            assertSignedIn(scene.browser, node);
            assertNotEquals("none", scene.browser.fetch(node.uri("/token")).body());
        }
    }

    @RepeatedTest(5)
    @DisplayName("R-26 nor where the other node sees the session for the first time")
    void fiftyRequestsSignNobodyOutThoughOneNodeIsNew() {
        scene.browser.logInFrom(one.uri("/orders"), pool.user());
        scene.expire();

        assertAllAreAnswered();
        for (var node : List.of(two, one)) {
            scene.clock.move(Duration.ofSeconds(12));
            assertSignedIn(scene.browser, node);
        }
    }

    @Test
    void endsForAUserWhoComesSeldom() {
        logInAndLookAround();
        scene.expire();
        pool.user().disable();

        assertSignedIn(scene.browser, one);
        scene.clock.move(Duration.ofMinutes(30));

        assertAnonymous(scene.browser, one);
    }

    @Test
    void theNodeThatLostTakesTheTokensOfTheOtherFromTheSession() throws Exception {
        logInAndLookAround();
        scene.expire();
        var release = new CountDownLatch(1);
        pool.nextRefresh(PretendAnswer.heldBack(release));
        var winner = CompletableFuture.supplyAsync(() -> scene.browser.fetch(one.uri("/token")));
        await(() -> pool.refreshes().size() == 1);

        var loser = scene.browser.fetch(two.uri("/token"));
        release.countDown();

        assertEquals(200, loser.status());
        assertEquals("none", loser.body(), "expired, and the new one is not there yet");
        var token = winner.get(30, TimeUnit.SECONDS).body();
        assertEquals(token, scene.browser.fetch(two.uri("/token")).body());
        assertEquals(2, scene.refreshes());
    }

    @Test
    void endsAfterAWhileWhereNobodyElseHadTheTokens() {
        logInAndLookAround();
        scene.expire();
        pool.user().disable();

        assertSignedIn(scene.browser, one);
        scene.clock.move(Duration.ofSeconds(9));
        assertSignedIn(scene.browser, one);
        scene.clock.move(Duration.ofSeconds(2));

        assertAnonymous(scene.browser, one);
        assertAnonymous(scene.browser, two);
    }

    @Test
    void endsAtOnceWhereNoOtherNodeHasSeenTheSession() {
        scene.browser.logInFrom(one.uri("/orders"), pool.user());
        scene.expire();
        pool.user().disable();

        assertAnonymous(scene.browser, one);
    }

    @Test
    void tellsOnceThatASessionWasOverAlthoughEachRequestHasItsCopy() {
        try (var node = scene.with()
                .set("listeners", EventsTest.Recorder.class.getName())
                .also(this::keepSessionsInTheDatabase)
                .start()) {
            scene.browser.logInFrom(node.uri("/orders"), pool.user());
            EventsTest.Recorder.HEARD.clear();
            scene.clock.move(Duration.ofHours(9));

            RefreshScene.atOnce(Collections.nCopies(10, ask(node)));

            assertEquals(1, EventsTest.Recorder.HEARD.size(), EventsTest.Recorder.HEARD::toString);
        }
    }

    @Test
    @DisplayName("AB-192 R-49 a sign-out at one node while the other refreshes stays one")
    void aSignOutAtOneNodeWhileTheOtherRefreshesStaysOne() throws Exception {
        logInAndLookAround();
        scene.expire();
        var release = new CountDownLatch(1);
        pool.nextRefresh(PretendAnswer.heldBack(release));
        var refreshed = CompletableFuture.supplyAsync(() -> scene.browser.fetch(one.uri("/token")));
        await(() -> pool.refreshes().size() == 1);
        var cookies = scene.browser.cookies();

        var out = scene.browser.request("POST", two.uri("/sso/logout"), "", "Origin", "http://localhost:" + two.port());
        release.countDown();
        refreshed.get(30, TimeUnit.SECONDS);

        assertEquals(303, out.status());
        cookies.forEach((name, value) -> scene.browser.addCookie(one.uri("/"), name + "=" + value + "; Path=/"));
        assertAnonymous(scene.browser, one);
        assertAnonymous(scene.browser, two);
    }
}
