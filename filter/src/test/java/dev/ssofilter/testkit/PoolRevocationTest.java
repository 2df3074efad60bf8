package dev.ssofilter.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PoolRevocationTest {
    private static final String REVOKE = "/oauth2/revoke";

    private final PretendUserPool pool = PretendUserPool.start();
    private final PlainRp rp = new PlainRp(pool, pool.client());

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void endsTheRefreshTokenAndTheAccessTokensOfItsSignIn() {
        PlainRp.Issued tokens = rp.tokens();

        Browser.Answer revoked = revoke(tokens.refresh());

        assertEquals(200, revoked.status());
        assertEquals("", revoked.body());
        assertEquals(401, rp.userinfo(tokens.access()).status());
        assertEquals(Map.of("error", "invalid_grant"), PlainRp.json(rp.refresh(tokens.refresh())));
        assertEquals(
                List.of(tokens.refresh()), pool.requests(REVOKE).get(0).form().get("token"));
    }

    @Test
    void endsEveryTokenThatRotationBrought() {
        pool.client().rotation(Duration.ofSeconds(60));
        PlainRp.Issued first = rp.tokens();
        PlainRp.Issued second = PlainRp.Issued.of(rp.refresh(first.refresh()));

        revoke(second.refresh());

        assertEquals(400, rp.refresh(first.refresh()).status());
        assertEquals(400, rp.refresh(second.refresh()).status());
        assertEquals(401, rp.userinfo(first.access()).status());
    }

    @Test
    void leavesAnotherSignInOfTheSameUserAlone() {
        PlainRp.Issued other = rp.tokens();

        revoke(rp.tokens().refresh());

        assertEquals(200, rp.refresh(other.refresh()).status());
    }

    @Test
    void isContentWithATokenThatIsNoGoodAnyMore() {
        PlainRp.Issued tokens = rp.tokens();
        revoke(tokens.refresh());

        assertEquals(200, revoke(tokens.refresh()).status());
        assertEquals(200, revoke("unknown").status());
    }

    @Test
    void refusesAnAccessTokenAndARequestWithoutAToken() {
        assertRefused(400, "unsupported_token_type", revoke(rp.tokens().access()));
        assertRefused(400, "invalid_request", revoke(""));
        assertEquals(405, new Browser().get(URI.create(pool.domain() + REVOKE)).status());
    }

    @Test
    void takesTheSecretByBasicAloneUnlessItTakesItInTheBodyToo() {
        String token = rp.tokens().refresh();

        assertRefused(401, "invalid_client", rp.post(REVOKE, Map.of("token", token), "Authorization", basic("wrong")));
        assertRefused(401, "invalid_client", inBody(token));
        assertEquals(200, rp.refresh(token).status());
        pool.knobs().secretInBodyAtRevocation();
        assertEquals(200, inBody(token).status());
        assertEquals(400, rp.refresh(token).status());
    }

    @Test
    void asksAPublicClientForItsIdAlone() {
        PretendClient open = pool.client("publicclient");
        PlainRp publicRp = new PlainRp(pool, open);
        String token = publicRp.tokens().refresh();

        assertRefused(401, "invalid_client", rp.post(REVOKE, Map.of("token", token)));
        assertEquals(
                200,
                rp.post(REVOKE, Map.of("token", token, "client_id", open.id())).status());
        assertEquals(400, publicRp.refresh(token).status());
    }

    @Test
    void leavesATokenOfAnotherClientAlone() {
        pool.client("otherclient", "other");
        String token = rp.tokens().refresh();

        rp.post(REVOKE, Map.of("token", token), "Authorization", PlainRp.basic("otherclient", "other"));

        assertEquals(200, rp.refresh(token).status());
    }

    @Test
    void refusesAClientForWhichRevocationIsOffAndGivesItsTokensNoOrigin() {
        pool.client().withoutTokenRevocation();
        PlainRp.Issued tokens = rp.tokens();

        assertRefused(400, "invalid_request", revoke(tokens.refresh()));
        assertFalse(tokens.idClaims().containsKey("origin_jti"));
        assertFalse(tokens.accessClaims().containsKey("jti"));
        assertEquals(200, rp.refresh(tokens.refresh()).status());
    }

    @Test
    void isNowhereWhereThePoolHasNone() {
        pool.knobs().withoutRevocationEndpoint();

        Browser.Answer document = new Browser().get(URI.create(pool.issuer() + "/.well-known/openid-configuration"));

        assertFalse(PlainRp.json(document).containsKey("revocation_endpoint"));
        assertEquals(404, revoke(rp.tokens().refresh()).status());
    }

    private Browser.Answer revoke(String token) {
        return rp.post(
                REVOKE,
                Map.of("token", token),
                "Authorization",
                basic(pool.client().secret()));
    }

    private Browser.Answer inBody(String token) {
        return rp.post(
                REVOKE,
                Map.of(
                        "token", token,
                        "client_id", pool.client().id(),
                        "client_secret", pool.client().secret()));
    }

    private String basic(String secret) {
        return PlainRp.basic(pool.client().id(), secret);
    }

    private static void assertRefused(int status, String error, Browser.Answer answer) {
        assertEquals(status, answer.status());
        assertEquals(Map.of("error", error), PlainRp.json(answer));
    }
}
