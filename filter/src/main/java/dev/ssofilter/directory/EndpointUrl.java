package dev.ssofilter.directory;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;

/**
 * The one rule for a URL that is called, redirected to or stands for a directory: absolute https with a host, and http
 * only on the machine itself. It holds for what an administrator writes and for what a discovery document says alike.
 */
public final class EndpointUrl {
    private static final String DOTTED_DECIMAL = "(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}";

    private EndpointUrl() {}

    /**
     * What is wrong with the URL, as the end of a sentence that begins with it; empty where nothing is.
     *
     * @param loopbackAllowed whether http to this machine is allowed: only where {@code baseUrl} is on it too
     */
    public static Optional<String> problem(URI url, boolean loopbackAllowed) {
        if (!url.isAbsolute() || url.isOpaque()) {
            return Optional.of("is no absolute URL; expected https://HOST/PATH");
        }
        if (url.getRawUserInfo() != null) {
            return Optional.of("holds a user name or password; expected a URL without them");
        }
        if (url.getHost() == null) {
            return Optional.of("has no valid host; expected https://HOST/PATH");
        }
        if (isDisguisedAddress(url.getHost())) {
            return Optional.of("has a number for a host; expected a name, or an address such as 127.0.0.1");
        }
        if (url.getPort() > 65535) {
            return Optional.of("has a port above 65535");
        }
        if (url.getRawFragment() != null) {
            return Optional.of("holds a fragment (\"#\"); expected a URL without one");
        }
        if (isLinkLocal(url.getHost())) {
            return Optional.of("is a link-local address, where a cloud keeps its machines' credentials; expected the"
                    + " directory's own host");
        }
        return schemeProblem(url, loopbackAllowed);
    }

    private static Optional<String> schemeProblem(URI url, boolean loopbackAllowed) {
        return switch (url.getScheme().toLowerCase(Locale.ROOT)) {
            case "https" -> Optional.empty();
            case "http" ->
                !isLoopback(url.getHost())
                        ? Optional.of("is not https; http is only for this machine (localhost, 127.0.0.1, [::1])")
                        : loopbackAllowed
                                ? Optional.empty()
                                : Optional.of(
                                        "is http on this machine, which is only for a baseUrl on this machine; use https");
            default -> Optional.of("is not https; expected https://HOST/PATH");
        };
    }

    /** Whether the host of a URL is this machine by its name or address, without asking the name service. */
    static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost")
                || literal(host).map(InetAddress::isLoopbackAddress).orElse(false);
    }

    private static boolean isLinkLocal(String host) {
        return literal(host).map(InetAddress::isLinkLocalAddress).orElse(false);
    }

    // 2852039166 and 0251.0376.0251.0376 are 169.254.169.254 to some, and something else to others.
    private static boolean isDisguisedAddress(String host) {
        String last = host.substring(host.lastIndexOf('.') + 1);
        return last.matches("[0-9]+|0[xX][0-9a-fA-F]*") && !host.matches(DOTTED_DECIMAL);
    }

    // Only what is an address as it stands, so there is nothing to look up.
    private static Optional<InetAddress> literal(String host) {
        if (!host.startsWith("[") && !host.matches(DOTTED_DECIMAL)) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(host));
        } catch (UnknownHostException noAddress) {
            return Optional.empty();
        }
    }
}
