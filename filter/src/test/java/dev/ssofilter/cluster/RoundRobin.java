package dev.ssofilter.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A proxy as it stands before several nodes: each request goes to the next of them, whoever sends it. A node that does not
 * answer is taken out, and what can be repeated, a GET, is sent to another one.
 */
final class RoundRobin implements AutoCloseable {
    private static final Set<String> OF_ONE_CONNECTION =
            Set.of("connection", "content-length", "host", "transfer-encoding", "upgrade");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Integer> nodes = new CopyOnWriteArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private volatile int lastAsked;

    RoundRobin() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** One more node, on this port of 127.0.0.1. */
    void add(int node) {
        nodes.add(node);
    }

    /** The port of the node that was given the last request. */
    int lastAsked() {
        return lastAsked;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            try {
                passOn(exchange, fromNode(exchange, body));
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private HttpResponse<byte[]> fromNode(HttpExchange exchange, byte... body)
            throws IOException, InterruptedException {
        var all = List.copyOf(nodes);
        var node = all.get(Math.floorMod(turn.getAndIncrement(), all.size()));
        lastAsked = node;
        try {
            return client.send(request(exchange, node, body), BodyHandlers.ofByteArray());
        } catch (IOException dead) {
            nodes.remove(node);
            if (nodes.isEmpty() || !exchange.getRequestMethod().equals("GET")) {
                throw dead;
            }
            return fromNode(exchange, body);
        }
    }

    private static HttpRequest request(HttpExchange exchange, int node, byte... body) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node + exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OF_ONE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return request.build();
    }

    private static void passOn(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
        answer.headers().map().forEach((name, values) -> {
            if (!OF_ONE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
        exchange.getResponseBody().write(answer.body());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
