package dev.ssofilter.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.ssofilter.directory.Settings;
import dev.ssofilter.directory.SettingsSources;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A provider whose certificate comes from a company's own authority: {@code caFile} (R-47, AB-115, AB-129). */
class RouteTest {
    private static final char[] PASSWORD = "for tests alone".toCharArray();

    @TempDir
    Path folder;

    private KeyStore certificate(String name, String host) throws Exception {
        var file = folder.resolve(name + ".p12");
        var log = folder.resolve(name + ".log").toFile();
        var keytool = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "one",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + host,
                "-ext",
                "san=dns:" + host,
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                file.toString());
        assertEquals(
                0, keytool.redirectErrorStream(true).redirectOutput(log).start().waitFor());
        var store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private HttpsServer serving(KeyStore certificate) throws Exception {
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(certificate, PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("{}".getBytes());
            exchange.close();
        });
        server.start();
        return server;
    }

    private Settings trusting(KeyStore... certificates) throws Exception {
        var pem = new StringBuilder("# the company's authorities\n");
        for (var store : certificates) {
            pem.append("-----BEGIN CERTIFICATE-----\n")
                    .append(Base64.getMimeEncoder()
                            .encodeToString(store.getCertificate("one").getEncoded()))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        var file = Files.writeString(folder.resolve("ca.pem"), pem);
        return Settings.read(new SettingsSources(
                Map.of("discoveryDomain", "https://op.example", "clientId", "one", "caFile", file.toString()),
                name -> Optional.empty(),
                name -> Optional.empty(),
                path -> Optional.empty()));
    }

    private static int ask(HttpsServer server, Outbound outbound) throws LoginFailedException {
        var url = URI.create("https://localhost:" + server.getAddress().getPort() + "/");
        return outbound.send(new HTTPRequest(HTTPRequest.Method.GET, url), 1000).getStatusCode();
    }

    private static void assertUntrusted(HttpsServer server, Outbound outbound, String says) {
        var refused = assertThrows(LoginFailedException.class, () -> ask(server, outbound));
        assertEquals(Reason.USER_POOL_UNREACHABLE, refused.reason());
        assertTrue(refused.getMessage().contains(says), refused.getMessage());
    }

    @Test
    @DisplayName("R-47 AB-115 takes the certificates of the authorities in caFile, and no others")
    void takesCertificatesOfTheGivenAuthorities() throws Exception {
        var ours = certificate("ours", "localhost");
        var theirs = certificate("theirs", "localhost");
        var server = serving(ours);
        try (var plain = new Outbound();
                var wrong = new Outbound(trusting(theirs));
                var right = new Outbound(trusting(theirs, ours))) {
            assertUntrusted(server, plain, "`caFile`");
            assertUntrusted(server, wrong, "`caFile`");
            assertEquals(200, ask(server, right));
        } finally {
            server.stop(0);
        }
    }

    @Test
    @DisplayName("AB-115 refuses a certificate for another host, whoever vouches for it")
    void refusesACertificateForAnotherHost() throws Exception {
        var others = certificate("others", "other.example");
        var server = serving(others);
        try (var trusting = new Outbound(trusting(others))) {
            assertUntrusted(server, trusting, "names another host");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void goesOnTrustingWhomJavaTrusts() throws Exception {
        var ours = (X509Certificate) certificate("ours", "localhost").getCertificate("one");

        var one = new Route(Optional.empty(), List.of(ours)).trusted();
        var none = new Route(Optional.empty(), List.of()).trusted();

        assertTrue(none.size() > 10, "this Java knows " + none.size() + " authorities");
        assertEquals(none.size() + 1, one.size());
    }
}
