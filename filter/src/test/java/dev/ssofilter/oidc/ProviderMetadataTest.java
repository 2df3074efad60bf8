package dev.ssofilter.oidc;

import static dev.ssofilter.oidc.Concurrently.awaitIdle;
import static dev.ssofilter.oidc.Concurrently.awaitThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import dev.ssofilter.directory.DirectoryRecord;
import dev.ssofilter.directory.Json;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderMetadataTest {
    private static final String POOL = "/us-east-1_Ab3dEfGhI";
    private static final String DOCUMENT = POOL + "/.well-known/openid-configuration";

    private final FakeTicker ticker = new FakeTicker();
    private final LogLines log = new LogLines("dev.ssofilter.oidc");
    private final LogLines cacheLog = new LogLines("com.github.benmanes.caffeine");
    private StubProvider stub;
    private Outbound outbound;
    private String issuer;
    private Map<String, Object> document;

    @BeforeEach
    void start() throws IOException {
        stub = new StubProvider();
        outbound = new Outbound();
        issuer = stub.origin() + POOL;
        document = cognitoDocument("https://demo-assoc.auth.us-east-1.amazoncognito.com");
    }

    @AfterEach
    void stop() {
        outbound.close();
        stub.close();
        log.close();
        cacheLog.close();
        assertEquals(List.of(), cacheLog.lines(), "one event, one line");
    }

    private Map<String, Object> cognitoDocument(String domain) {
        var members = new LinkedHashMap<String, Object>();
        members.put("authorization_endpoint", domain + "/oauth2/authorize");
        members.put("end_session_endpoint", domain + "/logout");
        members.put("id_token_signing_alg_values_supported", List.of("RS256"));
        members.put("issuer", issuer);
        members.put("jwks_uri", issuer + "/.well-known/jwks.json");
        members.put("response_types_supported", List.of("code", "token"));
        members.put("revocation_endpoint", domain + "/oauth2/revoke");
        members.put("scopes_supported", List.of("openid", "email", "phone", "profile"));
        members.put("subject_types_supported", List.of("public"));
        members.put("token_endpoint", domain + "/oauth2/token");
        members.put("userinfo_endpoint", domain + "/oauth2/userInfo");
        return members;
    }

    private String pasted() {
        return issuer + "/.well-known/jwks.json";
    }

    private ProviderMetadata metadata() {
        return metadata(Records.discovering(pasted()));
    }

    private ProviderMetadata metadata(DirectoryRecord directory) {
        return new ProviderMetadata(directory, true, outbound, ticker);
    }

    private void publish() {
        stub.serve(DOCUMENT, Json.write(document));
    }

    private Provider read() throws LoginFailedException {
        publish();
        return metadata().current();
    }

    private LoginFailedException refusal(DirectoryRecord directory) {
        return assertThrows(
                LoginFailedException.class, () -> metadata(directory).current());
    }

    private String refused() {
        publish();
        var refusal = refusal(Records.discovering(pasted()));
        assertEquals(Reason.METADATA_REFUSED, refusal.reason());
        return refusal.getMessage();
    }

    private static void assertSays(String part, String message) {
        assertTrue(message.contains(part), message);
    }

    // ---- a good document

    @Test
    void readsCognitosDocument() throws LoginFailedException {
        String domain = "https://demo-assoc.auth.us-east-1.amazoncognito.com";

        Provider provider = read();

        assertEquals(
                new Provider(
                        issuer,
                        URI.create(domain + "/oauth2/authorize"),
                        URI.create(domain + "/oauth2/token"),
                        Optional.of(URI.create(domain + "/oauth2/userInfo")),
                        URI.create(issuer + "/.well-known/jwks.json"),
                        Optional.of(URI.create(domain + "/logout")),
                        Optional.of(URI.create(domain + "/oauth2/revoke")),
                        Set.of(JWSAlgorithm.RS256),
                        false),
                provider);
        assertTrue(provider.logsOutLikeCognito());
    }

    @Test
    void needsNeitherUserinfoNorLogoutNorRevocation() throws LoginFailedException {
        document.keySet().removeAll(Set.of("userinfo_endpoint", "end_session_endpoint", "revocation_endpoint"));

        Provider provider = read();

        assertEquals(Optional.empty(), provider.userinfoUrl());
        assertEquals(Optional.empty(), provider.logoutUrl());
        assertEquals(Optional.empty(), provider.revocationUrl());
    }

    @Test
    void knowsWhetherResponsesNameTheirIssuer() throws LoginFailedException {
        document.put("authorization_response_iss_parameter_supported", true);

        assertTrue(read().responseIssuerSupported());
    }

    @Test
    @DisplayName("R-23 lets each URL of the record win")
    void letsEachUrlOfTheRecordWin() throws LoginFailedException {
        // Not even looked at: what the record overrules may be broken.
        document.put("token_endpoint", "javascript:alert(1)");
        publish();
        var directory = Records.discovering(
                pasted(), Map.of("tokenUrl", "https://a.example/t", "userinfoUrl", "https://b.example/u"));

        Provider provider = metadata(directory).current();

        assertEquals(URI.create("https://a.example/t"), provider.tokenUrl());
        assertEquals(Optional.of(URI.create("https://b.example/u")), provider.userinfoUrl());
        assertEquals("/oauth2/authorize", provider.authorizationUrl().getPath());
    }

    @Test
    @DisplayName("R-23 touches no network where there is nothing to discover")
    void touchesNoNetworkWhereThereIsNothingToDiscover() throws LoginFailedException {
        var directory = Records.manual(Map.of(
                "issuer", issuer,
                "authorizationUrl", stub.origin() + "/oauth2/authorize",
                "tokenUrl", stub.origin() + "/oauth2/token",
                "jwksUrl", stub.origin() + "/keys"));

        Provider provider = metadata(directory).current();

        assertEquals(issuer, provider.issuer());
        assertEquals(Set.of(JWSAlgorithm.RS256), provider.signatureAlgorithms());
        assertEquals(Optional.empty(), provider.logoutUrl());
        assertEquals(List.of(), stub.asked());
    }

    @Test
    void takesOfTheListedAlgorithmsThoseThatAreAsymmetric() throws LoginFailedException {
        document.put(
                "id_token_signing_alg_values_supported",
                List.of("none", "HS256", "HS512", "ES256", "PS384", "EdDSA", "Ed25519", "ES256K", "ML-DSA-65"));

        assertEquals(
                Set.of(JWSAlgorithm.ES256, JWSAlgorithm.PS384, JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519),
                read().signatureAlgorithms());
    }

    @Test
    void takesRs256WhereNoAlgorithmIsListed() throws LoginFailedException {
        document.remove("id_token_signing_alg_values_supported");

        assertEquals(Set.of(JWSAlgorithm.RS256), read().signatureAlgorithms());
    }

    // ---- the issuer

    @Test
    void takesAnIssuerThatEndsInASlashAsTheDocumentHasIt() throws LoginFailedException {
        document.put("issuer", issuer + "/");

        assertEquals(issuer + "/", read().issuer());
    }

    @Test
    void refusesAnotherIssuer() {
        document.put("issuer", "https://evil.example");

        assertSays("\"https://evil.example\", expected \"" + issuer + "\"", refused());
    }

    @Test
    void refusesADocumentWithoutIssuer() {
        document.remove("issuer");

        assertSays("no issuer", refused());
    }

    @Test
    void takesTheRecordsIssuerExactly() throws LoginFailedException {
        document.put("issuer", "https://issuer.example/");
        publish();

        var exact = metadata(Records.discovering(pasted(), Map.of("issuer", "https://issuer.example/")));
        var slashless = Records.discovering(pasted(), Map.of("issuer", "https://issuer.example"));

        assertEquals("https://issuer.example/", exact.current().issuer());
        assertEquals(Reason.METADATA_REFUSED, refusal(slashless).reason());
    }

    @ParameterizedTest
    @CsvSource({
        "https://issuer-cognito-idp.us-east-1.amazonaws.com/us-east-1_Ab3dEfGhI,"
                + "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Ab3dEfGhI",
        "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Ab3dEfGhI,"
                + "https://issuer-cognito-idp.us-east-1.amazonaws.com/us-east-1_Ab3dEfGhI"
    })
    void explainsAPoolWhoseIssuerFormatWasSwitched(String found, String given) {
        document.put("issuer", found);
        publish();

        var refusal = refusal(Records.discovering(pasted(), Map.of("issuer", given)));

        assertEquals(Reason.METADATA_REFUSED, refusal.reason());
        assertSays("same user pool with its issuer in Cognito's other format", refusal.getMessage());
    }

    // ---- documents that cannot be used

    @Test
    void refusesAProviderWithoutS256() {
        document.put("code_challenge_methods_supported", List.of("plain"));

        assertSays("lacks S256", refused());
    }

    @Test
    void takesAProviderWithoutS256WherePkceIsOff() throws LoginFailedException {
        document.put("code_challenge_methods_supported", List.of("plain"));
        publish();

        assertEquals(
                issuer,
                metadata(Records.discoveringWithoutPkce(pasted())).current().issuer());
    }

    @Test
    void takesAProviderWithS256AmongOthers() throws LoginFailedException {
        document.put("code_challenge_methods_supported", List.of("plain", "S256"));

        assertEquals(issuer, read().issuer());
    }

    @Test
    void refusesAProviderThatSignsWithNothingAsymmetric() {
        document.put("id_token_signing_alg_values_supported", List.of("none", "HS256"));

        assertSays("nothing is an asymmetric signature", refused());
    }

    @ParameterizedTest
    @CsvSource({
        "authorization_endpoint, http://op.example/authorize",
        "authorization_endpoint, javascript:alert(1)",
        "authorization_endpoint, https://op.example/authorize#fragment",
        "authorization_endpoint, https://op.example/a b",
        "token_endpoint, file:///etc/passwd",
        "token_endpoint, https://user:password@op.example/token",
        "jwks_uri, jar:file:/a.jar!/b",
        "jwks_uri, https://169.254.169.254/latest/meta-data",
        "userinfo_endpoint, http://op.example/userinfo",
        "end_session_endpoint, javascript:alert(1)",
        "revocation_endpoint, /relative"
    })
    void refusesAnEndpointThatIsNoPlaceToGo(String member, String url) {
        document.put(member, url);

        assertSays(member, refused());
    }

    @Test
    void refusesAnEndpointOnThisMachineWhereTheApplicationIsNot() {
        document.put("token_endpoint", "http://127.0.0.1:1/token");
        publish();
        var metadata = new ProviderMetadata(Records.discovering(pasted()), false, outbound, ticker);

        var refusal = assertThrows(LoginFailedException.class, metadata::current);

        assertEquals(Reason.METADATA_REFUSED, refusal.reason());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "issuer",
                "authorization_endpoint",
                "id_token_signing_alg_values_supported",
                "userinfo_endpoint",
                "code_challenge_methods_supported"
            })
    void refusesAMemberOfAnotherType(String member) {
        document.put(member, Map.of("a", "b"));

        assertSays(member, refused());
    }

    @ParameterizedTest
    @ValueSource(strings = {"id_token_signing_alg_values_supported", "code_challenge_methods_supported"})
    void refusesAListOfAnythingButTexts(String member) {
        document.put(member, List.of("RS256", "S256", 1));

        assertSays(member, refused());
    }

    @ParameterizedTest
    @ValueSource(strings = {"authorization_endpoint", "token_endpoint", "jwks_uri"})
    void refusesADocumentWithoutAnEndpointThatALoginNeeds(String member) {
        issuer = stub.origin();
        document = cognitoDocument("https://op.example");
        document.remove(member);
        stub.serve("/.well-known/openid-configuration", Json.write(document));

        var refusal = refusal(Records.discovering(issuer));

        assertEquals(Reason.METADATA_REFUSED, refusal.reason());
        assertSays("no " + member, refusal.getMessage());
    }

    // ---- a pool without a domain

    @ParameterizedTest
    @ValueSource(strings = {"authorization_endpoint", "token_endpoint"})
    void explainsAPoolThatHasNoDomain(String missing) {
        document.remove(missing);

        assertSays("Branding > Domain", refused());
    }

    @Test
    void explainsAPoolWhoseLoginPageIsBelowItsIssuer() {
        document.put("authorization_endpoint", issuer + "/oauth2/authorize");

        assertSays("the user pool has no domain", refused());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cognito-idp.us-east-1.amazonaws.com", "issuer-cognito-idp.us-east-1.amazonaws.com"})
    void explainsAPoolWhoseLoginPageIsOnCognitosApi(String host) {
        document.put("authorization_endpoint", "https://" + host + "/oauth2/authorize");

        assertSays("the user pool has no domain", refused());
    }

    @Test
    void takesAPoolWhoseDomainIsInTheRecordAlone() throws LoginFailedException {
        document.remove("token_endpoint");
        document.put("authorization_endpoint", issuer + "/oauth2/authorize");
        publish();
        var directory = Records.discovering(
                pasted(), Map.of("authorizationUrl", "https://a.example/a", "tokenUrl", "https://a.example/t"));

        assertEquals(
                URI.create("https://a.example/t"), metadata(directory).current().tokenUrl());
    }

    @Test
    void takesAnotherProviderWithEverythingBelowItsIssuer() throws LoginFailedException {
        issuer = stub.origin() + "/realms/us-east";
        document = cognitoDocument(issuer);
        stub.serve("/realms/us-east/.well-known/openid-configuration", Json.write(document));

        assertEquals(issuer, metadata(Records.discovering(issuer)).current().issuer());
    }

    // ---- answers that are no document

    @ParameterizedTest
    @CsvSource({
        "400, METADATA_REFUSED, no such user pool",
        "404, METADATA_REFUSED, no such user pool",
        "403, METADATA_REFUSED, expected 200",
        "204, METADATA_REFUSED, expected 200",
        "429, USER_POOL_UNREACHABLE, try again",
        "500, USER_POOL_UNREACHABLE, try again",
        "503, USER_POOL_UNREACHABLE, try again"
    })
    void tellsAWrongAddressFromAProviderThatIsDown(int status, Reason reason, String says) {
        stub.serve(DOCUMENT, StubProvider.status(status, status == 204 ? "" : "{}"));

        var refusal = refusal(Records.discovering(pasted()));

        assertEquals(reason, refusal.reason());
        assertSays(says, refusal.getMessage());
    }

    @Test
    void followsNoRedirectToAnotherDocument() {
        stub.serve("/other", Json.write(document));
        stub.serve(DOCUMENT, StubProvider.status(302, "", "Location", stub.origin() + "/other"));

        var refusal = refusal(Records.discovering(pasted()));

        assertEquals(Reason.METADATA_REFUSED, refusal.reason());
        assertEquals(0, stub.count("/other"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE html><html></html>",
                "",
                "[]",
                "{\"issuer\":\"a\",\"issuer\":\"b\"}",
                "{} trailing",
                "{\"issuer\":NaN}",
                "// comment\n{}",
                "\uFEFF{}"
            })
    void refusesWhatIsNoStrictJson(String body) {
        stub.serve(DOCUMENT, StubProvider.status(200, body, "Content-Type", "text/html"));

        var refusal = refusal(Records.discovering(pasted()));

        assertEquals(Reason.METADATA_REFUSED, refusal.reason());
        assertSays("text/html", refusal.getMessage());
    }

    @Test
    void refusesADocumentOverTheLimit() {
        document.put("padding", "x".repeat(128 * 1024));
        publish();

        assertEquals(
                Reason.PROVIDER_ANSWER_REFUSED,
                refusal(Records.discovering(pasted())).reason());
    }

    // ---- one call

    @Test
    void asksOnceForTwoHundredFirstLogins() throws InterruptedException {
        var together = new CountDownLatch(1);
        stub.serve(DOCUMENT, stub.after(together, StubProvider.status(200, Json.write(document))));
        var metadata = metadata();

        var outcomes = Concurrently.call(200, together, metadata::current);

        assertEquals(200, outcomes.results().size());
        assertEquals(1, Set.copyOf(outcomes.results()).size());
        assertEquals(1, stub.count(DOCUMENT));
    }

    @Test
    void sharesAFailureWithAllWhoWaitAndForgetsIt() throws Exception {
        var metadata = metadata();
        var together = new CountDownLatch(1);
        stub.serve(DOCUMENT, stub.after(together, StubProvider.status(503, "")));

        var first = Concurrently.call(200, together, metadata::current);

        assertEquals(200, first.failures().size());
        assertEquals(1, stub.count(DOCUMENT));

        publish();
        assertEquals(issuer, metadata.current().issuer());
    }

    @Test
    void asksNoSecondTimeWithinTheHour() throws LoginFailedException {
        publish();
        var metadata = metadata();

        metadata.current();
        later(Duration.ofMinutes(59));
        metadata.current();

        assertEquals(1, stub.count(DOCUMENT));
    }

    @Test
    void asksNobodyOnceTheApplicationHasStopped() {
        publish();
        outbound.close();

        assertEquals(
                Reason.USER_POOL_UNREACHABLE,
                refusal(Records.discovering(pasted())).reason());
        assertEquals(List.of(), stub.asked());
    }

    // ---- the last good document

    @Test
    void takesOverANewDocumentAfterAnHourWhileNobodyWaits() throws LoginFailedException {
        publish();
        var metadata = metadata();
        Provider first = metadata.current();
        document.put("token_endpoint", "https://demo-assoc.auth.us-east-1.amazoncognito.com/oauth2/token2");
        var release = new CountDownLatch(1);
        stub.serve(DOCUMENT, stub.after(release, StubProvider.status(200, Json.write(document))));
        later(Duration.ofMinutes(61));

        assertEquals(first, metadata.current());
        release.countDown();

        awaitThat(() -> current(metadata).tokenUrl().getPath().equals("/oauth2/token2"));
        assertEquals(2, stub.count(DOCUMENT));
    }

    @Test
    void keepsTheLastGoodDocumentHoweverLongAskingAgainFails() throws LoginFailedException {
        publish();
        var metadata = metadata();
        Provider first = metadata.current();
        stub.serve(DOCUMENT, StubProvider.status(500, ""));

        for (int i = 1; i <= 3; i++) {
            later(Duration.ofDays(40));
            assertEquals(first, metadata.current());
            int failures = i;
            awaitThat(() -> log.lines().size() == failures);
        }

        assertEquals(4, stub.count(DOCUMENT));
        assertTrue(
                log.lines().get(0).startsWith("WARNING reason=USER_POOL_UNREACHABLE"),
                log.lines().get(0));
    }

    @Test
    void asksAgainEveryFiveMinutesWhileAskingFails() throws LoginFailedException {
        publish();
        var metadata = metadata();
        metadata.current();
        stub.serve(DOCUMENT, StubProvider.status(500, ""));
        later(Duration.ofMinutes(61));
        metadata.current();
        awaitThat(() -> log.lines().size() == 1);
        later(Duration.ofMinutes(4));
        metadata.current();
        later(Duration.ZERO);
        assertEquals(2, stub.count(DOCUMENT));

        later(Duration.ofMinutes(2));
        metadata.current();

        awaitThat(() -> stub.count(DOCUMENT) == 3);
    }

    @ParameterizedTest(name = "AB-112 {0} moves")
    @ValueSource(
            strings = {
                "authorization_endpoint",
                "token_endpoint",
                "jwks_uri",
                "userinfo_endpoint",
                "end_session_endpoint",
                "revocation_endpoint"
            })
    void keepsTheLastGoodDocumentWhenAnEndpointMovesToAnotherHost(String member) throws LoginFailedException {
        publish();
        var metadata = metadata();
        Provider first = metadata.current();
        document.put(member, "https://evil.example/x");
        publish();
        later(Duration.ofMinutes(61));
        metadata.current();

        awaitThat(() -> !log.lines().isEmpty());

        assertEquals(first, metadata.current());
        assertSays("https://evil.example", log.lines().get(0));
    }

    @Test
    @DisplayName("AB-111 keeps the last good document when the new one is another issuer's")
    void keepsTheLastGoodDocumentWhenTheNewOneIsAnotherIssuers() throws LoginFailedException {
        publish();
        var metadata = metadata();
        Provider first = metadata.current();
        document.put("issuer", "https://evil.example");
        publish();
        later(Duration.ofMinutes(61));
        metadata.current();

        awaitThat(() -> !log.lines().isEmpty());

        assertEquals(first, metadata.current());
    }

    // ---- strangers' text

    @Test
    void makesStrangersTextFitForALogLine() {
        document.put("issuer", "https://evil.example/\n2026-01-01 login completed \u001B[31m\u2028" + "x".repeat(5000));

        String message = refused();

        assertFalse(message.chars().anyMatch(c -> c < ' ' || c == '\u2028'), message);
        assertTrue(message.length() < 1000, message);
    }

    @Test
    void givesEachWhoWaitedAnExceptionOfItsOwn() {
        stub.serve(DOCUMENT, StubProvider.status(404, ""));
        var directory = Records.discovering(pasted());

        assertNotSame(refusal(directory), refusal(directory).getCause());
    }

    private void later(Duration duration) {
        awaitIdle(outbound);
        ticker.advance(duration);
    }

    private static Provider current(ProviderMetadata metadata) {
        try {
            return metadata.current();
        } catch (LoginFailedException e) {
            throw new AssertionError(e);
        }
    }
}
