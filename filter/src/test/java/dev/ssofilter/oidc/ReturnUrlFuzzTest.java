package dev.ssofilter.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.nimbusds.jose.JWSAlgorithm;
import dev.ssofilter.fuzz.Fuzzed;
import dev.ssofilter.user.LoginFailedException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/** Whatever stands in the query or the form of an authorization response. */
class ReturnUrlFuzzTest {
    private static final String ISSUER = "https://idp.example.org/pool";
    private static final List<Provider> PROVIDERS = List.of(provider(false), provider(true));

    @BeforeAll
    static void quiet() {
        Fuzzed.quiet();
    }

    @DictionaryEntries({
        "code=",
        "&state=",
        "&iss=",
        "&error=",
        "&error_description=",
        "access_denied",
        "https%3A%2F%2Fidp.example.org%2Fpool"
    })
    @Timeout(20)
    @FuzzTest
    void aResponseIsReadInOneWayOrRefused(byte[] input) {
        var encoded = Fuzzed.text(input);
        for (var provider : PROVIDERS) {
            try {
                accepted(encoded, AuthorizationResponse.read(Parameters.parse(encoded)), provider);
            } catch (LoginFailedException refused) {
                Fuzzed.assertRefusal(refused);
            }
        }
    }

    private static void accepted(String encoded, AuthorizationResponse response, Provider provider)
            throws LoginFailedException {
        assertTrue(response.state().matches("[A-Za-z0-9_-]{1,2048}"));
        var code = response.code(provider);
        assertTrue(code.chars().allMatch(c -> c >= ' ' && c < 0x7f));
        assertTrue(!code.isEmpty() && code.length() <= 2048);
        assertEquals(List.of(response.state()), values(encoded, "state"));
        assertEquals(List.of(code), values(encoded, "code"));
        var issuers = values(encoded, "iss");
        assertTrue(issuers.equals(List.of(ISSUER)) || issuers.isEmpty() && !provider.responseIssuerSupported());
        assertFalse(values(encoded, "error").stream().anyMatch(error -> !error.isEmpty()));
    }

    /** Read anew, pair by pair. */
    private static List<String> values(String encoded, String name) {
        return Stream.of(encoded.trim().split("&"))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> decoded(pair[0]).equals(Optional.of(name)))
                .map(pair -> pair.length < 2 ? "" : decoded(pair[1]).orElse("broken escape"))
                .toList();
    }

    private static Optional<String> decoded(String part) {
        try {
            return Optional.of(URLDecoder.decode(part, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException brokenEscape) {
            return Optional.empty();
        }
    }

    private static Provider provider(boolean promisesIssuer) {
        var url = URI.create(ISSUER + "/x");
        return new Provider(
                ISSUER,
                url,
                url,
                Optional.empty(),
                url,
                Optional.empty(),
                Optional.empty(),
                Set.of(JWSAlgorithm.RS256),
                promisesIssuer);
    }
}
