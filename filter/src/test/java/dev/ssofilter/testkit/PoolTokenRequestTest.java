package dev.ssofilter.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolTokenRequestTest {
    private final PretendUserPool pool = PretendUserPool.start();
    private final PlainRp rp = new PlainRp(pool, pool.client());

    @AfterEach
    void close() {
        pool.close();
    }

    @ParameterizedTest(name = "{0}={1}: {2}")
    @CsvSource({
        "grant_type, '', invalid_request",
        "grant_type, password, unsupported_grant_type",
        "grant_type, client_credentials, unauthorized_client",
        "client_id, '', invalid_client",
        "client_id, unknown, invalid_client",
        "client_secret, '', invalid_client",
        "client_secret, wrong, invalid_client",
        "code, '', invalid_request",
        "code, unknown, invalid_grant",
        "redirect_uri, '', invalid_request",
        "redirect_uri, http://localhost:1/sso/return/, unauthorized_client",
        "code_verifier, '', invalid_grant",
        "code_verifier, wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww, invalid_grant"
    })
    void refusesATokenRequest(String parameter, String value, String error) {
        Browser.Answer answer = rp.redeem(rp.code(), parameter, value);

        assertEquals(400, answer.status());
        assertEquals(Map.of("error", error), PlainRp.json(answer));
    }

    @Test
    void refusesACodeTheSecondTime() {
        String code = rp.code();
        rp.redeem(code);

        assertEquals(Map.of("error", "invalid_grant"), PlainRp.json(rp.redeem(code)));
    }

    @Test
    void refusesACodeAfterFiveMinutes() {
        String code = rp.code();
        pool.knobs().clockOffset(Duration.ofSeconds(301));

        assertEquals(Map.of("error", "invalid_grant"), PlainRp.json(rp.redeem(code)));
    }

    @Test
    void refusesACodeOfAnotherClient() {
        PlainRp other = new PlainRp(pool, pool.client("otherclient", "other-secret"));

        assertEquals(Map.of("error", "invalid_grant"), PlainRp.json(other.redeem(rp.code())));
    }

    @Test
    void refusesAVerifierWithoutAChallenge() {
        String code = rp.code("code_challenge", "", "code_challenge_method", "");

        assertEquals(Map.of("error", "invalid_grant"), PlainRp.json(rp.redeem(code)));
    }

    @Test
    void takesTheSecretByBasicAsItStandsAndNotPercentEncoded() {
        String id = pool.client().id();

        assertEquals(200, byBasic(PlainRp.basic(id, pool.client().secret())).status());
        assertEquals(
                400,
                byBasic(PlainRp.basic(id, pool.client().secret().replace("+", "%2B")))
                        .status());
        assertEquals(
                400,
                byBasic(PlainRp.basic(pool.client().id(), pool.client().secret()), "client_id", "other")
                        .status());
        assertEquals(400, byBasic("Basic bm90IGEgcGFpcg==").status());
    }

    @Test
    void refusesTwoWaysOfAuthenticationAtOnce() {
        String secret = pool.client().secret();

        Browser.Answer answer = byBasic(PlainRp.basic(pool.client().id(), secret), "client_secret", secret);

        assertEquals(Map.of("error", "invalid_client"), PlainRp.json(answer));
    }

    @Test
    void takesBothSecretsWhileTheyAreRotated() {
        String old = pool.client().secret();
        pool.client().addSecret("newer_secret");

        assertEquals(200, rp.redeem(rp.code(), "client_secret", old).status());
        assertEquals(200, rp.redeem(rp.code(), "client_secret", "newer_secret").status());
    }

    @Test
    void refusesASecretFromAPublicClient() {
        PlainRp open = new PlainRp(pool, pool.client("publicclient"));

        assertEquals(200, open.redeem(open.code()).status());
        assertEquals(Map.of("error", "invalid_client"), PlainRp.json(open.redeem(open.code(), "client_secret", "any")));
    }

    @Test
    void takesFormsByPostAlone() {
        URI token = URI.create(pool.domain() + "/oauth2/token");

        assertEquals(405, new Browser().get(token).status());
        assertEquals(
                Map.of("error", "invalid_request"),
                PlainRp.json(new Browser()
                        .request("POST", token, "grant_type=authorization_code", "Content-Type", "text/plain")));
    }

    @Test
    void refusesARefreshTokenOfAnotherClient() {
        PlainRp other = new PlainRp(pool, pool.client("otherclient", "other-secret"));
        String refreshToken = rp.tokens().refresh();

        assertEquals(Map.of("error", "invalid_grant"), PlainRp.json(other.refresh(refreshToken)));
    }

    @Test
    void saysWhatItIsToldToAboutAnotherReturnUrl() {
        pool.knobs().redirectMismatch("invalid_grant");

        Browser.Answer answer = rp.redeem(rp.code(), "redirect_uri", "http://localhost:1/sso/return/");

        assertEquals(Map.of("error", "invalid_grant"), PlainRp.json(answer));
    }

    private Browser.Answer byBasic(String authorization, String... more) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", rp.code());
        form.put("redirect_uri", PlainRp.RETURN_URL);
        form.put("code_verifier", PlainRp.VERIFIER);
        form.put("client_id", pool.client().id());
        if (more.length == 2) {
            form.put(more[0], more[1]);
        }
        return rp.post("/oauth2/token", form, "Authorization", authorization);
    }
}
