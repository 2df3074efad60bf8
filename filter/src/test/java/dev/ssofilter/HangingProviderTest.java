package dev.ssofilter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendAnswer;
import dev.ssofilter.user.Reason;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Two hundred people at once, and a provider that is slow, hangs, or changes its keys under them. */
class HangingProviderTest {
    private static final int PEOPLE = 200;
    private static final String KEYS = "/.well-known/jwks.json";
    private static final String METADATA = "/.well-known/openid-configuration";
    private static final String TOKEN = "/oauth2/token";

    private final Scene scene = Scene.with();
    private final ExecutorService threads = Executors.newFixedThreadPool(PEOPLE + 1);

    @AfterEach
    void stop() {
        threads.shutdownNow();
        scene.close();
    }

    /** A browser that has signed in at the provider, and the address to which it is sent back. */
    private record Arrival(Browser browser, URI response) {}

    private List<Arrival> arrivals() {
        return all(PEOPLE, () -> {
            var browser = new Browser();
            return new Arrival(browser, scene.response(browser, scene.pool.user()));
        });
    }

    private <T> List<T> all(int many, Supplier<T> call) {
        return IntStream.range(0, many).mapToObj(i -> CompletableFuture.supplyAsync(call, threads)).toList().stream()
                .map(CompletableFuture::join)
                .toList();
    }

    private List<CompletableFuture<Integer>> statuses(List<Arrival> arrivals) {
        return arrivals.stream()
                .map(arrival -> CompletableFuture.supplyAsync(
                        () -> arrival.browser().navigate(arrival.response()).status(), threads))
                .toList();
    }

    private static Map<Integer, Long> counted(List<CompletableFuture<Integer>> statuses) {
        return statuses.stream()
                .map(CompletableFuture::join)
                .collect(Collectors.groupingBy(status -> status, Collectors.counting()));
    }

    private static void awaitThat(BooleanSupplier condition) {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "did not happen in time");
            Thread.onSpinWait();
        }
    }

    @Test
    @DisplayName(
            "AB-124 lets 32 wait for a token endpoint that hangs, refuses the others at once, and serves everybody else")
    void keepsTheContainersThreads() {
        scene.logIn();
        var arrivals = arrivals();
        scene.pool.resetRequests();
        var hanging = new CountDownLatch(1);
        scene.pool.always().answer(TOKEN, PretendAnswer.held(hanging));

        var statuses = statuses(arrivals);
        awaitThat(() -> statuses.stream().filter(Future::isDone).count() == PEOPLE - 32);

        assertEquals(32, scene.tokenRequests());
        assertEquals(
                200, scene.browser.navigate(scene.application.uri("/orders")).status());
        assertEquals(
                200, new Browser().navigate(scene.application.uri("/public/a")).status());
        assertEquals(
                302, new Browser().navigate(scene.application.uri("/orders")).status());
        hanging.countDown();
        assertEquals(Map.of(303, 32L, 503, PEOPLE - 32L), counted(statuses));
        assertTrue(
                scene.log.failures().get(0).contains("32 requests wait for it"),
                scene.log.failures().get(0));
    }

    @Test
    @DisplayName("AB-124 answers at once where metadata and keys hang, once enough wait for them")
    void keepsTheContainersThreadsFromSharedAnswers() {
        var hanging = new CountDownLatch(1);
        scene.pool.always().answer(METADATA, PretendAnswer.held(hanging));
        var begun = new ArrayList<CompletableFuture<Integer>>();
        for (var i = 0; i < PEOPLE; i++) {
            begun.add(CompletableFuture.supplyAsync(
                    () -> new Browser()
                            .navigate(scene.application.uri("/orders"))
                            .status(),
                    threads));
        }

        awaitThat(() -> begun.stream().filter(Future::isDone).count() == PEOPLE - 32);

        assertEquals(
                200, new Browser().navigate(scene.application.uri("/public/a")).status());
        hanging.countDown();
        assertEquals(Map.of(302, 32L, 503, PEOPLE - 32L), counted(begun));
        assertEquals(1, scene.pool.count(METADATA));
    }

    @Test
    @DisplayName("R-22 R-24 two hundred first logins at once: none fails, metadata and keys are asked for once")
    void failsNoneOfTwoHundredFirstLogins() {
        var pages = all(PEOPLE, () -> new Browser()
                .logInFrom(scene.application.uri("/orders"), scene.pool.user())
                .status());

        assertEquals(List.of(200), pages.stream().distinct().toList());
        assertEquals(1, scene.pool.count(METADATA));
        assertEquals(1, scene.pool.count(KEYS));
    }

    @Test
    @DisplayName("R-24 keys rotate under two hundred concurrent logins: none fails, the keys are asked for once more")
    void failsNobodyWhenKeysRotate() {
        scene.logIn();
        var arrivals = arrivals();
        scene.pool.resetRequests();
        scene.pool.rotateKeys(false);

        var statuses = statuses(arrivals);

        assertEquals(Map.of(303, (long) PEOPLE), counted(statuses));
        assertEquals(1, scene.pool.count(KEYS));
        assertEquals(PEOPLE, scene.tokenRequests());
    }

    @Test
    @DisplayName(
            "AB-122 three hundred logins with made-up kids cost one call, and the genuine ones beside them succeed")
    void asksOnceForThreeHundredInventedKeys() {
        scene.logIn();
        scene.pool.resetRequests();
        var made = new AtomicInteger();
        scene.pool.always().idTokenRaw(token -> {
            var number = made.incrementAndGet();
            return number % 10 == 0
                    ? token
                    : Forgery.resigned(
                            token,
                            Map.of("alg", "RS256", "kid", "invented" + number),
                            "SHA256withRSA",
                            Forgery.RSA.getPrivate());
        });

        var pages = new ArrayList<Integer>();
        for (var round = 0; round < 2; round++) {
            pages.addAll(all(PEOPLE, () -> new Browser()
                    .logInFrom(scene.application.uri("/orders"), scene.pool.user())
                    .status()));
        }

        var byStatus = pages.stream().collect(Collectors.groupingBy(status -> status, Collectors.counting()));
        assertEquals(
                Map.of(200, 40L, Reason.ID_TOKEN_REFUSED.status(), 360L), byStatus, () -> scene.log.failures().stream()
                        .filter(line -> !line.contains("ID_TOKEN_REFUSED"))
                        .limit(3)
                        .toList()
                        .toString());
        assertEquals(1, scene.pool.count(KEYS));
    }
}
