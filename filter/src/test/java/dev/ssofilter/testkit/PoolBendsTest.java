package dev.ssofilter.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PoolBendsTest {
    private static final String KEYS = "/.well-known/jwks.json";

    private final PretendUserPool pool = PretendUserPool.start();
    private final PlainRp rp = new PlainRp(pool, pool.client());
    private final Browser browser = new Browser();

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void bendsTheNextIdTokenAlone() {
        pool.nextIdToken(claims -> claims.audience("another"));

        assertEquals("another", rp.tokens().idClaims().get("aud"));
        assertEquals(pool.client().id(), rp.tokens().idClaims().get("aud"));
    }

    @Test
    void bendsEveryAccessTokenUntilUndone() {
        pool.always().accessToken(claims -> claims.claim("token_use", "id"));

        assertEquals("id", rp.tokens().accessClaims().get("token_use"));
        assertEquals("id", rp.tokens().accessClaims().get("token_use"));
        pool.undo();
        assertEquals("access", rp.tokens().accessClaims().get("token_use"));
    }

    @Test
    void bendsHeaderPayloadAndTheSignedText() {
        pool.next().idTokenHeader(header -> Map.of("alg", "none"));
        pool.next().idTokenPayload(json -> json.replaceFirst("\\{", "{\"sub\":\"first\","));
        pool.nextIdTokenRaw(jwt -> jwt + "A");

        String bent = rp.tokens().id();

        assertEquals("{\"alg\":\"none\"}", PlainRp.header(bent));
        assertTrue(PlainRp.payload(bent).startsWith("{\"sub\":\"first\","));
        assertTrue(bent.endsWith("A"));
    }

    @Test
    void signsWithAnotherKeyAndAlgorithm() throws JOSEException, ParseException {
        ECKey key = new ECKeyGenerator(Curve.P_256).keyID("ours").generate();
        pool.next().idTokenSignedBy(key, JWSAlgorithm.ES256);

        SignedJWT jwt = SignedJWT.parse(rp.tokens().id());

        assertEquals("ours", jwt.getHeader().getKeyID());
        assertEquals(JWSAlgorithm.ES256, jwt.getHeader().getAlgorithm());
        assertTrue(jwt.verify(new ECDSAVerifier(key)));
    }

    @Test
    void bendsUserinfoDiscoveryKeysAndTheTokenAnswer() {
        pool.nextUserinfo(members -> Map.of("sub", "another"));
        pool.next().discovery(members -> Map.of());
        pool.next().keys(keys -> Map.of("keys", List.of()));
        pool.next().tokenAnswer(members -> {
            members.remove("id_token");
            return members;
        });

        PlainRp.Issued tokens = rp.tokens();

        assertFalse(tokens.members().containsKey("id_token"));
        assertEquals("{\"sub\":\"another\"}", rp.userinfo(tokens.access()).body());
        assertEquals(
                "{}",
                browser.get(URI.create(pool.issuer() + "/.well-known/openid-configuration"))
                        .body());
        assertEquals("{\"keys\":[]}", keys().body());
    }

    @Test
    void putsAFaultInPlaceOfTheNextAnswerAlone() {
        pool.next(KEYS, PretendAnswer.throttled(Duration.ofSeconds(30)));

        Browser.Answer first = keys();

        assertEquals(429, first.status());
        assertEquals("30", first.header("Retry-After").orElseThrow());
        assertEquals(200, keys().status());
        assertEquals(2, pool.count(KEYS));
    }

    @Test
    void keepsAFaultUntilUndone() {
        pool.always().answer("/oauth2/token", PretendAnswer.of(500, "text/html", "<h1>500</h1>"));

        assertEquals(500, rp.redeem("any").status());
        assertEquals("<h1>500</h1>", rp.redeem("any").body());
        pool.undo();
        assertEquals(400, rp.redeem("any").status());
    }

    @Test
    void changesTheUsualAnswer() {
        pool.next(KEYS, PretendAnswer.typed("text/html"));
        pool.next(KEYS, PretendAnswer.cut(5));
        pool.next(KEYS, PretendAnswer.withHeader("X-More", "1"));

        assertEquals("text/html", keys().header("Content-Type").orElseThrow());
        assertEquals("{\"key", keys().body());
        assertEquals("1", keys().header("X-More").orElseThrow());
    }

    @Test
    void breaksTheConnectionBeforeOrWithinTheAnswer() {
        pool.always().answer(KEYS, PretendAnswer.dropped());
        pool.always().answer("/logout", PretendAnswer.truncated(3));

        assertThrows(UncheckedIOException.class, this::keys);
        assertThrows(UncheckedIOException.class, () -> browser.get(URI.create(pool.domain() + "/logout")));
    }

    @Test
    void dripsAndPoursWithoutAnEnd() throws IOException {
        pool.next(KEYS, PretendAnswer.dripping("application/json", Duration.ofMillis(1)));
        pool.next(KEYS, PretendAnswer.endless("application/json"));

        assertTrue(firstBytes(200).contains("200 OK"));
        assertTrue(firstBytes(1_000_000).contains("Transfer-encoding: chunked"));
    }

    @Test
    void holdsAnAnswerUntilReleased() {
        CountDownLatch release = new CountDownLatch(1);
        pool.next(KEYS, PretendAnswer.held(release));

        CompletableFuture<Browser.Answer> held = CompletableFuture.supplyAsync(this::keys);

        assertEquals(200, keys200AfterTheHeldOneArrived().status());
        assertFalse(held.isDone());
        release.countDown();
        assertEquals(200, held.join().status());
    }

    @Test
    void delaysAnAnswer() {
        pool.next(KEYS, PretendAnswer.delayed(Duration.ofMillis(50)));
        long before = System.nanoTime();

        keys();

        assertTrue(System.nanoTime() - before >= 50_000_000);
    }

    @Test
    void saysThatABendThrew() {
        pool.nextIdToken(claims -> {
            throw new IllegalStateException("mine");
        });

        Browser.Answer answer = rp.redeem(rp.code());

        assertEquals(500, answer.status());
        assertTrue(answer.body().contains("mine"));
    }

    private Browser.Answer keys200AfterTheHeldOneArrived() {
        while (pool.count(KEYS) == 0) {
            Thread.onSpinWait();
        }
        return browser.get(URI.create(pool.issuer() + "/.well-known/openid-configuration"));
    }

    private Browser.Answer keys() {
        return browser.get(pool.tokenSigningKeyUrl());
    }

    private String firstBytes(int count) throws IOException {
        URI uri = pool.tokenSigningKeyUrl();
        try (Socket socket = new Socket(uri.getHost(), uri.getPort());
                InputStream in = socket.getInputStream()) {
            socket.getOutputStream()
                    .write(("GET " + uri.getPath() + " HTTP/1.1\r\nHost: x\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] bytes = in.readNBytes(count);
            assertEquals(count, bytes.length);
            return new String(bytes, StandardCharsets.US_ASCII);
        }
    }
}
