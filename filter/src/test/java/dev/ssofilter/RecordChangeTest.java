package dev.ssofilter;

import static dev.ssofilter.Answers.assertPage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendAnswer;
import dev.ssofilter.testkit.PretendUserPool;
import dev.ssofilter.user.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A record file that changes while the application runs: taken over as a whole, or refused as a whole. */
class RecordChangeTest {
    private static final Duration PROMISED = Duration.ofSeconds(5);

    private final PretendUserPool pool = PretendUserPool.start();
    private final LogBook log = new LogBook();
    private final Browser browser = new Browser();
    private final AtomicLong ahead = new AtomicLong();
    private final AtomicBoolean ill = new AtomicBoolean();
    private final AtomicInteger asked = new AtomicInteger();

    private RecordOnDisk record;
    private Application application;

    @BeforeEach
    void start(@TempDir Path folder) {
        record = RecordOnDisk.of(pool, folder);
        application = record.application(pool).nanoTime(this::nanoTime).start();
        log.clear();
    }

    /** A look asks for it first, then whoever is made anew. */
    private long nanoTime() {
        if (ill.get() && asked.incrementAndGet() % 2 == 0) {
            throw new UnsupportedOperationException("too many open files");
        }
        return System.nanoTime() + ahead.get();
    }

    @AfterEach
    void stop() {
        application.close();
        pool.close();
        log.close();
    }

    private Browser.Answer logIn(Browser anyBrowser) {
        return anyBrowser.logInFrom(application.uri("/orders"), pool.user());
    }

    private static Object me(Browser anyBrowser, Application application, String property) {
        return Answers.json(anyBrowser.get(application.uri("/sso/me"))).get(property);
    }

    private List<String> lines(String level) {
        return log.lines().stream().filter(line -> line.startsWith(level)).toList();
    }

    @Test
    void takesAChangedRecordOverForNewLoginsAndLeavesSessionsAlone() {
        logIn(browser);
        var later = new Browser();

        record.claims("External ID = sub @ ID Token", "Username = given_name @ ID Token");
        application.lookAtTheRecord();
        logIn(later);

        assertEquals("ana@example.org", me(browser, application, "username"));
        assertEquals("Ana", me(later, application, "username"));
    }

    @Test
    void tellsWhatIsInEffectNowOnceAndWithoutTheSecret() {
        record.set("name", "Renamed pool");
        application.lookAtTheRecord();
        application.lookAtTheRecord();

        var told = lines("INFO");
        assertEquals(1, told.size(), told::toString);
        assertTrue(told.get(0).startsWith("INFO the changed directory record is in effect"), told.get(0));
        assertTrue(told.get(0).contains("name = Renamed pool (record file"), told.get(0));
        assertFalse(told.get(0).contains(PretendUserPool.CLIENT_SECRET), told.get(0));
    }

    @Test
    void doesNothingWhereTheFileWasOnlyWrittenAgain() {
        record.write();

        application.lookAtTheRecord();

        assertEquals(List.of(), log.lines());
    }

    /** A login whose token request is on its way, and waits for the latch. */
    private CompletableFuture<Browser.Answer> loginUnderWay(CountDownLatch release) {
        pool.next("/oauth2/token", PretendAnswer.held(release));
        var response = Answers.redirectToReturnUrl(browser, application.uri("/orders"), pool.user())
                .location()
                .orElseThrow();
        var answer = CompletableFuture.supplyAsync(() -> browser.navigate(response));
        await(() -> pool.count("/oauth2/token") == 1);
        return answer;
    }

    private void changeAndLookAfter(Duration time) {
        record.set("clientId", "another-client");
        application.lookAtTheRecord();
        ahead.addAndGet(time.toNanos());
        application.lookAtTheRecord();
    }

    @Test
    void finishesALoginThatIsUnderWayWithTheRecordItBeganWith() {
        var release = new CountDownLatch(1);
        var answer = loginUnderWay(release);

        changeAndLookAfter(Duration.ofSeconds(59));
        release.countDown();

        assertEquals(303, answer.join().status());
        Answers.assertSignedIn(browser, application);
    }

    @Test
    void endsWhatTheOldRecordHeldOnceNoLoginCanBeUnderWay() {
        var release = new CountDownLatch(1);
        var answer = loginUnderWay(release);

        changeAndLookAfter(Duration.ofSeconds(61));

        assertPage(Reason.USER_POOL_UNREACHABLE, answer.join());
        release.countDown();
    }

    @Test
    void finishesAPendingLoginWhereProviderAndClientAreTheSame() {
        var response = Answers.redirectToReturnUrl(browser, application.uri("/orders"), pool.user());

        record.claims("External ID = sub @ ID Token");
        application.lookAtTheRecord();
        var answer = browser.follow(response);

        assertEquals(303, answer.status());
        assertEquals(application.uri("/orders"), answer.location().orElseThrow());
        Answers.assertSignedIn(browser, application);
    }

    /** A public client's keys are made up at start. */
    @Test
    void finishesAPendingLoginOfAPublicClient() {
        pool.client().onlySecrets();
        record.set("clientSecret", "");
        application.lookAtTheRecord();
        var response = Answers.redirectToReturnUrl(browser, application.uri("/orders"), pool.user());

        record.set("name", "Renamed pool");
        application.lookAtTheRecord();

        assertEquals(303, browser.follow(response).status());
        Answers.assertSignedIn(browser, application);
    }

    @Test
    void offersToBeginAgainWhereAPendingLoginBelongsToAnotherClient() {
        assertBeginsAgainAfter("clientId", "another-client");
    }

    @Test
    void offersToBeginAgainWhereAPendingLoginBelongsToAnotherProvider() {
        try (var other = PretendUserPool.start()) {
            assertBeginsAgainAfter("discoveryDomain", other.tokenSigningKeyUrl().toString());

            assertEquals(0, other.count("/oauth2/token"), "the code of one provider went to another");
        }
    }

    @Test
    void offersToBeginAgainWhereAPendingLoginWasBegunWithPkce() {
        assertBeginsAgainAfter("enablePkce", false);
    }

    private void assertBeginsAgainAfter(String member, Object value) {
        var response = Answers.redirectToReturnUrl(browser, application.uri("/orders"), pool.user());

        record.set(member, value);
        application.lookAtTheRecord();
        var answer = browser.follow(response);

        assertPage(Reason.UNKNOWN_STATE, answer);
        Answers.assertAnonymous(browser, application);
        assertEquals(0, pool.count("/oauth2/token"));
        assertEquals(0, application.reached());
    }

    @Test
    void staysWithTheLastGoodRecordWhereAChangedOneIsBad() {
        record.set("clientIdd", "x");
        record.set("enablePkce", "perhaps");
        application.lookAtTheRecord();
        application.lookAtTheRecord();

        var refused = lines("WARNING");
        assertEquals(1, refused.size(), refused::toString);
        assertTrue(refused.get(0).contains("\n- ") && refused.get(0).contains("clientIdd"), refused.get(0));
        assertTrue(refused.get(0).contains("enablePkce"), refused.get(0));
        assertEquals(200, logIn(browser).status());
    }

    @Test
    void staysWithTheLastGoodRecordWhereTheFileIsHalfWrittenOrGone() {
        record.write("{ \"name\": ");
        application.lookAtTheRecord();
        record.delete();
        application.lookAtTheRecord();
        application.lookAtTheRecord();

        assertEquals(2, lines("WARNING").size(), log.lines()::toString);
        assertTrue(lines("WARNING").get(1).contains("is no file on this machine"), lines("WARNING")::toString);
        assertEquals(200, logIn(browser).status());
    }

    @Test
    void takesOverARecordOnceTheMachineCanAgain() {
        record.claims("External ID = sub @ ID Token", "Username = given_name @ ID Token");
        ill.set(true);

        application.lookAtTheRecord();
        application.lookAtTheRecord();
        ill.set(false);
        assertEquals(1, lines("SEVERE").size(), log.lines()::toString);
        application.lookAtTheRecord();
        logIn(browser);

        assertEquals("Ana", me(browser, application, "username"));
    }

    @Test
    void takesOverARecordThatWasMended() {
        record.write("{}");
        application.lookAtTheRecord();

        record.claims("External ID = sub @ ID Token", "Username = given_name @ ID Token");
        application.lookAtTheRecord();
        logIn(browser);

        assertEquals("Ana", me(browser, application, "username"));
    }

    @Test
    void looksByItself() {
        var since = System.nanoTime();

        record.set("name", "Renamed pool");
        await(() -> !lines("INFO").isEmpty());

        assertTrue(System.nanoTime() - since < PROMISED.toNanos());
    }

    private static void await(BooleanSupplier happened) {
        var end = System.nanoTime() + 4 * PROMISED.toNanos();
        while (!happened.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "it did not happen");
            Thread.onSpinWait();
        }
    }
}
