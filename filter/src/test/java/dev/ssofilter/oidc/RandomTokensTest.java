package dev.ssofilter.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.ssofilter.directory.Listeners;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import java.net.URI;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Ten thousand texts that are nearly a token, or not at all: each is refused, and nothing else is thrown. */
class RandomTokensTest {
    private static final String ALPHABET = "eyJ0.-_{}\":, \u0000\u00e4A9=+/";

    private final Random random = new Random(92);

    @Test
    @DisplayName("AB-092 refuses five thousand random texts")
    void refusesRandomTexts() throws Exception {
        refuses(5_000, i -> text(random.nextInt(200)));
    }

    @Test
    @DisplayName("AB-092 refuses a genuine token in which anything was changed, five thousand times")
    void refusesChangedTokens() throws Exception {
        var key = new RSAKeyGenerator(2048).keyID("ours").generate();
        var genuine = token(key);
        refuses(key, 5_000, i -> changed(genuine));
    }

    private String text(int length) {
        return random.ints(length, 0, ALPHABET.length())
                .mapToObj(at -> ALPHABET.substring(at, at + 1))
                .reduce("", String::concat);
    }

    /** The last character of a signature holds bits that mean nothing, so the change is before it. */
    private String changed(String token) {
        var at = random.nextInt(token.length() - 1);
        var changed = token;
        while (changed.equals(token)) {
            changed = switch (random.nextInt(3)) {
                case 0 -> token.substring(0, at) + text(1) + token.substring(at + 1);
                case 1 -> token.substring(0, at) + text(1 + random.nextInt(5)) + token.substring(at);
                default -> token.substring(0, at) + token.substring(at + 1);
            };
        }
        return changed;
    }

    private static String token(RSAKey key) throws Exception {
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("ours").build();
        var token = new JWSObject(header, new Payload("{\"sub\":\"1042\"}"));
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    private static void refuses(int times, IntFunction<String> token) throws Exception {
        refuses(new RSAKeyGenerator(2048).keyID("ours").generate(), times, token);
    }

    private static void refuses(RSAKey key, int times, IntFunction<String> token) throws Exception {
        var use = new SignatureVerifier.Use("ID token", Reason.ID_TOKEN_REFUSED, Set.of("jwt"), "");
        try (var stub = new StubProvider();
                var outbound = new Outbound()) {
            stub.serve("/keys", "{\"keys\":[" + key.toPublicJWK().toJSONString() + "]}");
            var verifier = new SignatureVerifier(new ProviderKeys(outbound, new FakeTicker(), Listeners.none()));
            var provider = provider(stub.url("/keys"));
            verifier.verify(token(key), provider, use);

            IntStream.range(0, times).forEach(i -> {
                var text = token.apply(i);
                var refused =
                        assertThrows(LoginFailedException.class, () -> verifier.verify(text, provider, use), text);
                assertEquals(Reason.ID_TOKEN_REFUSED, refused.reason(), text);
            });
        }
    }

    private static Provider provider(URI keys) {
        var url = URI.create("https://op.example/x");
        return new Provider(
                "https://op.example",
                url,
                url,
                Optional.empty(),
                keys,
                Optional.empty(),
                Optional.empty(),
                Set.of(JWSAlgorithm.RS256),
                false);
    }
}
