package dev.ssofilter.directory;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * The application's address as browsers see it: every URL of our own begins with it, and no header of a request ever
 * takes part.
 *
 * @param value the address as it was written, without a last slash; Return URL = this + {@code returnPath}
 */
public record BaseUrl(String value) {
    private static final String EXPECTED =
            "; expected the application's address as browsers see it, such as" + " https://members.example.org/portal";

    public BaseUrl {
        URI uri = uri(value);
        problem(uri).ifPresent(problem -> {
            throw new IllegalArgumentException(problem + EXPECTED);
        });
    }

    /** Reads an address; an {@link IllegalArgumentException} says what is wrong with it. One last slash is dropped. */
    public static BaseUrl parse(String text) {
        return new BaseUrl(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    }

    /** Scheme, host and port as a browser writes them in {@code Origin}: lower case, no default port. */
    public String origin() {
        URI uri = uri(value);
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        boolean defaultPort = uri.getPort() == -1 || uri.getPort() == (isHttps() ? 443 : 80);
        return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + (defaultPort ? "" : ":" + uri.getPort());
    }

    /** The path of the address: empty, or such as {@code /portal}. */
    public String path() {
        return uri(value).getRawPath();
    }

    public boolean isHttps() {
        return value.regionMatches(true, 0, "https:", 0, "https:".length());
    }

    /** Whether the address is on this machine: {@code localhost}, 127.0.0.0/8 or {@code [::1]}. */
    public boolean isLoopback() {
        return EndpointUrl.isLoopback(uri(value).getHost());
    }

    @Override
    public String toString() {
        return value;
    }

    private static URI uri(String value) {
        try {
            return new URI(value);
        } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException("is no URL (" + malformed.getReason() + ")" + EXPECTED, malformed);
        }
    }

    private static Optional<String> problem(URI uri) {
        return EndpointUrl.problem(uri, true).or(() -> {
            if (uri.getRawQuery() != null) {
                return Optional.of("holds a query (\"?\")");
            }
            if (!uri.toString().equals(uri.toASCIIString())) {
                return Optional.of("holds a letter beyond ASCII, which browsers send percent-encoded");
            }
            return pathProblem(uri);
        });
    }

    // Judged decoded, as browsers and proxies read "%2e%2e" as ".." and some "%2f" as "/".
    private static Optional<String> pathProblem(URI uri) {
        if (uri.getRawPath().isEmpty()) {
            return Optional.empty();
        }
        if (uri.getRawPath().chars().filter(c -> c == '/').count()
                != uri.getPath().chars().filter(c -> c == '/').count()) {
            return Optional.of("holds an encoded \"/\"");
        }
        return PlainPath.decodedProblem(uri.getPath())
                .or(() -> uri.getPath().endsWith("/") ? Optional.of("ends in \"//\"") : Optional.empty());
    }
}
