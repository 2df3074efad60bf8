package dev.ssofilter.oidc;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.nimbusds.jose.JWSAlgorithm;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OIDC Core §3.1.3.6: the left half of the access token's hash, with the hash of the ID token's algorithm. */
class AccessTokenHashTest {
    private static final String TOKEN = "an-access-token";

    @ParameterizedTest(name = "AB-104 {0} hashes with {1}")
    @CsvSource({
        "RS256, SHA-256",
        "PS256, SHA-256",
        "ES256, SHA-256",
        "RS384, SHA-384",
        "PS384, SHA-384",
        "ES384, SHA-384",
        "RS512, SHA-512",
        "PS512, SHA-512",
        "ES512, SHA-512",
        "EdDSA, SHA-512",
        "Ed25519, SHA-512"
    })
    void isThatOfTheAlgorithm(String algorithm, String hash) throws Exception {
        var digest = MessageDigest.getInstance(hash).digest(TOKEN.getBytes(StandardCharsets.US_ASCII));
        var left = Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, digest.length / 2));

        assertDoesNotThrow(() -> check(left, TOKEN, algorithm));
        assertThrows(LoginFailedException.class, () -> check(left, "another-access-token", algorithm));
    }

    private static void check(String hash, String accessToken, String algorithm) throws LoginFailedException {
        var use = new SignatureVerifier.Use("ID token", Reason.ID_TOKEN_REFUSED, Set.of("jwt"), "");
        IdTokenVerifier.requireAccessTokenHash(
                new Claims(Map.of("at_hash", hash), use), accessToken, JWSAlgorithm.parse(algorithm));
    }
}
