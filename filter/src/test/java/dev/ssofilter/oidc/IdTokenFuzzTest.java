package dev.ssofilter.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.ssofilter.directory.Json;
import dev.ssofilter.fuzz.Fuzzed;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever stands in a token. The first character of the input says where the rest goes: {@code T} the whole token,
 * {@code P} the payload, {@code H} the header of a token that is correctly signed, so that the fuzzer gets behind the
 * signature, which it could never make.
 */
class IdTokenFuzzTest {
    private static final Instant NOW = Instant.parse("2026-03-29T01:00:00Z"); // 1774746000
    private static final String ISSUER = TokenIssuer.ISSUER;
    private static final String CLIENT = "client";
    private static final Duration SKEW = Duration.ofMinutes(1);
    private static final PendingLogin PENDING = new PendingLogin(new byte[32], "/", NOW.minusSeconds(30));
    private static final String NONCE = "\"nonce\":\"" + PENDING.nonce() + "\"";
    private static final String HEADER = "{\"alg\":\"RS256\",\"kid\":\"ours\"}";
    private static final String PAYLOAD = "{\"iss\":\"" + ISSUER + "\",\"aud\":\"client\",\"sub\":\"ana\","
            + "\"iat\":1774745990,\"exp\":1774749600,\"auth_time\":1774745980," + NONCE + "}";

    private static TokenIssuer issuer;
    private static Provider provider;
    private static IdTokenVerifier idTokens;
    private static AccessTokenVerifier accessTokens;

    @BeforeAll
    static void publishAKey() throws Exception {
        Fuzzed.quiet();
        issuer = new TokenIssuer(TokenIssuer.rsa("ours"));
        var clock = Clock.fixed(NOW, ZoneOffset.UTC);
        idTokens = new IdTokenVerifier(issuer.verifier(), CLIENT, Optional.of(Duration.ofHours(1)), SKEW, clock);
        accessTokens = new AccessTokenVerifier(issuer.verifier(), CLIENT, SKEW, clock);
        provider = issuer.provider();
        // The key is fetched before anything is fuzzed, and never again: no kid is unknown twice within a minute.
        accepted(PAYLOAD, idTokens.verify(tokens(TokenIssuer.rs256(HEADER, PAYLOAD)), PENDING, provider));
        try (var seed = IdTokenFuzzTest.class.getResourceAsStream("IdTokenFuzzTestInputs/aTokenIsOursOrRefused/good")) {
            var payload = text(seed.readAllBytes());
            accepted(payload, idTokens.verify(tokens(TokenIssuer.rs256(HEADER, payload)), PENDING, provider));
        }
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    @DictionaryEntries({
        "{\"alg\":\"RS256\",\"kid\":\"ours\"}",
        "\"alg\":\"ES256\"",
        "\"alg\":\"EdDSA\"",
        "\"alg\":\"none\"",
        "\"typ\":\"JWT\"",
        "\"crit\":[\"b64\"]",
        "\"b64\":false",
        "\"jwk\":{",
        "\"zip\":\"DEF\"",
        "\"enc\":\"A128GCM\"",
        "\"x5c\":[",
        "\"iss\":\"" + ISSUER + "\"",
        "\"aud\":[\"client\",",
        "\"azp\":\"client\"",
        "\"sub\":",
        "\"exp\":1774749600",
        "\"iat\":",
        "\"nbf\":",
        "1e400",
        "-0.0",
        "\"auth_time\":1774745980",
        "\"at_hash\":\"",
        "\"nonce\":\"@NONCE@\"",
        "\"token_use\":\"id\"",
        "\"client_id\":\"client\"",
        "\\ud800",
        "eyJhbGciOiJSUzI1NiIsImtpZCI6Im91cnMifQ."
    })
    @Timeout(20)
    @FuzzTest
    void aTokenIsOursOrRefused(byte[] input) throws Exception {
        if (input.length == 0) {
            return;
        }
        var rest = text(input);
        switch (input[0]) {
            case 'P' -> {
                idToken(rest, TokenIssuer.rs256(HEADER, rest));
                accessToken(rest, TokenIssuer.rs256(HEADER, rest));
            }
            case 'H' -> idToken(PAYLOAD, TokenIssuer.rs256(rest, PAYLOAD));
            default -> forged(rest);
        }
    }

    /** Behind the first byte, with the nonce of the login where {@code @NONCE@} stands. */
    private static String text(byte[] input) {
        return Fuzzed.text(Arrays.copyOfRange(input, 1, input.length)).replace("@NONCE@", PENDING.nonce());
    }

    private static void idToken(String payload, String token) throws Exception {
        try {
            accepted(payload, idTokens.verify(tokens(token), PENDING, provider));
        } catch (LoginFailedException refused) {
            Fuzzed.assertRefusal(Reason.ID_TOKEN_REFUSED, refused);
        }
    }

    private static void accepted(String payload, Claims accepted) throws Exception {
        var claims = Json.object(payload);
        assertReadAlike(claims, payload);
        assertEquals(ISSUER, claims.get("iss"));
        assertEquals(PENDING.nonce(), claims.get("nonce"));
        var audience = claims.get("aud") instanceof List<?> several ? several : List.of(claims.get("aud"));
        assertTrue(audience.contains(CLIENT));
        assertTrue(audience.size() == 1 && !claims.containsKey("azp") || CLIENT.equals(claims.get("azp")));
        assertTrue(claims.get("sub") instanceof String subject
                && !subject.isEmpty()
                && subject.length() <= 255
                && subject.chars().noneMatch(Character::isISOControl));
        assertEquals(claims.get("sub"), accepted.requireSubject());
        assertTrue(seconds(claims, "exp") >= NOW.getEpochSecond() - 61);
        assertTrue(Math.abs(seconds(claims, "iat") - NOW.getEpochSecond()) <= 661);
        assertTrue(!claims.containsKey("nbf") || seconds(claims, "nbf") <= NOW.getEpochSecond() + 61);
        assertTrue(seconds(claims, "auth_time") >= NOW.getEpochSecond() - 3661);
        assertTrue(!claims.containsKey("token_use") || "id".equals(claims.get("token_use")));
    }

    private static void accessToken(String payload, String token) throws Exception {
        try {
            accessTokens.verify(TokenIssuer.tokens("none", token), "ana", provider);
            var claims = Json.object(payload);
            assertReadAlike(claims, payload);
            assertEquals(ISSUER, claims.get("iss"));
            assertEquals("ana", claims.get("sub"));
            assertTrue(claims.containsValue(CLIENT)
                    || claims.get("aud") instanceof List<?> several && several.contains(CLIENT));
            assertTrue(seconds(claims, "exp") >= NOW.getEpochSecond() - 61);
            assertTrue(!claims.containsKey("token_use") || "access".equals(claims.get("token_use")));
        } catch (LoginFailedException refused) {
            Fuzzed.assertRefusal(Reason.ACCESS_TOKEN_REFUSED, refused);
        }
    }

    /** By another reader than the product's, where that one can read it: not every number. */
    private static void assertReadAlike(Map<String, Object> claims, String payload) {
        try {
            var others = JSONObjectUtils.parse(payload);
            List.of("iss", "sub", "nonce", "azp", "client_id", "token_use")
                    .forEach(name -> assertEquals(String.valueOf(others.get(name)), String.valueOf(claims.get(name))));
        } catch (ParseException unreadable) {
            return;
        }
    }

    private static void forged(String token) {
        try {
            idTokens.verify(tokens(token), PENDING, provider);
            assertNotEquals(token, token, "a token was accepted that nobody signed");
        } catch (LoginFailedException refused) {
            Fuzzed.assertRefusal(Reason.ID_TOKEN_REFUSED, refused);
        }
    }

    private static double seconds(Map<String, Object> claims, String name) {
        return Double.parseDouble(((Json.Num) claims.get(name)).text());
    }

    private static Tokens tokens(String idToken) {
        return TokenIssuer.tokens(idToken, "opaque");
    }
}
