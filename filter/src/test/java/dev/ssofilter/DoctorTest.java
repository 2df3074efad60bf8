package dev.ssofilter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.ssofilter.oidc.Check;
import dev.ssofilter.oidc.Finding;
import dev.ssofilter.oidc.Finding.Status;
import dev.ssofilter.testkit.PretendAnswer;
import dev.ssofilter.testkit.PretendRequest;
import dev.ssofilter.testkit.PretendUserPool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The doctor names exactly the mistake that was made, with its remedy, and nothing where none was made. */
class DoctorTest {
    private static final String JSON = "application/json";
    private static final String METADATA = "/.well-known/openid-configuration";
    private static final String KEYS = "/.well-known/jwks.json";
    private static final String COOKIE_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

    private final Patient patient = new Patient();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        patient.close();
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(recordMistakes(), clientMistakes(), urlMistakes(), provider(), network(), settingsThatWarn())
                .flatMap(one -> one);
    }

    private static Stream<Arguments> recordMistakes() {
        return Stream.of(
                failed(
                        "the hosted UI pasted",
                        Check.RECORD,
                        "discoveryDomain",
                        "Token signing key URL",
                        p -> p.set("discoveryDomain", "https://demo.auth.us-east-1.amazoncognito.com")),
                failed(
                        "no pool in the pasted URL",
                        Check.RECORD,
                        "discoveryDomain",
                        "Token signing key URL",
                        p -> p.set("discoveryDomain", "https://cognito-idp.us-east-1.amazonaws.com")),
                failed(
                        "http for an application that is elsewhere",
                        Check.RECORD,
                        "discoveryDomain",
                        "use https",
                        p -> p.set("baseUrl", "https://members.example.org")),
                failed(
                        "scopes without openid",
                        Check.RECORD,
                        "scopes",
                        "openid profile email",
                        p -> p.set("scopes", "profile email")),
                failed(
                        "form_post without https",
                        Check.RECORD,
                        "enableResponseModeFormPost",
                        "set baseUrl",
                        p -> p.set("enableResponseModeFormPost", "true")),
                failed(
                        "a toggle that is On",
                        Check.RECORD,
                        "enablePkce",
                        "true nor false",
                        p -> p.set("enablePkce", "On")));
    }

    private static Stream<Arguments> clientMistakes() {
        return Stream.of(
                failed(
                        "a wrong secret",
                        Check.CLIENT_SECRET,
                        "clientSecret",
                        "copy the Client secret",
                        p -> p.set("clientSecret", "wrong-secret-0123456789")),
                failed("a wrong secret in the header", Check.CLIENT_SECRET, "clientSecret", "Basic Auth off", p -> {
                    p.set("clientSecret", "wrong-secret-0123456789");
                    p.set("enableTokenEndpointBasicAuth", "true");
                }),
                failed(
                        "a secret in the body where the header is wanted",
                        Check.CLIENT_SECRET,
                        "clientSecret",
                        "Basic Auth on",
                        p -> {
                            p.set("clientSecret", "wrong-secret-0123456789");
                            p.pool.always()
                                    .discovery(document -> put(
                                            document,
                                            "token_endpoint_auth_methods_supported",
                                            List.of("client_secret_basic")));
                        }),
                failed(
                        "a secret sent to a public client",
                        Check.CLIENT_SECRET,
                        "clientSecret",
                        "blank",
                        p -> p.pool.client().onlySecrets()),
                failed("a secret missing", Check.CLIENT_SECRET, "clientSecret", "${env:SSO_CLIENT_SECRET}", p -> {
                    p.set("clientSecret", "");
                    p.set("cookieKeys", COOKIE_KEY);
                }),
                failed(
                        "a wrong client id",
                        Check.CLIENT_ID,
                        "clientId",
                        "copy the Client ID",
                        p -> p.set("clientId", "anotherappclient0000000002")),
                failed(
                        "profile not ticked",
                        Check.SCOPES,
                        "scopes",
                        "tick OpenID, Email and Profile",
                        p -> p.pool.client().onlyScopes("email", "openid", "phone")),
                failed(
                        "the code grant not allowed",
                        Check.CODE_GRANT,
                        "clientId",
                        "Authorization code grant",
                        p -> p.pool.client().withoutCodeGrant()),
                failed(
                        "managed login without a style",
                        Check.LOGIN_PAGE,
                        "authorizationUrl",
                        "Create a style",
                        p -> p.pool.knobs().withoutStyle()));
    }

    private static Stream<Arguments> urlMistakes() {
        var returnUrls = Stream.of(
                        "http://localhost:8080/portal/sso/return/",
                        "http://localhost:8080/Portal/sso/return",
                        "https://localhost:8080/portal/sso/return",
                        "http://localhost:8081/portal/sso/return",
                        "http://localhost/portal/sso/return",
                        "http://127.0.0.1:8080/portal/sso/return",
                        "https://d84l1y8p4kdic.cloudfront.net")
                .map(registered -> failed(
                        "registered is " + registered,
                        Check.RETURN_URL,
                        "returnPath",
                        "Allowed callback URLs",
                        p -> p.pool.client()
                                .forgetUrls()
                                .allowCallback(registered)
                                .allowSignOut(Patient.BASE + "/sso/signed-out")));
        var signOutUrls = Stream.of("http://localhost:8080/portal/sso/signed-out/", "https://members.example.org/bye")
                .map(registered -> failed(
                        "to sign out registered is " + registered,
                        Check.SIGN_OUT_URL,
                        "postLogoutTarget",
                        "Allowed sign-out URLs",
                        p -> p.pool.client()
                                .forgetUrls()
                                .allowCallback(Patient.BASE + "/sso/return")
                                .allowSignOut(registered)));
        return Stream.concat(returnUrls, signOutUrls);
    }

    private static Stream<Arguments> provider() {
        return Stream.of(
                failed(
                        "a pool without a domain",
                        Check.DOMAIN,
                        "discoveryDomain",
                        "Branding > Domain",
                        p -> p.pool.knobs().withoutDomain()),
                failed(
                        "another pool's id",
                        Check.DISCOVERY,
                        "discoveryDomain",
                        "Token signing key URL",
                        p -> p.set("discoveryDomain", p.pool.domain() + "/eu-west-1_Ab3dEfGhI" + KEYS)),
                failed(
                        "a domain of one's own pasted",
                        Check.DISCOVERY,
                        "discoveryDomain",
                        "Branding > Domain",
                        p -> p.set("discoveryDomain", p.pool.domain().toString())),
                failed(
                        "a captive portal",
                        Check.DISCOVERY,
                        "discoveryDomain",
                        "expected the user pool's",
                        p -> p.pool.always().answer(METADATA, PretendAnswer.of(200, "text/html", "<p>Welcome</p>"))),
                failed("the issuer of the other format", Check.ISSUER, "issuer", "Discover again", p -> {
                    p.set("issuer", "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Ab3dEfGhI");
                    p.pool.knobs()
                            .documentIssuer("https://issuer-cognito-idp.us-east-1.amazonaws.com/us-east-1_Ab3dEfGhI");
                }),
                failed(
                        "another issuer",
                        Check.ISSUER,
                        "issuer",
                        "character for character",
                        p -> p.set("issuer", p.pool.issuer() + "/")),
                failed("an endpoint that is http", Check.ENDPOINTS, "discoveryDomain", "right URL", p -> p.pool.always()
                        .discovery(document -> put(document, "token_endpoint", "http://op.example/oauth2/token"))),
                failed("PKCE with plain alone", Check.PKCE, "enablePkce", "allow S256", p -> p.pool.knobs()
                        .pkceMethods("plain")),
                failed("no key", Check.KEYS, "jwksUrl", "provider's status", p -> p.pool.always()
                        .keys(keys -> put(keys, "keys", List.of()))),
                failed(
                        "keys at the wrong place",
                        Check.KEYS,
                        "jwksUrl",
                        "leave it blank",
                        p -> p.set("jwksUrl", p.pool.domain() + "/keys")),
                failed(
                        "a wrong Token URL",
                        Check.TOKEN_URL,
                        "tokenUrl",
                        "/oauth2/token",
                        p -> p.set("tokenUrl", p.pool.domain() + "/oauth2/Token")),
                failed(
                        "a wrong Authorization URL",
                        Check.AUTHORIZATION_URL,
                        "authorizationUrl",
                        "/oauth2/auth",
                        p -> p.set("authorizationUrl", p.pool.domain() + "/oauth2/authorise")),
                failed("Userinfo in lower case, needed", Check.USERINFO_URL, "userinfoUrl", "capital I", p -> {
                    p.set("userinfoUrl", p.pool.domain() + "/oauth2/userinfo");
                    p.set("claims", "External ID = sub @ ID Token; Email = email @ Userinfo");
                }),
                failed(
                        "the standard's logout at Cognito",
                        Check.LOGOUT_STYLE,
                        "logoutStyle",
                        "set it to cognito",
                        p -> p.set("logoutStyle", "standard")),
                failed("no Userinfo, but needed", Check.USERINFO_URL, "userinfoUrl", "enter userinfoUrl", p -> {
                    p.pool.always().discovery(document -> without(document, "userinfo_endpoint"));
                    p.set("claims", "External ID = sub @ ID Token; Email = email @ Userinfo");
                }));
    }

    private static Stream<Arguments> network() {
        return Stream.of(
                failed(
                        "a host that does not exist",
                        Check.DNS,
                        "discoveryDomain",
                        "spelling",
                        p -> p.set("discoveryDomain", "https://no-such-host.invalid/us-east-1_Ab3dEfGhI")),
                failed(
                        "a port where nobody listens",
                        Check.CONNECTION,
                        "discoveryDomain",
                        "host and port",
                        p -> p.set("discoveryDomain", "http://127.0.0.1:" + closedPort() + "/us-east-1_Ab3dEfGhI")),
                failed(
                        "another host that does not exist",
                        Check.DNS,
                        "tokenUrl",
                        "spelling",
                        p -> p.set("tokenUrl", "https://no-such-host.invalid/oauth2/token")),
                failed(
                        "a clock five minutes ahead",
                        Check.CLOCK,
                        "clockSkew",
                        "NTP",
                        p -> p.clock.move(Duration.ofMinutes(5))),
                failed(
                        "a clock five minutes behind",
                        Check.CLOCK,
                        "clockSkew",
                        "NTP",
                        p -> p.clock.move(Duration.ofMinutes(-5))));
    }

    private static Stream<Arguments> settingsThatWarn() {
        return Stream.of(
                warning(
                        "Userinfo in lower case, not needed",
                        Check.USERINFO_URL,
                        "userinfoUrl",
                        "capital I",
                        p -> p.set("userinfoUrl", p.pool.domain() + "/oauth2/userinfo")),
                warning("PKCE off", Check.PKCE, "enablePkce", "Enable PKCE on", p -> p.set("enablePkce", "false")),
                warning("form_post on", Check.FORM_POST, "enableResponseModeFormPost", "Form Post off", p -> {
                    p.set("baseUrl", "https://localhost:8443/portal");
                    p.set("enableResponseModeFormPost", "true");
                    p.register("https://localhost:8443/portal");
                }),
                warning("the Return URL as base URL", Check.BASE_URL, "baseUrl", "without the part", p -> {
                    p.set("baseUrl", Patient.BASE + "/sso/return");
                    p.register(Patient.BASE + "/sso/return");
                }),
                warning("capital letters in the host", Check.BASE_URL, "baseUrl", "address bar", p -> {
                    p.set("baseUrl", "http://LocalHost:8080/portal");
                    p.register("http://LocalHost:8080/portal");
                }),
                warning("the usual port written out", Check.BASE_URL, "baseUrl", "address bar", p -> {
                    p.set("baseUrl", "http://localhost:80/portal");
                    p.register("http://localhost:80/portal");
                }),
                warning(
                        "another logout URL",
                        Check.LOGOUT_STYLE,
                        "logoutUrl",
                        "https://YOUR_DOMAIN/logout",
                        p -> p.set("logoutUrl", p.pool.domain() + "/oauth2/logout")),
                warning("no logout URL, by hand", Check.LOGOUT_STYLE, "logoutUrl", "https://YOUR_DOMAIN/logout", p -> {
                    p.set("discoveryDomain", "");
                    p.set("issuer", p.pool.issuer());
                    p.set("authorizationUrl", p.pool.domain() + "/oauth2/authorize");
                    p.set("tokenUrl", p.pool.domain() + "/oauth2/token");
                }),
                warning("a public client without cookie keys", Check.RECORD, "cookieKeys", "give cookieKeys", p -> {
                    p.set("clientSecret", "");
                    p.pool.client().onlySecrets();
                }),
                warning("nowhere to be after signing out", Check.RECORD, "postLogoutTarget", "publicPaths", p -> {
                    p.set("postLogoutTarget", "/bye");
                    p.pool.client().allowSignOut(Patient.BASE + "/bye");
                }));
    }

    private static Arguments failed(
            String mistake, Check check, String setting, String remedy, Consumer<Patient> plant) {
        return arguments(mistake, plant, Status.FAILED, check, setting, remedy);
    }

    private static Arguments warning(
            String mistake, Check check, String setting, String remedy, Consumer<Patient> plant) {
        return arguments(mistake, plant, Status.WARNING, check, setting, remedy);
    }

    private static Map<String, Object> put(Map<String, Object> members, String name, Object value) {
        members.put(name, value);
        return members;
    }

    private static Map<String, Object> without(Map<String, Object> members, String name) {
        members.remove(name);
        return members;
    }

    private static int closedPort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void namesExactlyTheMistake(
            String mistake, Consumer<Patient> plant, Status status, Check check, String setting, String remedy) {
        plant.accept(patient);

        var findings = patient.examine();

        var complaints = Patient.complaints(findings);
        assertEquals(1, complaints.size(), () -> lines(findings));
        var complaint = complaints.get(0);
        assertEquals(check, complaint.check(), complaint::toString);
        assertEquals(status, complaint.status(), complaint::toString);
        assertEquals(Optional.of(setting), complaint.setting());
        var told = complaint.found() + "; " + complaint.remedy().orElse("");
        assertTrue(told.contains(remedy), told);
        assertTrue(complaint.remedy().isPresent(), complaint::toString);
        assertEveryCheckIsThere(findings);
        assertNoSecretIn(findings);
    }

    @Test
    void triesNoLogoutWhereNoneIsWanted() {
        patient.set("logoutStyle", "none");

        var findings = patient.examine();

        assertTrue(Patient.complaints(findings).isEmpty(), () -> lines(findings));
        assertTrue(found(Check.LOGOUT_STYLE, findings).startsWith("none"), () -> lines(findings));
        assertTrue(found(Check.SIGN_OUT_URL, findings).contains("logoutStyle is none"), () -> lines(findings));
    }

    @Test
    void asksForTheLogoutThatTheSettingNames() {
        patient.set("logoutStyle", "cognito");
        patient.set("logoutUrl", patient.pool.domain() + "/oauth2/logout");

        var findings = patient.examine();

        assertEquals("Cognito's: client_id and logout_uri", found(Check.LOGOUT_STYLE, findings));
        assertEquals(1, patient.pool.count("/oauth2/logout"), () -> lines(findings));
    }

    private static String found(Check check, List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.check() == check)
                .map(Finding::found)
                .collect(Collectors.joining());
    }

    @Test
    void leavesWhatWasGotWhole() {
        patient.set("pathRoles", "/admin/* = admins; /audit =");

        var finding = Patient.complaints(patient.examine()).get(0);

        assertTrue(finding.found().contains("\"/admin/* = admins; /audit =\""), finding::toString);
        assertTrue(finding.remedy().orElse("").startsWith("expected a path"), finding::toString);
    }

    @Test
    void findsNothingOnAHealthySetUp() {
        var findings = patient.examine();

        assertTrue(findings.stream().allMatch(finding -> finding.status() == Status.PASSED), () -> lines(findings));
        assertTrue(findings.stream().allMatch(finding -> finding.remedy().isEmpty()));
        assertEveryCheckIsThere(findings);
        assertNoSecretIn(findings);
    }

    static Stream<Arguments> healthy() {
        return Stream.of(
                healthy("two secrets while they are changed", p -> p.pool.client()
                        .addSecret("newer-secret-0123456789")),
                healthy("a public client", p -> {
                    p.pool.client().onlySecrets();
                    p.set("clientSecret", "");
                    p.set("cookieKeys", COOKIE_KEY);
                }),
                healthy("the secret in the header", p -> {
                    p.pool.client().onlySecrets("plainsecret0123456789");
                    p.set("clientSecret", "plainsecret0123456789");
                    p.set("enableTokenEndpointBasicAuth", "true");
                }),
                healthy("the classic hosted UI", p -> p.pool.knobs().classicHostedUi()),
                healthy("state left out of errors", p -> p.pool.knobs().leaveStateOutOfErrors()),
                healthy("S256 advertised", p -> p.pool.knobs().pkceMethods("S256")),
                healthy("claims from Userinfo", p -> p.set("claims", "External ID = sub @ Userinfo")),
                healthy("an own page after signing out", p -> {
                    p.set("postLogoutTarget", "https://members.example.org/bye");
                    p.pool.client().allowSignOut("https://members.example.org/bye");
                }),
                healthy("no Userinfo, and none needed", p -> p.pool.always()
                        .discovery(document -> without(document, "userinfo_endpoint"))),
                healthy("a scope of one's own", p -> {
                    p.set("scopes", "openid profile email members/read");
                    p.pool.client().onlyScopes("openid", "profile", "email", "members/read");
                }));
    }

    private static Arguments healthy(String name, Consumer<Patient> change) {
        return arguments(name, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("healthy")
    void findsNothingOnOtherHealthySetUps(String name, Consumer<Patient> change) {
        change.accept(patient);

        var findings = patient.examine();

        assertTrue(findings.stream().allMatch(finding -> finding.status() == Status.PASSED), () -> lines(findings));
    }

    @Test
    void asksForEachThingOnce() {
        patient.examine();

        var asked = patient.pool.requests().stream().collect(Collectors.groupingBy(PretendRequest::path));
        assertEquals(
                Set.of(
                        patient.pool.tokenSigningKeyUrl().getPath(),
                        patient.pool.tokenSigningKeyUrl().getPath().replace(KEYS, METADATA),
                        "/oauth2/authorize",
                        "/login",
                        "/oauth2/token",
                        "/oauth2/userInfo",
                        "/logout"),
                asked.keySet());
        asked.forEach((path, requests) -> assertEquals(1, requests.size(), path));
    }

    @Test
    void asksOnceMoreOnlyToTellTwoMistakesApart() {
        patient.set("clientSecret", "wrong-secret-0123456789");

        patient.examine();

        assertEquals(2, patient.pool.count("/oauth2/token"));
        assertEquals(6, patient.pool.requests().size() - 2);
    }

    @Test
    void signsNobodyInAndSpendsNoCode() {
        patient.examine();

        var token = patient.pool.requests("/oauth2/token").get(0);
        assertEquals(Optional.of("authorization_code"), token.parameter("grant_type"));
        assertEquals(Optional.of(Patient.BASE + "/sso/return"), token.parameter("redirect_uri"));
        assertTrue(token.parameter("code_verifier").isPresent());
        assertTrue(patient.pool.requests().stream()
                .noneMatch(request -> request.headers().containsKey("Cookie")));
        assertTrue(patient.pool
                .requests("/oauth2/userInfo")
                .get(0)
                .header("Authorization")
                .isEmpty());
    }

    @Test
    void triesEverythingElseWhenOneCheckFails() {
        patient.pool.knobs().withoutDomain();

        var findings = patient.examine();

        assertEquals(Status.PASSED, Patient.of(Check.KEYS, findings).status());
        var notTried = Patient.of(Check.RETURN_URL, findings);
        assertEquals(Status.UNKNOWN, notTried.status());
        assertTrue(notTried.found().startsWith("not tried, because "), notTried.found());
    }

    @Test
    void leavesAHostAloneThatCannotBeReached() {
        patient.set("tokenUrl", "http://127.0.0.1:" + closedPort() + "/oauth2/token");
        patient.set("userinfoUrl", "http://127.0.0.1:" + closedPort() + "/oauth2/userInfo");

        var findings = patient.examine();

        assertEquals(
                2,
                Patient.complaints(findings).stream()
                        .filter(finding -> finding.check() == Check.CONNECTION)
                        .count());
        assertEquals(Status.PASSED, Patient.of(Check.RETURN_URL, findings).status());
        assertEquals(Status.PASSED, Patient.of(Check.CLIENT_ID, findings).status());
        assertEquals(Status.UNKNOWN, Patient.of(Check.CLIENT_SECRET, findings).status());
    }

    @Test
    void cannotTellTheUrlsWithoutABaseUrl() {
        patient.set("baseUrl", "");

        var findings = patient.examine();

        assertEquals(List.of(), Patient.complaints(findings));
        assertEquals(Status.UNKNOWN, Patient.of(Check.BASE_URL, findings).status());
        assertEquals(Status.UNKNOWN, Patient.of(Check.RETURN_URL, findings).status());
        assertEquals(Status.PASSED, Patient.of(Check.CLIENT_SECRET, findings).status());
        assertEveryCheckIsThere(findings);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/oauth2/authorize", "/oauth2/token", "/logout", "/login", "/oauth2/userInfo"})
    void blamesNobodyForAnOutage(String path) {
        patient.pool.always().answer(path, PretendAnswer.of(503, "text/html", "<p>Sorry, redirect_uri</p>"));

        var findings = patient.examine();

        assertEquals(List.of(), Patient.complaints(findings), () -> lines(findings));
        assertTrue(findings.stream().anyMatch(finding -> finding.status() == Status.UNKNOWN));
    }

    static Stream<Arguments> otherProviders() {
        BiConsumer<Patient, PretendAnswer> authorize = (p, a) -> p.pool.always().answer("/oauth2/authorize", a);
        BiConsumer<Patient, PretendAnswer> token = (p, a) -> p.pool.always().answer("/oauth2/token", a);
        return Stream.of(
                arguments("a page without a form", authorize, PretendAnswer.of(200, "text/html", "<p>Hello</p>")),
                arguments("a page that is no UTF-8", authorize, PretendAnswer.typed("text/html;charset=Shift_JIS")),
                arguments("an error page elsewhere", authorize, PretendAnswer.redirect("https://op.example/error")),
                arguments(
                        "an error page that repeats the query",
                        authorize,
                        PretendAnswer.of(400, "text/html", "<a href='/?a=b&amp;redirect_uri=http%3A%2F%2Flocalhost'>")),
                arguments("a redirect to nowhere", authorize, PretendAnswer.redirect("http://[")),
                arguments(
                        "an error nobody knows",
                        authorize,
                        PretendAnswer.redirect(Patient.BASE + "/sso/return?error=odd&error_description=a%0Ab")),
                arguments("a token for anybody", token, PretendAnswer.of(200, JSON, "{\"access_token\":\"x\"}")),
                arguments(
                        "an error nobody knows at the token endpoint",
                        token,
                        PretendAnswer.of(400, JSON, "{\"error\":\"odd\"}")),
                arguments("no JSON at the token endpoint", token, PretendAnswer.of(403, "text/html", "<p>No</p>")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("otherProviders")
    void saysThatItCannotTell(String answer, BiConsumer<Patient, PretendAnswer> bend, PretendAnswer bent) {
        bend.accept(patient, bent);

        var findings = patient.examine();

        assertEquals(List.of(), Patient.complaints(findings), () -> lines(findings));
    }

    @Test
    void takesPromptNoneForNoMistake() {
        patient.set("authorizationParameters", "prompt=none");

        var findings = patient.examine();

        assertEquals(List.of(), Patient.complaints(findings));
        assertEquals(Status.PASSED, Patient.of(Check.SCOPES, findings).status());
        assertEquals(Status.UNKNOWN, Patient.of(Check.LOGIN_PAGE, findings).status());
    }

    @Test
    void knowsARefusedClientByKeycloaksWords() {
        patient.pool
                .always()
                .answer("/oauth2/token", PretendAnswer.of(401, JSON, "{\"error\":\"unauthorized_client\"}"));

        var complaints = Patient.complaints(patient.examine());

        assertEquals(
                List.of(Check.CLIENT_SECRET),
                complaints.stream().map(Finding::check).toList());
    }

    static Stream<Arguments> refusedSignOuts() {
        return Stream.of(
                arguments("a page", PretendAnswer.of(400, "text/html", "<p>Something is wrong</p>")),
                arguments("its login page", PretendAnswer.redirect("/login?client_id=a")),
                arguments("its error page", PretendAnswer.redirect("/error?error=redirect_mismatch")));
    }

    @ParameterizedTest(name = "Cognito answers with {0}")
    @MethodSource("refusedSignOuts")
    void knowsARefusedSignOutUrl(String answer, PretendAnswer bent) {
        patient.pool.always().answer("/logout", bent);

        var findings = patient.examine();

        assertEquals(1, Patient.complaints(findings).size());
        assertEquals(Status.FAILED, Patient.of(Check.SIGN_OUT_URL, findings).status());
    }

    @Test
    void knowsAProviderThatDemandsPkce() {
        patient.set("enablePkce", "false");
        patient.pool
                .next()
                .answer(
                        "/oauth2/authorize",
                        PretendAnswer.redirect(Patient.BASE + "/sso/return?error=invalid_request&state=x"));

        var complaint = Patient.complaints(patient.examine()).get(0);

        assertEquals(Status.FAILED, complaint.status());
        assertEquals(Check.PKCE, complaint.check());
        assertTrue(complaint.found().contains("demands"), complaint.found());
        assertEquals(2, patient.pool.count("/oauth2/authorize"));
    }

    @Test
    void showsNothingOfASecretThatAProviderRepeats() {
        patient.set("clientSecret", "wrong secret+0123456789");
        patient.pool
                .always()
                .answer(
                        "/oauth2/token",
                        PretendAnswer.of(
                                400,
                                JSON,
                                "{\"error\":\"invalid_client\",\"error_description\":\"not wrong secret+0123456789"
                                        + " nor wrong+secret%2B0123456789\\u001b[31m\"}"));

        var findings = patient.examine();

        var complaint = Patient.of(Check.CLIENT_SECRET, findings);
        assertFalse(lines(findings).contains("0123456789"), complaint.found());
        assertTrue(complaint.found().contains("\"not ******** nor ********?[31m\""), complaint.found());
    }

    @Test
    void cutsWhatAProviderSays() {
        patient.pool
                .always()
                .answer("/oauth2/token", PretendAnswer.of(400, JSON, "{\"error\":\"" + "x".repeat(10_000) + "\"}"));

        assertTrue(lines(patient.examine()).length() < 10_000);
    }

    @Test
    void doesNotTakeTheDateOfACacheForTheTime() {
        patient.pool.always().answer("/oauth2/token", PretendAnswer.withHeader("Age", "86000"));
        patient.clock.move(Duration.ofMinutes(5));

        assertEquals(1, Patient.complaints(patient.examine()).size());
    }

    @Test
    void tellsEveryProblemOfARecord() throws IOException {
        var record = Files.writeString(
                folder.resolve("record.json"), "{\"clientID\": \"a\", \"enablePkce\": \"On\", \"scopes\": \"openid\"}");
        patient.set("directory", "file:" + record);
        patient.set("clientId", "");

        var findings = patient.examine();

        var complaints = Patient.complaints(findings);
        assertTrue(complaints.stream().allMatch(one -> one.check() == Check.RECORD && one.status() == Status.FAILED));
        assertTrue(lines(complaints).contains("did you mean \"clientId\"?"), () -> lines(complaints));
        assertTrue(complaints.stream().anyMatch(one -> one.setting().equals(Optional.of("enablePkce"))));
        assertEquals(0, patient.pool.requests().size());
        assertEveryCheckIsThere(findings);
    }

    private static void assertEveryCheckIsThere(List<Finding> findings) {
        var there = findings.stream()
                .map(Finding::check)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Check.class)));
        assertEquals(EnumSet.allOf(Check.class), there);
    }

    private void assertNoSecretIn(List<Finding> findings) {
        var text = lines(findings);
        var sent = patient.pool.requests().stream()
                .flatMap(request -> Stream.of(
                                "code", "client_secret", "state", "nonce", "code_verifier", "code_challenge")
                        .map(request::parameter))
                .flatMap(Optional::stream)
                .filter(value -> value.length() > 10);
        Stream.concat(sent, Stream.of(PretendUserPool.CLIENT_SECRET, "wrong-secret", COOKIE_KEY))
                .forEach(secret -> assertFalse(text.contains(secret), text));
    }

    private static String lines(List<Finding> findings) {
        return findings.stream().map(Finding::toString).collect(Collectors.joining("\n"));
    }

    @Test
    void hasATitleForEachCheck() {
        var titles = Arrays.stream(Check.values()).map(Check::title).collect(Collectors.toSet());

        assertEquals(Check.values().length, titles.size());
    }
}
