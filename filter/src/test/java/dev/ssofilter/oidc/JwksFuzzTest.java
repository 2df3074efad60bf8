package dev.ssofilter.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.RSAKey;
import dev.ssofilter.directory.Json;
import dev.ssofilter.fuzz.Fuzzed;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/** Whatever stands at {@code jwks_uri}. */
class JwksFuzzTest {
    private static final Map<JWSAlgorithm, KeyType> ALGORITHMS = Map.of(
            JWSAlgorithm.RS256, KeyType.RSA,
            JWSAlgorithm.PS512, KeyType.RSA,
            JWSAlgorithm.ES256, KeyType.EC,
            JWSAlgorithm.ES384, KeyType.EC,
            JWSAlgorithm.EdDSA, KeyType.OKP,
            JWSAlgorithm.Ed25519, KeyType.OKP);

    private static final Set<KeyType> ASYMMETRIC = Set.of(KeyType.RSA, KeyType.EC, KeyType.OKP);

    @BeforeAll
    static void quiet() {
        Fuzzed.quiet();
    }

    @DictionaryEntries({
        "{\"keys\":[{",
        "\"kty\":\"RSA\"",
        "\"kty\":\"EC\"",
        "\"kty\":\"OKP\"",
        "\"kty\":\"oct\"",
        "\"crv\":\"P-256\"",
        "\"crv\":\"P-384\"",
        "\"crv\":\"Ed25519\"",
        "\"use\":\"sig\"",
        "\"use\":\"enc\"",
        "\"key_ops\":[\"verify\"]",
        "\"kid\":\"",
        "\"n\":\"",
        "\"e\":\"AQAB\"",
        "\"x\":\"",
        "\"y\":\"",
        "\"d\":\"",
        "\"alg\":\"RS256\"",
        "\"x5c\":[\"",
        "\"oth\":[",
        "\"k\":\""
    })
    @Timeout(20)
    @FuzzTest
    void aDocumentIsPublicSigningKeysOrRefused(byte[] input) {
        try (var log = new LogLines("dev.ssofilter.oidc")) {
            try {
                accepted(VerificationKeys.read(Json.object(Fuzzed.text(input)), "https://idp.example.org/keys"));
            } catch (Json.MalformedException malformed) {
                Fuzzed.assertOneLine(malformed.getMessage());
            } catch (LoginFailedException refused) {
                Fuzzed.assertRefusal(refused);
                assertTrue(
                        refused.reason() == Reason.PROVIDER_ANSWER_REFUSED
                                || refused.reason() == Reason.USER_POOL_UNREACHABLE,
                        refused.getMessage());
            }
            log.lines().forEach(Fuzzed::assertOneLine);
        }
    }

    private static void accepted(VerificationKeys read) {
        assertFalse(read.keys().isEmpty());
        var ids = new HashSet<String>();
        for (var usable : read.keys()) {
            var key = usable.jwk();
            assertFalse(key.isPrivate());
            assertTrue(ASYMMETRIC.contains(key.getKeyType()));
            assertTrue(key.getKeyID() == null || ids.add(key.getKeyID()), "a kid stands there twice");
            if (key instanceof RSAKey rsa) {
                assertTrue(rsa.getModulus().decodeToBigInteger().bitLength() >= 2048);
            }
        }
        ALGORITHMS.forEach((algorithm, type) -> {
            matched(read.matching(new JWSHeader(algorithm)), type);
            ids.forEach(id -> {
                var named =
                        read.matching(new JWSHeader.Builder(algorithm).keyID(id).build());
                matched(named, type);
                named.forEach(key -> assertEquals(id, key.jwk().getKeyID()));
            });
        });
    }

    private static void matched(List<VerificationKey> keys, KeyType type) {
        keys.forEach(key -> assertEquals(type, key.jwk().getKeyType()));
    }
}
