package dev.ssofilter.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.Browser.Answer;
import dev.ssofilter.user.Reason;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A user signs in on the login page of a Keycloak, whose client demands PKCE, and the filter believes it; or it does not. */
@Tag("interop")
@ExtendWith(KeycloakExtension.class)
class KeycloakLoginTest {
    private static final String ROLES_FROM_GROUPS = "External ID = sub @ Access Token;"
            + " Username = preferred_username @ ID Token; Roles = groups @ ID Token";
    private static final Map<String, String> CREDENTIALS =
            Map.of("username", Keycloak.USER, "password", Keycloak.PASSWORD);

    private final Browser browser = new Browser();
    private final Keycloak keycloak;

    KeycloakLoginTest(Keycloak keycloak) {
        this.keycloak = keycloak;
    }

    @ParameterizedTest(name = "enableTokenEndpointBasicAuth = {0}")
    @ValueSource(strings = {"false", "true"})
    void returnsTheUserToThePageTheyAskedFor(String basic) throws ServletException {
        try (var portal = Portal.start(keycloak, "claims", ROLES_FROM_GROUPS, "enableTokenEndpointBasicAuth", basic)) {

            var page = logIn(portal);

            assertEquals(200, page.status());
            assertEquals(portal.uri("/orders"), page.uri());
            assertEquals("page /orders of ana\nmay edit\n", page.body());
        }
    }

    @Test
    void mapsTheUserByTheRecordOfTheReadme(@TempDir Path folder) throws ServletException, IOException {
        var record = Files.writeString(folder.resolve("record.json"), recordOfTheReadme());
        try (var portal = Portal.start(keycloak, "directory", record.toUri().toString())) {

            logIn(portal);

            var me = portal.me(browser);
            assertTrue(me.remove("sessionExpiresIn") instanceof Long);
            assertEquals(
                    Map.of(
                            "name",
                            "ana",
                            "directory",
                            keycloak.issuer(),
                            "externalId",
                            Keycloak.SUB,
                            "username",
                            "ana",
                            "email",
                            "ana@example.org",
                            "emailVerified",
                            true,
                            "firstName",
                            "Ana",
                            "lastName",
                            "Müller-O'Neil",
                            "roles",
                            List.of("member"),
                            "attributes",
                            Map.of()),
                    me);
        }
    }

    @Test
    void takesEachGroupAsARole() throws ServletException {
        try (var portal = Portal.start(keycloak, "claims", ROLES_FROM_GROUPS)) {

            logIn(portal);

            assertEquals(Set.of("editors", "r&d <i>x, y"), roles(portal));
        }
    }

    @Test
    void asksForAGroupByItsWholeName() throws ServletException {
        try (var portal = Portal.start(keycloak, "claims", ROLES_FROM_GROUPS)) {
            logIn(portal);

            var members = browser.navigate(portal.uri("/members"));

            assertTrue(members.body().contains("<li>r&amp;d &lt;i>x, y: true</li>"), members.body());
        }
    }

    @Test
    void takesClaimsFromUserinfo() throws ServletException {
        try (var portal = Portal.start(keycloak, "claims", "External ID = sub @ Userinfo; Email = email @ Userinfo")) {

            logIn(portal);

            var me = portal.me(browser);
            assertEquals(Keycloak.SUB, me.get("externalId"));
            assertEquals("ana@example.org", me.get("email"));
            assertEquals(true, me.get("emailVerified"));
        }
    }

    @ParameterizedTest(name = "enableTokenEndpointBasicAuth = {0}")
    @ValueSource(strings = {"false", "true"})
    void saysThatKeycloakDoesNotTakeAWrongSecret(String basic) throws ServletException {
        try (var portal = Portal.start(keycloak, "clientSecret", "wrong", "enableTokenEndpointBasicAuth", basic)) {

            var answer = logIn(portal);

            assertRefused(Reason.TOKEN_REQUEST_REFUSED, answer, portal);
        }
    }

    @Test
    void saysThatKeycloakDemandsPkceWhereTheRecordHasItOff() throws ServletException {
        try (var portal = Portal.start(keycloak, "enablePkce", "false")) {

            var answer = browser.followAll(browser.navigate(portal.uri("/orders")));

            assertRefused(Reason.AUTHORIZATION_REFUSED, answer, portal);
        }
    }

    @Test
    void findsTheIssuerInTheResponse() throws ServletException {
        try (var portal = Portal.start(keycloak)) {

            var response = browser.submitForm(loginPage(portal), CREDENTIALS);

            assertEquals(keycloak.issuer(), response.locationParameters().get("iss"));
            assertEquals(200, browser.followAll(response).status());
        }
    }

    @ParameterizedTest(name = "iss={0}")
    @ValueSource(strings = {"", "&iss=http%3A%2F%2F127.0.0.1%2Frealms%2Fothers"})
    void refusesAResponseThatIsNotOfThisIssuer(String iss) throws ServletException {
        try (var portal = Portal.start(keycloak)) {
            var response = browser.submitForm(loginPage(portal), CREDENTIALS);
            var forged = response.location().orElseThrow().toString().replaceFirst("&iss=[^&]*", iss);

            var answer = browser.click(response, URI.create(forged));

            assertRefused(Reason.RESPONSE_ISSUER_REFUSED, answer, portal);
        }
    }

    private static String recordOfTheReadme() throws IOException {
        var record = Pattern.compile("### Keycloak\n\n```json\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("..", "README.md")));
        assertTrue(record.find(), "no record for Keycloak in README.md");
        return record.group(1);
    }

    private Answer loginPage(Portal portal) {
        return browser.followAll(browser.navigate(portal.uri("/orders")));
    }

    private Answer logIn(Portal portal) {
        return browser.followAll(browser.submitForm(loginPage(portal), CREDENTIALS));
    }

    private Set<Object> roles(Portal portal) {
        return portal.me(browser).get("roles") instanceof List<?> roles ? Set.copyOf(roles) : Set.of();
    }

    private void assertRefused(Reason reason, Answer answer, Portal portal) {
        assertEquals(reason.status(), answer.status());
        assertTrue(answer.body().contains(reason.name()), answer.body());
        assertEquals(401, browser.fetch(portal.uri("/sso/me")).status());
        assertEquals(0, portal.reached());
    }
}
