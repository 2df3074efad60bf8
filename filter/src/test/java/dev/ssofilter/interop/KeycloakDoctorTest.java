package dev.ssofilter.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.ssofilter.oidc.Check;
import dev.ssofilter.oidc.Finding.Status;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The doctor at a Keycloak, whose client demands PKCE: it names the mistake that was made, and none where none was. */
@Tag("interop")
@ExtendWith(KeycloakExtension.class)
class KeycloakDoctorTest {
    private final Keycloak keycloak;

    KeycloakDoctorTest(Keycloak keycloak) {
        this.keycloak = keycloak;
    }

    private Examination examine(String... settings) {
        return Examination.of(keycloak.issuer(), Keycloak.CLIENT_ID, Keycloak.CLIENT_SECRET, settings);
    }

    @ParameterizedTest(name = "enableTokenEndpointBasicAuth = {0}")
    @ValueSource(strings = {"false", "true"})
    void findsNothingOnAHealthySetUp(String basic) {
        var examination = examine("enableTokenEndpointBasicAuth", basic);

        assertEquals(
                List.of(Check.CLOCK), // Keycloak sends no Date.
                examination.that(Status.FAILED, Status.WARNING, Status.UNKNOWN),
                () -> examination.all());
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource({
        "clientSecret, wrong-secret-0123456789, CLIENT_SECRET",
        "clientId, another, CLIENT_ID",
        "returnPath, /sso/returned, RETURN_URL",
        "postLogoutTarget, https://members.example.org/bye, SIGN_OUT_URL",
        "scopes, openid unheard-of, SCOPES",
        "enablePkce, false, PKCE"
    })
    void namesExactlyTheMistake(String setting, String value, Check check) {
        var examination = examine(setting, value);

        assertEquals(List.of(check), examination.that(Status.FAILED, Status.WARNING), () -> examination.all());
        assertFalse(examination.all().contains("wrong-secret"));
    }

    @Test
    void saysThatNoSecretIsGiven() {
        var examination = examine("clientSecret", "", "cookieKeys", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");

        assertEquals(
                List.of(Check.CLIENT_SECRET), examination.that(Status.FAILED, Status.WARNING), () -> examination.all());
    }

    @Test
    void saysThatThereIsNoSuchRealm() {
        var examination = examine("discoveryDomain", keycloak.issuer() + "x");

        assertEquals(
                List.of(Check.DISCOVERY), examination.that(Status.FAILED, Status.WARNING), () -> examination.all());
    }
}
