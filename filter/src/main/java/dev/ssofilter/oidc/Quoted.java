package dev.ssofilter.oidc;

import java.net.URI;
import java.util.Optional;

/** Text from outside, made fit for a message: one line, of a length that somebody reads, without a query. */
final class Quoted {
    private static final int READABLE = 200;

    private Quoted() {}

    /** The text in quotation marks; what could forge or recolour a log line is replaced, the end of a long one cut. */
    static String text(String outside) {
        String line = outside.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
        return '"' + (line.length() > READABLE ? line.substring(0, READABLE) + "…" : line) + '"';
    }

    /** Scheme, host, port and path: a query or user info can hold a code, a token or a password. */
    static String url(URI url) {
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        String host = Optional.ofNullable(url.getHost()).orElse("");
        return url.getScheme() + "://" + host + port
                + Optional.ofNullable(url.getRawPath()).orElse("");
    }
}
