package dev.ssofilter;

import static dev.ssofilter.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.ssofilter.testkit.PretendAnswer;
import dev.ssofilter.testkit.PretendUserPool;
import dev.ssofilter.user.Reason;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
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

/** Userinfo is asked where a claim is mapped from it, and believed where it is about the same user (OIDC Core §5.3). */
@TestInstance(Lifecycle.PER_CLASS)
class UserinfoTest {
    private static final String PATH = "/oauth2/userInfo";
    private static final String FROM_USERINFO = "External ID = sub @ ID Token; Email = email @ Userinfo";

    private final Scene scene = Scene.with("claims", FROM_USERINFO);

    @BeforeEach
    void renew() {
        scene.renew();
    }

    @AfterAll
    void stop() {
        scene.close();
    }

    @Test
    void asksUserinfoOnceWhereAClaimIsMappedFromIt() {
        scene.logIn();

        var asked = scene.pool.requests(PATH);
        assertEquals(1, asked.size());
        assertEquals("GET", asked.get(0).method());
        assertEquals("", asked.get(0).rawQuery());
        assertEquals(Optional.of("application/json"), asked.get(0).header("Accept"));
        assertEquals(scene.pool.user().email(), scene.me().get("email"));
    }

    @Test
    void asksUserinfoNeverWhereNothingIsMappedFromIt() {
        try (var usual = Scene.with()) {
            usual.logIn();

            assertEquals(0, usual.pool.count(PATH));
            assertEquals(usual.pool.user().email(), usual.me().get("email"));
        }
    }

    private static Arguments members(String name, String logged, UnaryOperator<Map<String, Object>> bend) {
        return arguments(name, logged, (Consumer<PretendUserPool>) pool -> pool.nextUserinfo(bend));
    }

    private static Arguments answer(String name, String logged, PretendAnswer answer) {
        return arguments(name, logged, (Consumer<PretendUserPool>) pool -> pool.next(PATH, answer));
    }

    private static Map<String, Object> with(Map<String, Object> members, Object sub) {
        members.put("sub", sub);
        return members;
    }

    static Stream<Arguments> faults() {
        var json = "application/json";
        var type = "Content-Type is not application/json";
        var body = "the body is no JSON object";
        return Stream.of(
                members("AB-106 about another user", "sub is missing or differs", m -> with(m, "another user")),
                members("AB-106 about nobody", "sub is missing or differs", m -> {
                    m.remove("sub");
                    return m;
                }),
                members("AB-106 with a number as sub", "sub is missing or differs", m -> with(m, 7)),
                answer("AB-106 in HTML", type, PretendAnswer.of(200, "text/html", "<p>Sign in</p>")),
                answer("AB-106 as JWT", type, PretendAnswer.of(200, "application/jwt", "e30.e30.")),
                answer("AB-106 as JSON under another type", type, PretendAnswer.typed("text/plain")),
                answer("AB-106 as JSON under another first type", type, PretendAnswer.typed("text/json")),
                answer("AB-106 as array", body, PretendAnswer.of(200, json, "[]")),
                answer("AB-127 cut short", body, PretendAnswer.cut(20)),
                answer(
                        "AB-127 with a member twice",
                        body,
                        PretendAnswer.withBody(b -> "{\"sub\":\"a\"," + b.substring(1))),
                answer("that is empty", body, PretendAnswer.of(200, json, "")),
                answer("with status 401", "status 401; `scopes` must hold openid", PretendAnswer.of(401, json, "{}")),
                answer("with status 404", "status 404; ", PretendAnswer.of(404, "text/html", "")),
                answer("that redirects", "status 302; ", PretendAnswer.redirect("/elsewhere")));
    }

    @ParameterizedTest(name = "refuses an answer {0}")
    @MethodSource("faults")
    void refusesAnAnswer(String fault, String logged, Consumer<PretendUserPool> bend) {
        bend.accept(scene.pool);

        var answer = scene.logIn();

        assertRefused(scene, answer, Reason.USERINFO_REFUSED, "Userinfo: " + logged);
        assertEquals(1, scene.pool.count(PATH));
        assertEquals(0, scene.pool.count("/elsewhere"));
        assertFalse(answer.body().contains(scene.pool.user().email()));
    }

    @Test
    @DisplayName("AB-110 refuses an answer without end")
    void refusesAnEndlessAnswer() {
        scene.pool.next(PATH, PretendAnswer.endless("application/json"));

        assertRefused(scene, scene.logIn(), Reason.PROVIDER_ANSWER_REFUSED, "longer than 65536 bytes");
    }

    @ParameterizedTest(name = "an outage of Userinfo is an outage: {0}")
    @ValueSource(ints = {500, 503, 429})
    void tellsAnOutage(int status) {
        scene.pool.next(PATH, PretendAnswer.of(status, "text/html", "<p>Sorry</p>"));

        assertRefused(scene, scene.logIn(), Reason.USER_POOL_UNREACHABLE);
        assertEquals(1, scene.pool.count(PATH));
    }

    @Test
    void tellsAnOutageWhereTheConnectionBreaks() {
        scene.pool.always().answer(PATH, PretendAnswer.truncated(10));

        assertRefused(scene, scene.logIn(), Reason.USER_POOL_UNREACHABLE);
    }

    @Test
    @DisplayName("names the right spelling where the guide's manual value, in lower case, is not found")
    void namesTheRightSpelling() {
        try (var pool = PretendUserPool.start();
                var manual =
                        Scene.at(pool, "claims", FROM_USERINFO, "userinfoUrl", pool.domain() + "/oauth2/userinfo")) {
            assertRefused(manual, manual.logIn(), Reason.USERINFO_REFUSED, "/oauth2/userInfo: correct `userinfoUrl`");
            assertEquals(0, pool.count(PATH));
        }
    }

    @Test
    void saysSoWhereTheDocumentNamesNoUserinfo() {
        try (var other = Scene.with("claims", FROM_USERINFO)) {
            other.pool.always().discovery(document -> {
                document.remove("userinfo_endpoint");
                return document;
            });

            assertRefused(other, other.logIn(), Reason.USERINFO_REFUSED, "names no userinfo_endpoint");
        }
    }

    static Stream<Arguments> verified() {
        return Stream.of(
                arguments("true", true),
                arguments(true, true),
                arguments("TRUE", false),
                arguments("1", false),
                arguments(1, false),
                arguments("false", false),
                arguments(false, false));
    }

    @ParameterizedTest(name = "AB-196 email_verified {0} of Userinfo means {1}")
    @MethodSource("verified")
    void readsEmailVerified(Object sent, boolean meant) {
        scene.pool.nextUserinfo(members -> {
            members.put("email_verified", sent);
            return members;
        });

        scene.logIn();

        assertEquals(meant, scene.me().get("emailVerified"));
    }
}
