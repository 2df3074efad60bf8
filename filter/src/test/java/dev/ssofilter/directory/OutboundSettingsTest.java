package dev.ssofilter.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The way out to the provider: {@code proxy} and {@code caFile}. */
class OutboundSettingsTest {
    @TempDir
    Path folder;

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("ca.pem"), content);
    }

    @ParameterizedTest(name = "R-47 takes the proxy {0}")
    @CsvSource({
        "proxy.example.org:3128, proxy.example.org, 3128",
        "10.0.0.1:1, 10.0.0.1, 1",
        "[::1]:65535, [::1], 65535"
    })
    void takesAProxy(String text, String host, int port) throws Exception {
        assertEquals(
                Optional.of(new HostAndPort(host, port)),
                Sources.least().init("proxy", text).read().proxy());
        assertEquals(Optional.empty(), Sources.least().read().proxy());
    }

    @ParameterizedTest(name = "AB-129 refuses the proxy {0} at start, and shows no password")
    @ValueSource(
            strings = {
                "proxy.example.org",
                "http://proxy.example.org:3128",
                "proxy.example.org:0",
                "proxy.example.org:65536",
                "proxy.example.org:3128/",
                "user:pa55word@proxy.example.org:3128",
                "http://user:pa55/word@proxy.example.org:3128",
                "proxy.example.org:port",
                ":3128",
                "a b:3128"
            })
    void refusesWhatIsNoProxy(String text) {
        var problem = Sources.least()
                .init("proxy", text)
                .onlyProblem("proxy (init-param proxy): got ", "which is no host:port; expected such as");

        assertFalse(problem.contains("pa55"), problem);
    }

    @Test
    @DisplayName("R-47 AB-129 refuses a file of authorities that is none at start, and names the setting")
    void refusesWhatIsNoFileOfAuthorities() throws IOException {
        refuses(folder.resolve("missing.pem").toString(), "is no file");
        refuses(folder.toString(), "is no file");
        refuses("ca.pem", "is no file");
        refuses("\0", "is no path");
        refuses(file("").toString(), "holds no certificate");
        refuses(
                file("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
                        .toString(),
                "is no certificate");
        refuses(file("hello").toString(), "certificate");
    }

    private static void refuses(String place, String why) {
        Sources.least().init("caFile", place).onlyProblem("caFile (init-param caFile): got ", why);
    }

    @Test
    void trustsNobodyElseWhereNothingIsSaid() throws Exception {
        assertEquals(List.of(), Sources.least().read().authorities());
    }
}
