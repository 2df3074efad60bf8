package dev.ssofilter.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ssofilter.directory.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of a JWKS the keys that signatures may be verified with, whatever stands beside them. */
class VerificationKeysTest {
    private static final String GOOD =
            "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"good\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}";

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\",\"oth\":[{}]}",
                "{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\",\"oth\":[7]}",
                "{\"kty\":\"RSA\"}",
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"\",\"y\":\"\"}",
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AAAA\"}",
                "{\"kty\":\"AKP\"}",
                "{\"kty\":7}",
                "{}",
                "[]",
                "7"
            })
    void aBrokenKeyDoesNotSpoilTheOthers(String broken) throws Exception {
        var keys = VerificationKeys.read(Json.object("{\"keys\":[" + broken + "," + GOOD + "]}"), "the provider");

        assertEquals(
                "good",
                keys.keys().stream()
                        .map(key -> key.jwk().getKeyID())
                        .findFirst()
                        .orElseThrow());
        assertEquals(1, keys.keys().size());
    }
}
