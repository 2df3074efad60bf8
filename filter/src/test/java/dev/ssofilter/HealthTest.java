package dev.ssofilter;

import static dev.ssofilter.Answers.assertOurs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendAnswer;
import dev.ssofilter.testkit.PretendUserPool;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a load balancer hears while the provider comes and goes. */
class HealthTest {
    private static final String METADATA = "/.well-known/openid-configuration";
    private static final String KEYS = "/.well-known/jwks.json";
    private static final PretendAnswer SORRY = PretendAnswer.of(503, "text/html", "Sorry");

    private final AtomicLong nanos = new AtomicLong();
    private final PretendUserPool pool = PretendUserPool.start();
    private final LogBook log = new LogBook();
    private final Application application = Application.with(pool)
            .nanoTime(nanos::get)
            .set("healthPath", "/healthy", "pathRoles", "/* = members")
            .start();

    @AfterEach
    void stop() {
        application.close();
        pool.close();
        log.close();
    }

    private void later(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    private int logIn() {
        return new Browser().logInFrom(application.uri("/orders"), pool.user()).status();
    }

    private void assertHealth(int status, String state, String detail) {
        var asked = pool.requests().size();

        var answer = new Browser().get(application.uri("/healthy"));

        assertEquals(
                detail.isEmpty() ? Map.of("status", state) : Map.of("status", state, "detail", detail),
                Answers.json(answer));
        assertEquals(status, answer.status());
        assertEquals("application/json", answer.header("Content-Type").orElse(""));
        assertOurs(answer);
        assertEquals(List.of(), answer.setCookies());
        assertEquals(asked, pool.requests().size(), "asks nobody");
    }

    @Test
    void isReadyBeforeAnybodyAsked() {
        assertHealth(200, "ready", "the provider was not asked yet");
    }

    @Test
    void isReadyWhileSigningInWorks() {
        assertEquals(200, logIn());

        assertHealth(200, "ready", "");
        later(Duration.ofDays(3));
        assertHealth(200, "ready", "");
    }

    @Test
    void isDegradedWhileItServesWhatItKnows() {
        assertEquals(200, logIn());
        pool.always().answer(KEYS, SORRY);
        pool.next().idTokenSignedBy(Forgery.rsa("invented"), JWSAlgorithm.RS256);
        later(Duration.ofMinutes(12));
        assertEquals(400, logIn());
        assertHealth(200, "degraded", "serving keys from 12 minutes ago");

        pool.undo();
        pool.rotateKeys(false);
        later(Duration.ofMinutes(2));
        assertEquals(200, logIn());

        assertHealth(200, "ready", "");
    }

    @Test
    void namesTheDiscoveryDocumentToo() {
        pool.always().answer(METADATA, PretendAnswer.of(200, "application/json", document()));
        assertEquals(200, logIn());
        pool.undo();
        pool.always().answer(METADATA, SORRY);
        later(Duration.ofMinutes(119));
        assertEquals(200, logIn());
        await("degraded");

        assertHealth(200, "degraded", "serving the discovery document from 1 hour ago");
    }

    private String document() {
        return new Browser().get(URI.create(pool.issuer() + METADATA)).body();
    }

    @Test
    void isDownWhereNothingIsKnownAndWorthATryAMinuteLater() {
        pool.always().answer(METADATA, SORRY);
        assertEquals(503, logIn());
        later(Duration.ofSeconds(1));
        assertHealth(503, "down", "could not get the discovery document 1 second ago");
        later(Duration.ofSeconds(58));
        assertHealth(503, "down", "could not get the discovery document 59 seconds ago");

        later(Duration.ofSeconds(1));
        assertHealth(
                200,
                "degraded",
                "could not get the discovery document 1 minute ago, and nobody has tried to sign in since");
        assertEquals(503, logIn());
        assertHealth(503, "down", "could not get the discovery document 0 seconds ago");
        pool.undo();
        later(Duration.ofMinutes(12));
        assertEquals(200, logIn());

        assertHealth(200, "ready", "");
    }

    @Test
    void isDownWhereTheKeysAreTooOld() {
        assertEquals(200, logIn());
        pool.always().answer(KEYS, SORRY);
        later(Duration.ofHours(25));
        assertEquals(503, logIn());

        assertHealth(503, "down", "could not get keys 0 seconds ago");
    }

    /** Asking again goes on in the background. */
    private void await(String state) {
        var end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!new Browser().get(application.uri("/healthy")).body().contains(state) && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest(name = "takes no {0}")
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"})
    void takesGetAndHeadAlone(String method) {
        var answer = new Browser().request(method, application.uri("/healthy"), "");

        assertEquals(405, answer.status());
        assertEquals("GET, HEAD", answer.header("Allow").orElse(""));
        assertOurs(answer);
        assertEquals("", answer.body());
    }

    @Test
    void answersHeadWithoutABody() {
        var answer = new Browser().request("HEAD", application.uri("/healthy"), "");

        assertEquals(200, answer.status());
        assertEquals("application/json", answer.header("Content-Type").orElse(""));
        assertEquals("", answer.body());
    }

    @Test
    void answersWhoeverAsksByAnyAddressAndLogsNothing() {
        log.clear();
        var answer = Raw.send(
                application.port(),
                Raw.request(
                        "GET", "/healthy", "Host: 10.1.2.3", "X-Forwarded-For: 10.0.0.7", "User-Agent: kube-probe"));

        assertEquals(200, Raw.status(answer), answer);
        assertTrue(answer.contains("\"ready\""), answer);
        assertFalse(answer.contains(pool.domain().getAuthority()), answer);
        assertEquals(List.of(), log.lines());
        assertEquals(0, application.sessions());
        assertEquals(0, application.reached());
    }

    @ParameterizedTest(name = "is not at {0}")
    @ValueSource(strings = {"/healthy/", "/healthy;x", "/HEALTHY", "//healthy", "/%68ealthy", "/sso/health"})
    void isAtItsPathAlone(String path) {
        assertFalse(Raw.get(application.port(), path).contains("\"ready\""));
    }

    @Test
    void isNoTargetOfALogin() {
        var page = new Browser().logInFrom(application.uri("/sso/login?target=/healthy"), pool.user());

        assertEquals(application.uri("/"), page.uri());
    }

    @Test
    void isNowhereUnlessSet() {
        try (var usual = Application.of(pool)) {
            assertEquals(302, new Browser().navigate(usual.uri("/healthy")).status());
        }
    }

    @Test
    void isDownWhileThereIsNoRecord(@TempDir Path folder) {
        var record = RecordOnDisk.of(pool, folder);
        record.delete();
        try (var closed = record.application(pool)
                .also(SetupScene::map)
                .set("healthPath", "/healthy")
                .start()) {
            var before = new Browser().get(closed.uri("/healthy"));
            var post = new Browser().request("POST", closed.uri("/healthy"), "");
            record.write();
            closed.lookAtTheRecord();
            var after = new Browser().get(closed.uri("/healthy"));

            assertEquals(503, before.status());
            assertEquals(
                    Map.of("status", "down", "detail", "there is no directory record that can be used"),
                    Answers.json(before));
            assertEquals(405, post.status());
            assertEquals(200, after.status());
            assertEquals("ready", Answers.json(after).get("status"));
        }
    }
}
