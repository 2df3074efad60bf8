package dev.ssofilter.oidc;

import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/** What our requests to the provider say, and nothing else: a Referer or a cookie would tell where a user is going. */
final class OutboundRequest {
    private static final String USER_AGENT = "sso-filter/" + version();
    /** Of what the library writes. */
    private static final List<String> HEADERS = List.of("Authorization", "Content-Type", "Accept");

    private OutboundRequest() {}

    /** A request with what all of ours say, a GET unless told otherwise. */
    static HttpRequest.Builder to(URI url) {
        return HttpRequest.newBuilder(url)
                .setHeader("Accept-Encoding", "identity")
                .setHeader("User-Agent", USER_AGENT);
    }

    static HttpRequest get(URI url, String mediaType) {
        return to(url).setHeader("Accept", mediaType).build();
    }

    static HttpRequest of(HTTPRequest request) {
        var body = Optional.ofNullable(request.getBody()).map(BodyPublishers::ofString);
        var builder = to(request.getURI()).method(request.getMethod().name(), body.orElseGet(BodyPublishers::noBody));
        for (String name : HEADERS) {
            Optional.ofNullable(request.getHeaderValue(name)).ifPresent(value -> builder.setHeader(name, value));
        }
        return builder.build();
    }

    private static String version() {
        var properties = new Properties();
        try (InputStream file =
                Objects.requireNonNull(OutboundRequest.class.getResourceAsStream("version.properties"))) {
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "unknown");
    }
}
