package dev.ssofilter.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.Browser.Answer;
import dev.ssofilter.user.Reason;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an administrator of Keycloak changes about its tokens, and what becomes of users then. */
@Tag("interop")
@ExtendWith(KeycloakExtension.class)
class KeycloakTokenTest {
    private final Browser browser = new Browser();
    private final Keycloak keycloak;

    KeycloakTokenTest(Keycloak keycloak) {
        this.keycloak = keycloak;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rotations")
    void readsTheKeysOnceMoreForATokenOfANewKey(Consumer<KeycloakAdmin> rotate) throws ServletException, IOException {
        try (var keys = CountingRelay.to(keycloak.endpoint("certs"));
                var portal = Portal.start(keycloak, "jwksUrl", keys.url())) {
            logIn(browser, portal);
            rotate.accept(keycloak.admin());
            var other = new Browser();

            var page = logIn(other, portal);

            assertEquals(portal.uri("/orders"), page.uri());
            assertEquals(2, keys.count());
            assertEquals(200, browser.navigate(portal.uri("/orders")).status());
        }
    }

    static Stream<Named<Consumer<KeycloakAdmin>>> rotations() {
        return Stream.of(
                Named.of("old key passive", KeycloakAdmin::addKeyAndKeepTheOldOnesPassive),
                Named.of("old key deleted", KeycloakAdmin::addKeyAndDeleteTheOldOnes));
    }

    @Test
    void saysThatTheIdTokenIsEncryptedAndWhatToDo() throws ServletException {
        try (var portal = Portal.start(keycloak, "clientId", "portal-encrypted");
                var log = new LogLines()) {

            var answer = logIn(browser, portal);

            assertEquals(Reason.ID_TOKEN_REFUSED.status(), answer.status());
            assertTrue(answer.body().contains(Reason.ID_TOKEN_REFUSED.name()), answer.body());
            assertTrue(log.ofTheFailure().contains("it is encrypted"), log.ofTheFailure());
            assertTrue(log.ofTheFailure().contains("turn encryption off at the provider"), log.ofTheFailure());
            assertEquals(0, portal.reached());
        }
    }

    private static Answer logIn(Browser visitor, Portal portal) {
        return visitor.logInFrom(portal.uri("/orders"), Keycloak.USER, Keycloak.PASSWORD);
    }
}
