package dev.ssofilter.directory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where settings come from, and what they become. */
class SettingsSourcesTest {
    private static final String POOL = Sources.POOL;

    @TempDir
    Path directory;

    @Test
    void readsTheRecordOfTheContract() throws Exception {
        var settings = Sources.record("""
                        {
                          "name": "AWS Cognito",
                          "discoveryDomain": "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Ab3dEfGhI/.well-known/jwks.json",
                          "authorizationUrl": null, "tokenUrl": null, "userinfoUrl": null, "issuer": null,
                          "jwksUrl": null, "logoutUrl": null, "revocationUrl": null,
                          "scopes": "openid profile email",
                          "clientId": "4n8h2k7m1p5q9r3s6t0u2v4w6x",
                          "clientSecret": "${env:SSO_CLIENT_SECRET}",
                          "enablePkce": true,
                          "enableResponseModeFormPost": false,
                          "enableTokenEndpointBasicAuth": false,
                          "claims": [
                            { "field": "External ID", "claim": "sub",            "location": "Access Token" },
                            { "field": "Username",    "claim": "email",          "location": "ID Token" },
                            { "field": "Email",       "claim": "email",          "location": "ID Token" },
                            { "field": "First Name",  "claim": "given_name",     "location": "ID Token" },
                            { "field": "Last Name",   "claim": "family_name",    "location": "ID Token" },
                            { "field": "Roles",       "claim": "cognito:groups", "location": "ID Token" }
                          ]
                        }
                        """)
                .env("SSO_CLIENT_SECRET", "s3cr3t-of-the-client")
                .read();

        var record = settings.directory();
        assertEquals("AWS Cognito", record.name());
        assertEquals(Optional.of(POOL), record.discoveryDomain().map(DiscoveryDomain::issuer));
        assertEquals(List.of("openid", "profile", "email"), record.scopes());
        assertEquals("4n8h2k7m1p5q9r3s6t0u2v4w6x", record.clientId());
        assertEquals(Optional.of("s3cr3t-of-the-client"), record.clientSecret());
        assertTrue(record.enablePkce());
        assertFalse(record.enableResponseModeFormPost());
        assertFalse(record.enableTokenEndpointBasicAuth());
        assertEquals(ClaimMapping.DEFAULTS, record.claims());
        assertEquals(Optional.empty(), record.authorizationUrl());
        assertEquals(Optional.empty(), record.jwksUrl());
        assertEquals(List.of(), settings.warnings());
    }

    @Test
    void takesTheDefaultsWhereNothingIsGiven() throws Exception {
        var settings = Sources.record("{\"discoveryDomain\": \"" + POOL + "\", \"clientId\": \"4n8h2k7m\"}")
                .read();

        assertEquals(List.of("openid", "profile", "email"), settings.directory().scopes());
        assertEquals(Optional.empty(), settings.directory().clientSecret());
        assertTrue(settings.directory().enablePkce());
        assertFalse(settings.directory().enableResponseModeFormPost());
        assertFalse(settings.directory().enableTokenEndpointBasicAuth());
        assertEquals(ClaimMapping.DEFAULTS, settings.directory().claims());
        assertEquals(Optional.empty(), settings.baseUrl());
        assertEquals("/sso", settings.ssoPath());
        assertEquals("/sso/return", settings.returnPath());
        assertEquals(List.of(), settings.publicPaths());
        assertEquals("/", settings.defaultTarget());
        assertEquals("/sso/signed-out", settings.postLogoutTarget());
        assertEquals(Optional.empty(), settings.failurePage());
        assertEquals(Set.of(), settings.keepAttributes());
        assertEquals(Duration.ofHours(8), settings.sessionMaximum());
        assertEquals(Duration.ofSeconds(60), settings.clockSkew());
        assertEquals(List.of(), settings.cookieKeys());
        assertEquals(Map.of(), settings.authorizationParameters());
        assertEquals(Set.of(), settings.forwardParameters());
        assertFalse(settings.passPreflight());
    }

    @Test
    void needsNoRecordFile() throws Exception {
        var settings = Sources.none()
                .property("sso.issuer", "https://idp.example.org/")
                .property("sso.authorizationUrl", "https://idp.example.org/Authorize?tenant=1")
                .env("SSO_TOKEN_URL", "https://idp.example.org/token")
                .env("SSO_USERINFO_URL", "https://idp.example.org/oauth2/userInfo")
                .env("SSO_CLIENT_ID", "app")
                .env("SSO_ENABLE_PKCE", "false")
                .env("SSO_ENABLE_RESPONSE_MODE_FORM_POST", "true")
                .env("SSO_ENABLE_TOKEN_ENDPOINT_BASIC_AUTH", "true")
                .env("SSO_CLIENT_SECRET", "s3cr3t-of-the-client")
                .init("name", "Members")
                .init("logoutUrl", "https://idp.example.org/logout")
                .init("revocationUrl", "https://idp.example.org/revoke")
                .init("scopes", "  openid\n  groups ")
                .init("baseUrl", "https://members.example.org/portal/")
                .init(
                        "claims",
                        "External ID = sub @ ID Token\n  Member No = custom:no @ Userinfo ; Roles = a.b=c@d @ ID Token;")
                .read();

        var record = settings.directory();
        assertEquals(Optional.empty(), record.discoveryDomain());
        assertEquals(Optional.of("https://idp.example.org/"), record.issuer());
        assertEquals(Optional.of(URI.create("https://idp.example.org/Authorize?tenant=1")), record.authorizationUrl());
        assertEquals(Optional.of(URI.create("https://idp.example.org/token")), record.tokenUrl());
        assertEquals(Optional.of(URI.create("https://idp.example.org/oauth2/userInfo")), record.userinfoUrl());
        assertEquals(Optional.of(URI.create("https://idp.example.org/.well-known/jwks.json")), record.jwksUrl());
        assertEquals(Optional.of(URI.create("https://idp.example.org/logout")), record.logoutUrl());
        assertEquals(Optional.of(URI.create("https://idp.example.org/revoke")), record.revocationUrl());
        assertEquals(List.of("openid", "groups"), record.scopes());
        assertFalse(record.enablePkce());
        assertTrue(record.enableResponseModeFormPost());
        assertTrue(record.enableTokenEndpointBasicAuth());
        assertEquals("Members", record.name());
        assertEquals(
                List.of(
                        new ClaimMapping("External ID", "sub", Location.ID_TOKEN),
                        new ClaimMapping("Member No", "custom:no", Location.USERINFO),
                        new ClaimMapping("Roles", "a.b=c@d", Location.ID_TOKEN)),
                record.claims());
        assertEquals(
                Optional.of("https://members.example.org/portal"),
                settings.baseUrl().map(BaseUrl::value));
    }

    @Test
    void readsEverySettingOfTheApplication() throws Exception {
        String key =
                Base64.getUrlEncoder().withoutPadding().encodeToString("0123456789abcdef0123456789ABCDEF".getBytes());
        String older = Base64.getUrlEncoder().encodeToString("fedcba9876543210fedcba9876543210".getBytes());
        var settings = Sources.least()
                .init("ssoPath", "/auth")
                .init("returnPath", "/auth/callback")
                .init("publicPaths", "/about, /images/*\n/café")
                .init("defaultTarget", "/home?from=login")
                .init("postLogoutTarget", "https://www.example.org/bye")
                .init("failurePage", "/WEB-INF/failure.jsp")
                .init("keepAttributes", "cart, locale")
                .init("sessionMaximum", "PT1H30M")
                .init("clockSkew", "PT0S")
                .init("cookieKeys", key + "\n" + older)
                .init(
                        "authorizationParameters",
                        "identity_provider=Google&lang=de&max_age=0&text=a+b%26c&resource=x&resource=y")
                .init("forwardParameters", "login_hint ui_locales")
                .init("passPreflight", "true")
                .read();

        assertEquals("/auth", settings.ssoPath());
        assertEquals("/auth/callback", settings.returnPath());
        assertEquals("/auth/login", settings.ownPaths().login());
        assertEquals("/auth/logout", settings.ownPaths().logout());
        assertEquals("/auth/signed-out", settings.ownPaths().signedOut());
        assertEquals("/auth/me", settings.ownPaths().me());
        assertEquals(
                List.of(
                        new PathPattern("/about", false),
                        new PathPattern("/images", true),
                        new PathPattern("/café", false)),
                settings.publicPaths());
        assertEquals("/home?from=login", settings.defaultTarget());
        assertEquals("https://www.example.org/bye", settings.postLogoutTarget());
        assertEquals(Optional.of("/WEB-INF/failure.jsp"), settings.failurePage());
        assertEquals(Set.of("cart", "locale"), settings.keepAttributes());
        assertEquals(Duration.ofMinutes(90), settings.sessionMaximum());
        assertEquals(Duration.ZERO, settings.clockSkew());
        assertEquals(2, settings.cookieKeys().size());
        assertArrayEquals(
                "0123456789abcdef0123456789ABCDEF".getBytes(),
                settings.cookieKeys().get(0));
        assertEquals(
                List.of("identity_provider", "lang", "max_age", "text", "resource"),
                List.copyOf(settings.authorizationParameters().keySet()));
        assertEquals(List.of("a b&c"), settings.authorizationParameters().get("text"));
        assertEquals(List.of("x", "y"), settings.authorizationParameters().get("resource"));
        assertEquals(Set.of("login_hint", "ui_locales"), settings.forwardParameters());
        assertTrue(settings.passPreflight());
    }

    @Test
    void thePageAfterSigningOutMovesWithTheOtherPages() throws Exception {
        assertEquals(
                "/auth/signed-out",
                Sources.least().init("ssoPath", "/auth").read().postLogoutTarget());
    }

    @Test
    void theFirstSourceThatIsNotBlankWins() throws Exception {
        var sources = Sources.recordWith("\"clockSkew\": \"PT1S\",");
        assertEquals(Duration.ofSeconds(1), sources.read().clockSkew());
        assertEquals(
                Duration.ofSeconds(2), sources.init("clockSkew", "PT2S").read().clockSkew());
        assertEquals(
                Duration.ofSeconds(3),
                sources.env("SSO_CLOCK_SKEW", " PT3S ").read().clockSkew());
        assertEquals(
                Duration.ofSeconds(4),
                sources.property("sso.clockSkew", "PT4S").read().clockSkew());
        assertEquals(
                Duration.ofSeconds(3),
                sources.property("sso.clockSkew", " ").read().clockSkew());
        assertEquals(
                Duration.ofSeconds(2), sources.env("SSO_CLOCK_SKEW", "").read().clockSkew());
        assertEquals(
                Duration.ofSeconds(1), sources.init("clockSkew", "\n\t").read().clockSkew());
    }

    @Test
    void givenClaimsReplaceTheRecordsClaims() throws Exception {
        var settings = Sources.recordWith(
                        "\"claims\": [{\"field\": \"External ID\", \"claim\": \"sub\", \"location\": \"ID Token\"}],")
                .env("SSO_CLAIMS", "External ID = oid @ ID Token")
                .read();

        assertEquals(
                List.of(new ClaimMapping("External ID", "oid", Location.ID_TOKEN)),
                settings.directory().claims());
    }

    @Test
    void aPrefixKeepsTwoApplicationsApart() throws Exception {
        var settings = Sources.least()
                .init("settingsPrefix", "memberPortal")
                .property("sso.ssoPath", "/wrong")
                .env("SSO_RETURN_PATH", "/wrong")
                .property("memberPortal.ssoPath", "/right")
                .env("MEMBER_PORTAL_RETURN_PATH", "/right/return")
                .read();

        assertEquals("/right", settings.ssoPath());
        assertEquals("/right/return", settings.returnPath());
    }

    @Test
    void thePrefixIsNoSettingOfOtherSources() throws Exception {
        var settings = Sources.least()
                .property("sso.settingsPrefix", "portal")
                .env("SSO_SETTINGS_PREFIX", "portal")
                .property("portal.ssoPath", "/wrong")
                .read();

        assertEquals("/sso", settings.ssoPath());
    }

    @ParameterizedTest(name = "refuses the prefix \"{0}\"")
    @ValueSource(strings = {"a.b", "1a", "a-b", "a_b", "a b", "ä"})
    void refusesAPrefixThatFitsNoVariable(String prefix) {
        Sources.least()
                .init("settingsPrefix", prefix)
                .onlyProblem("settingsPrefix (init-param settingsPrefix)", prefix);
    }

    @ParameterizedTest(name = "enablePkce {0} is {1}")
    @CsvSource({
        "true, true",
        "false, false",
        "'\"true\"', true",
        "'\"false\"', false",
        "'\"${env:FLAG}\"', false",
        "null, true"
    })
    void readsABooleanOfTheRecord(String json, boolean value) throws Exception {
        var settings = Sources.recordWith("\"enablePkce\": " + json + ",")
                .env("FLAG", "false")
                .read();

        assertEquals(value, settings.directory().enablePkce());
    }

    @ParameterizedTest(name = "refuses enablePkce {0}")
    @ValueSource(strings = {"\"On\"", "\"TRUE\"", "\"yes\"", "\"1\"", "1", "0", "[true]", "{}"})
    void refusesWhatIsNoBoolean(String json) {
        Sources.recordWith("\"enablePkce\": " + json + ",").onlyProblem("enablePkce", "expected", "true");
    }

    @Test
    void putsInWhatPlaceholdersStandFor() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "from a ${env:NOT} file \n");
        var settings = Sources.record("{\"discoveryDomain\": \"https://${env:HOST}/${sys:pool}\","
                        + " \"clientId\": \"a${env:ONE}b${sys:two}c\", \"clientSecret\": \"${file:" + secret + "}\","
                        + " \"claims\": [{\"field\": \"External ID\", \"claim\": \"${env:CLAIM}\","
                        + " \"location\": \"ID Token\"}]}")
                .env("HOST", "idp.example.org")
                .property("pool", "pool_1")
                .env("ONE", "1")
                .property("two", "2")
                .env("CLAIM", "oid")
                .read();

        assertEquals(
                Optional.of("https://idp.example.org/pool_1"),
                settings.directory().discoveryDomain().map(DiscoveryDomain::issuer));
        assertEquals("a1b2c", settings.directory().clientId());
        assertEquals(
                Optional.of("from a ${env:NOT} file "), settings.directory().clientSecret());
        assertEquals("oid", settings.directory().claims().get(0).claim());
    }

    @ParameterizedTest(name = "trims one last line break of a file, not what stands before it ({0})")
    @ValueSource(strings = {"secret-of-the-client", "secret-of-the-client\n", "secret-of-the-client\r\n"})
    void trimsTheLastLineBreakOfAFile(String content) throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), content);

        var settings =
                Sources.least().init("clientSecret", "${file:" + secret + "}").read();

        assertEquals(Optional.of("secret-of-the-client"), settings.directory().clientSecret());
    }

    @ParameterizedTest(name = "refuses the placeholder {0}")
    @ValueSource(
            strings = {
                "${env:NOT_THERE}",
                "a${env:NOT_THERE}b",
                "${sys:not.there}",
                "${file:/not/there}",
                "${file:relative}",
                "${file:/tmp}",
                "${file:/dev/zero}",
                "${vault:x}",
                "${NAME}",
                "${}",
                "${env:}",
                "${ENV:PATH}",
                "${env:SECRET",
                "${env:EMPTY}",
                " ${env:EMPTY} "
            })
    void refusesAPlaceholderThatLeadsNowhere(String text) {
        Sources.least()
                .env("EMPTY", "")
                .init("clientSecret", text)
                .onlyProblem("clientSecret (init-param clientSecret)");
    }

    @ParameterizedTest(name = "R-41 AB-182 shows nothing of the secret {0}")
    @ValueSource(strings = {"Zx9${q7LmN0pQ2rS", "Zx9${q7LmN0pQ2rS}", "Zx9${q7Lm:N0pQ2rS}", "Zx9${env:q7LmN0pQ2rS"})
    void showsNoPartOfASecretThatLooksLikeAPlaceholder(String secret) {
        Sources.least().init("clientSecret", secret).problems().forEach(problem -> {
            assertFalse(problem.contains("q7Lm"), problem);
            assertTrue(problem.contains("expected ${env:NAME}"), problem);
        });
    }

    @Test
    void tellsOfEveryPlaceholderThatLeadsNowhere() {
        var problems = Sources.least().init("name", "${env:A} ${sys:b}").problems();

        assertEquals(2, problems.size());
    }

    @Test
    void readsTheRecordFromTheClassPath() throws Exception {
        Files.createDirectories(directory.resolve("conf"));
        Files.writeString(
                directory.resolve("conf/sso.json"), "{\"discoveryDomain\": \"" + POOL + "\", \"clientId\": \"app\"}");
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (var loader = new URLClassLoader(new URL[] {directory.toUri().toURL()}, null)) {
            thread.setContextClassLoader(loader);

            assertEquals(
                    "app",
                    Sources.none()
                            .init("directory", "classpath:conf/sso.json")
                            .read()
                            .directory()
                            .clientId());
            assertEquals(
                    "app",
                    Sources.none()
                            .env("SSO_DIRECTORY", "classpath:/conf/sso.json")
                            .read()
                            .directory()
                            .clientId());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void readsTheRecordFromAFile() throws Exception {
        Path file = Files.writeString(
                directory.resolve("a record.json"), "{\"discoveryDomain\": \"" + POOL + "\", \"clientId\": \"app\"}");

        assertEquals(
                "app",
                Sources.none()
                        .init("directory", file.toUri().toString())
                        .read()
                        .directory()
                        .clientId());
        assertEquals(
                "app",
                Sources.none()
                        .init("directory", "file:" + file)
                        .read()
                        .directory()
                        .clientId());
        assertEquals(
                "app",
                Sources.none()
                        .init("directory", "file://" + file.toUri().getRawPath())
                        .read()
                        .directory()
                        .clientId());
    }

    @Test
    @DisplayName("AB-224 warns of a secret in web.xml or in the record file, and of a file that everybody can read")
    void warnsOfASecretThatOthersCanRead() throws Exception {
        Path open = Files.writeString(directory.resolve("open"), "s3cr3t-of-the-client");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        Path closed = Files.writeString(directory.resolve("closed"), "s3cr3t-of-the-client");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rw-r-----"));

        assertWarning("init-param clientSecret", Sources.least().init("clientSecret", "s3cr3t-of-the-client"));
        assertWarning("/WEB-INF/sso.json", Sources.recordWith("\"clientSecret\": \"s3cr3t-of-the-client\","));
        assertWarning(open.toString(), Sources.least().init("clientSecret", "${file:" + open + "}"));
        assertEquals(
                List.of(),
                Sources.least()
                        .init("clientSecret", "${file:" + closed + "}")
                        .read()
                        .warnings());
        assertEquals(
                List.of(),
                Sources.least()
                        .env("SSO_CLIENT_SECRET", "s3cr3t-of-the-client")
                        .read()
                        .warnings());
    }

    @Test
    void warnsOfNoSecretInARecordThatItsOwnerAloneCanRead() throws Exception {
        var file = Files.writeString(
                directory.resolve("sso.json"),
                "{\"discoveryDomain\": \"" + POOL
                        + "\", \"clientId\": \"app\", \"clientSecret\": \"s3cr3t-of-the-client\"}");
        var sources = Sources.none().init("directory", "file:" + file);

        for (var shared : List.of("rw-r-----", "rw----r--", "rw-r--r--")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(shared));
            assertWarning(file.toString(), sources);
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertEquals(List.of(), sources.read().warnings());
    }

    private static void assertWarning(String part, Sources sources) throws SettingsException {
        var warnings = sources.read().warnings();
        assertEquals(1, warnings.size(), warnings::toString);
        assertTrue(warnings.get(0).contains(part), warnings::toString);
        assertFalse(warnings.get(0).contains("s3cr3t"), warnings::toString);
    }
}
