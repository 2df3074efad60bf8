package dev.ssofilter.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ssofilter.fuzz.Fuzzed;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/** Whatever an administrator may have put into the record's file. */
class RecordFuzzTest {
    private static final String SECRET = "s3cr3t-of-the-client";

    @BeforeAll
    static void quiet() {
        Fuzzed.quiet();
    }

    @DictionaryEntries({
        "\"discoveryDomain\":\"" + Sources.POOL + "\"",
        "\"clientId\":\"",
        "\"clientSecret\":\"${env:SECRET}\"",
        "\"enablePkce\":",
        "\"enableResponseModeFormPost\":true",
        "\"claims\":[{\"field\":\"External ID\",\"claim\":\"sub\",",
        "\"location\":\"ID Token\"}",
        "\"location\":\"Userinfo\"",
        "\"baseUrl\":\"https://members.example.org/portal\"",
        "\"publicPaths\":\"/about,/images/*",
        "\"sessionMaximum\":\"PT8H\"",
        "\"clockSkew\":\"PT60S\"",
        "\"cookieKeys\":\"",
        "\"authorizationParameters\":\"",
        "\"forwardParameters\":\"",
        "\"defaultTarget\":\"/",
        "\"postLogoutTarget\":\"",
        "\"scopes\":\"openid",
        "${file:/etc/hostname}",
        "${sys:NONE}",
        "\"issuer\":\"https://",
        "\"tokenUrl\":\"https://",
        "\"ssoPath\":\"/",
        "\"returnPath\":\"/",
        "\\u0000",
        "\\u2028"
    })
    @Timeout(20)
    @FuzzTest
    void aRecordIsValidSettingsOrProblems(byte[] input) {
        // ${file:/…} reads what the administrator names: that is what it is for.
        BugDetectors.setFilePathTraversalAllowPath(path -> true);
        var sources = Sources.record(Fuzzed.text(input)).env("SECRET", SECRET);
        judge(sources).forEach(Fuzzed::assertOneLine);
        // Once it is known for the client secret, no line tells it, whatever else the record makes of it.
        judge(sources.property("sso.clientSecret", SECRET))
                .forEach(line -> assertFalse(line.contains(SECRET), "a line tells the secret"));
    }

    /** @return every line that an administrator gets to read */
    private static List<String> judge(Sources sources) {
        try {
            var settings = sources.read();
            accepted(settings);
            return Stream.concat(settings.banner().stream(), settings.warnings().stream())
                    .toList();
        } catch (SettingsException refused) {
            assertFalse(refused.problems().isEmpty());
            return refused.problems();
        }
    }

    private static void accepted(Settings settings) {
        var record = settings.directory();
        assertFalse(record.clientId().isBlank());
        assertTrue(record.scopes().contains("openid"));
        assertEquals(
                1,
                record.claims().stream()
                        .filter(claim -> claim.field().equals("External ID"))
                        .count());
        urls(record).forEach(url -> assertEquals(Optional.empty(), EndpointUrl.problem(url, true)));
        settings.baseUrl().filter(base -> !base.isLoopback()).ifPresent(base -> urls(record)
                .forEach(url -> assertTrue("https".equalsIgnoreCase(url.getScheme()), url::toString)));
        assertTrue(!record.enableResponseModeFormPost()
                || settings.baseUrl().orElseThrow().isHttps());
        assertFalse(settings.sessionMaximum().isNegative()
                || settings.sessionMaximum().isZero());
        assertFalse(settings.clockSkew().isNegative() || settings.clockSkew().toSeconds() > 300);
        settings.cookieKeys().forEach(key -> assertEquals(32, key.length));
        var own = settings.ownPaths().all();
        assertEquals(own.size(), own.stream().distinct().count());
        Stream.concat(own.stream(), Stream.of(settings.defaultTarget()))
                .forEach(path -> assertTrue(path.startsWith("/") && !path.contains("//") || path.contains("?"), path));
        assertTrue(settings.postLogoutTarget().startsWith("/")
                || settings.postLogoutTarget().regionMatches(true, 0, "https://", 0, 8));
        assertFalse(settings.authorizationParameters().keySet().stream()
                .anyMatch(List.of("state", "nonce", "redirect_uri", "client_id", "code_challenge")::contains));
    }

    private static Stream<URI> urls(DirectoryRecord record) {
        return Stream.of(
                        record.authorizationUrl(),
                        record.tokenUrl(),
                        record.userinfoUrl(),
                        record.jwksUrl(),
                        record.logoutUrl(),
                        record.revocationUrl(),
                        record.discoveryDomain().map(DiscoveryDomain::document))
                .flatMap(Optional::stream);
    }
}
