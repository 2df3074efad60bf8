package dev.ssofilter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.directory.Json;
import dev.ssofilter.oidc.Check;
import dev.ssofilter.testkit.PretendUserPool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code SsoCommand check}: the doctor for an administrator at a prompt, and for a build. */
class CheckCommandTest {
    private static final String BASE = "http://localhost:8080/portal";
    private static final String SECRET_PROPERTY = "check.command.test.secret";

    private final PretendUserPool pool = PretendUserPool.start();
    private final Map<String, Object> record = new LinkedHashMap<>();

    @TempDir
    private Path folder;

    private record Outcome(int exit, String out, String err) {}

    @BeforeEach
    void setUp() {
        pool.client().allowCallback(BASE + "/sso/return").allowSignOut(BASE + "/sso/signed-out");
        System.setProperty(SECRET_PROPERTY, PretendUserPool.CLIENT_SECRET);
        record.put("discoveryDomain", pool.tokenSigningKeyUrl().toString());
        record.put("clientId", PretendUserPool.CLIENT_ID);
        record.put("clientSecret", "${sys:" + SECRET_PROPERTY + "}");
    }

    @AfterEach
    void tearDown() {
        System.clearProperty(SECRET_PROPERTY);
        System.clearProperty("sso.scopes");
        System.clearProperty("sso.directory");
        System.clearProperty("sso.baseUrl");
        pool.close();
    }

    private Path file() throws IOException {
        return Files.writeString(folder.resolve("sso-directory.json"), Json.write(record));
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

    private Outcome check(String... more) throws IOException {
        var arguments = new ArrayList<>(List.of("check", file().toString()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    @Test
    void passesAHealthySetUpWithALineForEachCheck() throws IOException {
        var outcome = check("--base-url", BASE + "/");

        var lines = outcome.out().lines().toList();
        assertEquals(0, outcome.exit(), outcome.out());
        assertEquals("", outcome.err());
        for (var check : Check.values()) {
            var line = "PASSED   " + check.title();
            assertTrue(lines.stream().anyMatch(one -> one.startsWith(line)), line);
        }
        assertEquals(
                "0 failed, 0 warning, 0 unknown, " + Check.values().length + " passed", lines.get(lines.size() - 1));
        assertFalse(outcome.out().contains(PretendUserPool.CLIENT_SECRET));
        assertTrue(outcome.out().chars().allMatch(c -> c < 0x7f), "more than ASCII");
    }

    @Test
    void failsWithTheRemedyBelow() throws IOException {
        System.setProperty(SECRET_PROPERTY, "wrong-secret-0123456789");

        var outcome = check("--base-url", BASE);

        var lines = outcome.out().lines().toList();
        var failed = lines.stream().filter(line -> line.startsWith("FAILED")).toList();
        assertEquals(1, outcome.exit());
        assertEquals(1, failed.size(), outcome.out());
        assertTrue(failed.get(0).startsWith("FAILED   Client Secret              the token endpoint"), failed.get(0));
        var below = lines.get(lines.indexOf(failed.get(0)) + 1);
        assertTrue(below.startsWith(" ".repeat(36) + "What to do: copy the Client secret"), below);
        assertTrue(lines.get(lines.size() - 1).startsWith("1 failed, 0 warning, "));
        assertFalse(outcome.out().contains("wrong-secret"));
    }

    @Test
    void printsWhatTheReadmeShows() throws IOException {
        var example = Pattern.compile("## Check the set-up\n.*?```text\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("..", "README.md")));
        assertTrue(example.find(), "no example in the README");
        System.setProperty(SECRET_PROPERTY, "wrong-secret-0123456789");
        pool.client().onlyScopes("email", "openid", "phone");

        var outcome = check("--base-url", BASE);

        var shown = new ArrayList<>(example.group(1).lines().toList());
        shown.removeIf("…"::equals);
        shown.removeAll(outcome.out()
                .replace(pool.domain().toString(), "http://127.0.0.1:9090")
                .lines()
                .toList());
        assertEquals(List.of(), shown, outcome.out());
    }

    @Test
    void passesWhereThereAreWarningsAlone() throws IOException {
        record.put("enablePkce", false);

        var outcome = check("--base-url", BASE);

        assertEquals(0, outcome.exit(), outcome.out());
        assertTrue(outcome.out().contains("\nWARNING  PKCE"), outcome.out());
    }

    @Test
    void writesAnObjectForOtherPrograms() throws IOException, Json.MalformedException {
        pool.client().onlyScopes("openid", "email", "phone");

        var outcome = check("--json", "--base-url", BASE);

        var object = Json.object(outcome.out());
        assertEquals(1, outcome.exit());
        assertEquals("", outcome.err());
        assertEquals("file:" + file(), object.get("record"));
        assertEquals("FAILED", object.get("status"));
        var findings = ((List<?>) object.get("findings"))
                .stream().map(Map.class::cast).collect(Collectors.groupingBy(one -> one.get("check")));
        assertEquals(Arrays.stream(Check.values()).map(Check::name).collect(Collectors.toSet()), findings.keySet());
        var scopes = findings.get("SCOPES").get(0);
        assertEquals("FAILED", scopes.get("status"));
        assertEquals("Scopes", scopes.get("title"));
        assertEquals("scopes", scopes.get("setting"));
        assertTrue(scopes.get("remedy").toString().contains("tick OpenID, Email and Profile"));
        assertFalse(findings.get("KEYS").get(0).containsKey("remedy"));
        assertFalse(outcome.out().contains(PretendUserPool.CLIENT_SECRET));
    }

    @Test
    void takesSystemPropertiesAsTheFilterDoes() throws IOException {
        System.setProperty("sso.scopes", "openid members/all");
        System.setProperty("sso.baseUrl", BASE);

        var outcome = check();

        assertEquals(1, outcome.exit());
        assertTrue(outcome.out().contains("FAILED   Scopes"), outcome.out());
        assertTrue(outcome.out().contains("openid members/all"), outcome.out());
    }

    @Test
    void prefersWhatWasTyped() throws IOException {
        System.setProperty("sso.baseUrl", "http://localhost:1/another");
        System.setProperty("sso.directory", "file:/another.json");

        var outcome = check("--base-url", BASE);

        assertEquals(0, outcome.exit(), outcome.out());
    }

    @Test
    void saysThatWithoutABaseUrlTheUrlsAreNotTried() throws IOException {
        var outcome = check();

        assertEquals(0, outcome.exit(), outcome.out());
        assertTrue(outcome.out().contains("\nUNKNOWN  Base URL"), outcome.out());
        assertTrue(outcome.out().contains("--base-url"), outcome.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:", ""})
    void takesTheRecordAsTheSettingHasIt(String prefix) throws IOException {
        var outcome = run("check", prefix + file(), "--base-url", BASE);

        assertEquals(0, outcome.exit(), outcome.out());
    }

    @Test
    void readsARecordFromTheClassPath() {
        var outcome = run("check", "classpath:no-such-record.json");

        assertEquals(1, outcome.exit());
        assertTrue(outcome.out().contains("not on the class path"), outcome.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-record.json", "/WEB-INF/no-such-record.json", "file:relative.json"})
    void saysThatThereIsNoRecord(String record) {
        var outcome = run("check", record);

        assertEquals(1, outcome.exit());
        assertTrue(outcome.out().startsWith("FAILED   Directory record"), outcome.out());
        assertTrue(outcome.out().contains("What to do: expected"), outcome.out());
    }

    @Test
    void listsEveryProblemOfTheRecord() throws IOException {
        record.put("clientID", "a");
        record.put("enablePkce", "On");

        var outcome = check("--base-url", BASE);

        assertEquals(1, outcome.exit());
        assertEquals(
                2,
                outcome.out().lines().filter(line -> line.startsWith("FAILED")).count(),
                outcome.out());
        assertTrue(outcome.out().contains("did you mean \"clientId\"?"), outcome.out());
    }

    @Test
    void saysWhatIsWrongWithABaseUrl() throws IOException {
        var outcome = check("--base-url", "http://members.example.org");

        assertEquals(2, outcome.exit());
        assertEquals("", outcome.out());
        assertTrue(outcome.err().startsWith("--base-url is not https"), outcome.err());
    }
}
