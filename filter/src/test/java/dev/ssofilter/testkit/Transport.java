package dev.ssofilter.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** The HTTP client of the browsers, one for all that trust the same; it follows nothing and keeps no cookie. */
final class Transport {
    static final Duration TIMEOUT = Duration.ofSeconds(60);

    private static final Transport USUAL = new Transport(settings().build());

    private final HttpClient client;

    private Transport(HttpClient client) {
        this.client = client;
    }

    static Transport usual() {
        return USUAL;
    }

    static Transport trusting(SSLContext certificates) {
        return new Transport(settings().sslContext(certificates).build());
    }

    private static HttpClient.Builder settings() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(TIMEOUT);
    }

    /** Throws UncheckedIOException where no whole answer comes; its message holds the path alone. */
    HttpResponse<String> exchange(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException cause) {
            String what = request.method() + " " + request.uri().getPath();
            throw new UncheckedIOException(what + ": " + cause.getMessage(), cause);
        } catch (InterruptedException cause) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(
                    "Interrupted while waiting for " + request.uri().getPath(), cause);
        }
    }
}
