package dev.ssofilter.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.SsoCommand;
import dev.ssofilter.testkit.Browser;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an administrator finds in Keycloak's console and pastes. */
@Tag("interop")
@ExtendWith(KeycloakExtension.class)
class KeycloakDiscoveryTest {
    private final Browser browser = new Browser();
    private final Keycloak keycloak;

    KeycloakDiscoveryTest(Keycloak keycloak) {
        this.keycloak = keycloak;
    }

    @ParameterizedTest(name = "ISSUER{0}")
    @ValueSource(strings = {"", "/", "/.well-known/openid-configuration"})
    void signsInWithTheIssuerOrItsDocument(String suffix) throws ServletException {
        try (var portal = Portal.start(keycloak, "discoveryDomain", keycloak.issuer() + suffix)) {

            var page = browser.logInFrom(portal.uri("/orders"), Keycloak.USER, Keycloak.PASSWORD);

            assertEquals(200, page.status());
            assertEquals(portal.uri("/orders"), page.uri());
        }
    }

    @Test
    void signsInWithTheRecordThatTheCommandPrints(@TempDir Path folder)
            throws ServletException, IOException, InterruptedException {
        var record = folder.resolve("record.json");
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classPath = System.getProperty("java.class.path");
        var command =
                new ProcessBuilder(java, "-cp", classPath, SsoCommand.class.getName(), "discover", keycloak.issuer());
        var end = command.redirectOutput(record.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        try (var portal = Portal.start(keycloak, "directory", record.toUri().toString())) {

            var page = browser.logInFrom(portal.uri("/orders"), Keycloak.USER, Keycloak.PASSWORD);

            assertEquals(0, end);
            assertEquals(portal.uri("/orders"), page.uri());
        }
    }

    @Test
    void refusesTheKeyUrlAndSaysWhatToPaste() {
        var keys = keycloak.endpoint("certs");

        var refusal = assertThrows(ServletException.class, () -> Portal.start(keycloak, "discoveryDomain", keys)
                .close());

        assertEquals(200, browser.get(URI.create(keys)).status());
        assertTrue(refusal.getMessage().contains(keys), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("expected the issuer itself"), refusal.getMessage());
    }
}
