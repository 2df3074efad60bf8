package dev.ssofilter;

import static dev.ssofilter.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendUserPool;
import dev.ssofilter.user.Reason;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the browser is sent to the provider with (OIDC Core §3.1.2.1, RFC 7636 §4.3). */
@TestInstance(Lifecycle.PER_CLASS)
class RequestTest {
    private final Scene scene = Scene.with();

    @BeforeEach
    void renew() {
        scene.renew();
    }

    @AfterAll
    void stop() {
        scene.close();
    }

    /** The Location's parameters, every value of each. */
    private static Map<String, List<String>> parameters(Browser.Answer answer) {
        return URLUtils.parseParameters(answer.location().orElseThrow().getRawQuery());
    }

    @Test
    @DisplayName(
            "AB-029 AB-032 each of a thousand requests has its own state, nonce and S256 challenge, unasked by the document")
    void eachRequestHasItsOwnSecrets() {
        var states = new HashSet<String>();
        var nonces = new HashSet<String>();
        var challenges = new HashSet<String>();

        IntStream.range(0, 1000).forEach(i -> {
            var sent = parameters(new Browser().navigate(scene.application.uri("/orders")));
            assertEquals(
                    Set.of(
                            "response_type",
                            "client_id",
                            "redirect_uri",
                            "scope",
                            "state",
                            "nonce",
                            "code_challenge",
                            "code_challenge_method"),
                    sent.keySet());
            assertEquals(List.of("code"), sent.get("response_type"));
            assertEquals(List.of("S256"), sent.get("code_challenge_method"));
            assertEquals(List.of("openid profile email"), sent.get("scope"));
            assertTrue(states.addAll(sent.get("state")) && nonces.addAll(sent.get("nonce")));
            assertTrue(challenges.addAll(sent.get("code_challenge")));
        });

        for (var secrets : List.of(states, nonces, challenges)) {
            assertEquals(1000, secrets.size());
            assertTrue(secrets.stream().allMatch(secret -> secret.matches("[A-Za-z0-9_-]{43}")));
        }
        assertTrue(Collections.disjoint(states, nonces));
        assertEquals(0, scene.sessions());
    }

    @Test
    @DisplayName("AB-047 goes to the provider by 302, with nothing to cache or read")
    void redirectsBy302() {
        var answer = scene.begin();

        assertEquals(302, answer.status());
        assertEquals("", answer.body());
        assertEquals(Optional.of("no-store"), answer.header("Cache-Control"));
        assertEquals(Optional.of("no-referrer"), answer.header("Referrer-Policy"));
    }

    @Test
    void theVerifierIsThatOfTheChallenge() {
        var begun = scene.begin();
        var challenge = begun.locationParameters().get("code_challenge");
        scene.browser.logIn(begun, scene.pool.user().email(), scene.pool.user().password());

        var verifier = scene.tokenRequest().parameter("code_verifier").orElseThrow();

        assertEquals(
                challenge,
                CodeChallenge.compute(CodeChallengeMethod.S256, new CodeVerifier(verifier))
                        .getValue());
    }

    @Test
    @DisplayName("AB-033 sends nobody to a provider that lists PKCE methods without S256")
    void refusesAProviderWithoutS256() {
        try (var other = Scene.with()) {
            other.pool.knobs().pkceMethods("plain");

            assertRefused(other, other.begin(), Reason.METADATA_REFUSED, "which lacks S256");
            assertEquals(0, other.pool.count("/oauth2/authorize"));
        }
    }

    @Test
    void sendsNoPkceWhereItIsOff() {
        try (var other = Scene.with("enablePkce", "false")) {
            other.pool.knobs().pkceMethods("plain");
            var sent = parameters(other.begin()).keySet();
            other.logIn();

            assertFalse(sent.contains("code_challenge") || sent.contains("code_challenge_method"), sent.toString());
            assertTrue(sent.contains("nonce") && sent.contains("state"));
            assertFalse(other.tokenRequest().form().containsKey("code_verifier"));
            assertEquals(
                    200,
                    other.browser.navigate(other.application.uri("/orders")).status());
        }
    }

    @Test
    @DisplayName(
            "AB-038 redirect_uri is the same in both requests, and from baseUrl, not from where the response came in")
    void theRedirectUriIsTheSameTwice() {
        try (var proxied = Scene.with("baseUrl", "https://localhost/portal")) {
            proxied.pool.client().allowCallback("https://localhost/portal/sso/return");
            var response = proxied.response(proxied.browser, proxied.pool.user());
            proxied.browser.navigate(proxied.returnUrl(response.getRawQuery()));

            var asked = proxied.pool.requests("/oauth2/authorize").get(0).parameter("redirect_uri");
            assertEquals(Optional.of("https://localhost/portal/sso/return"), asked);
            assertEquals(asked, proxied.tokenRequest().parameter("redirect_uri"));
        }
    }

    @ParameterizedTest(name = "AB-042 refuses to start with {0} among authorizationParameters")
    @ValueSource(
            strings = {
                "redirect_uri",
                "state",
                "nonce",
                "code_challenge",
                "code_challenge_method",
                "client_id",
                "scope",
                "response_type",
                "response_mode",
                "request",
                "request_uri"
            })
    void refusesTheProtocolsOwnParameters(String name) {
        try (var pool = PretendUserPool.start()) {
            for (var setting : Map.of("authorizationParameters", name + "=x", "forwardParameters", name)
                    .entrySet()) {
                var refused = assertThrows(
                        IllegalStateException.class, () -> Application.of(pool, setting.getKey(), setting.getValue())
                                .close());

                var message = String.valueOf(refused.getCause().getMessage());
                assertTrue(message.contains(setting.getKey()) && message.contains("\"" + name + "\""), message);
            }
        }
    }

    @Test
    @DisplayName("AB-043 passes nothing of a protected page's query on")
    void passesNothingOfAPagesQueryOn() {
        var usual = parameters(scene.begin()).keySet();

        var sent = parameters(
                scene.browser.navigate(
                        scene.application.uri(
                                "/orders?prompt=none&scope=admin&acr_values=0&login_hint=a&identity_provider=b&request_uri=c&state=d")));

        assertEquals(usual, sent.keySet());
        assertEquals(List.of("openid profile email"), sent.get("scope"));
    }

    @Test
    @DisplayName("AB-043 the login path passes on what forwardParameters names, once")
    void passesOnWhatIsAllowed() {
        try (var other = Scene.with(
                "forwardParameters", "login_hint lang", "authorizationParameters", "identity_provider=Google")) {
            var page = parameters(other.browser.navigate(other.application.uri("/orders?login_hint=a")));
            var path = "/sso/login?login_hint=a%26b&lang=de&lang=fr&identity_provider=Evil&prompt=none";
            var asked = parameters(other.browser.navigate(other.application.uri(path)));

            assertFalse(page.containsKey("login_hint"));
            assertEquals(List.of("Google"), page.get("identity_provider"));
            assertEquals(List.of("a&b"), asked.get("login_hint"));
            assertEquals(List.of("Google"), asked.get("identity_provider"));
            assertFalse(asked.containsKey("lang") || asked.containsKey("prompt"), asked.toString());
        }
    }

    @Test
    @DisplayName("AB-044 keeps the query of the authorization endpoint, and repeats none of its parameters")
    void keepsTheEndpointsQuery() {
        try (var other = Scene.with()) {
            endpoint(other, other.pool.domain() + "/oauth2/authorize?tenant=a%20b&p=1&client_id=x&state=y&scope=z");

            var sent = parameters(other.begin());

            assertEquals(List.of("a b"), sent.get("tenant"));
            assertEquals(List.of("1"), sent.get("p"));
            assertEquals(List.of(PretendUserPool.CLIENT_ID), sent.get("client_id"));
            assertEquals(List.of("openid profile email"), sent.get("scope"));
            assertTrue(sent.values().stream().allMatch(values -> values.size() == 1), sent.toString());
            assertEquals(200, other.logIn().status());
        }
    }

    private static void endpoint(Scene scene, String url) {
        scene.pool.always().discovery(document -> {
            document.put("authorization_endpoint", url);
            return document;
        });
    }
}
