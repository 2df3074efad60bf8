package dev.ssofilter.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoveryDomainTest {
    @ParameterizedTest(name = "{0} leads to {1}")
    @CsvSource({
        "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Ab3dEfGhI/.well-known/jwks.json,"
                + " https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Ab3dEfGhI",
        "https://issuer-cognito-idp.us-east-1.amazonaws.com/us-east-1_Ab3dEfGhI/.well-known/jwks.json,"
                + " https://issuer-cognito-idp.us-east-1.amazonaws.com/us-east-1_Ab3dEfGhI",
        "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Ab3dEfGhI,"
                + " https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Ab3dEfGhI",
        "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Ab3dEfGhI/,"
                + " https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Ab3dEfGhI",
        "https://login.microsoftonline.com/T/v2.0/.well-known/openid-configuration,"
                + " https://login.microsoftonline.com/T/v2.0",
        "https://kc.example.org/realms/Members, https://kc.example.org/realms/Members",
        "https://tenant.eu.auth0.com/, https://tenant.eu.auth0.com",
        "https://tenant.eu.auth0.com/.well-known/openid-configuration, https://tenant.eu.auth0.com",
        "https://accounts.google.com, https://accounts.google.com",
        "accounts.google.com, https://accounts.google.com",
        "idp.example.org:8443, https://idp.example.org:8443",
        "idp.example.org/realms/x/.well-known/jwks.json, https://idp.example.org/realms/x",
        "http://127.0.0.1:9090/pool_1/.well-known/jwks.json, http://127.0.0.1:9090/pool_1",
        "http://localhost:9090, http://localhost:9090",
        "https://IDP.Example.org/Realms/X, https://IDP.Example.org/Realms/X"
    })
    void readsEveryPastedForm(String pasted, String issuer) {
        var domain = DiscoveryDomain.parse(pasted);

        assertEquals(issuer, domain.issuer());
        assertEquals(
                issuer + "/.well-known/openid-configuration", domain.document().toString());
    }

    @Test
    void namesAnIssuerWithOrWithoutOneLastSlash() {
        var domain = DiscoveryDomain.parse("https://tenant.eu.auth0.com/.well-known/jwks.json");

        assertTrue(domain.names("https://tenant.eu.auth0.com"));
        assertTrue(domain.names("https://tenant.eu.auth0.com/"));
        assertFalse(domain.names("https://tenant.eu.auth0.com//"));
        assertFalse(domain.names("https://Tenant.eu.auth0.com"));
        assertFalse(domain.names("http://tenant.eu.auth0.com"));
        assertFalse(domain.names("https://tenant.eu.auth0.com/x"));
        assertFalse(domain.names("https://tenant.eu.auth0.co"));
    }

    @ParameterizedTest(name = "refuses {0}, where the user pool is missing")
    @ValueSource(
            strings = {
                "https://cognito-idp.us-east-1.amazonaws.com",
                "https://cognito-idp.us-east-1.amazonaws.com/",
                "https://cognito-idp.us-east-1.amazonaws.com/.well-known/jwks.json",
                "cognito-idp.us-east-1.amazonaws.com",
                "https://COGNITO-IDP.us-east-1.amazonaws.com",
                "https://issuer-cognito-idp.eu-west-1.amazonaws.com/",
                "https://cognito-idp-fips.us-gov-west-1.amazonaws.com/",
                "https://cognito-idp.cn-north-1.amazonaws.com.cn/"
            })
    void refusesACognitoHostWithoutAPool(String pasted) {
        assertTrue(problem(pasted).contains("Cognito without a user pool"), problem(pasted));
        assertTrue(problem(pasted).contains("copy the Token signing key URL"), problem(pasted));
    }

    @ParameterizedTest(name = "R-33 refuses {0}, a hosted-UI domain")
    @ValueSource(
            strings = {
                "https://demo.auth.us-east-1.amazoncognito.com",
                "demo.auth.us-east-1.amazoncognito.com",
                "https://demo.auth-fips.us-gov-west-1.amazoncognito.com/",
                "https://Demo.Auth.us-east-1.AmazonCognito.com/.well-known/openid-configuration",
                "https://demo.auth.us-east-1.amazoncognito.com/oauth2/authorize"
            })
    void refusesAHostedUiDomain(String pasted) {
        assertTrue(problem(pasted).contains("domain of the login pages"), problem(pasted));
        assertTrue(problem(pasted).contains("copy the Token signing key URL"), problem(pasted));
    }

    @ParameterizedTest(name = "refuses {0}, another provider''s key URL")
    @ValueSource(
            strings = {
                "https://kc.example.org/realms/x/protocol/openid-connect/certs",
                "https://login.microsoftonline.com/common/discovery/v2.0/keys",
                "https://dev.okta.com/oauth2/default/v1/keys",
                "https://www.googleapis.com/oauth2/v3/certs",
                "https://idp.example.org/application/o/app/jwks/",
                "https://idp.example.org/JWKS",
                "https://idp.example.org/keys.json",
                "https://idp.example.org/.well-known/openid-configuration/jwks",
                "https://idp.example.org/.well-known/oauth-authorization-server"
            })
    void refusesAKeyUrlThatDoesNotNameItsIssuer(String pasted) {
        assertTrue(problem(pasted).contains("issuer cannot be read"), problem(pasted));
        assertTrue(problem(pasted).contains("/.well-known/openid-configuration"), problem(pasted));
    }

    @ParameterizedTest(name = "refuses {0}")
    @ValueSource(
            strings = {
                "https://login.example.org/login?client_id=1&response_type=code",
                "https://login.example.org/oauth2/authorize",
                "https://login.example.org/oauth2/token",
                "https://idp.example.org/#x",
                "https://user:pw@idp.example.org",
                "http://idp.example.org",
                "ftp://idp.example.org",
                "javascript:alert(1)",
                "https://",
                "https:///x",
                "https://idp example.org",
                "https://169.254.169.254/x",
                "https://idp.example.org//",
                "https://idp.example.org/a/../b",
                "us-east-1_Ab3dEfGhI",
                "https://idp.example.org/.well-known/jwks.json/.well-known/jwks.json"
            })
    void refusesWhatLeadsNowhere(String pasted) {
        assertThrows(IllegalArgumentException.class, () -> DiscoveryDomain.parse(pasted));
    }

    private static String problem(String pasted) {
        return assertThrows(IllegalArgumentException.class, () -> DiscoveryDomain.parse(pasted))
                .getMessage();
    }
}
