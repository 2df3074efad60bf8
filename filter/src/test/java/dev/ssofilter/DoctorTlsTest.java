package dev.ssofilter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.ssofilter.oidc.Check;
import dev.ssofilter.oidc.Finding;
import dev.ssofilter.oidc.Finding.Status;
import dev.ssofilter.testkit.Browser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor says of a provider's certificate. */
class DoctorTlsTest {
    private static final char[] PASSWORD = "for tests alone".toCharArray();

    private final Patient patient = new Patient();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        threads.shutdownNow();
        patient.close();
    }

    private void keytool(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-storetype", "PKCS12"));
        command.addAll(List.of("-keystore", folder.resolve("keys.p12").toString(), "-storepass", new String(PASSWORD)));
        var log = folder.resolve("keytool.log");
        var end = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        assertEquals(0, end, Files.readString(log));
    }

    /** A provider whose certificate comes from an authority that is in {@code caFile}, and begins and lasts so many days. */
    private List<Finding> examine(String host, String begin, String days) throws Exception {
        keytool("-genkeypair", "-alias", "ca", "-dname", "CN=ca", "-ext", "bc:c", "-startdate", "-90d");
        keytool(
                "-genkeypair",
                "-alias",
                "provider",
                "-signer",
                "ca",
                "-dname",
                "CN=" + host,
                "-ext",
                "san=dns:" + host,
                "-startdate",
                begin,
                "-validity",
                days);
        var store = store();
        var pem = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(store.getCertificate("ca").getEncoded())
                + "\n-----END CERTIFICATE-----\n";
        patient.set("caFile", Files.writeString(folder.resolve("ca.pem"), pem).toString());
        store.deleteEntry("ca");
        return examine(store);
    }

    private KeyStore store() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(folder.resolve("keys.p12"))) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    /** The pool's discovery document over TLS; its endpoints stay where they are. */
    private List<Finding> examine(KeyStore store) throws Exception {
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            var document = new Browser()
                    .get(URI.create(
                            patient.pool.domain() + exchange.getRequestURI().getPath()))
                    .body()
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, document.length);
            exchange.getResponseBody().write(document);
            exchange.close();
        });
        server.start();
        try {
            patient.set("issuer", patient.pool.issuer());
            return examine(server.getAddress().getPort());
        } finally {
            server.stop(0);
        }
    }

    private List<Finding> examine(int port) {
        var path = URI.create(patient.pool.issuer()).getPath();
        patient.set("discoveryDomain", "https://localhost:" + port + path);
        return patient.examine();
    }

    private static Finding first(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.check() == Check.CERTIFICATE)
                .findFirst()
                .orElseThrow();
    }

    private static void assertDistrusted(List<Finding> findings, String found, String remedy) {
        var complaints = Patient.complaints(findings);
        assertEquals(1, complaints.size(), findings::toString);
        var complaint = complaints.get(0);
        assertEquals(Check.CERTIFICATE, complaint.check(), complaint::toString);
        assertEquals(Status.FAILED, complaint.status());
        assertEquals(Optional.of("discoveryDomain"), complaint.setting());
        assertTrue(complaint.found().contains(found), complaint::toString);
        assertTrue(complaint.remedy().orElse("").contains(remedy), complaint::toString);
        var discovery = Patient.of(Check.DISCOVERY, findings);
        assertEquals(Status.UNKNOWN, discovery.status());
        assertTrue(discovery.found().startsWith("not tried, because "), discovery::toString);
    }

    @Test
    void countsTheDaysOfAGoodCertificate() throws Exception {
        var findings = examine("localhost", "-30d", "90");

        assertEquals(List.of(), Patient.complaints(findings));
        assertTrue(first(findings).found().contains("valid for 59 more days"), first(findings)::toString);
    }

    @Test
    void warnsOfACertificateThatEndsSoon() throws Exception {
        var findings = examine("localhost", "-30d", "50");

        var complaints = Patient.complaints(findings);
        assertEquals(1, complaints.size(), findings::toString);
        assertEquals(Check.CERTIFICATE, complaints.get(0).check());
        assertEquals(Status.WARNING, complaints.get(0).status());
        assertTrue(complaints.get(0).found().contains("valid for 19 more days"), complaints::toString);
        assertTrue(complaints.get(0).remedy().orElse("").contains("renew"), complaints::toString);
    }

    @Test
    void tellsACertificateThatHasExpired() throws Exception {
        assertDistrusted(examine("localhost", "-30d", "10"), "has expired", "renew");
    }

    @Test
    void tellsACertificateThatIsNotValidYet() throws Exception {
        assertDistrusted(examine("localhost", "+10d", "30"), "not valid yet", "clock");
    }

    @Test
    void tellsACertificateOfAnotherHost() throws Exception {
        assertDistrusted(examine("op.example", "-1d", "90"), "names another host", "correct the host");
    }

    @Test
    void tellsACertificateThatNobodyVouchesFor() throws Exception {
        keytool("-genkeypair", "-alias", "provider", "-dname", "CN=localhost", "-ext", "san=dns:localhost");

        assertDistrusted(examine(store()), "authority that this Java does not know", "caFile");
    }

    @Test
    void tellsAPortThatSpeaksNoTls() throws IOException {
        try (var plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            threads.execute(() -> answerOnce(plain));

            assertDistrusted(examine(plain.getLocalPort()), "speaks no TLS", "check host and port");
        }
    }

    private static void answerOnce(ServerSocket plain) {
        try (var connection = plain.accept()) {
            connection.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            connection.getInputStream().readAllBytes();
        } catch (IOException ended) {
            // as connections do
        }
    }

    @Test
    void tellsAProxyThatIsNotThere() throws IOException {
        int nobody;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
        patient.set("proxy", "127.0.0.1:" + nobody);

        var complaints = Patient.complaints(patient.examine());

        assertEquals(1, complaints.size(), complaints::toString);
        assertEquals(Check.CONNECTION, complaints.get(0).check());
        assertTrue(complaints.get(0).found().contains("`proxy`"), complaints::toString);
    }
}
