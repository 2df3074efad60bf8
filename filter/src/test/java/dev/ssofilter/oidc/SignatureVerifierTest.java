package dev.ssofilter.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.Base64URL;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPrivateKey;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Header and signature of a token: RFC 7515, RFC 8725. */
class SignatureVerifierTest {
    private static final SignatureVerifier.Use USE =
            new SignatureVerifier.Use("ID token", Reason.ID_TOKEN_REFUSED, Set.of("jwt"), "see tokenUrl");
    private static final String HEADER = "{\"alg\":\"RS256\",\"kid\":\"rsa\"}";
    private static final byte[] PAYLOAD = "{\"sub\":\"ana\"}".getBytes(StandardCharsets.UTF_8);

    private static TokenIssuer issuer;

    @BeforeAll
    static void start() throws Exception {
        issuer = new TokenIssuer(TokenIssuer.rsa("rsa"), TokenIssuer.p256("ec"), TokenIssuer.ed25519("ed"));
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                HEADER,
                "{\"alg\":\"RS256\"}",
                "{\"alg\":\"RS256\",\"typ\":\"JWT\"}",
                "{\"alg\":\"RS256\",\"typ\":\"jwt\",\"kid\":\"rsa\",\"jku\":\"https://evil.example\"}"
            })
    void takesAnRsaSignature(String header) throws Exception {
        var verified = verify(TokenIssuer.signed(header, PAYLOAD, "SHA256withRSA", TokenIssuer.RSA));

        assertEquals(JWSAlgorithm.RS256, verified.algorithm());
        assertEquals("ana", verified.claims().get("sub"));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"EdDSA", "Ed25519"})
    void takesAnEdwardsCurvesSignature(String algorithm) throws Exception {
        var verified =
                verify(TokenIssuer.signed("{\"alg\":\"" + algorithm + "\"}", PAYLOAD, "Ed25519", TokenIssuer.ED25519));

        assertEquals("ana", verified.claims().get("sub"));
    }

    @Test
    void takesAnEllipticCurvesSignature() throws Exception {
        var jws = new JWSObject(new JWSHeader(JWSAlgorithm.ES256), new Payload(PAYLOAD));
        jws.sign(new ECDSASigner((ECPrivateKey) TokenIssuer.P256.getPrivate()));

        assertEquals("ana", verify(jws.serialize()).claims().get("sub"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {"alg":"RS384","kid":"rsa"}                   | alg "RS384"; expected one of
            {"alg":"HS256","kid":"rsa"}                   | alg "HS256"; expected one of
            {"alg":"none"}                                | header cannot be read
            {"alg":"RS256","kid":"rsa","typ":"at+jwt"}    | typ "at+jwt"; expected none or one of
            {"alg":"RS256","kid":"rsa","crit":["b64"],"b64":true} | crit names header extensions
            {"alg":"RS256","kid":"other"}                 | kid "other" fits 0 keys
            {"alg":"RS256","kid":"ec"}                    | kid "ec" fits 0 keys
            {"alg":"RS256","kid":7}                       | header cannot be read
            {"alg":"ES256"}                               | signature does not fit
            {"alg":"EdDSA"}                               | signature does not fit
            """)
    void refusesAHeader(String header, String told) {
        assertRefused(told, TokenIssuer.signed(header, PAYLOAD, "SHA256withRSA", TokenIssuer.RSA));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a.b.c.d.e       | it is encrypted
            eyJ9..a.b.c     | it is encrypted
            ....            | not a compact JWS
            a.b             | not a compact JWS; expected header.payload.signature in base64url; see tokenUrl
            a.b.c.d         | not a compact JWS
            a.b.            | not a compact JWS
            a.b.c=          | not a compact JWS
            ` a.b.c`        | not a compact JWS
            a..c            | not a compact JWS
            .b.c            | not a compact JWS
            a               | not a compact JWS
            aé.b.c          | not a compact JWS
            a\u0080.b.c      | not a compact JWS
            a.bš.c          | not a compact JWS
            a.b.š           | not a compact JWS
            a.b.c           | header cannot be read
            """)
    void refusesWhatIsNoToken(String token, String told) {
        assertRefused(told, token);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"SHA256withRSA", "Ed25519"})
    void refusesWhatOthersSigned(String javaAlgorithm) {
        var other = javaAlgorithm.equals("Ed25519") ? TokenIssuer.pair("Ed25519", 255) : TokenIssuer.pair("RSA", 2048);
        var header = javaAlgorithm.equals("Ed25519") ? "{\"alg\":\"EdDSA\"}" : HEADER;

        assertRefused("the signature does not fit", TokenIssuer.signed(header, PAYLOAD, javaAlgorithm, other));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {HEADER, "{\"alg\":\"EdDSA\"}"})
    void refusesWhatWasChanged(String header) {
        var ed = header.contains("EdDSA");
        var token = TokenIssuer.signed(
                header, PAYLOAD, ed ? "Ed25519" : "SHA256withRSA", ed ? TokenIssuer.ED25519 : TokenIssuer.RSA);

        assertRefused(
                "the signature does not fit",
                token.replace(
                        "." + Base64URL.encode(PAYLOAD) + ".", "." + Base64URL.encode("{\"sub\":\"max\"}") + "."));
    }

    /** A letter holds six bits: one alone makes no byte. */
    @Test
    void refusesALetterTooMany() {
        var token = TokenIssuer.rs256(HEADER, "{\"sub\":\"a\"}"); // a payload of 11 and a signature of 256 bytes
        var signature = token.substring(token.lastIndexOf('.') + 1);
        var letters = signature.length() % 4 == 2 ? "AAA" : "AA";

        assertRefused("the signature does not fit", token + letters);
        assertRefused("payload is not a JSON object", TokenIssuer.signedAsItIs(Base64URL.encode(HEADER) + ".AAAAA"));
    }

    @Test
    void verifiesAllAlgorithmsOfAKeyByTurns() throws Exception {
        var rsa = new RSASSASigner(TokenIssuer.RSA.getPrivate());
        var algorithms = JWSAlgorithm.Family.RSA.toArray(JWSAlgorithm[]::new);
        var provider = issuer.provider(algorithms);
        for (var round = 0; round < 3; round++) {
            for (var algorithm : algorithms) {
                var jws = new JWSObject(new JWSHeader(algorithm), new Payload(PAYLOAD));
                jws.sign(rsa);

                var verified = issuer.verifier().verify(jws.serialize(), provider, USE);

                assertEquals(algorithm, verified.algorithm());
                var other = jws.serialize().replace(".", ".e30"); // another payload, and another signature
                assertThrows(LoginFailedException.class, () -> issuer.verifier().verify(other, provider, USE));
            }
        }
    }

    @Test
    void verifiesInManyThreadsAtOnce() throws Exception {
        var good = TokenIssuer.rs256(HEADER, "{\"sub\":\"ana\"}");
        var bad = good.substring(0, good.length() - 8) + "AAAAAAAA";
        var outcomes = IntStream.range(0, 400)
                .parallel()
                .filter(i -> isTaken(i % 2 == 0 ? good : bad) == (i % 2 == 0))
                .count();

        assertEquals(400, outcomes);
    }

    private static boolean isTaken(String token) {
        try {
            verify(token);
            return true;
        } catch (LoginFailedException refused) {
            return false;
        }
    }

    @Test
    void refusesAPayloadThatIsNoJsonInUtf8() {
        assertRefused(
                "payload is not a JSON object",
                TokenIssuer.signed(
                        HEADER,
                        "{\"sub\":\"\u00ff\"}".getBytes(StandardCharsets.ISO_8859_1),
                        "SHA256withRSA",
                        TokenIssuer.RSA));
        assertRefused("payload is not a JSON object", TokenIssuer.rs256(HEADER, "[]"));
        assertRefused("payload is not a JSON object", TokenIssuer.rs256(HEADER, "{\"sub\":\"a\",\"sub\":\"b\"}"));
    }

    @Test
    void triesThreeKeysAndNoMoreWhereTheHeaderNamesNone() throws Exception {
        var token = TokenIssuer.signed("{\"alg\":\"EdDSA\"}", PAYLOAD, "Ed25519", TokenIssuer.ED25519);

        try (var three = new TokenIssuer(among(2));
                var four = new TokenIssuer(among(3))) {
            assertFalse(three.verifier()
                    .verify(token, three.provider(), USE)
                    .claims()
                    .isEmpty());
            var refused = assertThrows(
                    LoginFailedException.class, () -> four.verifier().verify(token, four.provider(), USE));
            assertTrue(refused.getMessage().contains("kid \"(none)\" fits 4 keys"), refused.getMessage());
        }
    }

    /** Ours, behind so many others. */
    private static JWK[] among(int others) {
        return IntStream.rangeClosed(0, others)
                .mapToObj(i -> i < others
                        ? TokenIssuer.ed25519(TokenIssuer.pair("Ed25519", 255), "other" + i)
                        : TokenIssuer.ed25519("ours"))
                .toArray(JWK[]::new);
    }

    private static SignatureVerifier.Verified verify(String token) throws LoginFailedException {
        return issuer.verifier().verify(token, issuer.provider(), USE);
    }

    private static void assertRefused(String told, String token) {
        var refused = assertThrows(LoginFailedException.class, () -> verify(token));

        assertEquals(Reason.ID_TOKEN_REFUSED, refused.reason());
        assertTrue(refused.getMessage().contains(told), refused.getMessage());
    }
}
