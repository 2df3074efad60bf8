package dev.ssofilter.directory;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where a proxy listens. Shown as it is written, {@code proxy.example.org:3128} or {@code [::1]:3128}.
 *
 * @param host a name or an address; IPv6 in brackets
 */
public record HostAndPort(String host, int port) {
    private static final String EXPECTED =
            "is no host:port; expected such as proxy.example.org:3128, without scheme, user or path";

    /** Reads {@code host:port}; an {@link IllegalArgumentException} says what is wrong with it. */
    static HostAndPort parse(String text) {
        try {
            var parsed = new URI("//" + text).parseServerAuthority();
            var written = new HostAndPort(String.valueOf(parsed.getHost()), parsed.getPort());
            if (written.toString().equals(text) && written.port > 0 && written.port <= 0xFFFF) {
                return written;
            }
        } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException(EXPECTED, malformed);
        }
        throw new IllegalArgumentException(EXPECTED);
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
