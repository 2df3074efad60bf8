package dev.ssofilter.oidc;

import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import java.net.http.HttpResponse;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * A whole answer, and the certificate that the peer showed for it.
 *
 * @param certificate the peer's own, already trusted; none without TLS
 */
record Exchange(HTTPResponse response, Optional<X509Certificate> certificate) {
    static Optional<X509Certificate> certificate(HttpResponse<?> answer) {
        return answer.sslSession().flatMap(Exchange::ofPeer);
    }

    private static Optional<X509Certificate> ofPeer(SSLSession session) {
        try {
            return session.getPeerCertificates()[0] instanceof X509Certificate own
                    ? Optional.of(own)
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException anonymous) {
            return Optional.empty();
        }
    }
}
