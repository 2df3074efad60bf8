package dev.ssofilter.interop;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** A certificate for {@code localhost}, made by the JDK's keytool for one test, which its browser trusts and nobody else. */
final class TlsCertificate {
    private static final String PASSWORD = "for tests alone";

    private final KeyStore store;

    private TlsCertificate(KeyStore store) {
        this.store = store;
    }

    static TlsCertificate in(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        var file = folder.resolve("localhost.p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var options = "-genkeypair -alias localhost -keyalg EC -groupname secp256r1 -dname CN=localhost"
                + " -ext san=dns:localhost -validity 2 -storetype PKCS12";
        var command = new ProcessBuilder(keytool);
        command.command().addAll(List.of(options.split(" ")));
        command.command().addAll(List.of("-keystore", file.toString(), "-storepass", PASSWORD));
        var log = folder.resolve("keytool.log");
        var end = command.redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        if (end != 0) {
            throw new IllegalStateException("keytool made no certificate: " + Files.readString(log));
        }
        var store = KeyStore.getInstance("PKCS12");
        try (InputStream content = Files.newInputStream(file)) {
            store.load(content, PASSWORD.toCharArray());
        }
        return new TlsCertificate(store);
    }

    /** For the server that shows it. */
    SslContextFactory.Server shown() {
        var tls = new SslContextFactory.Server();
        tls.setKeyStore(store);
        tls.setKeyStorePassword(PASSWORD);
        return tls;
    }

    /** For the browser that trusts it. */
    SSLContext trusted() throws GeneralSecurityException {
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        var authorities = KeyStore.getInstance("PKCS12");
        try {
            authorities.load(null, null);
        } catch (IOException e) { // what reading would throw, and nothing is read
            throw new IllegalStateException(e);
        }
        authorities.setCertificateEntry("localhost", store.getCertificate("localhost"));
        trust.init(authorities);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
