package dev.ssofilter.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ssofilter.directory.DirectoryRecord;
import dev.ssofilter.directory.EndpointUrl;
import dev.ssofilter.directory.Json;
import dev.ssofilter.fuzz.Fuzzed;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/** Whatever stands at {@code /.well-known/openid-configuration}. */
class DiscoveryDocumentFuzzTest {
    private static final String POOL = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab3dEfGhI";
    private static final String ELSEWHERE = "https://idp.example.org/realms/members";

    private static final List<DirectoryRecord> RECORDS = List.of(
            Records.discovering(POOL + "/.well-known/jwks.json"),
            Records.discovering(ELSEWHERE),
            Records.discovering(ELSEWHERE, Map.of("tokenUrl", ELSEWHERE + "/token", "jwksUrl", ELSEWHERE + "/keys")),
            Records.discoveringWithoutPkce(ELSEWHERE));

    @BeforeAll
    static void quiet() {
        Fuzzed.quiet();
    }

    @DictionaryEntries({
        "\"issuer\":\"" + ELSEWHERE + "\"",
        "\"authorization_endpoint\":\"",
        "\"token_endpoint\":\"",
        "\"userinfo_endpoint\":\"",
        "\"jwks_uri\":\"",
        "\"end_session_endpoint\":\"",
        "\"code_challenge_methods_supported\":[\"S256\"]",
        "\"id_token_signing_alg_values_supported\":[\"RS256\"]",
        "https://",
        "http://127.0.0.1",
        "\"none\"",
        "\"HS256\"",
        "\\u0000"
    })
    @Timeout(20)
    @FuzzTest
    void aDocumentIsAProviderOrRefused(byte[] input) {
        Map<String, Object> members;
        try {
            members = Json.object(Fuzzed.text(input));
        } catch (Json.MalformedException refused) {
            Fuzzed.assertOneLine(refused.getMessage());
            return;
        }
        for (var record : RECORDS) {
            for (boolean loopback : new boolean[] {true, false}) {
                try {
                    accepted(members, record, loopback, new ProviderReader(record, loopback).read(members));
                } catch (LoginFailedException refused) {
                    Fuzzed.assertRefusal(Reason.METADATA_REFUSED, refused);
                }
            }
        }
    }

    private static void accepted(
            Map<String, Object> members, DirectoryRecord record, boolean loopback, Provider provider) {
        assertEquals(members.get("issuer"), provider.issuer());
        assertTrue(record.discoveryDomain().orElseThrow().names(provider.issuer()));
        Stream.of(
                        Optional.of(provider.authorizationUrl()),
                        Optional.of(provider.tokenUrl()),
                        Optional.of(provider.jwksUrl()),
                        provider.userinfoUrl(),
                        provider.logoutUrl(),
                        provider.revocationUrl())
                .flatMap(Optional::stream)
                .forEach(url -> {
                    assertEquals(Optional.empty(), EndpointUrl.problem(url, loopback), url::toString);
                    assertTrue(loopback || "https".equalsIgnoreCase(url.getScheme()), url::toString);
                });
        record.tokenUrl().ifPresent(given -> assertEquals(given, provider.tokenUrl()));
        record.jwksUrl().ifPresent(given -> assertEquals(given, provider.jwksUrl()));
        assertFalse(provider.signatureAlgorithms().isEmpty());
        provider.signatureAlgorithms()
                .forEach(algorithm -> assertTrue(
                        algorithm.getName().matches("(RS|PS|ES)(256|384|512)|EdDSA|Ed25519"), algorithm::getName));
        if (record.enablePkce() && members.get("code_challenge_methods_supported") instanceof List<?> methods) {
            assertTrue(methods.isEmpty() || methods.contains("S256"));
        }
    }
}
