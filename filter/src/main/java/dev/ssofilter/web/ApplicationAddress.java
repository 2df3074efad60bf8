package dev.ssofilter.web;

import dev.ssofilter.directory.BaseUrl;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The application's address for a request: {@code baseUrl}, whatever the request says. Where that is not set, only a
 * request that stays on this machine has one, so that no stranger's Host header ever becomes part of a URL of ours.
 */
public final class ApplicationAddress {
    private static final Pattern LOOPBACK_HOST =
            Pattern.compile("(?:localhost|127\\.0\\.0\\.1|\\[::1])(?::[0-9]{1,5})?");

    /** IPv4 in decimal; or IPv6, in which alone a colon stands. */
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[\\[0-9A-Fa-f:].*:.*");

    private final Optional<BaseUrl> configured;
    private final String contextPath;

    public ApplicationAddress(Optional<BaseUrl> configured, String contextPath) {
        this.configured = configured;
        this.contextPath = contextPath;
    }

    /**
     * The address that every URL of ours begins with, for this request.
     *
     * @throws LoginFailedException BASE_URL_MISSING
     */
    public BaseUrl of(HttpServletRequest request) throws LoginFailedException {
        if (configured.isPresent()) {
            return configured.get();
        }
        // RFC 9112 §3.2: two are refused; not every container does it, and each might read another one.
        var host = String.join(", ", Collections.list(request.getHeaders("Host")));
        if (!LOOPBACK_HOST.matcher(host).matches() || !staysHere(request)) {
            throw new LoginFailedException(
                    Reason.BASE_URL_MISSING,
                    "baseUrl is not set, and the request did not come straight from this machine; set it to the"
                            + " application's address as browsers see it, such as https://members.example.org/portal");
        }
        try {
            return BaseUrl.parse("http://" + host + contextPath);
        } catch (IllegalArgumentException noAddress) {
            throw new LoginFailedException(
                    Reason.BASE_URL_MISSING,
                    "baseUrl is not set, and Host and context path make none; set it",
                    noAddress);
        }
    }

    /** Empty where the request has none, and so nothing can be linked to. */
    public Optional<BaseUrl> ifKnown(HttpServletRequest request) {
        try {
            return Optional.of(of(request));
        } catch (LoginFailedException unknown) {
            return Optional.empty();
        }
    }

    private static boolean staysHere(HttpServletRequest request) {
        return Optional.ofNullable(request.getRemoteAddr())
                        .filter(ApplicationAddress::isLoopback)
                        .isPresent()
                && Optional.ofNullable(request.getLocalAddr())
                        .filter(ApplicationAddress::isLoopback)
                        .isPresent()
                && Collections.list(request.getHeaderNames()).stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .noneMatch(name -> name.equals("forwarded") || name.startsWith("x-forwarded-"));
    }

    /** A name is never looked up; no address at all, as of a Unix socket, would be read as this machine. */
    private static boolean isLoopback(String address) {
        try {
            return LITERAL.matcher(address).matches()
                    && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException notAnAddress) {
            return false;
        }
    }
}
