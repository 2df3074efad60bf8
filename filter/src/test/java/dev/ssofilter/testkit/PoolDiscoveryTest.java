package dev.ssofilter.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.net.URI;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PoolDiscoveryTest {
    private final PretendUserPool pool = PretendUserPool.start();
    private final Browser browser = new Browser();

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void publishesTheMembersThatCognitoPublishesAndNoOther() {
        Browser.Answer answer = get(pool.issuer() + "/.well-known/openid-configuration");

        assertEquals(200, answer.status());
        assertEquals("application/json", answer.header("Content-Type").orElseThrow());
        assertEquals("""
                {"authorization_endpoint":"DOMAIN/oauth2/authorize","end_session_endpoint":"DOMAIN/logout",\
                "id_token_signing_alg_values_supported":["RS256"],"issuer":"DOMAIN/us-east-1_PretendPl",\
                "jwks_uri":"DOMAIN/us-east-1_PretendPl/.well-known/jwks.json","response_types_supported":["code","token"],\
                "revocation_endpoint":"DOMAIN/oauth2/revoke","scopes_supported":["openid","email","phone","profile"],\
                "subject_types_supported":["public"],"token_endpoint":"DOMAIN/oauth2/token",\
                "token_endpoint_auth_methods_supported":["client_secret_basic","client_secret_post"],\
                "userinfo_endpoint":"DOMAIN/oauth2/userInfo"}""".replace("DOMAIN", pool.domain().toString()), answer.body());
    }

    @Test
    void publishesTwoRsaKeysWithPaddedBase64Kids() throws ParseException {
        Browser.Answer answer = get(pool.tokenSigningKeyUrl().toString());

        List<JWK> keys = JWKSet.parse(answer.body()).getKeys();
        assertEquals(2, keys.size());
        for (JWK key : keys) {
            assertTrue(key.getKeyID().matches("(?=.*[+/])[A-Za-z0-9+/]{43}="), key.getKeyID());
            assertEquals(
                    List.of("alg", "e", "kid", "kty", "n", "use"),
                    List.copyOf(new TreeMap<>(key.toJSONObject()).keySet()));
            assertEquals(2048, key.size());
            assertFalse(key.isPrivate());
        }
    }

    @Test
    void rotatesItsKeysWithTheOldOnesKeptOrDropped() throws ParseException {
        JWKSet before = JWKSet.parse(get(pool.tokenSigningKeyUrl().toString()).body());

        pool.rotateKeys(true);
        JWKSet kept = JWKSet.parse(get(pool.tokenSigningKeyUrl().toString()).body());
        pool.rotateKeys(false);
        JWKSet dropped = JWKSet.parse(get(pool.tokenSigningKeyUrl().toString()).body());

        assertEquals(4, kept.size());
        assertTrue(kept.getKeys().containsAll(before.getKeys()));
        assertEquals(2, dropped.size());
        assertNotEquals(before.getKeys(), dropped.getKeys());
    }

    @Test
    void servesDiscoveryAtTheIssuerAlone() {
        assertEquals(
                404, withoutPool("/.well-known/openid-configuration-of-another").status());
        assertEquals(400, withoutPool("/.well-known/openid-configuration").status());
        assertEquals(
                400, withoutPool("/us-east-1_Unknown00/.well-known/jwks.json").status());
        assertEquals(400, withoutPool("/.well-known/oauth-authorization-server").status());
    }

    @Test
    void withoutADomainItsEndpointsAreUnusable() {
        pool.knobs().withoutDomain();

        Map<String, Object> document = document();

        assertEquals(pool.issuer() + "/oauth2/authorize", document.get("authorization_endpoint"));
        assertFalse(document.containsKey("token_endpoint"));
        assertEquals(400, get(pool.issuer() + "/oauth2/authorize").status());
        assertEquals(404, withoutPool("/oauth2/authorize").status());
    }

    @Test
    void saysMoreOnlyWhereAKnobIsTurned() {
        pool.knobs().sendIss().pkceMethods("plain").documentIssuer("https://other.example.org");

        Map<String, Object> document = document();

        assertEquals(true, document.get("authorization_response_iss_parameter_supported"));
        assertEquals(List.of("plain"), document.get("code_challenge_methods_supported"));
        assertEquals("https://other.example.org", document.get("issuer"));
    }

    @Test
    void recordsWhatItWasAsked() {
        get(pool.issuer() + "/.well-known/openid-configuration?a=1&a=%2B");

        assertEquals(1, pool.count("/.well-known/openid-configuration"));
        PretendRequest asked =
                pool.requests("/.well-known/openid-configuration").get(0);
        assertEquals(List.of("1", "+"), asked.query().get("a"));
        assertTrue(asked.header("host").isPresent());
        pool.resetRequests();
        assertEquals(List.of(), pool.requests());
    }

    private Map<String, Object> document() {
        return PlainRp.json(get(pool.issuer() + "/.well-known/openid-configuration"));
    }

    private Browser.Answer withoutPool(String path) {
        return get(pool.domain() + path);
    }

    private Browser.Answer get(String url) {
        return browser.get(URI.create(url));
    }
}
