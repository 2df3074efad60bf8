package dev.ssofilter.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ssofilter.oidc.Check;
import dev.ssofilter.oidc.Finding.Status;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The doctor at a certified provider that demands PKCE, and that sends a browser on before it shows a page. */
@Tag("interop")
@ExtendWith(OidcProviderExtension.class)
class OidcProviderDoctorTest {
    private static final String COOKIE_KEYS = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

    private final OidcProviders providers;

    OidcProviderDoctorTest(OidcProviders providers) {
        this.providers = providers;
    }

    private Examination examine(String authentication, String... settings) {
        try (var provider = providers.provider("authentication", authentication)) {
            provider.register(
                    URI.create(Examination.BASE + "/sso/return"), URI.create(Examination.BASE + "/sso/signed-out"));
            return Examination.of(provider.issuer(), OidcProvider.CLIENT_ID, OidcProvider.CLIENT_SECRET, settings);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "client_secret_post, name, one",
        "client_secret_basic, enableTokenEndpointBasicAuth, true",
        "none, clientSecret, ''"
    })
    void blamesNobodyForAHealthySetUp(String authentication, String setting, String value) {
        var examination = examine(authentication, "cookieKeys", COOKIE_KEYS, setting, value);

        assertEquals(List.of(), examination.that(Status.FAILED, Status.WARNING), () -> examination.all());
        assertEquals(
                List.of(Check.LOGIN_PAGE, Check.SIGN_OUT_URL),
                examination.that(Status.UNKNOWN),
                () -> examination.all());
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource({
        "clientSecret, wrong-secret-0123456789, CLIENT_SECRET",
        "clientId, another, CLIENT_ID",
        "returnPath, /sso/returned, RETURN_URL",
        "postLogoutTarget, https://members.example.org/bye, SIGN_OUT_URL",
        "enablePkce, false, PKCE"
    })
    void namesExactlyTheMistake(String setting, String value, Check check) {
        var examination = examine("client_secret_post", setting, value);

        assertEquals(List.of(check), examination.that(Status.FAILED, Status.WARNING), () -> examination.all());
    }
}
