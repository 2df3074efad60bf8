package dev.ssofilter.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PendingLoginTest {
    private static final Instant NOW = Instant.parse("2026-03-29T01:00:00.123Z");
    private static final Pattern BITS_256 = Pattern.compile("[A-Za-z0-9_-]{43}");

    @ParameterizedTest(name = "target \"{0}\"")
    @ValueSource(strings = {"", "/", "/orders?id=7&id=8", "/caf%C3%A9;x=1"})
    void comesBackFromItsBytes(String target) {
        var pending = PendingLogin.begin(target, NOW);

        assertEquals(Optional.of(pending), PendingLogin.fromBytes(pending.toBytes()));
        assertEquals(target, pending.target());
        assertEquals(NOW, pending.begun());
    }

    @Test
    void carriesTheLongestTarget() {
        var pending = PendingLogin.begin("/" + "x".repeat(1999), NOW);

        assertEquals(Optional.of(pending), PendingLogin.fromBytes(pending.toBytes()));
    }

    @Test
    @DisplayName("R-32 AB-029 is never the same twice")
    void isNeverTheSameTwice() {
        var values = new HashSet<String>();
        for (var i = 0; i < 1000; i++) {
            var pending = PendingLogin.begin("/", NOW);
            assertTrue(BITS_256.matcher(pending.state()).matches(), pending.state());
            assertTrue(BITS_256.matcher(pending.nonce()).matches(), pending.nonce());
            assertTrue(BITS_256.matcher(pending.codeVerifier()).matches(), pending.codeVerifier());
            values.addAll(List.of(pending.state(), pending.nonce(), pending.codeVerifier()));
        }

        assertEquals(3000, values.size());
    }

    @Test
    @DisplayName("R-32 is random in every place")
    void isRandomInEveryPlace() {
        var seen = new HashSet<String>();
        for (var i = 0; i < 1000; i++) {
            var pending = PendingLogin.begin("/", NOW);
            for (var value : Map.of(
                            "state", pending.state(), "nonce", pending.nonce(), "verifier", pending.codeVerifier())
                    .entrySet()) {
                for (var place = 0; place < value.getValue().length(); place++) {
                    seen.add(value.getKey() + place + value.getValue().charAt(place));
                }
            }
        }

        // A character holds 6 bits; the last one of the verifier's 256 holds 4, that of state and nonce's 512 holds 2.
        assertEquals(43 * 64 + 42 * 64 + 4 + 42 * 64 + 16, seen.size());
    }

    @Test
    void makesStateAndNonceOfTheVerifierOneWay() throws Exception {
        var pending = PendingLogin.begin("/", NOW);
        var derived = encoded(MessageDigest.getInstance("SHA-512").digest(pending.seed()));

        assertEquals(encoded(pending.seed()), pending.codeVerifier());
        assertEquals(derived.substring(0, 43), pending.state());
        assertEquals(derived.substring(43), pending.nonce());
    }

    @Test
    void challengesAsRfc7636Says() {
        var appendixB = Base64.getUrlDecoder().decode("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");

        assertEquals(
                "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", new PendingLogin(appendixB, "/", NOW).codeChallenge());
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Test
    void livesTenMinutesToTheMillisecond() {
        var pending = PendingLogin.begin("/", NOW);

        assertEquals(Duration.ofMinutes(10), PendingLogin.LIFE);
        assertFalse(pending.expired(NOW));
        assertFalse(pending.expired(NOW.plus(PendingLogin.LIFE)));
        assertTrue(pending.expired(NOW.plus(PendingLogin.LIFE).plusMillis(1)));
        assertFalse(pending.expired(NOW.minusSeconds(60)), "another node's clock may be behind");
    }

    @Test
    void answersItsOwnStateAlone() {
        var pending = PendingLogin.begin("/", NOW);
        var state = pending.state();

        assertTrue(pending.answers(state));
        assertFalse(pending.answers(""));
        assertFalse(pending.answers(state.substring(1)));
        assertFalse(pending.answers(state + "A"));
        assertFalse(pending.answers(state.toLowerCase(Locale.ROOT) + "x"));
        assertFalse(pending.answers(PendingLogin.begin("/", NOW).state()));
    }

    @Test
    void isNoneInBytesOfAnotherFormat() {
        var bytes = PendingLogin.begin("/orders", NOW).toBytes();
        for (var length = 0; length < bytes.length; length++) {
            assertEquals(Optional.empty(), PendingLogin.fromBytes(Arrays.copyOf(bytes, length)), length + " bytes");
        }
        for (var format = 0; format < 256; format++) {
            bytes[0] = (byte) format;
            assertEquals(format == 2, PendingLogin.fromBytes(bytes).isPresent(), "format " + format);
        }
    }

    @Test
    @DisplayName("R-41 shows no secret as text")
    void showsNoSecretAsText() {
        var pending = PendingLogin.begin("/orders?patient=7", NOW);

        assertEquals("PendingLogin[begun=2026-03-29T01:00:00.123Z]", pending.toString());
    }
}
