package dev.ssofilter.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** The HTTP server below the pool: reads, records and answers requests, and puts a test's faults in the way. */
final class Wire {
    // More logins may begin at once than the default of 50 lets wait.
    private static final int BACKLOG = 1024;
    /** In place of a path: refreshes alone, not the logins that ask the same endpoint. */
    static final String REFRESH = "/oauth2/token grant_type=refresh_token";

    // What the JDK's server reads once, when the first one is made.
    static {
        // Without it every answer waits 40 ms for the peer's delayed acknowledgement.
        setUnlessGiven("sun.net.httpserver.nodelay", "true");
        // With more idle connections than this it closes one after each answer, under the next request on it perhaps.
        setUnlessGiven("sun.net.httpserver.maxIdleConnections", "2000");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "pretend-user-pool");
        thread.setDaemon(true);
        return thread;
    });
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Queue<PretendRequest> requests = new ConcurrentLinkedQueue<>();
    private final Map<String, Bend<PretendAnswer>> faults = new ConcurrentHashMap<>();

    private Wire(HttpServer server) {
        this.server = server;
    }

    private static void setUnlessGiven(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** Binds 127.0.0.1 and this port, 0 for a free one; nothing is answered before {@link #serve}. */
    static Wire bind(int port) {
        try {
            InetSocketAddress address =
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
            return new Wire(HttpServer.create(address, BACKLOG));
        } catch (IOException cause) {
            throw new UncheckedIOException("Cannot listen on 127.0.0.1:" + port + ": " + cause.getMessage(), cause);
        }
    }

    String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void serve(Function<PretendRequest, Reply> endpoints) {
        server.createContext("/", exchange -> answer(exchange, endpoints));
        server.setExecutor(threads);
        server.start();
    }

    void fault(String path, boolean onlyOnce, PretendAnswer answer) {
        faults.computeIfAbsent(path, any -> new Bend<>()).add(onlyOnce, usual -> answer);
    }

    void undoFaults() {
        faults.clear();
    }

    List<PretendRequest> requests() {
        return List.copyOf(requests);
    }

    void forgetRequests() {
        requests.clear();
    }

    List<PretendRequest> takeRequests() {
        List<PretendRequest> taken = new ArrayList<>();
        for (PretendRequest one = requests.poll(); one != null; one = requests.poll()) {
            taken.add(one);
        }
        return List.copyOf(taken);
    }

    void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange, Function<PretendRequest, Reply> endpoints) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getRawPath();
            Optional<PretendRequest> request = read(exchange);
            request.ifPresent(requests::add);
            Delivery delivery = new Delivery(
                    exchange, () -> request.map(one -> ask(endpoints, one)).orElse(badRequest()), closed);
            PretendAnswer ofPath = bent(path, PretendAnswer.usual());
            request.filter(PretendRequest::isRefresh)
                    .map(one -> bent(REFRESH, ofPath))
                    .orElse(ofPath)
                    .send(delivery);
        }
    }

    private PretendAnswer bent(String path, PretendAnswer straight) {
        return Optional.ofNullable(faults.get(path))
                .map(bend -> bend.apply(straight))
                .orElse(straight);
    }

    private static Reply ask(Function<PretendRequest, Reply> endpoints, PretendRequest request) {
        try {
            return endpoints.apply(request);
        } catch (RuntimeException bendFailed) {
            // A bend that throws must not look like a dropped connection to the test that set it.
            return Reply.of(500, "text/plain;charset=UTF-8", "The pretend user pool failed: " + bendFailed);
        }
    }

    private static Optional<PretendRequest> read(HttpExchange exchange) throws IOException {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, List.copyOf(values)));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean form = headers.getOrDefault("Content-Type", List.of()).stream().anyMatch(Reply::isForm);
        String query =
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        try {
            return Optional.of(new PretendRequest(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getRawPath(),
                    query,
                    Params.read(query),
                    form ? Params.read(body) : Map.of(),
                    headers));
        } catch (IllegalArgumentException malformedEscape) {
            return Optional.empty();
        }
    }

    private static Reply badRequest() {
        return Reply.of(400, "text/plain;charset=UTF-8", "Bad Request");
    }
}
