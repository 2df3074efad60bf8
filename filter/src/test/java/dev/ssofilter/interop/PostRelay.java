package dev.ssofilter.interop;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Passes on what is posted to one endpoint of a provider, and keeps what was said. */
final class PostRelay implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String FORM = "application/x-www-form-urlencoded";

    private final HttpServer server;
    private final URI endpoint;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();

    /** One request and its answer, as far as they are a form and an object. */
    record Exchange(Map<String, List<String>> form, int status, String answer) {
        String sent(String parameter) {
            return form.getOrDefault(parameter, List.of("")).get(0);
        }

        String received(String member) {
            try {
                return String.valueOf(JSONObjectUtils.parse(answer).get(member));
            } catch (ParseException e) {
                throw new IllegalStateException("status " + status + " without an object", e);
            }
        }

        /** The status alone: the rest is secrets and tokens. */
        @Override
        public String toString() {
            return "status " + status;
        }
    }

    private PostRelay(HttpServer server, URI endpoint) {
        this.server = server;
        this.endpoint = endpoint;
    }

    static PostRelay to(String endpoint) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var relay = new PostRelay(server, URI.create(endpoint));
        server.createContext("/", relay::answer);
        server.setExecutor(relay.threads);
        server.start();
        return relay;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var request = HttpRequest.newBuilder(endpoint).POST(BodyPublishers.ofString(body));
            for (var name : List.of("Content-Type", "Authorization", "Accept")) {
                exchange.getRequestHeaders()
                        .getOrDefault(name, List.of())
                        .forEach(value -> request.header(name, value));
            }
            passOn(send(request), URLUtils.parseParameters(body), exchange);
        }
    }

    private void passOn(Optional<HttpResponse<String>> came, Map<String, List<String>> form, HttpExchange exchange)
            throws IOException {
        var status = came.map(HttpResponse::statusCode).orElse(502);
        var text = came.map(HttpResponse::body).orElse("");
        exchanges.add(new Exchange(form, status, text));
        came.flatMap(answer -> answer.headers().firstValue("Content-Type"))
                .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
        var content = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
        exchange.getResponseBody().write(content);
    }

    /** Empty where the provider is down. */
    private Optional<HttpResponse<String>> send(HttpRequest.Builder request) {
        try {
            return Optional.of(http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString()));
        } catch (IOException down) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the provider was asked", e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** All that passed, in the order of the answers. */
    List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    /** Those with the grant type refresh_token. */
    List<Exchange> refreshes() {
        return exchanges.stream()
                .filter(exchange -> exchange.sent("grant_type").equals("refresh_token"))
                .toList();
    }

    /** Does this over and over until so many refreshes have passed. */
    void awaitRefreshes(int count, Runnable visit) {
        var deadline = Instant.now().plus(PATIENCE);
        while (refreshes().size() < count) {
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("only " + refreshes() + " refreshes after " + PATIENCE);
            }
            visit.run();
        }
    }

    /** The provider's answer to the same client with this refresh token, which does not count as having passed. */
    int statusOfRefresh(String refreshToken) {
        var form = Map.of(
                "grant_type", List.of("refresh_token"),
                "client_id", List.of(exchanges.get(0).sent("client_id")),
                "client_secret", List.of(exchanges.get(0).sent("client_secret")),
                "refresh_token", List.of(refreshToken));
        return send(HttpRequest.newBuilder(endpoint)
                        .header("Content-Type", FORM)
                        .POST(BodyPublishers.ofString(URLUtils.serializeParameters(form))))
                .orElseThrow()
                .statusCode();
    }

    /** Asks Userinfo over and over until it takes this access token no more. */
    void awaitExpiry(String accessToken, String userinfo) {
        var deadline = Instant.now().plus(PATIENCE);
        var request = HttpRequest.newBuilder(URI.create(userinfo)).header("Authorization", "Bearer " + accessToken);
        while (send(request).orElseThrow().statusCode() == 200) {
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("the access token was still good after " + PATIENCE);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
