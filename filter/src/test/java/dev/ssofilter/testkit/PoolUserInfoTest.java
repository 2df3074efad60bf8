package dev.ssofilter.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolUserInfoTest {
    private final PretendUserPool pool = PretendUserPool.start();
    private final PlainRp rp = new PlainRp(pool, pool.client());

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void givesEveryValueAsAText() {
        pool.user().attribute("email", "Ana@Example.org");

        Browser.Answer answer = rp.userinfo(rp.tokens().access());

        assertEquals(
                "application/json;charset=UTF-8", answer.header("Content-Type").orElseThrow());
        assertEquals(
                Map.of(
                        "sub", pool.user().sub(),
                        "email_verified", "true",
                        "given_name", "Ana",
                        "family_name", "Ruiz",
                        "email", "ana@example.org",
                        "custom:member_no", "00417",
                        "username", pool.user().sub()),
                PlainRp.json(answer));
    }

    @Test
    void givesIdentitiesAsATextThatHoldsJson() {
        pool.user().federated("Google", "1122334455");

        Browser.Answer answer = rp.userinfo(rp.tokens().access());

        String identities = String.valueOf(PlainRp.json(answer).get("identities"));
        assertTrue(identities.startsWith("[{\"userId\":\"1122334455\""), identities);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "openid, 'sub,email_verified,given_name,family_name,email,custom:member_no,username'",
        "openid profile, 'sub,given_name,family_name,custom:member_no,username'",
        "openid email, 'sub,email,email_verified,username'",
        "openid phone, 'sub,username'"
    })
    void givesWhatTheScopesShow(String scopes, String members) {
        Map<String, Object> given =
                PlainRp.json(rp.userinfo(rp.tokens("scope", scopes).access()));

        assertEquals(Set.of(members.split(",")), given.keySet());
    }

    @Test
    void isNotFoundUnderItsLowerCaseName() {
        String token = rp.tokens().access();

        assertEquals(
                405,
                new Browser()
                        .get(URI.create(pool.domain() + "/oauth2/userinfo"), "Authorization", "Bearer " + token)
                        .status());
    }

    @Test
    void refusesWithAChallengeThatNamesNoScheme() {
        Browser.Answer without = new Browser().get(URI.create(pool.domain() + "/oauth2/userInfo"));
        Browser.Answer wrong = rp.userinfo("unknown");

        assertEquals(400, without.status());
        assertTrue(without.header("WWW-Authenticate")
                .orElseThrow()
                .startsWith("error=\"invalid_request\", error_description=\"Bad OAuth2 request"));
        assertEquals(401, wrong.status());
        assertTrue(wrong.header("WWW-Authenticate")
                .orElseThrow()
                .startsWith("error=\"invalid_token\", error_description=\"Access token is expired"));
        assertEquals("", wrong.body());
    }

    @Test
    void refusesAnIdTokenAnOldTokenAndOneWithoutOpenid() {
        pool.client().onlyScopes("openid", "profile", "email", "members/read");
        PlainRp.Issued tokens = rp.tokens();

        assertEquals(401, rp.userinfo(tokens.id()).status());
        assertEquals(
                401, rp.userinfo(rp.tokens("scope", "members/read").access()).status());
        pool.knobs().clockOffset(Duration.ofMinutes(61));
        assertEquals(401, rp.userinfo(tokens.access()).status());
    }

    @Test
    void takesAnOpaqueAccessTokenThatItGave() {
        pool.next().opaqueAccessToken();
        String token = rp.tokens().access();

        assertFalse(token.contains("."));
        assertEquals(200, rp.userinfo(token).status());
    }
}
