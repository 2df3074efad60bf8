package dev.ssofilter.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolTokenTest {
    private final PretendUserPool pool = PretendUserPool.start();
    private final PlainRp rp = new PlainRp(pool, pool.client());

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void answersWithTheMembersAndHeadersThatCognitoSends() {
        Browser.Answer answer = rp.redeem(rp.code());

        assertEquals(200, answer.status());
        assertEquals(
                "application/json;charset=UTF-8", answer.header("Content-Type").orElseThrow());
        assertEquals(
                "no-cache, no-store, max-age=0, must-revalidate",
                answer.header("Cache-Control").orElseThrow());
        assertTrue(answer.header("x-amz-cognito-request-id").isPresent());
        Map<String, Object> members = PlainRp.json(answer);
        assertEquals(Set.of("id_token", "access_token", "refresh_token", "expires_in", "token_type"), members.keySet());
        assertEquals(3600L, members.get("expires_in"));
        assertTrue(members.get("refresh_token").toString().matches("eyJjdHki[^.]*(\\.[^.]+){4}"));
    }

    @Test
    void signsTheTwoTokensWithTwoKeysThatItPublishes() throws ParseException, JOSEException {
        Map<String, Object> tokens = rp.tokens();

        JWKSet keys = JWKSet.parse(new Browser().get(pool.tokenSigningKeyUrl()).body());
        SignedJWT id = SignedJWT.parse(tokens.get("id_token").toString());
        SignedJWT access = SignedJWT.parse(tokens.get("access_token").toString());
        assertTrue(id.verify(
                new RSASSAVerifier(keys.getKeyByKeyId(id.getHeader().getKeyID()).toRSAKey())));
        assertTrue(access.verify(new RSASSAVerifier(
                keys.getKeyByKeyId(access.getHeader().getKeyID()).toRSAKey())));
        assertNotEquals(id.getHeader().getKeyID(), access.getHeader().getKeyID());
        assertEquals(
                Set.of("kid", "alg"),
                PlainRp.object(PlainRp.header(id.serialize())).keySet());
    }

    @Test
    void givesTheIdTokenCognitosClaims() {
        Map<String, Object> tokens = rp.tokens();

        Map<String, Object> claims = rp.claims(tokens.get("id_token"));
        assertEquals(
                Set.of(
                        "at_hash",
                        "sub",
                        "cognito:groups",
                        "email_verified",
                        "iss",
                        "cognito:username",
                        "given_name",
                        "nonce",
                        "origin_jti",
                        "aud",
                        "event_id",
                        "token_use",
                        "auth_time",
                        "custom:member_no",
                        "exp",
                        "iat",
                        "family_name",
                        "jti",
                        "email"),
                claims.keySet());
        assertEquals(pool.issuer(), claims.get("iss"));
        assertEquals(pool.client().id(), claims.get("aud"));
        assertEquals(List.of("members"), claims.get("cognito:groups"));
        assertEquals(true, claims.get("email_verified"));
        assertEquals("nonce-1", claims.get("nonce"));
        assertEquals("00417", claims.get("custom:member_no"));
        byte[] hash = Tokens.sha256(tokens.get("access_token").toString().getBytes(StandardCharsets.US_ASCII));
        assertEquals(Base64URL.encode(Arrays.copyOf(hash, 16)).toString(), claims.get("at_hash"));
    }

    @Test
    void givesTheAccessTokenNoAudience() {
        Map<String, Object> claims = rp.claims(rp.tokens().get("access_token"));

        assertEquals(
                Set.of(
                        "sub",
                        "cognito:groups",
                        "iss",
                        "version",
                        "client_id",
                        "origin_jti",
                        "event_id",
                        "token_use",
                        "scope",
                        "auth_time",
                        "exp",
                        "iat",
                        "jti",
                        "username"),
                claims.keySet());
        assertEquals("access", claims.get("token_use"));
        assertEquals("openid profile email", claims.get("scope"));
        assertEquals(
                "https://api.example.org",
                rp.claims(rp.tokens("resource", "https://api.example.org").get("access_token"))
                        .get("aud"));
    }

    @Test
    void escapesSlashesAndMakesSubsThatAreNoRealUuids() {
        String payload = PlainRp.payload(rp.tokens().get("id_token"));

        assertTrue(payload.contains("\"iss\":\"http:\\/\\/127.0.0.1"), payload);
        assertFalse(payload.replace("\\/", "").contains("/"));
        assertTrue(pool.user().sub().matches("[0-9a-f]{8}-[0-9a-f]{4}-70[0-9a-f]{2}-[0-7c-f][0-9a-f]{3}-[0-9a-f]{12}"));
    }

    @Test
    void saysWhereAFederatedUserComesFrom() {
        pool.user().federated("Google", "1122334455");

        Map<String, Object> claims = rp.claims(rp.tokens().get("id_token"));

        assertEquals("Google_1122334455", claims.get("cognito:username"));
        assertEquals(List.of("members", "us-east-1_PretendPl_Google"), claims.get("cognito:groups"));
        assertEquals(false, claims.get("email_verified"));
        assertTrue(PlainRp.payload(rp.tokens().get("id_token")).contains("\"issuer\":null,\"primary\":\"true\""));
    }

    @Test
    void leavesOutWhatIsNotSetRatherThanSendingItEmpty() {
        pool.user().groups().without("family_name");
        pool.knobs().suppressClaim("given_name");

        Map<String, Object> claims = rp.claims(rp.tokens().get("id_token"));

        assertFalse(claims.containsKey("cognito:groups")
                || claims.containsKey("family_name")
                || claims.containsKey("given_name"));
    }

    @Test
    void givesNoIdTokenWithoutTheScopeOpenid() {
        pool.client().onlyScopes("openid", "members/read");

        assertFalse(rp.tokens("scope", "members/read").containsKey("id_token"));
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
                400, byBasic(PlainRp.basic("other", pool.client().secret())).status());
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
                PlainRp.json(new Browser().request("POST", token, "{}", "Content-Type", "application/json")));
    }

    @Test
    void bringsNoNewRefreshTokenAndNoNonceUnlessItRotates() {
        Object first = rp.tokens().get("refresh_token");

        Map<String, Object> answer = PlainRp.json(rp.refresh(first.toString()));

        assertFalse(answer.containsKey("refresh_token"));
        assertFalse(rp.claims(answer.get("id_token")).containsKey("nonce"));
        pool.knobs().rotateRefreshTokens(Duration.ofSeconds(60));
        assertNotEquals(first, PlainRp.json(rp.refresh(first.toString())).get("refresh_token"));
        assertEquals(200, rp.refresh(first.toString()).status());
        pool.knobs().clockOffset(Duration.ofSeconds(61));
        assertEquals(Map.of("error", "invalid_grant"), PlainRp.json(rp.refresh(first.toString())));
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
