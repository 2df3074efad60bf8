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
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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
        assertTrue(new PlainRp.Issued(members).refresh().matches("eyJjdHki[^.]*(\\.[^.]+){4}"));
    }

    @Test
    void signsTheTwoTokensWithTwoKeysThatItPublishes() throws ParseException, JOSEException {
        PlainRp.Issued tokens = rp.tokens();

        JWKSet keys = JWKSet.parse(new Browser().get(pool.tokenSigningKeyUrl()).body());
        SignedJWT id = SignedJWT.parse(tokens.id());
        SignedJWT access = SignedJWT.parse(tokens.access());
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
        PlainRp.Issued tokens = rp.tokens();

        Map<String, Object> claims = tokens.idClaims();
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
        byte[] hash = Tokens.sha256(tokens.access().getBytes(StandardCharsets.US_ASCII));
        assertEquals(Base64URL.encode(Arrays.copyOf(hash, 16)).toString(), claims.get("at_hash"));
    }

    @Test
    void givesTheAccessTokenNoAudience() {
        Map<String, Object> claims = rp.tokens().accessClaims();

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
                rp.tokens("resource", "https://api.example.org").accessClaims().get("aud"));
    }

    @Test
    void escapesSlashesAndMakesSubsThatAreNoRealUuids() {
        String payload = PlainRp.payload(rp.tokens().id());

        assertTrue(payload.contains("\"iss\":\"http:\\/\\/127.0.0.1"), payload);
        assertFalse(payload.replace("\\/", "").contains("/"));
        assertTrue(pool.user().sub().matches("[0-9a-f]{8}-[0-9a-f]{4}-70[0-9a-f]{2}-[0-7c-f][0-9a-f]{3}-[0-9a-f]{12}"));
    }

    @Test
    void saysWhereAFederatedUserComesFrom() {
        pool.user().federated("Google", "1122334455");

        Map<String, Object> claims = rp.tokens().idClaims();

        assertEquals("Google_1122334455", claims.get("cognito:username"));
        assertEquals(List.of("members", "us-east-1_PretendPl_Google"), claims.get("cognito:groups"));
        assertEquals(false, claims.get("email_verified"));
        assertTrue(PlainRp.payload(rp.tokens().id()).contains("\"issuer\":null,\"primary\":\"true\""));
    }

    @Test
    void leavesOutWhatIsNotSetRatherThanSendingItEmpty() {
        pool.user().groups().without("family_name");
        pool.knobs().suppressClaim("given_name");

        Map<String, Object> claims = rp.tokens().idClaims();

        assertFalse(claims.containsKey("cognito:groups")
                || claims.containsKey("family_name")
                || claims.containsKey("given_name"));
    }

    @Test
    void givesNoIdTokenWithoutTheScopeOpenid() {
        pool.client().onlyScopes("openid", "members/read");

        assertFalse(rp.tokens("scope", "members/read").members().containsKey("id_token"));
    }

    @Test
    void givesAFederatedUserANonceThatNobodyAskedFor() {
        pool.user().federated("Google", "1122334455");

        String nonce = String.valueOf(rp.tokens("nonce", "").idClaims().get("nonce"));

        assertTrue(nonce.matches("[0-9a-f-]{36}"), nonce);
    }
}
