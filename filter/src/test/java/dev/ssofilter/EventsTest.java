package dev.ssofilter;

import static dev.ssofilter.Answers.assertAnonymous;
import static dev.ssofilter.Answers.assertPage;
import static dev.ssofilter.Answers.assertSignedIn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendAnswer;
import dev.ssofilter.testkit.PretendUserPool;
import dev.ssofilter.user.LoginDecision;
import dev.ssofilter.user.Reason;
import dev.ssofilter.user.SsoEvent;
import dev.ssofilter.user.SsoListener;
import dev.ssofilter.user.SsoPrincipal;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What listeners of the application are asked and told: once, in order, and never a token. */
class EventsTest {
    /** Writes down what it hears, and says to logins what the test wants. */
    public static final class Recorder implements SsoListener {
        static final Queue<SsoEvent> HEARD = new ConcurrentLinkedQueue<>();
        static final Queue<SsoPrincipal> ASKED = new ConcurrentLinkedQueue<>();
        static Function<SsoPrincipal, LoginDecision> decision = user -> LoginDecision.accept();

        @Override
        public LoginDecision beforeLogin(SsoPrincipal user) {
            ASKED.add(user);
            return decision.apply(user);
        }

        @Override
        public void on(SsoEvent event) {
            HEARD.add(event);
        }
    }

    /** Another, of which order shows. */
    public static final class Second implements SsoListener {
        @Override
        public LoginDecision beforeLogin(SsoPrincipal user) {
            return LoginDecision.accept().withAttribute("seen", String.join(" ", user.getRoles()));
        }
    }

    /** One that fails at news. */
    public static final class Clumsy implements SsoListener {
        @Override
        public void on(SsoEvent event) {
            throw new IllegalStateException("clumsy");
        }
    }

    /** None that can be made. */
    public static final class Closed implements SsoListener {
        private Closed() {}
    }

    private final RefreshScene scene = new RefreshScene("listeners", Recorder.class.getName());
    private final PretendUserPool pool = scene.pool;

    @BeforeEach
    void forget() {
        Recorder.HEARD.clear();
        Recorder.ASKED.clear();
        Recorder.decision = user -> LoginDecision.accept();
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    private static List<String> heard() {
        return Recorder.HEARD.stream().map(EventsTest::told).toList();
    }

    private static String told(SsoEvent event) {
        var name = event.getClass().getSimpleName();
        if (event instanceof SsoEvent.LoginRefused refused) {
            return name + " " + refused.reason();
        }
        if (event instanceof SsoEvent.SessionEnded ended) {
            return name + " " + ended.why();
        }
        if (event instanceof SsoEvent.TokensRevoked revoked) {
            return name + " " + revoked.outcome();
        }
        return event instanceof SsoEvent.SentToProvider sent ? name + " " + sent.outcome() : name;
    }

    private void signOut() {
        scene.browser.request(
                "POST",
                scene.application.uri("/sso/logout"),
                "",
                "Origin",
                "http://localhost:" + scene.application.port());
    }

    @Test
    void tellsTheLifeOfASessionInOrder() {
        scene.logIn();
        scene.expire();
        RefreshScene.atOnce(Collections.nCopies(
                8, (Callable<Browser.Answer>) () -> scene.browser.fetch(scene.application.uri("/orders"))));
        signOut();

        assertEquals(
                List.of(
                        "LoginCompleted",
                        "TokensRefreshed",
                        "SessionEnded SIGNED_OUT",
                        "TokensRevoked DONE",
                        "SentToProvider DONE"),
                heard());
        assertEquals(2, Recorder.ASKED.size(), "at the login and at the refresh");
    }

    @Test
    @DisplayName("AB-174 AB-181 no event shows a token or a secret")
    void showsNoTokenInAnyEvent() throws IOException {
        scene.logIn();
        var token = scene.token().body();
        scene.expire();
        assertSignedIn(scene.browser, scene.application);
        signOut();

        var all = Recorder.HEARD.toString() + Recorder.ASKED;
        assertTrue(all.contains(pool.user().sub()));
        assertFalse(all.contains("eyJ"), all);
        assertFalse(all.contains(token), all);
        assertFalse(all.contains(PretendUserPool.CLIENT_SECRET), all);
        assertFalse(all.contains(pool.user().email()), all);
    }

    @Test
    void tellsWhyASessionEnded() {
        scene.logIn();
        scene.clock.move(Duration.ofHours(9));
        assertAnonymous(scene.browser, scene.application);
        assertAnonymous(scene.browser, scene.application);
        scene.logIn();
        scene.expire();
        pool.nextRefresh(PretendAnswer.error("invalid_grant"));
        RefreshScene.atOnce(Collections.nCopies(
                20, (Callable<Browser.Answer>) () -> scene.browser.fetch(scene.application.uri("/orders"))));
        assertAnonymous(scene.browser, scene.application);

        assertEquals(
                List.of(
                        "LoginCompleted",
                        "SessionEnded MAXIMUM_REACHED",
                        "LoginCompleted",
                        "SessionEnded REFRESH_REFUSED"),
                heard());
    }

    @Test
    void tellsThatALoginReplacedASession() {
        var response = Answers.redirectToReturnUrl(scene.browser, scene.application.uri("/orders"), pool.user());
        var other = Answers.redirectToReturnUrl(scene.browser, scene.application.uri("/orders"), pool.user());
        scene.browser.follow(response);

        scene.browser.follow(other);

        assertEquals(List.of("LoginCompleted", "SessionEnded REPLACED", "LoginCompleted"), heard());
    }

    @Test
    void tellsNothingOfALoginThatAnotherTabsHasSuperseded() throws Exception {
        var page = scene.application.uri("/orders");
        var first = Answers.redirectToReturnUrl(scene.browser, page, pool.user());
        var second = Answers.redirectToReturnUrl(scene.browser, page, pool.user());
        scene.browser.follow(Answers.redirectToReturnUrl(scene.browser, page, pool.user()));
        var release = new CountDownLatch(1);
        pool.next("/oauth2/token", PretendAnswer.held(release));
        var late = CompletableFuture.supplyAsync(() -> scene.browser.follow(first));
        RefreshTest.await(() -> pool.count("/oauth2/token") == 2);

        scene.browser.follow(second);
        release.countDown();

        assertEquals(303, late.get(30, TimeUnit.SECONDS).status());
        assertEquals(List.of("LoginCompleted", "SessionEnded REPLACED", "LoginCompleted"), heard());
    }

    @Test
    void tellsThatTheApplicationEndedASession() {
        try (var application = scene.with()
                .set("listeners", Recorder.class.getName())
                .servlet("/out", (request, response) -> request.logout())
                .start()) {
            scene.browser.logInFrom(application.uri("/orders"), pool.user());

            scene.browser.fetch(application.uri("/out"));

            assertAnonymous(scene.browser, application);
            assertEquals(List.of("LoginCompleted", "SessionEnded APPLICATION"), heard());
            assertEquals(0, pool.requests("/oauth2/revoke").size());
        }
    }

    @Test
    void tellsThatALoginWasRefused() {
        var unknown = scene.browser.navigate(scene.application.uri("/sso/return?code=x&state=y"));

        assertPage(Reason.UNKNOWN_STATE, unknown);
        assertEquals(List.of("LoginRefused UNKNOWN_STATE"), heard());
    }

    @Test
    void tellsOfAnOutageAndItsEndOnce() {
        pool.always().answer("/.well-known/openid-configuration", PretendAnswer.of(503, "text/plain", ""));
        scene.browser.navigate(scene.application.uri("/orders"));
        new Browser().navigate(scene.application.uri("/orders"));
        pool.undo();
        pool.client().rotation(Duration.ZERO);
        scene.logIn();

        assertEquals(List.of("ProviderUnreachable", "ProviderReachable", "LoginCompleted"), heard());
        assertTrue(Recorder.HEARD.peek() instanceof SsoEvent.ProviderUnreachable lost
                && lost.origin().equals(pool.domain()));
    }

    @Test
    void tellsThatKeysWereRotated() {
        scene.logIn();
        pool.rotateKeys(true);
        scene.browser.clearCookies();
        scene.logIn();

        assertEquals(List.of("LoginCompleted", "KeysRotated", "LoginCompleted"), heard());
    }

    @Test
    void tellsOfNoRotationWhereTheSameKeysComeAgain() {
        scene.logIn();
        scene.browser.clearCookies();
        pool.next().idTokenHeader(header -> {
            header.put("kid", "invented");
            return header;
        });
        scene.logIn();

        assertEquals(2, pool.count("/.well-known/jwks.json"));
        assertEquals(List.of("LoginCompleted", "LoginRefused ID_TOKEN_REFUSED"), heard());
    }

    @Test
    void addsRolesAndAttributesThatStayThroughARefresh() {
        Recorder.decision = user -> LoginDecision.accept()
                .withRole("linked")
                .withAttribute("Member No", "7")
                .withAttribute("Member No", "8");
        scene.logIn();
        var atLogin = me();
        scene.expire();

        assertEquals(atLogin, me());
        assertEquals(List.of("members", "linked"), atLogin.get(0));
        assertEquals(List.of("7", "8"), atLogin.get(1));
    }

    private List<Object> me() {
        var me = Answers.json(scene.browser.fetch(scene.application.uri("/sso/me")));
        return List.of(me.get("roles"), ((Map<?, ?>) me.get("attributes")).get("Member No"));
    }

    @Test
    @DisplayName("shows the user the listener's words, escaped, and signs nobody in")
    void showsTheListenersWords() {
        Recorder.decision = user -> LoginDecision.refuse("Your membership has ended.\nWrite to <us>.");

        var page = scene.logIn();

        assertPage(Reason.LOGIN_REFUSED, page);
        assertTrue(page.body().contains("<p>Your membership has ended.</p>"), page.body());
        assertTrue(page.body().contains("<p>Write to &lt;us&gt;.</p>"), page.body());
        assertTrue(
                page.body().contains("action=\"" + scene.application.uri("/sso/logout")), "another account may help");
        assertAnonymous(scene.browser, scene.application);
        assertEquals(List.of("LoginRefused LOGIN_REFUSED"), heard());
        assertTrue(scene.log.holds(Recorder.class.getName() + " refused the login"));
    }

    @Test
    void endsTheSessionWhereTheListenerRefusesAtARefresh() {
        scene.logIn();
        scene.expire();
        Recorder.decision = user -> LoginDecision.refuse("no more");

        assertAnonymous(scene.browser, scene.application);
        assertEquals(List.of("LoginCompleted", "SessionEnded REFRESH_REFUSED"), heard());
    }

    @Test
    void keepsTheSessionWhereAListenerThrowsAtARefresh() {
        scene.logIn();
        scene.expire();
        Recorder.decision = user -> {
            throw new IllegalStateException("database down");
        };
        assertSignedIn(scene.browser, scene.application);
        Recorder.decision = user -> LoginDecision.accept();
        scene.clock.move(Duration.ofSeconds(31));

        assertTrue(scene.token().body().startsWith("eyJ"));
        assertEquals(List.of("LoginCompleted", "TokensRefreshed"), heard(), "and the one-time token was not lost");
    }

    @Test
    void handsTheWordsToTheApplicationsOwnPage() {
        Recorder.decision = user -> LoginDecision.refuse("Your membership has ended.");
        try (var application = scene.with()
                .set("listeners", Recorder.class.getName(), "failurePage", "/failed")
                .servlet("/failed", (request, response) -> response.getWriter()
                        .print(request.getAttribute("dev.ssofilter.text") + " "
                                + request.getAttribute("dev.ssofilter.loginUrl")))
                .start()) {
            assertEquals(
                    "Your membership has ended. null",
                    scene.browser
                            .logInFrom(application.uri("/orders"), pool.user())
                            .body());
        }
    }

    @Test
    void failsClosedWhereAListenerThrowsBeforeALogin() {
        Recorder.decision = user -> {
            throw new IllegalStateException("database down");
        };

        var page = scene.logIn();

        assertPage(Reason.INTERNAL_ERROR, page);
        assertFalse(page.body().contains("database"), page.body());
        assertAnonymous(scene.browser, scene.application);
        assertEquals(List.of("LoginRefused INTERNAL_ERROR"), heard());
    }

    @Test
    void failsClosedWhereAListenerGivesARoleThatIsNone() {
        Recorder.decision = user -> LoginDecision.accept().withRole("**");

        assertPage(Reason.INTERNAL_ERROR, scene.logIn());
        assertAnonymous(scene.browser, scene.application);
    }

    @Test
    void logsAListenerThatThrowsAtNewsAndGoesOn() {
        try (var application = scene.another(
                "listeners", Clumsy.class.getName() + ", " + Recorder.class.getName() + " " + Second.class.getName())) {
            Recorder.decision = user -> LoginDecision.accept().withRole("first");
            scene.browser.logInFrom(application.uri("/orders"), pool.user());

            assertSignedIn(scene.browser, application);
            assertEquals(List.of("LoginCompleted"), heard());
            assertTrue(scene.log.holds("listener " + Clumsy.class.getName() + " threw on LoginCompleted"));
            var me = scene.browser.fetch(application.uri("/sso/me")).body();
            assertTrue(me.contains("members first"), "the second is shown what the first has added: " + me);
        }
    }

    @Test
    void findsListenersByServiceFile(@TempDir Path folder) throws IOException {
        var file = folder.resolve("META-INF/services/" + SsoListener.class.getName());
        Files.createDirectories(file.getParent());
        Files.writeString(file, Recorder.class.getName() + "\n");
        try (var loader = new URLClassLoader(
                        new URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
                var application = scene.with()
                        .also(context -> context.setClassLoader(loader))
                        .set("listeners", Recorder.class.getName())
                        .start()) {
            scene.browser.logInFrom(application.uri("/orders"), pool.user());

            assertEquals(List.of("LoginCompleted"), heard(), "named twice, made once");
        }
    }

    @Test
    void doesNotStartWithAListenerThatCannotBeMade() {
        var refused = assertThrows(
                IllegalStateException.class,
                () -> scene.another(
                        "listeners", "org.example.Absent, " + Closed.class.getName() + " java.lang.String"));

        var message = refused.getMessage();
        assertTrue(message.contains("3 problems"), message);
        assertTrue(message.contains("got \"org.example.Absent\""), message);
        assertTrue(message.contains("implements dev.ssofilter.user.SsoListener"), message);
    }
}
