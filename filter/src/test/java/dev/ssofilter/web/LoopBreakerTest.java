package dev.ssofilter.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.directory.BaseUrl;
import dev.ssofilter.oidc.Sealer;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** CONTRACT §5, "Loops": logins that end, and a session that never comes back. */
class LoopBreakerTest {
    private static final BaseUrl BASE = BaseUrl.parse("https://members.example.org/portal");
    private static final byte[] KEY = "a key of this test, 32 bytes lon".getBytes(StandardCharsets.UTF_8);
    private static Container container;

    private final SetClock clock = new SetClock();
    private final Jar jar = new Jar();
    private final LoopBreaker breaker = on(KEY);

    @BeforeAll
    static void start() throws Exception {
        container = Container.at("/");
    }

    @AfterAll
    static void stop() throws Exception {
        container.close();
    }

    @Test
    void stopsTheFourthRedirectWithinAMinute() throws Exception {
        for (var i = 0; i < 3; i++) {
            assertEquals(Optional.empty(), begin(), "login " + i);
            end();
            clock.advance(Duration.ofSeconds(15));
        }

        assertEquals(Optional.of(Reason.LOGIN_LOOP), begin());
    }

    @Test
    void namesTheLikelyCause() throws Exception {
        loseThree();

        container.get(
                "/",
                (request, response) -> {
                    var loop = assertThrows(
                            LoginFailedException.class, () -> breaker.beforeLogin(request, response, BASE));
                    assertTrue(loop.getMessage().contains("`baseUrl`"), loop.getMessage());
                    assertTrue(loop.getMessage().contains("SameSite"), loop.getMessage());
                },
                jar.header());
    }

    @Test
    void beginsAnewAfterThePage() throws Exception {
        loseThree();
        begin();

        assertEquals(Map.of(), jar.cookies());
        assertEquals(Optional.empty(), begin());
    }

    @Test
    void forgetsAfterAMinute() throws Exception {
        loseThree();
        clock.advance(Duration.ofSeconds(59));
        assertEquals(Optional.of(Reason.LOGIN_LOOP), begin());

        loseThree();
        clock.advance(Duration.ofMinutes(1));
        assertEquals(Optional.empty(), begin());
    }

    // The cookie's own life says nothing: a browser may keep it.
    @Test
    void countsFromTheFirstOfTheMinute() throws Exception {
        for (var i = 0; i < 12; i++) {
            end();
            clock.advance(Duration.ofSeconds(25));

            assertEquals(Optional.empty(), begin(), "login " + i);
        }
    }

    @Test
    void forgetsWhoSignedOut() throws Exception {
        loseThree();

        jar.take(forget());

        assertEquals(Map.of(), jar.cookies());
        assertEquals(Optional.empty(), begin());
    }

    @Test
    void setsNothingWhereThereIsNothingToForget() throws Exception {
        assertEquals(List.of(), forget().values("Set-Cookie"));
    }

    private Container.Answer forget() throws Exception {
        return container.get("/", (request, response) -> breaker.forget(request, response, BASE), jar.header());
    }

    @Test
    void countsOnAnyNode() throws Exception {
        loseThree();

        assertEquals(Optional.of(Reason.LOGIN_LOOP), begin(on(KEY)));
    }

    @Test
    void believesNoCountThatItDidNotSeal() throws Exception {
        loseThree();
        var another = "another key, 32 bytes long as it".getBytes(StandardCharsets.UTF_8);

        assertEquals(Optional.empty(), begin(on(another)));
        jar.with(jar.name(), "AAAA");
        assertEquals(Optional.empty(), begin());
    }

    @Test
    void believesNoCountOfAnotherAddressOrPurpose() throws Exception {
        loseThree();
        var count = jar.value();
        var elsewhere = BaseUrl.parse("https://members.example.org/other");
        var there = new Jar()
                .take(container.get("/", (request, response) -> breaker.afterLogin(request, response, elsewhere)));
        there.with(there.name(), count);

        assertEquals(Optional.empty(), begin(breaker, elsewhere, there));
        jar.with(jar.name(), Sealer.withKeys(List.of(KEY)).forPurpose("login").seal(new byte[12]));
        assertEquals(Optional.empty(), begin());
    }

    @Test
    void believesNoCountOfAnotherAppClient() throws Exception {
        var client = new LoopBreaker(new Cookies("other", false), Sealer.withKeys(List.of(KEY)), clock);
        end();
        var others = new Jar();
        for (var i = 0; i < 3; i++) {
            others.take(container.get(
                    "/", (request, response) -> client.afterLogin(request, response, BASE), others.header()));
        }
        jar.with(jar.name(), others.value());

        assertEquals(Optional.empty(), begin());
    }

    @Test
    void takesAnotherVersionsCountForNone() throws Exception {
        end();
        for (var bytes : List.of(new byte[0], new byte[3], new byte[11], new byte[13], new byte[64])) {
            var purpose = String.join("\n", "ended", jar.name(), BASE.value(), "");
            jar.with(
                    jar.name(),
                    Sealer.withKeys(List.of(KEY)).forPurpose(purpose).seal(bytes));

            assertEquals(Optional.empty(), begin(), bytes.length + " bytes");
        }
    }

    @Test
    void carriesTheCountInACookieOfAMinute() throws Exception {
        var set = end().values("Set-Cookie").get(0);

        assertTrue(set.startsWith("__Host-sso-ended-"), set);
        assertTrue(set.contains("; Path=/; ") && set.contains("; Secure; HttpOnly; SameSite=Lax"), set);
        assertTrue(set.contains("; Max-Age=60; "), set);
    }

    private LoopBreaker on(byte[] key) {
        return new LoopBreaker(new Cookies("client", false), Sealer.withKeys(List.of(key)), clock);
    }

    private void loseThree() throws Exception {
        for (var i = 0; i < 3; i++) {
            end();
        }
    }

    private Container.Answer end() throws Exception {
        var answer =
                container.get("/", (request, response) -> breaker.afterLogin(request, response, BASE), jar.header());
        jar.take(answer);
        return answer;
    }

    private Optional<Reason> begin() throws Exception {
        return begin(breaker);
    }

    private Optional<Reason> begin(LoopBreaker node) throws Exception {
        return begin(node, BASE, jar);
    }

    private static Optional<Reason> begin(LoopBreaker node, BaseUrl base, Jar jar) throws Exception {
        var refused = new AtomicReference<Optional<Reason>>(Optional.empty());
        var answer = container.get(
                "/",
                (request, response) -> {
                    try {
                        node.beforeLogin(request, response, base);
                    } catch (LoginFailedException loop) {
                        refused.set(Optional.of(loop.reason()));
                    }
                },
                jar.header());
        jar.take(answer);
        return refused.get();
    }
}
