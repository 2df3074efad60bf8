package dev.ssofilter.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.user.Reason;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderErrorTest {
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "400, invalid_client, `clientSecret`",
        "401, invalid_client, `clientSecret`",
        "401, unauthorized_client, `clientSecret`", // Keycloak: a wrong secret
        "400, unauthorized_client, Return URL", // Cognito: another redirect_uri
        "400, invalid_grant, the code was used",
        "400, what_nobody_knows, check the app client"
    })
    void namesTheLikelyCauseOfARefusedTokenRequest(int status, String error, String cause) {
        var failure = ProviderError.ofTokenRequest(status, error, Optional.empty());

        assertEquals(Reason.TOKEN_REQUEST_REFUSED, failure.reason());
        assertTrue(failure.getMessage().contains(cause), failure.getMessage());
    }
}
