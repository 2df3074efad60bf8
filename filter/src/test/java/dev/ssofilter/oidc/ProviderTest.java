package dev.ssofilter.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nimbusds.jose.JWSAlgorithm;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderTest {
    private static Provider provider(String authorizationUrl, Optional<String> logoutUrl) {
        return new Provider(
                "https://op.example",
                URI.create(authorizationUrl),
                URI.create("https://op.example/token"),
                Optional.empty(),
                URI.create("https://op.example/keys"),
                logoutUrl.map(URI::create),
                Optional.empty(),
                Set.of(JWSAlgorithm.RS256),
                false);
    }

    @ParameterizedTest
    @CsvSource({
        "https://d.auth.us-east-1.amazoncognito.com/oauth2/authorize, https://d.auth.us-east-1.amazoncognito.com/logout, true",
        "https://login.members.example/oauth2/authorize, https://login.members.example/logout, true",
        "https://login.members.example/oauth2/authorize, https://LOGIN.members.example:443/logout, true",
        "http://127.0.0.1:9090/oauth2/authorize, http://127.0.0.1:9090/logout, true",
        "https://login.members.example/oauth2/authorize, https://other.example/logout, false",
        "https://login.members.example/oauth2/authorize, https://login.members.example:8443/logout, false",
        "https://login.members.example/oauth2/authorize, https://login.members.example:0/logout, false",
        "http://127.0.0.1/oauth2/authorize, https://127.0.0.1/logout, false",
        "https://op.example/oauth2/authorize, https://op.example/connect/logout, false",
        "https://op.example/oauth2/v1/authorize, https://op.example/logout, false",
        "https://op.example/realms/a/oauth2/authorize, https://op.example/logout, false",
        "https://d.auth.us-east-1.amazoncognito.com/authorize, https://d.auth.us-east-1.amazoncognito.com/logout, false"
    })
    void tellsCognitosLogoutByItsPathsAlone(String authorizationUrl, String logoutUrl, boolean expected) {
        assertEquals(
                expected, provider(authorizationUrl, Optional.of(logoutUrl)).logsOutLikeCognito());
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource({
        "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab3dEfGhI, https://op.example/authorize, true",
        "https://op.example, https://op.example/oauth2/authorize, true",
        "https://op.example, https://op.example/authorize, false"
    })
    void saysWhereToRegisterAtCognitoAndElsewhere(String issuer, String authorizationUrl, boolean cognito) {
        var url = URI.create("https://op.example/x");
        var provider = new Provider(
                issuer,
                URI.create(authorizationUrl),
                url,
                Optional.empty(),
                url,
                Optional.of(URI.create("https://op.example/logout")),
                Optional.empty(),
                Set.of(JWSAlgorithm.RS256),
                false);

        var said = provider.registration("Allowed callback URLs", "Valid redirect URIs");

        assertEquals(cognito, said.endsWith("Edit: Allowed callback URLs"), said);
        assertEquals(!cognito, said.endsWith("(Keycloak: Valid redirect URIs)"), said);
    }

    @Test
    void hasNoCognitoLogoutWithoutALogoutUrl() {
        assertEquals(
                false,
                provider("https://op.example/oauth2/authorize", Optional.empty())
                        .logsOutLikeCognito());
    }
}
