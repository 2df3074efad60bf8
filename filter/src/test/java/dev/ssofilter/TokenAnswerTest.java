package dev.ssofilter;

import static dev.ssofilter.Refusals.assertFailed;
import static dev.ssofilter.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendAnswer;
import dev.ssofilter.user.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the token endpoint answers is believed only if it is a token response (RFC 6749 §5), and never asked for again. */
@TestInstance(Lifecycle.PER_CLASS)
class TokenAnswerTest {
    private static final String TOKEN = "/oauth2/token";
    private static final String JSON = "application/json";
    private static final String NO_TOKENS = "with something that is no token response";

    private final Scene scene = Scene.with();

    @BeforeEach
    void renew() {
        scene.renew();
    }

    @AfterAll
    void stop() {
        scene.close();
    }

    static Stream<Arguments> answers() {
        var refused = Reason.PROVIDER_ANSWER_REFUSED;
        var outage = Reason.USER_POOL_UNREACHABLE;
        return Stream.of(
                arguments("AB-109 HTML", refused, PretendAnswer.of(200, "text/html", "<p>Hi</p>"), NO_TOKENS),
                arguments("AB-128 XML", refused, PretendAnswer.of(200, JSON, "<!DOCTYPE a><a/>"), NO_TOKENS),
                arguments("an empty body", refused, PretendAnswer.of(200, JSON, ""), NO_TOKENS),
                arguments("an array", refused, PretendAnswer.of(200, JSON, "[]"), NO_TOKENS),
                arguments("an empty object", refused, PretendAnswer.of(200, JSON, "{}"), NO_TOKENS),
                arguments("JSON cut short", refused, PretendAnswer.cut(100), NO_TOKENS),
                arguments("JSON as text/plain", refused, PretendAnswer.typed("text/plain"), NO_TOKENS),
                arguments("AB-127 trailing text", refused, PretendAnswer.withBody(b -> b + "x"), NO_TOKENS),
                arguments("AB-127 a comment", refused, PretendAnswer.withBody(b -> "/**/" + b), NO_TOKENS),
                arguments("AB-127 a byte order mark", refused, PretendAnswer.withBody(b -> "\ufeff" + b), NO_TOKENS),
                arguments(
                        "a compressed body",
                        refused,
                        PretendAnswer.withHeader("Content-Encoding", "gzip"),
                        "compressed"),
                arguments(
                        "AB-039 a redirect",
                        refused,
                        PretendAnswer.redirect("/elsewhere"),
                        "answered 302 " + NO_TOKENS),
                arguments(
                        "a 403 of a front layer", refused, PretendAnswer.of(403, "text/html", "<p>No</p>"), NO_TOKENS),
                arguments("a 400 without error", refused, PretendAnswer.of(400, JSON, "{}"), NO_TOKENS),
                arguments("AB-110 an endless body", refused, PretendAnswer.endless(JSON), "longer than 65536 bytes"),
                arguments("AB-125 429", outage, PretendAnswer.throttled(Duration.ofSeconds(1)), "answered 429"),
                arguments(
                        "AB-125 503 in HTML",
                        outage,
                        PretendAnswer.of(503, "text/html", "<p>Sorry</p>"),
                        "answered 503"),
                arguments(
                        "AB-125 500 in JSON",
                        outage,
                        PretendAnswer.of(500, JSON, "{\"message\":\"x\"}"),
                        "answered 500"),
                arguments(
                        "no answer, but a closed connection", outage, PretendAnswer.dropped(), "broke the connection"),
                arguments("a body that breaks off", outage, PretendAnswer.truncated(50), "broke the connection"));
    }

    @ParameterizedTest(name = "signs nobody in with {0}, and asks once")
    @MethodSource("answers")
    void refusesAnAnswer(String fault, Reason reason, PretendAnswer bent, String logged) {
        scene.pool.next(TOKEN, bent);

        var answer = scene.logIn();

        assertRefused(scene, answer, reason, logged);
        assertEquals(1, scene.tokenRequests());
        assertEquals(0, scene.pool.count("/elsewhere"));
    }

    private static Arguments member(String name, String logged, UnaryOperator<Map<String, Object>> bend) {
        return arguments(name, logged, bend);
    }

    private static UnaryOperator<Map<String, Object>> with(String member, Object value) {
        return answer -> {
            answer.put(member, value);
            return answer;
        };
    }

    private static UnaryOperator<Map<String, Object>> without(String member) {
        return answer -> {
            answer.remove(member);
            return answer;
        };
    }

    static Stream<Arguments> members() {
        return Stream.of(
                member("AB-109 without id_token", "holds no id_token", without("id_token")),
                member("AB-109 with a number as id_token", "holds no id_token", with("id_token", 7)),
                member("AB-109 without access_token", NO_TOKENS, without("access_token")),
                member("AB-109 without token_type", NO_TOKENS, without("token_type")),
                member("AB-109 with another token_type", NO_TOKENS, with("token_type", "MAC")),
                member("AB-109 with DPoP as token_type", "another token_type", with("token_type", "DPoP")),
                member("AB-109 with an error at status 200", "holds an error", with("error", "invalid_grant")),
                member(
                        "with a line break in access_token",
                        "in its access_token",
                        with("access_token", "t0ken\r\nX-Evil: 1")),
                member("with DEL in access_token", "in its access_token", with("access_token", "t0ken\u007f")),
                member(
                        "with emoji in access_token",
                        "in its access_token",
                        with("access_token", "\ud83d\ude00".repeat(11_500))),
                member("with a letter in refresh_token", "in its refresh_token", with("refresh_token", "é")),
                member(
                        "AB-087 with a megabyte of id_token",
                        "longer than 65536",
                        with("id_token", "e".repeat(1 << 20))));
    }

    @ParameterizedTest(name = "refuses a token answer {0}")
    @MethodSource("members")
    void refusesATokenAnswer(String fault, String logged, UnaryOperator<Map<String, Object>> bend) {
        scene.pool.next().tokenAnswer(bend);

        var answer = scene.logIn();

        assertRefused(scene, answer, Reason.PROVIDER_ANSWER_REFUSED, logged);
        assertEquals(1, scene.tokenRequests());
    }

    @ParameterizedTest(name = "takes token_type {0}")
    @ValueSource(strings = {"bearer", "BEARER"})
    void takesTheTypeInAnyCase(String type) {
        scene.pool.next().tokenAnswer(with("token_type", type));

        assertEquals(200, scene.logIn().status());
    }

    @Test
    @DisplayName("AB-041 AB-123 ends a login after ten seconds where the provider drips or says nothing, and asks once")
    void endsALoginAfterTenSeconds() {
        var never = new CountDownLatch(1);
        for (var bent : List.of(PretendAnswer.dripping(JSON, Duration.ofMillis(200)), PretendAnswer.held(never))) {
            scene.pool.next(TOKEN, bent);
        }
        var browsers = List.of(new Browser(), scene.browser);
        var begun = System.nanoTime();

        var answers = browsers.stream()
                .map(browser -> CompletableFuture.supplyAsync(
                        () -> browser.logInFrom(scene.application.uri("/orders"), scene.pool.user())))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        var seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();
        never.countDown();
        answers.forEach(answer -> assertFailed(scene, answer, Reason.USER_POOL_UNREACHABLE));
        browsers.forEach(browser -> Refusals.assertAnonymous(scene, browser));
        assertTrue(seconds >= 9 && seconds < 18, seconds + " s");
        assertEquals(2, scene.tokenRequests());
        assertEquals(0, scene.sessions() + scene.reached());
    }
}
