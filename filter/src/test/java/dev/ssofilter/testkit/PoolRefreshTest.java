package dev.ssofilter.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolRefreshTest {
    private final PretendUserPool pool = PretendUserPool.start();
    private final PlainRp rp = new PlainRp(pool, pool.client());

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void bringsAnIdTokenAndAnAccessTokenAndNoRefreshToken() {
        String token = rp.tokens().refresh();

        PlainRp.Issued answer = PlainRp.Issued.of(rp.refresh(token));

        assertEquals(
                Set.of("id_token", "access_token", "expires_in", "token_type"),
                answer.members().keySet());
        assertEquals(200, rp.refresh(token).status());
    }

    @Test
    void keepsTheSignInsClaimsAndMakesTheTokensOwnAnew() {
        PlainRp.Issued first = rp.tokens();
        pool.knobs().clockOffset(Duration.ofMinutes(50));

        PlainRp.Issued second = PlainRp.Issued.of(rp.refresh(first.refresh()));

        for (String kept : List.of("iss", "aud", "sub", "auth_time", "origin_jti")) {
            assertEquals(first.idClaims().get(kept), second.idClaims().get(kept), kept);
        }
        for (String made : List.of("iat", "exp", "jti", "event_id", "at_hash")) {
            assertNotEquals(first.idClaims().get(made), second.idClaims().get(made), made);
        }
        assertEquals(
                first.accessClaims().get("origin_jti"), second.accessClaims().get("origin_jti"));
        byte[] hash = Tokens.sha256(second.access().getBytes(StandardCharsets.US_ASCII));
        assertEquals(
                Base64URL.encode(Arrays.copyOf(hash, 16)).toString(),
                second.idClaims().get("at_hash"));
    }

    @Test
    void bringsNoNonceUnlessItKeepsIt() {
        String token = rp.tokens().refresh();

        assertFalse(PlainRp.Issued.of(rp.refresh(token)).idClaims().containsKey("nonce"));
        pool.knobs().keepNonce();
        assertEquals("nonce-1", PlainRp.Issued.of(rp.refresh(token)).idClaims().get("nonce"));
    }

    @Test
    void showsTheGroupsAndAttributesOfNow() {
        String token = rp.tokens().refresh();
        pool.user().groups("staff").named("Anna", "Ruiz");

        PlainRp.Issued answer = PlainRp.Issued.of(rp.refresh(token));

        assertEquals(List.of("staff"), answer.idClaims().get("cognito:groups"));
        assertEquals(List.of("staff"), answer.accessClaims().get("cognito:groups"));
        assertEquals("Anna", answer.idClaims().get("given_name"));
    }

    @Test
    void rotatesAndKeepsTheOldTokenForTheGracePeriod() {
        pool.client().rotation(Duration.ofSeconds(60));
        String first = rp.tokens().refresh();

        String second = PlainRp.Issued.of(rp.refresh(first)).refresh();

        assertNotEquals(first, second);
        assertEquals(200, rp.refresh(first).status());
        pool.knobs().clockOffset(Duration.ofSeconds(61));
        assertRefused("invalid_grant", rp.refresh(first));
        assertEquals(200, rp.refresh(second).status());
    }

    @Test
    void takesAOneTimeTokenOnceHoweverManyCome() throws InterruptedException, ExecutionException {
        // Whoever reads the clock lets another go first, between the look at a token and its end.
        try (PretendUserPool hesitating = PretendUserPool.start(new YieldingClock())) {
            PlainRp client = new PlainRp(hesitating, hesitating.client().rotation(Duration.ZERO));
            for (int round = 0; round < 20; round++) {
                String token = client.tokens().refresh();
                assertEquals(1, goodAnswers(() -> client.refresh(token).status()));
            }
        }
    }

    @Test
    void letsNoRotationMakeTheLifeOfASignInLonger() {
        pool.client().rotation(Duration.ofSeconds(60));
        pool.client().refreshTokenLifetime(Duration.ofHours(2));
        String first = rp.tokens().refresh();

        pool.knobs().clockOffset(Duration.ofMinutes(119));
        String second = PlainRp.Issued.of(rp.refresh(first)).refresh();
        pool.knobs().clockOffset(Duration.ofMinutes(121));

        assertRefused("invalid_grant", rp.refresh(second));
    }

    @Test
    void refusesARefreshTokenOfAnotherClient() {
        PlainRp other = new PlainRp(pool, pool.client("otherclient", "other-secret"));
        String token = rp.tokens().refresh();

        assertRefused("invalid_grant", other.refresh(token));
        assertEquals(200, rp.refresh(token).status());
    }

    @Test
    void refusesAUserWhoWasDisabledAndOneWhoWasDeleted() {
        PretendUser user = pool.user();
        PlainRp.Issued tokens = rp.tokens();

        user.disable();

        assertRefused("invalid_grant", rp.refresh(tokens.refresh()));
        assertEquals(401, rp.userinfo(tokens.access()).status());
        user.enable();
        assertEquals(200, rp.refresh(tokens.refresh()).status());
        pool.delete(user);
        assertRefused("invalid_grant", rp.refresh(tokens.refresh()));
    }

    @ParameterizedTest(name = "{0}={1}: {2}")
    @CsvSource({
        "refresh_token, '', invalid_request",
        "refresh_token, unknown, invalid_grant",
        "client_id, '', invalid_client",
        "client_secret, wrong, invalid_client",
        "client_secret, '', invalid_client",
        "redirect_uri, http://localhost:1/sso/return, invalid_request",
        "code, unknown, invalid_request",
        "nonce, nonce-1, invalid_request"
    })
    void refusesARequest(String parameter, String value, String error) {
        assertRefused(error, rp.refresh(rp.tokens().refresh(), parameter, value));
    }

    @Test
    void refusesAParameterThatCameTwice() {
        String body = "grant_type=refresh_token&client_id=" + pool.client().id() + "&client_id=x&refresh_token="
                + rp.tokens().refresh();

        assertRefused(
                "invalid_request",
                rp.postRaw("/oauth2/token", body, "Content-Type", "application/x-www-form-urlencoded"));
    }

    @Test
    void ignoresTheScope() {
        Browser.Answer answer = rp.refresh(rp.tokens().refresh(), "scope", "openid");

        assertEquals(
                "openid profile email", PlainRp.Issued.of(answer).accessClaims().get("scope"));
    }

    @Test
    void takesTheSecretByBasicToo() {
        String basic = PlainRp.basic(pool.client().id(), pool.client().secret());
        Map<String, String> form = Map.of(
                "grant_type", "refresh_token", "refresh_token", rp.tokens().refresh());

        assertEquals(200, rp.post("/oauth2/token", form, "Authorization", basic).status());
        assertRefused("invalid_client", rp.post("/oauth2/token", form));
    }

    @Test
    void takesNoSecretFromAPublicClient() {
        PlainRp open = new PlainRp(pool, pool.client("publicclient"));
        String token = open.tokens().refresh();

        assertEquals(200, open.refresh(token).status());
        assertRefused("invalid_client", open.refresh(token, "client_secret", "any"));
    }

    @Test
    void givesEachTokenALifeOfItsOwn() {
        pool.client().accessTokenLifetime(Duration.ofMinutes(5)).idTokenLifetime(Duration.ofMinutes(10));

        PlainRp.Issued tokens = PlainRp.Issued.of(rp.refresh(rp.tokens().refresh()));

        assertEquals(300L, tokens.members().get("expires_in"));
        assertEquals(300L, life(tokens.accessClaims()));
        assertEquals(600L, life(tokens.idClaims()));
    }

    private static long goodAnswers(Callable<Integer> request) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(10);
        try {
            long good = 0;
            for (Future<Integer> status : threads.invokeAll(Collections.nCopies(10, request))) {
                good += status.get() == 200 ? 1 : 0;
            }
            return good;
        } finally {
            threads.shutdownNow();
        }
    }

    private static final class YieldingClock extends Clock {
        @Override
        public Instant instant() {
            Thread.yield();
            return Instant.now();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private static long life(Map<String, Object> claims) {
        return (Long) claims.get("exp") - (Long) claims.get("iat");
    }

    private static void assertRefused(String error, Browser.Answer answer) {
        assertEquals(400, answer.status());
        assertEquals(Map.of("error", error), PlainRp.json(answer));
    }
}
