package dev.ssofilter.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may come to the Return URL: RFC 6749 §4.1.2, RFC 9207. */
class AuthorizationResponseTest {
    private static final String ISSUER = "https://idp.example.org/pool";
    private static final Provider PROVIDER = provider(false);
    private static final Provider PROMISES_ISS = provider(true);

    @Test
    void readsStateAndCode() throws Exception {
        var response = read("code=4%2F0Ab~c-d_e.f&state=abc_DEF-123");

        assertEquals("abc_DEF-123", response.state());
        assertEquals("4/0Ab~c-d_e.f", response.code(PROVIDER));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            AB-001 | code=x
            AB-001 | code=x&State=abc
            AB-001 | ``
            AB-001 | code=x&state=%zz
            AB-002 | code=x&state=
            AB-002 | code=x&state
            AB-002 | code=x&state=+
            AB-010 | code=x&state=abc&state=abc
            AB-010 | code=x&state=abc&state=def
            AB-010 | code=x&state=abc&state=
            AB-010 | code=x&state=abc&%73tate=def
            AB-020 | code=x&state=a%20b
            AB-020 | code=x&state=a+b
            AB-020 | code=x&state=abc%0aINFO
            AB-020 | code=x&state=abc%0a
            AB-020 | code=x&state=abc%00
            AB-020 | code=x&state=abc%3D
            AB-020 | code=x&state=a.b
            AB-020 | code=x&state=a/b
            AB-020 | code=x&state=%C3%A9
            AB-020 | code=x&state=%D9%A1
            AB-020 | code=x&state=$%7Bjndi:x%7D
            """)
    void refusesWhatIsNoStateOfOurs(String id, String query) {
        var refused = assertThrows(LoginFailedException.class, () -> read(query), id);

        assertEquals(Reason.RESPONSE_MALFORMED, refused.reason());
        assertTrue(refused.getMessage().contains("parameter state"), refused.getMessage());
    }

    @Test
    @DisplayName("AB-020 tells the length of a foreign state alone")
    void tellsTheLengthOfAForeignStateAlone() throws Exception {
        assertEquals("s".repeat(2048), read("code=x&state=" + "s".repeat(2048)).state());

        for (var state : new String[] {"s".repeat(2049), "q".repeat(8192), "forged.state"}) {
            var refused = assertThrows(LoginFailedException.class, () -> read("code=x&state=" + state));
            assertEquals(Reason.RESPONSE_MALFORMED, refused.reason());
            assertTrue(refused.getMessage().contains(state.length() + " characters"), refused.getMessage());
            assertFalse(refused.getMessage().contains(state.substring(0, 8)), refused.getMessage());
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            AB-011 | code=x&code=x
            AB-011 | code=x&code=y
            AB-011 | code=x&%63ode=y
            AB-011 | code=x&code=y&error=access_denied
            AB-011 | error=a&error=b
            AB-011 | code=x&error=a&error=a
            AB-037 | code=x&iss=ISSUER&iss=ISSUER
            AB-037 | code=x&iss=ISSUER&iss=https://evil.example
            AB-011 | code=x&code=%zz
            AB-012 | code=x&error=%zz
            AB-034 | code=x&iss=https%3A%2)evil.example
            AB-037 | code=x&iss=ISSUER&iss=%
            none   | ``
            none   | Code=x
            none   | id_token=x&access_token=y
            none   | code=
            none   | code
            AB-019 | code=a%0d%0ab
            AB-019 | code=a%00
            AB-019 | code=%0a
            AB-019 | code=a%7f
            AB-019 | code=%C3%A9
            AB-019 | code=%E2%80%AE
            """)
    void refusesAMalformedResponse(String id, String query) throws Exception {
        var response = read("state=abc&" + query.replace("ISSUER", ISSUER));

        for (var provider : new Provider[] {PROVIDER, PROMISES_ISS}) {
            if (provider == PROVIDER || query.contains("iss=")) {
                var refused = assertThrows(LoginFailedException.class, () -> response.code(provider), id);
                assertEquals(Reason.RESPONSE_MALFORMED, refused.reason(), refused.getMessage());
            }
        }
    }

    @Test
    @DisplayName("AB-019 takes a code of two kilobytes and no more")
    void takesACodeOfTwoKilobytesAndNoMore() throws Exception {
        assertEquals(
                "c".repeat(2048), read("state=abc&code=" + "c".repeat(2048)).code(PROVIDER));

        for (var length : new int[] {2049, 64 * 1024}) {
            var response = read("state=abc&code=" + "c".repeat(length));
            var refused = assertThrows(LoginFailedException.class, () -> response.code(PROVIDER));
            assertEquals(Reason.RESPONSE_MALFORMED, refused.reason());
            assertTrue(refused.getMessage().contains(length + " characters"), refused.getMessage());
            assertFalse(refused.getMessage().contains("ccc"), refused.getMessage());
        }
    }

    @ParameterizedTest(name = "AB-012 {0}")
    @ValueSource(
            strings = {"code=x&error=access_denied", "error=access_denied&code=x", "error=access_denied&code=a%0a"})
    void readsAnErrorBeforeACode(String query) throws Exception {
        assertRefused(Reason.ACCESS_DENIED, "state=abc&" + query, PROVIDER);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "access_denied, ACCESS_DENIED",
        "login_required, ACCESS_DENIED",
        "interaction_required, ACCESS_DENIED",
        "consent_required, ACCESS_DENIED",
        "account_selection_required, ACCESS_DENIED",
        "invalid_scope, SCOPE_REFUSED",
        "server_error, PROVIDER_ANSWER_REFUSED",
        "temporarily_unavailable, USER_POOL_UNREACHABLE",
        "invalid_request, AUTHORIZATION_REFUSED",
        "unauthorized_client, AUTHORIZATION_REFUSED",
        "unsupported_response_type, AUTHORIZATION_REFUSED",
        "Access_Denied, AUTHORIZATION_REFUSED",
        "what_nobody_knows, AUTHORIZATION_REFUSED",
        "'', AUTHORIZATION_REFUSED"
    })
    void mapsTheErrorsOfTheSpecifications(String error, Reason reason) throws Exception {
        var message = assertRefused(reason, "state=abc&error=" + error + "&error_description=it+said+no", PROVIDER);

        assertTrue(message.contains("error=\"" + error + "\" error_description=\"it said no\""), message);
    }

    // What is invisible goes where the line is written (LogLine); here it is made short.
    @Test
    @DisplayName("AB-176 shortens what a provider says")
    void shortensWhatAProviderSays() throws Exception {
        var error = "e".repeat(10_240);
        var description = "d".repeat(10_240);

        var message = assertRefused(
                Reason.AUTHORIZATION_REFUSED,
                "state=abc&error=" + error + "&error_description=" + description,
                PROVIDER);

        assertTrue(message.contains("\"" + "e".repeat(200) + "…\""), message);
        assertTrue(message.contains("\"" + "d".repeat(200) + "…\""), message);
        assertTrue(message.length() < 1000, message);
    }

    @Test
    @DisplayName("AB-177 says nothing of an error uri")
    void saysNothingOfAnErrorUri() throws Exception {
        var message = assertRefused(
                Reason.ACCESS_DENIED, "state=abc&error=access_denied&error_uri=javascript:alert(1)", PROVIDER);

        assertFalse(message.contains("javascript"), message);
    }

    @ParameterizedTest(name = "{0} iss={1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            AB-034 | https://evil.example
            AB-036 | https://idp.example.org/pool/
            AB-036 | https://idp.example.org/Pool
            AB-036 | https://idp.example.org/poo
            AB-036 | https://idp.example.org/pool2
            AB-036 | http://idp.example.org/pool
            AB-036 | https://IDP.example.org/pool
            AB-036 | ` https://idp.example.org/pool`
            AB-037 | ``
            """)
    void refusesTheResponseOfAnotherIssuer(String id, String iss) throws Exception {
        var encoded = URLEncoder.encode(iss, StandardCharsets.UTF_8);
        for (var provider : new Provider[] {PROVIDER, PROMISES_ISS}) {
            var message = assertRefused(Reason.RESPONSE_ISSUER_REFUSED, "state=abc&code=x&iss=" + encoded, provider);
            assertTrue(message.contains("names another issuer") && message.contains(ISSUER), id + ": " + message);
            assertFalse(message.contains("evil"), message);
            assertRefused(Reason.RESPONSE_ISSUER_REFUSED, "state=abc&error=access_denied&iss=" + encoded, provider);
        }
    }

    @Test
    @DisplayName("AB-035 refuses a response without the issuer that was promised")
    void refusesAResponseWithoutTheIssuerThatWasPromised() throws Exception {
        for (var query :
                new String[] {"state=abc&code=x", "state=abc&error=access_denied", "state=abc&code=x&ISS=" + ISSUER}) {
            var message = assertRefused(Reason.RESPONSE_ISSUER_REFUSED, query, PROMISES_ISS);

            assertTrue(message.contains("iss is missing") && message.contains("relay"), message);
        }
    }

    @Test
    @DisplayName("AB-036 takes the right issuer promised or not")
    void takesTheRightIssuerPromisedOrNot() throws Exception {
        var iss = "&iss=" + URLEncoder.encode(ISSUER, StandardCharsets.UTF_8);

        assertEquals("x", read("state=abc&code=x" + iss).code(PROVIDER));
        assertEquals("x", read("state=abc&code=x" + iss).code(PROMISES_ISS));
        assertEquals("x", read("state=abc&code=x").code(PROVIDER));
    }

    @Test
    @DisplayName("AB-017 looks at no token of the front channel")
    void looksAtNoTokenOfTheFrontChannel() throws Exception {
        var response = read("state=abc&code=x&id_token=e30.e30.&id_token=y&access_token=z&token=t&token_type=Bearer");

        assertEquals("x", response.code(PROVIDER));
    }

    @ParameterizedTest(name = "R-41 {0}")
    @EnumSource(names = {"RESPONSE_MALFORMED", "RESPONSE_ISSUER_REFUSED", "ACCESS_DENIED"})
    void namesNeitherCodeNorState(Reason reason) throws Exception {
        var query =
                switch (reason) {
                    case RESPONSE_MALFORMED -> "state=Stat3&code=C0de&code=C0de";
                    case RESPONSE_ISSUER_REFUSED -> "state=Stat3&code=C0de&iss=x";
                    default -> "state=Stat3&code=C0de&error=access_denied";
                };

        var message = assertRefused(reason, query, PROVIDER);

        assertFalse(message.contains("Stat3") || message.contains("C0de"), message);
    }

    private static AuthorizationResponse read(String query) throws LoginFailedException {
        return AuthorizationResponse.read(Parameters.parse(query));
    }

    private static String assertRefused(Reason reason, String query, Provider provider) throws LoginFailedException {
        var response = read(query);
        var refused = assertThrows(LoginFailedException.class, () -> response.code(provider));
        assertEquals(reason, refused.reason(), refused.getMessage());
        return refused.getMessage();
    }

    private static Provider provider(boolean promisesIssuer) {
        return new Provider(
                ISSUER,
                URI.create("https://idp.example.org/authorize"),
                URI.create("https://idp.example.org/token"),
                Optional.empty(),
                URI.create("https://idp.example.org/jwks"),
                Optional.empty(),
                Optional.empty(),
                Set.of(JWSAlgorithm.RS256),
                promisesIssuer);
    }
}
