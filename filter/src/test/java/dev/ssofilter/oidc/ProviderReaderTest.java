package dev.ssofilter.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the refusal of an issuer is explained. */
class ProviderReaderTest {
    private static final String POOL = "cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab3dEfGhI";

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "https://issuer-" + POOL + ", true",
        "https://issuer-" + POOL + "/, true",
        "https://" + POOL + "x, false",
        "https://issuer-" + POOL + "x, false",
        "https://cognito-idp.eu-west-2.amazonaws.com/eu-west-1_Ab3dEfGhI, false",
        "http://issuer-" + POOL + ", false"
    })
    void tellsAPoolsOtherFormatFromAnotherIssuer(String found, boolean otherFormat) {
        var reader = new ProviderReader(Records.discovering("https://" + POOL), false);

        var refused = assertThrows(LoginFailedException.class, () -> reader.read(Map.of("issuer", found)));

        assertEquals(Reason.METADATA_REFUSED, refused.reason());
        assertEquals(otherFormat, refused.getMessage().contains("in Cognito's other format"), refused.getMessage());
        assertEquals(!otherFormat, refused.getMessage().contains("character for character"), refused.getMessage());
    }

    @Test
    void aSlashTooManyIsNoOtherFormat() {
        var given = "https://" + POOL;
        var reader = new ProviderReader(Records.discovering(given, Map.of("issuer", given)), false);

        var refused = assertThrows(LoginFailedException.class, () -> reader.read(Map.of("issuer", given + "/")));

        assertTrue(refused.getMessage().contains("character for character"), refused.getMessage());
    }
}
