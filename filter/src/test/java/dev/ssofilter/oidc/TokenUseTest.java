package dev.ssofilter.oidc;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.nimbusds.jose.JWSAlgorithm;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cognito's tokens say what they are for; other providers' may. */
class TokenUseTest {
    private static final String POOL = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab3dEfGhI";

    private static Provider provider(String issuer) {
        var url = URI.create("https://op.example/x");
        return new Provider(
                issuer,
                url,
                url,
                Optional.empty(),
                url,
                Optional.empty(),
                Optional.empty(),
                Set.of(JWSAlgorithm.RS256),
                false);
    }

    private static Claims claims(String tokenUse) {
        var use = new SignatureVerifier.Use("ID token", Reason.ID_TOKEN_REFUSED, Set.of("jwt"), "");
        return new Claims(tokenUse.isEmpty() ? Map.of() : Map.of("token_use", tokenUse), use);
    }

    @ParameterizedTest(name = "{0} takes token_use \"{1}\"")
    @CsvSource({
        POOL + ", id",
        "https://op.example/realms/members, ''",
        "https://op.example/realms/members, id",
        "https://op.example/eu-west-1_Ab3dEfGhI/realm, ''"
    })
    void takes(String issuer, String tokenUse) {
        assertDoesNotThrow(() -> claims(tokenUse).requireTokenUse("id", provider(issuer)));
    }

    @ParameterizedTest(name = "AB-098 {0} refuses token_use \"{1}\"")
    @CsvSource({
        POOL + ", ''",
        POOL + "/, ''",
        POOL + ", ID",
        POOL + ", access",
        "https://issuer-cognito-idp.us-gov-west-1.amazonaws.com/us-gov-west-1_Ab3dEfGhI, ''",
        "https://op.example/realms/members, access"
    })
    void refuses(String issuer, String tokenUse) {
        var refused = assertThrows(
                LoginFailedException.class, () -> claims(tokenUse).requireTokenUse("id", provider(issuer)));

        assertEquals(Reason.ID_TOKEN_REFUSED, refused.reason());
    }
}
