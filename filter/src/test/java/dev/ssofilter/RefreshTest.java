package dev.ssofilter;

import static dev.ssofilter.Answers.assertAnonymous;
import static dev.ssofilter.Answers.assertProblem;
import static dev.ssofilter.Answers.assertSignedIn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.Browser.Answer;
import dev.ssofilter.testkit.PretendAnswer;
import dev.ssofilter.testkit.PretendUserPool;
import dev.ssofilter.user.Reason;
import jakarta.servlet.http.HttpSession;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A session that keeps its tokens has fresh ones, asks once, and ends where the provider says so. */
class RefreshTest {
    private final RefreshScene scene = new RefreshScene();
    private final PretendUserPool pool = scene.pool;

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void givesTheApplicationTheUsersAccessToken() {
        scene.logIn();

        var token = scene.token();

        assertEquals(pool.user().sub(), subject(token));
        assertEquals(0, scene.refreshes());
    }

    @Test
    void givesNoneToNobodyAndWhereNoneAreKept() {
        try (var keepless = scene.another("keepTokens", "false");
                var open = scene.another("publicPaths", "/*")) {
            scene.browser.logInFrom(keepless.uri("/orders"), pool.user());

            assertEquals("none", new Browser().fetch(open.uri("/token")).body());
            assertEquals("none", scene.browser.fetch(keepless.uri("/token")).body());
        }
    }

    @Test
    void refreshesAMinuteBeforeTheEndAndNotSooner() {
        scene.logIn();
        var first = scene.token();

        scene.clock.move(RefreshScene.LIFE.minusSeconds(75));
        var early = scene.token();
        scene.clock.move(Duration.ofSeconds(15));
        var fresh = scene.token();

        assertEquals(first.body(), early.body());
        assertNotEquals(first.body(), fresh.body());
        assertEquals(pool.user().sub(), subject(fresh));
        assertEquals(1, scene.refreshes());
    }

    @Test
    @DisplayName("R-27 ends at the maximum however often its tokens are refreshed")
    void endsAtTheMaximumHoweverOftenItsTokensAreRefreshed() {
        var maximum = RefreshScene.LIFE.plusMinutes(30);
        try (var limited = scene.another("sessionMaximum", maximum.toString())) {
            scene.browser.logInFrom(limited.uri("/orders"), pool.user());
            scene.expire();
            assertSignedIn(scene.browser, limited);
            assertEquals(1, scene.refreshes());

            scene.clock.move(Duration.ofMinutes(30).plusSeconds(1));

            assertAnonymous(scene.browser, limited);
        }
    }

    @Test
    void refreshesShortLivesInTheirLastFifth() {
        pool.client().accessTokenLifetime(Duration.ofSeconds(100));
        scene.logIn();

        scene.clock.move(Duration.ofSeconds(75));
        scene.token();
        assertEquals(0, scene.refreshes());
        scene.clock.move(Duration.ofSeconds(6));
        scene.token();

        assertEquals(1, scene.refreshes());
    }

    @Test
    @DisplayName("AB-207 maps the user anew: roles that changed at the provider count from the next refresh")
    void mapsTheUserAnew() {
        scene.logIn();
        pool.user().groups("members", "staff");
        var before = scene.browser.fetch(scene.application.uri("/held")).body();

        scene.expire();
        var after = scene.browser.fetch(scene.application.uri("/held")).body();
        var later = scene.browser.fetch(scene.application.uri("/held")).body();

        assertEquals("[members]", before);
        assertEquals("[members, staff]", after);
        assertEquals("[members, staff]", later);
    }

    @Test
    void goesOnForManyRefreshesWithTokensThatWorkOnce() {
        scene.logIn();

        for (var hour = 0; hour < 6; hour++) {
            scene.expire();
            assertSignedIn(scene.browser, scene.application);
        }

        assertEquals(6, scene.refreshes());
        assertEquals(
                6,
                pool.refreshes().stream()
                        .map(asked -> asked.parameter("refresh_token"))
                        .distinct()
                        .count());
    }

    @Test
    void keepsTheRefreshTokenWhereNoNewOneComes() {
        pool.client().withoutRotation();
        scene.logIn();

        scene.expire();
        assertSignedIn(scene.browser, scene.application);
        scene.expire();
        assertSignedIn(scene.browser, scene.application);

        assertEquals(2, scene.refreshes());
    }

    @ParameterizedTest(name = "R-26 {0}")
    @ValueSource(strings = {"expired", "a moment before"})
    void fiftyRequestsAtOnceMakeOneRefresh(String when) {
        scene.logIn();
        scene.clock.move(RefreshScene.LIFE.minusSeconds(when.equals("expired") ? 0 : 30));

        var answers = RefreshScene.atOnce(Collections.nCopies(
                50, (Callable<Answer>) () -> scene.browser.fetch(scene.application.uri("/orders"))));

        assertEquals(
                Collections.nCopies(50, 200),
                answers.stream().map(Answer::status).toList());
        assertEquals(1, scene.refreshes());
        assertSignedIn(scene.browser, scene.application);
        assertEquals(1, scene.refreshes());
    }

    @Test
    @DisplayName("R-26 a request that comes late with the old tokens shares the outcome")
    void aLateRequestSharesTheOutcome() throws Exception {
        // As in a store where each request has its own copy of the session.
        scene.logIn();
        scene.expire();
        var release = new CountDownLatch(1);
        pool.nextRefresh(PretendAnswer.held(release));
        var first = CompletableFuture.supplyAsync(scene::token);
        await(() -> pool.refreshes().size() == 1);
        var second = CompletableFuture.supplyAsync(scene::token);
        release.countDown();

        assertEquals(
                first.get(30, TimeUnit.SECONDS).body(),
                second.get(30, TimeUnit.SECONDS).body());
        assertEquals(1, scene.refreshes());
    }

    @Test
    void aRequestWithATokenThatIsStillGoodWaitsForNobody() throws Exception {
        scene.logIn();
        scene.clock.move(RefreshScene.LIFE.minusSeconds(30));
        var release = new CountDownLatch(1);
        pool.nextRefresh(PretendAnswer.held(release));
        var first = CompletableFuture.supplyAsync(scene::token);
        await(() -> pool.refreshes().size() == 1);

        var second = scene.token();

        assertEquals(200, second.status());
        assertFalse(first.isDone());
        release.countDown();
        assertNotEquals(second.body(), first.get(30, TimeUnit.SECONDS).body());
    }

    @ParameterizedTest(name = "R-26 {0}")
    @MethodSource("passing")
    void keepsTheSessionThroughAFaultThatPasses(String name, PretendAnswer fault) {
        scene.logIn();
        scene.expire();
        pool.nextRefresh(fault);

        assertSignedIn(scene.browser, scene.application);
        assertEquals("none", scene.token().body(), "the token has expired");
        assertEquals(1, scene.refreshes(), "the next attempt comes later");
        scene.clock.move(Duration.ofSeconds(31));

        assertGood(scene.token());
        assertEquals(2, scene.refreshes());
    }

    static List<Arguments> passing() {
        return List.of(
                arguments("status 503", PretendAnswer.of(503, "text/html", "down")),
                arguments("status 429", PretendAnswer.throttled(Duration.ofSeconds(1))),
                arguments("a broken connection", PretendAnswer.dropped()),
                arguments("HTML", PretendAnswer.of(200, "text/html", "<p>captive portal")),
                arguments("a wrong secret", PretendAnswer.error("invalid_client")));
    }

    @Test
    void keepsATokenThatIsStillGoodWhileTheProviderIsDown() {
        scene.logIn();
        var before = scene.token();
        scene.clock.move(RefreshScene.LIFE.minusSeconds(45));
        pool.nextRefresh(PretendAnswer.of(503, "text/plain", ""));

        assertEquals(before.body(), scene.token().body());
    }

    @ParameterizedTest(name = "R-26 {0}")
    @MethodSource("ends")
    void endsWhereTheProviderTakesTheGrantAway(String name, Consumer<PretendUserPool> change) {
        scene.logIn();
        scene.expire();
        change.accept(pool);

        assertProblem(Reason.LOGIN_REQUIRED, scene.browser.fetch(scene.application.uri("/orders")));
        assertAnonymous(scene.browser, scene.application);
        var page = scene.browser.navigate(scene.application.uri("/orders"));

        assertEquals(302, page.status(), "a page begins a new login");
        scene.clock.move(Duration.ofMinutes(15));
        assertAnonymous(scene.browser, scene.application);
        assertEquals(1, scene.refreshes(), "the session is over for good");
    }

    static List<Arguments> ends() {
        return List.of(
                arguments("revoked or expired", (Consumer<PretendUserPool>)
                        pool -> pool.nextRefresh(PretendAnswer.error("invalid_grant"))),
                arguments("the user is disabled", (Consumer<PretendUserPool>)
                        pool -> pool.user().disable()));
    }

    @ParameterizedTest(name = "AB-107 {0}")
    @MethodSource("others")
    void endsWhereTheNewIdTokenIsNotOfTheSameLogin(String name, UnaryOperator<JWTClaimsSet.Builder> bend) {
        scene.logIn();
        scene.expire();
        pool.nextIdToken(bend);

        assertAnonymous(scene.browser, scene.application);
        assertTrue(scene.log.holds("session ended externalId="), scene.log.lines()::toString);
    }

    static List<Arguments> others() {
        return List.of(
                bend("another sub", claims -> claims.subject("somebody-else")),
                bend("another iss", claims -> claims.issuer("https://evil.example")),
                bend("another aud", claims -> claims.audience("another-client")),
                bend("an earlier auth_time", claims -> claims.claim("auth_time", 1_000_000_000L)),
                bend(
                        "a later auth_time",
                        claims -> claims.claim(
                                "auth_time", Instant.now().plusSeconds(7200).getEpochSecond())),
                bend("another nonce", claims -> claims.claim("nonce", "another")),
                bend(
                        "issued long ago",
                        claims -> claims.issueTime(Date.from(Instant.now().minusSeconds(7200)))),
                bend(
                        "expired",
                        claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(7200)))),
                bend("an access token", claims -> claims.claim("token_use", "access")));
    }

    private static Arguments bend(String name, UnaryOperator<JWTClaimsSet.Builder> bend) {
        return arguments(name, bend);
    }

    @ParameterizedTest(name = "AB-107 a new ID token {0} goes on")
    @ValueSource(strings = {"with the nonce of the login", "without", "that did not come"})
    void goesOnWith(String idToken) {
        if (idToken.startsWith("with the")) {
            pool.knobs().keepNonce();
        }
        scene.logIn();
        scene.expire();
        if (idToken.startsWith("that")) {
            pool.next().tokenAnswer(answer -> {
                answer.remove("id_token");
                return answer;
            });
        }

        assertSignedIn(scene.browser, scene.application);
        assertGood(scene.token());
        assertEquals(1, scene.refreshes());
    }

    @ParameterizedTest(name = "AB-107 {0}")
    @ValueSource(strings = {"another sub, same External ID", "another External ID, same sub"})
    void endsWhereTheUserIsAnother(String what) {
        try (var application =
                scene.another("claims", "External ID = custom:member_no @ ID Token; Email = email @ ID Token")) {
            scene.browser.logInFrom(application.uri("/orders"), pool.user());
            scene.expire();
            pool.nextIdToken(claims -> what.startsWith("another sub")
                    ? claims.subject("somebody-else")
                    : claims.claim("custom:member_no", "00418"));

            assertAnonymous(scene.browser, application);
        }
    }

    @Test
    void endsWhereTheMappedAccessTokenIsAnotherUsers() {
        scene.logIn();
        scene.expire();
        pool.nextAccessToken(claims -> claims.subject("somebody-else"));

        assertAnonymous(scene.browser, scene.application);
    }

    @Test
    void losesNoOneTimeRefreshTokenWhereTheRestOfTheLoginCannotBeHadYet() {
        try (var application = scene.another("claims", "External ID = sub @ ID Token; Email = email @ Userinfo")) {
            scene.browser.logInFrom(application.uri("/orders"), pool.user());
            scene.expire();
            pool.next("/oauth2/userInfo", PretendAnswer.of(503, "text/plain", ""));

            assertSignedIn(scene.browser, application);
            assertEquals("none", scene.browser.fetch(application.uri("/token")).body());
            scene.clock.move(Duration.ofSeconds(31));

            assertGood(scene.browser.fetch(application.uri("/token")));
            assertEquals(2, scene.refreshes());
        }
    }

    @Test
    void aProviderThatGivesNoRefreshTokenJustLetsTheTokenExpire() {
        pool.next().tokenAnswer(answer -> {
            answer.remove("refresh_token");
            return answer;
        });
        scene.logIn();
        scene.expire();

        assertSignedIn(scene.browser, scene.application);
        assertEquals("none", scene.token().body());
        assertEquals(0, scene.refreshes());
    }

    @Test
    void endsWhereTheTokensWereSealedForAnotherClient() {
        try (var application = scene.with()
                .servlet("/take", (request, response) -> request.getSession()
                        .setAttribute("dev.ssofilter.tokens", "0.node.c2VhbGVk"))
                .start()) {
            scene.browser.logInFrom(application.uri("/orders"), pool.user());
            scene.browser.fetch(application.uri("/take"));

            assertAnonymous(scene.browser, application);
            assertEquals(0, scene.refreshes());
        }
    }

    @Test
    @DisplayName("AB-192 R-49 a sign-out while a refresh is under way stays one, and revokes what the refresh brings")
    void aSignOutWhileARefreshIsUnderWayStaysOne() throws Exception {
        scene.logIn();
        scene.expire();
        var release = new CountDownLatch(1);
        pool.nextRefresh(PretendAnswer.heldBack(release));
        var refreshed = CompletableFuture.supplyAsync(scene::token);
        await(() -> pool.refreshes().size() == 1);
        var cookies = scene.browser.cookies();

        var out = CompletableFuture.supplyAsync(() -> scene.browser.request(
                "POST",
                scene.application.uri("/sso/logout"),
                "",
                "Origin",
                "http://localhost:" + scene.application.port()));
        await(() -> scene.log.holds("logout externalId="));
        release.countDown();

        assertEquals(303, out.get(30, TimeUnit.SECONDS).status());
        assertEquals(401, refreshed.get(30, TimeUnit.SECONDS).status());
        cookies.forEach(
                (name, value) -> scene.browser.addCookie(scene.application.uri("/"), name + "=" + value + "; Path=/"));
        assertAnonymous(scene.browser, scene.application);
        var revoked = pool.requests("/oauth2/revoke");
        assertEquals(1, revoked.size());
        assertNotEquals(
                pool.refreshes().get(0).parameter("refresh_token"),
                revoked.get(0).parameter("token"),
                "the new one");
    }

    @ParameterizedTest(name = "R-26 where another node was faster: {0}")
    @ValueSource(strings = {"a refusal means nothing", "newer tokens are not overwritten"})
    void takesWhatAnotherNodeHasPutIntoTheSession(String what) throws Exception {
        // As in a store that every reading of an attribute asks.
        var session = new AtomicReference<HttpSession>();
        var newer = Long.MAX_VALUE + ".other.sealed";
        try (var application = scene.with()
                .servlet("/lend", (request, response) -> session.set(request.getSession()))
                .start()) {
            scene.browser.logInFrom(application.uri("/orders"), pool.user());
            scene.browser.fetch(application.uri("/lend"));
            scene.expire();
            var release = new CountDownLatch(1);
            pool.nextRefresh(PretendAnswer.held(release));
            var asked = CompletableFuture.supplyAsync(() -> scene.browser.fetch(application.uri("/orders")));
            await(() -> pool.refreshes().size() == 1);
            if (what.startsWith("a refusal")) {
                pool.user().disable();
            }
            session.get().setAttribute("dev.ssofilter.tokens", newer);
            release.countDown();

            assertEquals(200, asked.get(30, TimeUnit.SECONDS).status());
            assertEquals(newer, session.get().getAttribute("dev.ssofilter.tokens"));
            assertSignedIn(scene.browser, application);
        }
    }

    @Test
    void costsARequestNothingOfTheProviderWhileTokensAreFresh() {
        scene.logIn();
        pool.resetRequests();

        for (var request = 0; request < 5; request++) {
            scene.token();
        }

        assertEquals(List.of(), pool.requests());
    }

    @Test
    @DisplayName("AB-174 shows no token in the session's attributes, in the request's or in any text")
    void showsNoToken() {
        var tokens = ConcurrentHashMap.<String>newKeySet();
        pool.always().tokenAnswer(answer -> {
            answer.values().stream()
                    .map(String::valueOf)
                    .filter(value -> value.length() > 20)
                    .forEach(tokens::add);
            return answer;
        });
        try (var application = scene.with()
                .servlet("/dump", (request, response) -> {
                    var out = response.getWriter();
                    var session = request.getSession();
                    Collections.list(session.getAttributeNames())
                            .forEach(name -> out.println(name + " " + session.getAttribute(name)));
                    Collections.list(request.getAttributeNames())
                            .forEach(name -> out.println(name + " " + request.getAttribute(name)));
                    out.println(SsoTokens.of(request));
                    out.println(request);
                })
                .start()) {
            scene.browser.logInFrom(application.uri("/orders"), pool.user());

            var dump = scene.browser.fetch(application.uri("/dump")).body();

            assertTrue(dump.contains("dev.ssofilter.tokens"), dump);
            assertEquals(3, tokens.size(), "ID token, access token, refresh token");
            tokens.forEach(token -> assertFalse(dump.contains(token.substring(token.lastIndexOf('.') + 1)), dump));
        }
    }

    private void assertGood(Answer token) {
        assertEquals(200, token.status());
        assertEquals(pool.user().sub(), subject(token));
    }

    private static String subject(Answer token) {
        try {
            return SignedJWT.parse(token.body()).getJWTClaimsSet().getSubject();
        } catch (ParseException noToken) {
            throw new AssertionError(token.body(), noToken);
        }
    }

    static void await(Callable<Boolean> condition) throws Exception {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.call()) {
            assertTrue(System.nanoTime() - end < 0, "waited for 30 s in vain");
            Thread.onSpinWait();
        }
    }
}
