package dev.ssofilter.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The claims of rightly signed tokens, to the second and to the letter: OIDC Core §3.1.3.7. */
class TokenVerifierTest {
    private static final long NOW = 1774746000;
    private static final PendingLogin PENDING = new PendingLogin(new byte[32], "/", Instant.ofEpochSecond(NOW));
    private static final String HEADER = "{\"alg\":\"RS256\",\"kid\":\"ours\"}";
    private static final String ID_TOKEN = "{\"iss\":\"" + TokenIssuer.ISSUER + "\",\"aud\":\"client\",\"sub\":\"ana\","
            + "\"exp\":1774749600,\"iat\":1774746000,\"auth_time\":1774746000,\"nonce\":\"" + PENDING.nonce() + "\"}";
    private static final String ACCESS_TOKEN = "{\"iss\":\"" + TokenIssuer.ISSUER + "\",\"sub\":\"ana\","
            + "\"exp\":1774749600,\"client_id\":\"client\",\"token_use\":\"access\"}";

    private static final Pattern MOMENT = Pattern.compile("NOW([+-][0-9]+)?");

    private static TokenIssuer issuer;

    @BeforeAll
    static void start() throws IOException {
        issuer = new TokenIssuer(TokenIssuer.rsa("ours"));
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    @Test
    void anIdTokenBecomesItsClaims() throws Exception {
        var claims = verified(ID_TOKEN);

        assertEquals("ana", claims.asMap().get("sub"));
        assertEquals("ana", claims.requireSubject());
        assertEquals("client", claims.asMap().get("aud"));
    }

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            1774749600          | NOW-60
            1774749600          | NOW-60.0
            "iat":1774746000    | "iat":NOW+60
            "iat":1774746000    | "iat":NOW-660
            "iat":1774746000    | "iat":NOW,"nbf":NOW+60
            "auth_time":1774746000 | "auth_time":NOW-3660
            "client"            | ["client"]
            "client"            | ["client"],"azp":"client"
            "client"            | ["client","other"],"azp":"client"
            "client"            | ["other","client"],"azp":"client"
            "client"            | "client","azp":"client"
            "client"            | "client","token_use":"id"
            """)
    void takesAnIdToken(String good, String other) throws Exception {
        var claims = verified(ID_TOKEN.replace(good, moments(other)));

        assertEquals("ana", claims.requireSubject());
    }

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            1774749600          | NOW-61            | expired at
            1774749600          | "1774749600"      | exp is missing
            "exp":1774749600,   | ``                | exp is missing
            "iat":1774746000    | "iat":NOW+61      | iat 2026-03-29T01:01:01Z is in the future
            "iat":1774746000    | "iat":NOW-661     | issued at
            "iat":1774746000,   | ``                | iat is missing
            "iat":1774746000    | "iat":NOW,"nbf":NOW+61 | nbf 2026-03-29T01:01:01Z is in the future
            "auth_time":1774746000 | "auth_time":NOW-3661 | auth_time
            "auth_time":1774746000, | ``            | auth_time is missing
            "client"            | "other"           | aud does not hold
            "client"            | ["client",7]      | aud does not hold
            "client"            | {"client":"client"} | aud does not hold
            "client"            | []                | aud does not hold
            "client"            | ["client","other"] | azp is missing
            "client"            | ["client","other"],"azp":"other" | azp differs
            "client"            | "client","azp":"other" | azp differs
            "client"            | "client","token_use":"access" | token_use
            "sub":"ana",        | ``                | sub is missing
            "sub":"ana"         | "sub":""          | sub has 0
            "sub":"ana"         | "sub":"a\\u0085"  | sub has 2
            "sub":"ana"         | "sub":7           | sub is missing
            "nonce"             | "noonce"          | nonce is missing
            "nonce":"           | "nonce":"x        | nonce differs
            idp.example.org     | evil.example      | iss "https://evil.example/pool"
            "iss"               | "isss"            | iss is missing
            "client"            | "client","at_hash":"AAAA" | at_hash is not that
            "client"            | "client","at_hash":[] | at_hash is no text
            """)
    void refusesAnIdToken(String good, String other, String told) {
        var refused = assertThrows(LoginFailedException.class, () -> verified(ID_TOKEN.replace(good, moments(other))));

        assertEquals(Reason.ID_TOKEN_REFUSED, refused.reason());
        assertTrue(refused.getMessage().contains("ID token: " + told), refused.getMessage());
    }

    @Test
    void takesASubjectOf255CharactersAndNoMore() throws Exception {
        var longest = "s".repeat(255);

        assertEquals(longest, verified(ID_TOKEN.replace("ana", longest)).requireSubject());
        assertThrows(LoginFailedException.class, () -> verified(ID_TOKEN.replace("ana", longest + "s")));
    }

    @Test
    void asksForNoTimeOfSigningInWhereNoneWasAskedFor() throws Exception {
        var token = ID_TOKEN.replace("\"auth_time\":1774746000,", "");

        assertEquals(
                "ana",
                idTokens(Optional.empty())
                        .verify(tokens(token), PENDING, issuer.provider())
                        .requireSubject());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "\"client_id\":\"client\"",
                "\"azp\":\"client\"",
                "\"aud\":\"client\"",
                "\"aud\":[\"api\",\"client\"]",
                "\"client_id\":\"client\",\"azp\":\"client\",\"aud\":\"api\"",
                "\"client_id\":\"client\",\"nbf\":1774746060",
                "\"client_id\":\"client\",\"iat\":1774746060"
            })
    void takesAnAccessToken(String ours) throws Exception {
        var claims = accessToken(ACCESS_TOKEN.replace("\"client_id\":\"client\"", ours), "ana");

        assertEquals("ana", claims.asMap().get("sub"));
    }

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "client_id":"client" | "client_id":"other"  | neither client_id
            "client_id":"client" | "azp":"other"        | neither client_id
            "client_id":"client" | "aud":"other"        | neither client_id
            "client_id":"client" | "client_id":"client","azp":"other" | neither client_id
            "client_id":"client" | "client_id":"other","aud":"client" | neither client_id
            "client_id":"client" | "client_id":["client"] | neither client_id
            ,"client_id":"client" | ``                  | neither client_id
            "access"             | "id"                 | token_use
            "ana"                | "max"                | sub differs
            "sub":"ana",         | ``                   | sub is missing
            1774749600           | 1774745939           | expired at
            1774749600           | 1774749600,"nbf":1774746061 | nbf
            "exp":1774749600,    | ``                   | exp is missing
            idp.example.org      | evil.example         | iss "https://evil.example/pool"
            """)
    void refusesAnAccessToken(String good, String other, String told) {
        var refused =
                assertThrows(LoginFailedException.class, () -> accessToken(ACCESS_TOKEN.replace(good, other), "ana"));

        assertEquals(Reason.ACCESS_TOKEN_REFUSED, refused.reason());
        assertTrue(refused.getMessage().contains("access token: " + told), refused.getMessage());
    }

    /** NOW, NOW-60 and NOW+60 in figures. */
    private static String moments(String text) {
        return MOMENT.matcher(text)
                .replaceAll(match -> String.valueOf(NOW
                        + Optional.ofNullable(match.group(1))
                                .map(Long::parseLong)
                                .orElse(0L)));
    }

    private static Claims verified(String payload) throws LoginFailedException {
        return idTokens(Optional.of(Duration.ofHours(1))).verify(tokens(payload), PENDING, issuer.provider());
    }

    @ParameterizedTest(name = "AB-107 after a refresh {0} is that of the login")
    @ValueSource(strings = {"iss", "sub", "aud", "auth_time", "nonce"})
    void refusesAnIdTokenOfAnotherLoginAfterARefresh(String claim) throws LoginFailedException {
        var other = claim.equals("auth_time") ? "1774745999" : "\"another\"";
        var another = ID_TOKEN.replaceFirst("\"" + claim + "\":[^,}]+", "\"" + claim + "\":" + other);
        assertEquals("ana", renewed(ID_TOKEN).requireSubject());

        var refused = assertThrows(LoginFailedException.class, () -> renewed(another));

        assertEquals(Reason.ID_TOKEN_REFUSED, refused.reason());
        assertTrue(String.valueOf(refused.getMessage()).contains(claim + " is another than before"));
    }

    /** A new token, good in itself, after this one. */
    private static Claims renewed(String before) throws LoginFailedException {
        var kept = new KeptTokens(
                "opaque", Optional.empty(), TokenIssuer.rs256(HEADER, before), Instant.ofEpochSecond(NOW));
        var fresh = ID_TOKEN.replace("}", ",\"jti\":\"2\"}");
        return idTokens(Optional.empty()).renewed(tokens(fresh), kept, issuer.provider());
    }

    private static IdTokenVerifier idTokens(Optional<Duration> maximumAge) {
        return new IdTokenVerifier(issuer.verifier(), "client", maximumAge, Duration.ofMinutes(1), clock());
    }

    private static Tokens tokens(String idToken) {
        return TokenIssuer.tokens(TokenIssuer.rs256(HEADER, idToken), "opaque");
    }

    private static Claims accessToken(String payload, String subject) throws LoginFailedException {
        var tokens = TokenIssuer.tokens("none", TokenIssuer.rs256(HEADER, payload));
        return new AccessTokenVerifier(issuer.verifier(), "client", Duration.ofMinutes(1), clock())
                .verify(tokens, subject, issuer.provider());
    }

    private static Clock clock() {
        return Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC);
    }
}
