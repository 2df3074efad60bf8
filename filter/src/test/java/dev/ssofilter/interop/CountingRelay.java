package dev.ssofilter.interop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes on what one address answers, and counts how often it was asked. */
final class CountingRelay implements AutoCloseable {
    private final HttpServer server;
    private final URI source;
    private final AtomicInteger count = new AtomicInteger();

    private CountingRelay(HttpServer server, URI source) {
        this.server = server;
        this.source = source;
    }

    static CountingRelay to(String source) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var relay = new CountingRelay(server, URI.create(source));
        server.createContext("/", relay::answer);
        server.start();
        return relay;
    }

    private void answer(HttpExchange exchange) throws IOException {
        count.incrementAndGet();
        try (exchange;
                var content = source.toURL().openStream()) {
            var body = content.readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    int count() {
        return count.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
