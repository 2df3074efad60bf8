package dev.ssofilter;

import static dev.ssofilter.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.JWSAlgorithm;
import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendAnswer;
import dev.ssofilter.testkit.PretendUserPool;
import dev.ssofilter.user.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The provider is down, or what it publishes is wrong: whoever is signed in stays so, and nobody else comes in. */
class OutageTest {
    private static final String METADATA = "/.well-known/openid-configuration";
    private static final String KEYS = "/.well-known/jwks.json";
    private static final String JSON = "application/json";

    private final Scene scene = Scene.with();

    @AfterEach
    void stop() {
        scene.close();
    }

    private int status(Browser browser, String path) {
        return browser.navigate(scene.application.uri(path)).status();
    }

    @Test
    @DisplayName(
            "the application starts while the provider is down, says so, and signs in without a restart once it is back")
    void startsWithoutTheProvider() {
        var port = scene.pool.domain().getPort();
        scene.pool.close();
        try (var application = Application.of(scene.pool)) {
            var publicPage = scene.browser.navigate(application.uri("/public/a"));
            var protectedPage = scene.browser.navigate(application.uri("/orders"));
            try (var back = PretendUserPool.start(port)) {
                back.client().allowCallback(application.uri("/sso/return").toString());
                var page = scene.browser.logInFrom(application.uri("/orders"), back.user());

                assertEquals(200, publicPage.status());
                assertEquals(503, protectedPage.status());
                assertEquals(Optional.of("30"), protectedPage.header("Retry-After"));
                assertTrue(protectedPage.body().contains("Reason: USER_POOL_UNREACHABLE<"));
                assertEquals(List.of(), protectedPage.setCookies());
                assertEquals(200, page.status());
                assertEquals(2, application.reached());
            }
        }
    }

    @Test
    @DisplayName("R-22 keeps users signed in while the provider is down")
    void keepsUsersSignedInWhileTheProviderIsDown() {
        scene.logIn();
        scene.pool.close();

        assertEquals(200, status(scene.browser, "/orders"));
        assertEquals(200, status(scene.browser, "/public/a"));
        assertEquals(200, status(new Browser(), "/public/a"));
        assertEquals(302, status(new Browser(), "/orders"), "the metadata are known");
    }

    @Test
    void refusesALoginWhoseProviderWentDownMeanwhile() {
        var response = scene.response();
        scene.pool.close();

        var answer = scene.browser.navigate(response);

        assertRefused(scene, answer, Reason.USER_POOL_UNREACHABLE, "refused the connection");
    }

    @ParameterizedTest(name = "waits for a provider that is slow at {0}")
    @ValueSource(strings = {METADATA, "/oauth2/token", KEYS})
    void waitsForASlowProvider(String path) {
        var delay = Duration.ofSeconds(2);
        scene.pool.always().answer(path, PretendAnswer.delayed(delay));
        var begin = System.nanoTime();

        var page = scene.logIn();

        var took = Duration.ofNanos(System.nanoTime() - begin);
        assertEquals(200, page.status());
        assertEquals(scene.application.uri("/orders"), page.uri());
        assertEquals(1, scene.pool.count(path));
        assertTrue(took.compareTo(delay) >= 0, took::toString);
    }

    static Stream<Arguments> outages() {
        return Stream.of(
                arguments("500", PretendAnswer.of(500, JSON, "{}")),
                arguments("503", PretendAnswer.of(503, "text/html", "<p>Sorry</p>")),
                arguments("AB-125 429", PretendAnswer.throttled(Duration.ofSeconds(5))),
                arguments("a closed connection", PretendAnswer.dropped()),
                arguments("a body that breaks off", PretendAnswer.truncated(5)));
    }

    @ParameterizedTest(name = "answers 503 where the metadata cannot be had: {0}")
    @MethodSource("outages")
    void tellsAnOutageOfTheMetadata(String fault, PretendAnswer bent) {
        scene.pool.always().answer(METADATA, bent);

        assertRefused(scene, scene.begin(), Reason.USER_POOL_UNREACHABLE);
    }

    @ParameterizedTest(name = "AB-120 signs nobody in where the keys cannot be had: {0}")
    @MethodSource("outages")
    void tellsAnOutageOfTheKeys(String fault, PretendAnswer bent) {
        scene.pool.always().answer(KEYS, bent);

        assertRefused(scene, scene.logIn(), Reason.USER_POOL_UNREACHABLE);
    }

    @Test
    @DisplayName("R-24 asks for the keys once more after a rotation, and fails nobody")
    void asksForTheKeysOnceMoreAfterARotationAndFailsNobody() {
        scene.logIn();
        assertEquals(1, scene.pool.count(KEYS));

        scene.pool.rotateKeys(false);
        for (var i = 0; i < 3; i++) {
            assertEquals(
                    200,
                    new Browser()
                            .logInFrom(scene.application.uri("/orders"), scene.pool.user())
                            .status());
        }

        assertEquals(2, scene.pool.count(KEYS));
        assertEquals(1, scene.pool.count(METADATA));
        assertEquals(4, scene.tokenRequests());
    }

    @Test
    @DisplayName("AB-120 AB-122 uses the last good keys while the provider cannot give new ones, whatever kids come")
    void usesTheLastGoodKeys() {
        scene.logIn();
        scene.pool.always().answer(KEYS, PretendAnswer.of(500, JSON, "{}"));
        for (var i = 0; i < 5; i++) {
            scene.pool.next().idTokenSignedBy(Forgery.rsa("invented" + i), JWSAlgorithm.RS256);
            var refused = new Browser().logInFrom(scene.application.uri("/orders"), scene.pool.user());
            Refusals.assertFailed(scene, refused, Reason.ID_TOKEN_REFUSED);
        }

        assertEquals(
                200,
                new Browser()
                        .logInFrom(scene.application.uri("/orders"), scene.pool.user())
                        .status());
        assertEquals(2, scene.pool.count(KEYS), "one first, one for all invented kids of a minute");
    }
}
