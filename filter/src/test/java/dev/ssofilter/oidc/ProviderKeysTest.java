package dev.ssofilter.oidc;

import static dev.ssofilter.oidc.Concurrently.awaitIdle;
import static dev.ssofilter.oidc.Concurrently.awaitThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import dev.ssofilter.directory.Listeners;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderKeysTest {
    /** Cognito: kids are padded Base64, not Base64url. */
    private static final String OLD = "q7Zl0n+1fT3mX/9eJcVb2wQkYh5uRs8pAaGdLtNoM6I=";

    private static final String NEW = "B4xWc8Hk2yNvUoRjE6sTgPzQ1dLf7aMi0KmX9b+5e/Y=";
    private static final String JWKS = "/keys";

    private static RSAKey rsa;
    private static JWK p256;
    private static JWK p384;

    private final FakeTicker ticker = new FakeTicker();
    private final LogLines log = new LogLines("dev.ssofilter.oidc");
    private StubProvider stub;
    private Outbound outbound;
    private ProviderKeys keys;

    @BeforeAll
    static void generate() throws JOSEException {
        rsa = new RSAKeyGenerator(2048).generate();
        p256 = new ECKeyGenerator(Curve.P_256).keyID("p256").generate().toPublicJWK();
        p384 = new ECKeyGenerator(Curve.P_384).keyID("p384").generate().toPublicJWK();
    }

    @BeforeEach
    void start() throws IOException {
        stub = new StubProvider();
        outbound = new Outbound();
        keys = new ProviderKeys(outbound, ticker, Listeners.none());
    }

    @AfterEach
    void stop() {
        outbound.close();
        stub.close();
        log.close();
    }

    private static RSAKey.Builder rsa() {
        return new RSAKey.Builder(rsa.toPublicJWK());
    }

    private static String rsa(String kid) {
        return rsa().keyID(kid)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.RS256)
                .build()
                .toJSONString();
    }

    private static String set(String... members) {
        return "{\"keys\":[" + String.join(",", members) + "]}";
    }

    private void publish(String... members) {
        stub.serve(JWKS, set(members));
    }

    private Provider provider() {
        return provider(JWKS);
    }

    private Provider provider(String jwks) {
        return new Provider(
                "https://op.example",
                URI.create("https://op.example/authorize"),
                URI.create("https://op.example/token"),
                Optional.empty(),
                stub.url(jwks),
                Optional.empty(),
                Optional.empty(),
                Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256, JWSAlgorithm.ES384),
                false);
    }

    private static JWSHeader header(String kid) {
        return new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(kid).build();
    }

    private List<String> matching(JWSHeader header) throws LoginFailedException {
        return keys.candidates(header, provider()).keys().stream()
                .map(key -> key.jwk().getKeyID())
                .toList();
    }

    private List<String> matching(String kid) throws LoginFailedException {
        return matching(header(kid));
    }

    private LoginFailedException refusal() {
        return assertThrows(LoginFailedException.class, () -> matching(OLD));
    }

    private void later(Duration duration) {
        awaitIdle(outbound);
        ticker.advance(duration);
    }

    // ---- which key

    @Test
    void findsAKeyByItsIdLetterForLetter() throws LoginFailedException {
        publish(rsa(OLD), rsa(NEW), rsa(NEW.toLowerCase(Locale.ROOT)));

        assertEquals(List.of(NEW), matching(NEW));
    }

    @Test
    void handsOutEveryKeyThatFitsATokenWithoutKeyId() throws LoginFailedException {
        publish(rsa(OLD), p256.toJSONString(), rsa(NEW));

        assertEquals(List.of(OLD, NEW), matching(new JWSHeader(JWSAlgorithm.RS256)));
        assertEquals(List.of("p256"), matching(new JWSHeader(JWSAlgorithm.ES256)));
    }

    @ParameterizedTest
    @CsvSource({"ES256, p384", "ES384, p256", "RS256, p256", "ES256, rsa", "RS256, ps"})
    void handsOutNoKeyOfAnotherAlgorithm(String algorithm, String kid) throws LoginFailedException {
        publish(
                p256.toJSONString(),
                p384.toJSONString(),
                rsa("rsa"),
                rsa().keyID("ps").algorithm(JWSAlgorithm.PS256).build().toJSONString());
        var header =
                new JWSHeader.Builder(JWSAlgorithm.parse(algorithm)).keyID(kid).build();

        assertEquals(List.of(), matching(header));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "none", "PS256", "ES256K", "made-up"})
    void asksNobodyForAnAlgorithmThatTheProviderDoesNotUse(String algorithm) throws LoginFailedException {
        var header = "none".equals(algorithm)
                ? new JWSHeader.Builder(new JWSAlgorithm("none ")).keyID(OLD).build()
                : new JWSHeader.Builder(JWSAlgorithm.parse(algorithm))
                        .keyID(OLD)
                        .build();

        assertEquals(List.of(), matching(header));

        assertEquals(List.of(), stub.asked());
    }

    @Test
    void takesAKeyWithoutUseOrOperations() throws LoginFailedException {
        publish(rsa().keyID(OLD).build().toJSONString());

        assertEquals(List.of(OLD), matching(OLD));
    }

    @Test
    void passesOverKeysForOtherUsesWithoutAWord() throws LoginFailedException {
        publish(
                rsa(OLD),
                rsa().keyID("enc").keyUse(KeyUse.ENCRYPTION).build().toJSONString(),
                rsa().keyID("wrap")
                        .keyOperations(Set.of(KeyOperation.WRAP_KEY))
                        .build()
                        .toJSONString(),
                rsa().keyID("verify")
                        .keyOperations(Set.of(KeyOperation.VERIFY))
                        .build()
                        .toJSONString());

        assertEquals(List.of(OLD, "verify"), matching(new JWSHeader(JWSAlgorithm.RS256)));
        assertEquals(List.of(), log.lines());
    }

    @Test
    void takesNoKeyForAnotherUseForASecondOneOfThatId() throws LoginFailedException {
        publish(rsa(OLD), rsa().keyID(OLD).keyUse(KeyUse.ENCRYPTION).build().toJSONString());

        assertEquals(List.of(OLD), matching(OLD));
    }

    // ---- bad keys among good ones

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"kty\":\"AKP\",\"kid\":\"bad\",\"alg\":\"ML-DSA-65\",\"pub\":\"AAAA\"}",
                "{\"kty\":\"RSA\",\"kid\":\"bad\"}",
                "{\"kid\":\"bad\"}",
                "{\"kty\":\"EC\",\"kid\":\"bad\",\"crv\":\"P-256\",\"x\":\"AAAA\",\"y\":\"AAAA\"}",
                "{\"kty\":\"RSA\",\"kid\":\"bad\",\"n\":1e99999999999,\"e\":\"AQAB\"}",
                "{\"kty\":\"RSA\",\"kid\":[\"bad\"],\"n\":\"AQAB\",\"e\":\"AQAB\"}",
                "\"bad\"",
                "[]",
                "7"
            })
    void passesOverAMalformedOrUnknownKey(String bad) throws LoginFailedException {
        publish(bad, rsa(OLD));

        assertEquals(List.of(OLD), matching(OLD));
        assertEquals(List.of(), matching("bad"));
        assertTrue(log.lines().get(0).startsWith("WARNING keys of " + stub.url(JWKS) + " are not used: malformed"));
    }

    @Test
    void passesOverPrivateAndSymmetricKeys() throws JOSEException, LoginFailedException {
        publish(
                new RSAKey.Builder(rsa).keyID("private").build().toJSONString(),
                new OctetSequenceKeyGenerator(256).keyID("symmetric").generate().toJSONString(),
                rsa(OLD));

        assertEquals(List.of(OLD), matching(new JWSHeader(JWSAlgorithm.RS256)));
        assertEquals(1, log.lines().size());
        assertTrue(
                log.lines().get(0).contains("\"private\"") && log.lines().get(0).contains("\"symmetric\""));
    }

    @Test
    void passesOverRsaKeysThatAreTooShortHoweverTheyArePadded() throws JOSEException, LoginFailedException {
        var weak = new RSAKeyGenerator(1024, true).generate();
        byte[] modulus = weak.getModulus().decode();
        byte[] padded = new byte[256];
        System.arraycopy(modulus, 0, padded, padded.length - modulus.length, modulus.length);
        publish(
                rsa(OLD),
                new RSAKey.Builder(weak.toPublicJWK().toRSAKey())
                        .keyID("weak")
                        .build()
                        .toJSONString(),
                new RSAKey.Builder(Base64URL.encode(padded), weak.getPublicExponent())
                        .keyID("padded")
                        .build()
                        .toJSONString());

        assertEquals(List.of(OLD), matching(new JWSHeader(JWSAlgorithm.RS256)));
        assertTrue(
                log.lines().get(0).contains("\"padded\" is an RSA key of 1024 bits"),
                log.lines().get(0));
    }

    @Test
    void refusesAKeyIdThatStandsThereTwice() throws LoginFailedException {
        publish(rsa(OLD), rsa(NEW), rsa(NEW));

        assertEquals(List.of(), matching(NEW));
        assertEquals(List.of(OLD), matching(OLD));
        assertTrue(
                log.lines().get(0).contains("\"" + NEW + "\" stands there more than once"),
                log.lines().get(0));
    }

    @Test
    void takesSeveralKeysWithoutKeyId() throws LoginFailedException {
        String nameless = rsa().build().toJSONString();
        publish(nameless, nameless);

        assertEquals(
                2,
                keys.candidates(new JWSHeader(JWSAlgorithm.RS256), provider())
                        .keys()
                        .size());
    }

    // ---- no set at all

    @Test
    @DisplayName("AB-116 takes a hundred keys and not one more")
    void takesAHundredKeysAndNotOneMore() throws LoginFailedException {
        String[] keys101 = IntStream.range(0, 101).mapToObj(i -> rsa("k" + i)).toArray(String[]::new);
        publish(keys101);
        assertEquals(Reason.PROVIDER_ANSWER_REFUSED, refusal().reason());

        publish(Arrays.copyOf(keys101, 100));
        assertEquals(List.of("k99"), matching("k99"));
    }

    @Test
    void refusesASetOverTheLimit() {
        publish(rsa(OLD), "{\"padding\":\"" + "x".repeat(256 * 1024) + "\"}");

        assertEquals(Reason.PROVIDER_ANSWER_REFUSED, refusal().reason());
    }

    @Test
    @DisplayName("AB-120 takes a provider without a key for one that is down")
    void takesAnEmptySetForAnOutage() {
        publish();

        assertEquals(Reason.USER_POOL_UNREACHABLE, refusal().reason());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"keys\":{}}",
                "[]",
                "<html/>",
                "{\"keys\":[],\"keys\":[]}",
                "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"}]}"
            })
    void refusesWhatHoldsNoKeyToVerifyWith(String body) {
        stub.serve(JWKS, body);

        assertEquals(Reason.PROVIDER_ANSWER_REFUSED, refusal().reason());
    }

    @ParameterizedTest
    @CsvSource({
        "404, PROVIDER_ANSWER_REFUSED",
        "403, PROVIDER_ANSWER_REFUSED",
        "429, USER_POOL_UNREACHABLE",
        "500, USER_POOL_UNREACHABLE"
    })
    void tellsAWrongAddressFromAProviderThatIsDown(int status, Reason reason) {
        stub.serve(JWKS, StubProvider.status(status, set(rsa(OLD))));

        assertEquals(reason, refusal().reason());
    }

    @Test
    void followsNoRedirectToOtherKeys() {
        stub.serve("/other", set(rsa(OLD)));
        stub.serve(JWKS, StubProvider.status(302, "", "Location", stub.origin() + "/other"));

        assertEquals(Reason.PROVIDER_ANSWER_REFUSED, refusal().reason());
        assertEquals(0, stub.count("/other"));
    }

    // ---- one call

    @Test
    void asksOnceForTwoHundredFirstLogins() throws InterruptedException {
        var together = new CountDownLatch(1);
        stub.serve(JWKS, stub.after(together, StubProvider.status(200, set(rsa(OLD)))));

        var outcomes = Concurrently.call(200, together, () -> matching(OLD));

        assertEquals(Collections.nCopies(200, List.of(OLD)), outcomes.results());
        assertEquals(1, stub.count(JWKS));
    }

    @Test
    void sharesAFailureWithAllWhoWaitAndForgetsIt() throws Exception {
        var together = new CountDownLatch(1);
        stub.serve(JWKS, stub.after(together, StubProvider.status(500, "")));

        var outcomes = Concurrently.call(200, together, () -> matching(OLD));

        assertEquals(200, outcomes.failures().size());
        assertEquals(1, stub.count(JWKS));
        publish(rsa(OLD));
        assertEquals(List.of(OLD), matching(OLD));
    }

    // ---- rotation

    @Test
    void asksOnceMoreForTwoHundredLoginsAfterARotation() throws Exception {
        publish(rsa(OLD));
        matching(OLD);
        var together = new CountDownLatch(1);
        stub.serve(JWKS, stub.after(together, StubProvider.status(200, set(rsa(OLD), rsa(NEW)))));

        var outcomes = Concurrently.call(200, together, () -> matching(NEW));

        assertEquals(Collections.nCopies(200, List.of(NEW)), outcomes.results());
        assertEquals(2, stub.count(JWKS));
    }

    @Test
    void keepsWhatItFoundWhileLookingForAnUnknownKey() throws LoginFailedException {
        publish(rsa(OLD));
        matching(OLD);
        publish(rsa(OLD), rsa(NEW));
        matching(NEW);
        later(Duration.ofMinutes(2));

        assertEquals(List.of(NEW), matching(NEW));

        assertEquals(2, stub.count(JWKS));
    }

    @Test
    void stopsWaitingWhenInterruptedAndSaysSoToTheThread() {
        stub.serve(JWKS, stub.silence());

        Thread.currentThread().interrupt();
        LoginFailedException refusal = refusal();

        assertTrue(Thread.interrupted());
        assertEquals(Reason.USER_POOL_UNREACHABLE, refusal.reason());
    }

    @Test
    void letsKnownKeysThroughWhileAnUnknownOneIsLookedFor() throws Exception {
        publish(rsa(OLD));
        matching(OLD);
        var together = new CountDownLatch(1);
        stub.serve(JWKS, stub.after(together, StubProvider.status(200, set(rsa(OLD)))));

        Concurrently.call(1, together, () -> {
            var waiting = new Thread(() -> assertThrows(LoginFailedException.class, () -> matching(NEW)));
            waiting.start();
            awaitThat(() -> stub.count(JWKS) == 2);
            assertEquals(List.of(OLD), matching(OLD));
            waiting.interrupt();
            waiting.join();
            return null;
        });
    }

    @Test
    @DisplayName("AB-122 R-24 asks for unknown keys once a minute at most")
    void asksForUnknownKeysOnceAMinuteAtMost() throws LoginFailedException {
        publish(rsa(OLD));
        for (int i = 0; i < 1000; i++) {
            assertEquals(List.of(), matching("invented" + i));
        }
        assertEquals(2, stub.count(JWKS));

        later(Duration.ofSeconds(59));
        assertEquals(List.of(), matching(NEW));
        assertEquals(2, stub.count(JWKS));

        later(Duration.ofSeconds(1));
        publish(rsa(OLD), rsa(NEW));
        assertEquals(List.of(NEW), matching(NEW));
        assertEquals(3, stub.count(JWKS));
    }

    @Test
    void keepsTheLastGoodSetWhenAskingForAnUnknownKeyFails() throws LoginFailedException {
        publish(rsa(OLD));
        matching(OLD);
        stub.serve(JWKS, StubProvider.status(500, ""));

        assertEquals(List.of(), matching(NEW));

        assertEquals(List.of(OLD), matching(OLD));
        assertEquals(1, log.lines().size());
        assertTrue(
                log.lines().get(0).startsWith("WARNING reason=USER_POOL_UNREACHABLE"),
                log.lines().get(0));
    }

    @Test
    void asksNobodyOnceTheApplicationHasStopped() throws LoginFailedException {
        publish(rsa(OLD));
        assertEquals(List.of(OLD), matching(OLD));
        outbound.close();

        var refusal = assertThrows(LoginFailedException.class, () -> matching(NEW));

        assertEquals(Reason.USER_POOL_UNREACHABLE, refusal.reason());
        assertEquals(1, stub.count(JWKS));
    }

    // ---- age

    @Test
    void asksAgainAfterAnHourWhileNobodyWaits() throws LoginFailedException {
        publish(rsa(OLD));
        matching(OLD);
        later(Duration.ofMinutes(59));
        matching(OLD);
        assertEquals(1, stub.count(JWKS));

        publish(rsa(NEW));
        later(Duration.ofMinutes(2));
        assertEquals(List.of(OLD), matching(OLD));

        awaitThat(() -> stub.count(JWKS) == 2);
        later(Duration.ZERO);
        assertEquals(List.of(NEW), matching(new JWSHeader(JWSAlgorithm.RS256)));
    }

    @Test
    @DisplayName("AB-121 uses the last good set for a day and not longer")
    void usesTheLastGoodSetForADayAndNotLonger() throws LoginFailedException {
        publish(rsa(OLD));
        matching(OLD);
        stub.serve(JWKS, StubProvider.status(500, ""));

        for (int hour = 2; hour < 24; hour += 2) {
            later(Duration.ofHours(2));
            assertEquals(List.of(OLD), matching(OLD));
            int calls = 1 + hour / 2;
            awaitThat(() -> stub.count(JWKS) == calls);
        }
        later(Duration.ofHours(2));

        assertEquals(Reason.USER_POOL_UNREACHABLE, refusal().reason());
    }

    @Test
    void staysWithTheLastGoodSetWhenTheNewOneIsEmpty() throws LoginFailedException {
        publish(rsa(OLD));
        matching(OLD);
        publish();
        later(Duration.ofMinutes(61));
        matching(OLD);
        awaitThat(() -> log.lines().size() == 1);
        later(Duration.ZERO);

        assertEquals(List.of(OLD), matching(OLD));
    }

    @Test
    void keepsApartWhatStandsAtTwoUrls() throws LoginFailedException {
        publish(rsa(OLD));
        matching(NEW);
        stub.serve("/others", set(rsa("other")));
        keys.candidates(header("other"), provider("/others"));
        stub.serve("/others", set(rsa(NEW)));

        // Within the minute of the call for the first URL, which is not this one's.
        var found = keys.candidates(header(NEW), provider("/others")).keys();

        assertEquals(1, found.size());
    }
}
