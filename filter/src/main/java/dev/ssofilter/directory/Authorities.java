package dev.ssofilter.directory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** Reads the certificates of authorities from a PEM file (RFC 7468 §5). */
final class Authorities {
    private static final String EXPECTED =
            "; expected the absolute path of a PEM file, such as /etc/ssl/company-ca.pem";

    private Authorities() {}

    /** The certificates in their order, at least one; an {@link IllegalArgumentException} says what is wrong. */
    static List<X509Certificate> read(String place) {
        try (InputStream file = Files.newInputStream(path(place))) {
            var certificates = CertificateFactory.getInstance("X.509").generateCertificates(file).stream()
                    .filter(X509Certificate.class::isInstance)
                    .map(X509Certificate.class::cast)
                    .toList();
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException("holds no certificate" + EXPECTED);
            }
            return certificates;
        } catch (CertificateException malformed) {
            throw new IllegalArgumentException("holds something that is no certificate" + EXPECTED, malformed);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "cannot be read (" + unreadable.getClass().getSimpleName()
                            + "); check that this process may read it" + EXPECTED,
                    unreadable);
        }
    }

    private static Path path(String place) {
        try {
            var path = Path.of(place.startsWith("file:") ? place.substring("file:".length()) : place);
            // A device or a pipe would never end; a relative path depends on where the container was started.
            if (path.isAbsolute() && Files.isRegularFile(path)) {
                return path;
            }
        } catch (InvalidPathException noPath) {
            throw new IllegalArgumentException("is no path (" + noPath.getReason() + ")" + EXPECTED, noPath);
        }
        throw new IllegalArgumentException("is no file" + EXPECTED);
    }
}
