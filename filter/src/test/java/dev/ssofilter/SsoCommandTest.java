package dev.ssofilter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.ssofilter.directory.DirectoryRecord;
import dev.ssofilter.directory.Json;
import dev.ssofilter.directory.Settings;
import dev.ssofilter.directory.SettingsException;
import dev.ssofilter.directory.SettingsSources;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SsoCommandTest {
    private static final String POOL = "/us-east-1_Ab3dEfGhI";
    private static final String DOMAIN = "https://demo-assoc.auth.us-east-1.amazoncognito.com";

    private final Map<String, Object> document = new LinkedHashMap<>();
    private HttpServer server;
    private String issuer;
    private int status = 200;

    private record Outcome(int exit, String out, String err) {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer = "http://127.0.0.1:" + server.getAddress().getPort() + POOL;
        server.createContext(POOL + "/.well-known/openid-configuration", exchange -> {
            byte[] body = Json.write(document).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        document.put("authorization_endpoint", DOMAIN + "/oauth2/authorize");
        document.put("end_session_endpoint", DOMAIN + "/logout");
        document.put("issuer", issuer);
        document.put("jwks_uri", issuer + "/.well-known/jwks.json");
        document.put("token_endpoint", DOMAIN + "/oauth2/token");
        document.put("userinfo_endpoint", DOMAIN + "/oauth2/userInfo");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static Outcome run(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int exit = SsoCommand.run(
                List.of(arguments),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Outcome(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private String pasted() {
        return issuer + "/.well-known/jwks.json";
    }

    @Test
    void printsTheRecordThatTheGuideDescribes() throws Json.MalformedException {
        var outcome = run("discover", pasted());

        var record = Json.object(outcome.out());
        assertEquals(0, outcome.exit(), outcome.err());
        assertEquals(
                List.of(
                        "name",
                        "discoveryDomain",
                        "authorizationUrl",
                        "tokenUrl",
                        "userinfoUrl",
                        "issuer",
                        "jwksUrl",
                        "logoutUrl",
                        "revocationUrl",
                        "scopes",
                        "clientId",
                        "clientSecret",
                        "enablePkce",
                        "enableResponseModeFormPost",
                        "enableTokenEndpointBasicAuth",
                        "claims"),
                List.copyOf(record.keySet()));
        assertEquals("AWS Cognito", record.get("name"));
        assertEquals(pasted(), record.get("discoveryDomain"));
        assertEquals(DOMAIN + "/oauth2/authorize", record.get("authorizationUrl"));
        assertEquals(DOMAIN + "/oauth2/token", record.get("tokenUrl"));
        assertEquals(DOMAIN + "/oauth2/userInfo", record.get("userinfoUrl"));
        assertEquals(issuer, record.get("issuer"));
        assertEquals(issuer + "/.well-known/jwks.json", record.get("jwksUrl"));
        assertEquals(DOMAIN + "/logout", record.get("logoutUrl"));
        assertEquals("", record.get("revocationUrl"));
        assertEquals("openid profile email", record.get("scopes"));
        assertEquals("${env:SSO_CLIENT_SECRET}", record.get("clientSecret"));
        assertEquals(true, record.get("enablePkce"));
        assertEquals(false, record.get("enableResponseModeFormPost"));
        assertEquals(false, record.get("enableTokenEndpointBasicAuth"));
        assertEquals(
                List.of(
                        claim("External ID", "sub", "Access Token"),
                        claim("Username", "email", "ID Token"),
                        claim("Email", "email", "ID Token"),
                        claim("First Name", "given_name", "ID Token"),
                        claim("Last Name", "family_name", "ID Token"),
                        claim("Roles", "cognito:groups", "ID Token")),
                record.get("claims"));
    }

    private static Map<String, Object> claim(String field, String claim, String location) {
        return Map.of("field", field, "claim", claim, "location", location);
    }

    @Test
    void printsARecordThatTheFilterTakes(@TempDir Path folder) throws IOException, SettingsException {
        Path file = Files.writeString(
                folder.resolve("sso-directory.json"), run("discover", pasted()).out());

        DirectoryRecord record = Settings.read(new SettingsSources(
                        Map.of("directory", "file:" + file),
                        property -> Optional.empty(),
                        variable -> Optional.of("s3cret").filter(secret -> variable.equals("SSO_CLIENT_SECRET")),
                        path -> Optional.empty()))
                .directory();

        assertEquals(Optional.of(URI.create(DOMAIN + "/oauth2/token")), record.tokenUrl());
        assertEquals(Optional.empty(), record.revocationUrl());
        assertEquals(Optional.of("s3cret"), record.clientSecret());
    }

    @Test
    void saysWhatToRegisterWhere() {
        var outcome = run("discover", pasted(), "--base-url", "http://localhost:8080/portal/");

        List<String> lines = outcome.err().lines().toList();
        assertEquals("Return URL: http://localhost:8080/portal/sso/return", lines.get(0));
        assertEquals("Sign-out URL: http://localhost:8080/portal/sso/signed-out", lines.get(1));
        assertTrue(outcome.err().contains("Allowed callback URLs"));
        assertTrue(outcome.err().contains("tick the scope profile"));
        assertFalse(outcome.err().contains("BASE_URL"));
    }

    @Test
    void showsWhatToReplaceWhereNoBaseUrlIsGiven() {
        var outcome = run("discover", pasted());

        assertEquals(
                "Return URL: BASE_URL/sso/return",
                outcome.err().lines().toList().get(0));
        assertTrue(outcome.err().contains("BASE_URL is the application's address"));
    }

    @Test
    void namesAnotherProviderByItsHost() throws Json.MalformedException {
        document.put("end_session_endpoint", DOMAIN + "/connect/logout");

        var outcome = run("discover", issuer);

        assertEquals("127.0.0.1", Json.object(outcome.out()).get("name"));
        assertFalse(outcome.err().contains("Cognito"));
    }

    @ParameterizedTest
    @CsvSource({"sso.proxy, 127.0.0.1:9, (through 127.0.0.1:9", "sso.caFile, /no/such.pem, /no/such.pem"})
    void goesTheWayThatTheFilterGoes(String property, String value, String says) {
        System.setProperty(property, value);
        try {
            assertFailed(says, run("discover", pasted()));
        } finally {
            System.clearProperty(property);
        }
    }

    @Test
    void explainsInOneLineWhyDiscoveryFailed() {
        status = 404;

        assertFailed("there is no such user pool", run("discover", pasted()));
    }

    @Test
    void explainsAPoolWithoutADomain() {
        document.remove("authorization_endpoint");

        assertFailed("Branding > Domain", run("discover", pasted()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {DOMAIN, "https://cognito-idp.us-east-1.amazonaws.com", "https://op.example/certs", "not a URL"})
    void explainsWhatToPasteInstead(String pasted) {
        assertFailed("discoveryDomain", run("discover", pasted));
    }

    @Test
    void refusesEndpointsOnThisMachineForAnApplicationThatIsNot() {
        document.put("token_endpoint", "http://127.0.0.1:1/token");

        assertFailed("token_endpoint", run("discover", pasted(), "--base-url", "https://members.example.org"));
    }

    private static void assertFailed(String says, Outcome outcome) {
        assertEquals(1, outcome.exit());
        assertEquals("", outcome.out());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
        assertTrue(outcome.err().contains(says), outcome.err());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "discover",
                "check",
                "check a b",
                "check a --base-url",
                "check a --json --json",
                "check a --jason",
                "discover a --json",
                "cure a",
                "discover a b",
                "discover a --base-url",
                "discover a --baseurl https://b.example",
                "discover a --base-url https://b.example c"
            })
    void showsItsUsageWhenItDoesNotUnderstand(String line) {
        var outcome = run(line.isEmpty() ? new String[0] : line.split(" "));

        assertEquals(2, outcome.exit());
        assertEquals("", outcome.out());
        assertTrue(outcome.err().startsWith("Usage: "));
    }

    @Test
    void saysWhatIsWrongWithABaseUrl() {
        var outcome = run("discover", pasted(), "--base-url", "http://members.example.org");

        assertEquals(2, outcome.exit());
        assertEquals("", outcome.out());
        assertTrue(outcome.err().startsWith("--base-url is not https"), outcome.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "discover --help", "check --help"})
    void showsItsUsageWhenAsked(String line) {
        var outcome = run(line.split(" "));

        assertEquals(0, outcome.exit());
        assertTrue(outcome.out().startsWith("Usage: "));
    }
}
