package dev.ssofilter.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands in a session, and who can read it. */
class TokenSealTest {
    private static final Instant NOW = Instant.ofEpochSecond(1774746000);
    private static final String HOST = "https://idp.example.org/pool";

    private final Sealer sealer = Sealer.fromClientSecret("secret");
    private final TokenSeal seal = at(HOST, "one");

    private TokenSeal at(String provider, String node) {
        return new TokenSeal(sealer, Records.discovering(provider), new Node(node, sealer));
    }

    private static Tokens tokens(Duration lifetime, Optional<String> refreshToken) {
        return new Tokens("an ID token", "an access token", refreshToken, lifetime, Optional::empty);
    }

    @Test
    void opensWhatItSealedWhole() {
        var kept = seal.seal(tokens(Duration.ofHours(1), Optional.of("a refresh token")), NOW);

        var opened = seal.open(kept).orElseThrow();

        assertEquals("an access token", opened.accessToken());
        assertEquals("an ID token", opened.idToken());
        assertEquals(Optional.of("a refresh token"), opened.refreshToken());
        assertEquals(NOW.plusSeconds(3600), opened.expires());
        assertFalse((kept + opened).contains("token "));
    }

    @Test
    @DisplayName("AB-027 opens nothing for another provider: it would be sent the user's tokens")
    void opensNothingForAnotherProvider() {
        var kept = seal.seal(tokens(Duration.ofHours(1), Optional.empty()), NOW);

        assertEquals(
                Optional.empty(), at("https://other.example.org/pool", "one").open(kept));
        assertTrue(at(HOST, "two").open(kept).isPresent(), "another node of ours does");
    }

    @ParameterizedTest(name = "a life of {0} s is refreshed after {1} s")
    @CsvSource({"3600, 3540", "300, 240", "100, 80", "10, 8"})
    void isDueAMinuteBeforeTheEndOrInTheLastFifth(int lifetime, int from) {
        var kept = seal.seal(tokens(Duration.ofSeconds(lifetime), Optional.of("a refresh token")), NOW);

        assertFalse(seal.isDue(kept, NOW.plusSeconds(from).minusMillis(1)));
        assertTrue(seal.isDue(kept, NOW.plusSeconds(from)));
    }

    @Test
    void isNeverDueWithoutARefreshToken() {
        var kept = seal.seal(tokens(Duration.ofHours(1), Optional.empty()), NOW);

        assertFalse(seal.isDue(kept, NOW.plus(Duration.ofDays(365))));
    }

    @ParameterizedTest(name = "\"{0}\" is due, and cannot be opened")
    @CsvSource({"''", "x", ".", "x.one.y", "999999999999999999999.one.y"})
    void takesAForeignTextForDue(String foreign) {
        assertTrue(seal.isDue(foreign, NOW));
        assertEquals(Optional.empty(), seal.open(foreign));
    }

    @Test
    void tellsItsOwnFromAnotherNodes() {
        var kept = seal.seal(tokens(Duration.ofHours(1), Optional.empty()), NOW);

        assertFalse(seal.isForeign(kept));
        assertTrue(at(HOST, "two").isForeign(kept));
    }
}
