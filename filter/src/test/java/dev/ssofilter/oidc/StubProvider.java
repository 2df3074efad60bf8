package dev.ssofilter.oidc;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A provider on loopback that answers what a test tells it, well or badly, and remembers what it was asked. */
final class StubProvider implements AutoCloseable {
    /** What came: method, path with query, headers with names in lower case, body. */
    record Asked(String method, String url, Map<String, List<String>> headers, String body) {
        String header(String name) {
            return String.join(", ", headers.getOrDefault(name, List.of()));
        }
    }

    interface Answer {
        void give(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        var thread = new Thread(task, "stub-provider");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    StubProvider() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        var headers = new ConcurrentHashMap<String, List<String>>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        URI url = exchange.getRequestURI();
        asked.add(new Asked(exchange.getRequestMethod(), url.toString(), headers, body));
        answers.getOrDefault(url.getPath(), status(404, "{}")).give(exchange);
    }

    /** Answers with 200 and JSON from now on. */
    void serve(String path, String json) {
        serve(path, status(200, json));
    }

    void serve(String path, Answer answer) {
        answers.put(path, answer);
    }

    static Answer status(int status, String body, String... headers) {
        return exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        };
    }

    /** Answers with a body that never ends, a chunk every so many milliseconds; counts {@code ended} down when cut off. */
    Answer endless(String chunk, long pauseMillis, CountDownLatch ended) {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                while (!pause(pauseMillis)) {
                    out.write(chunk.getBytes(StandardCharsets.UTF_8));
                    out.flush();
                }
            } catch (IOException cutOff) {
                ended.countDown();
            }
        };
    }

    /** Takes the request and never says a word. */
    Answer silence() {
        return exchange -> pause(TimeUnit.MINUTES.toMillis(5));
    }

    /** Answers, but not before the latch is down. */
    Answer after(CountDownLatch latch, Answer answer) {
        return exchange -> {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            answer.give(exchange);
        };
    }

    private boolean pause(long millis) {
        try {
            return closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    URI url(String path) {
        return URI.create(origin() + path);
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    long count(String path) {
        return asked.stream().filter(request -> request.url().equals(path)).count();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
