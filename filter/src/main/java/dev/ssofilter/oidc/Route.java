package dev.ssofilter.oidc;

import dev.ssofilter.directory.HostAndPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The way out of this machine.
 *
 * @param proxy for every call; empty: as the JVM's {@code https.proxyHost} has it
 * @param authorities whose certificates are taken besides those that the JVM knows
 */
record Route(Optional<HostAndPort> proxy, List<X509Certificate> authorities) {
    /** To be put behind the name of a peer. */
    String description() {
        return proxy.map(through -> " (through " + through + ", `proxy`)").orElse("");
    }

    HttpClient.Builder applyTo(HttpClient.Builder client) {
        proxy.ifPresent(through ->
                client.proxy(ProxySelector.of(InetSocketAddress.createUnresolved(through.host(), through.port()))));
        if (!authorities.isEmpty()) {
            client.sslContext(trusting());
        }
        return client;
    }

    /** The checks of TLS stay the JVM's own: they are given more authorities, and nothing else. */
    private SSLContext trusting() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, managers(trusted()), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java cannot make a TLS context of its own authorities and ours", e);
        }
    }

    KeyStore trusted() throws GeneralSecurityException, IOException {
        var all = new ArrayList<>(authorities);
        all.addAll(knownToJava());
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (var i = 0; i < all.size(); i++) {
            store.setCertificateEntry("authority-" + i, all.get(i));
        }
        return store;
    }

    private static List<X509Certificate> knownToJava() throws GeneralSecurityException {
        return Arrays.stream(managers(null))
                .filter(X509TrustManager.class::isInstance)
                .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
                .toList();
    }

    /** @param store null: what the JVM knows */
    private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }
}
