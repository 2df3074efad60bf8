package dev.ssofilter.testkit;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One exchange to be answered, well or badly; {@code usualReply} is asked only if it is to be sent, as it spends
 * codes.
 */
record Delivery(HttpExchange exchange, Supplier<Reply> usualReply, CountDownLatch poolClosed) {
    private static final int CHUNK = 8192;

    Reply usual() {
        return usualReply.get();
    }

    void sendUsual() throws IOException {
        send(usual());
    }

    void send(Reply reply) throws IOException {
        byte[] body = head(reply);
        boolean bodiless = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(reply.status(), bodiless ? -1 : body.length);
        if (!bodiless) {
            exchange.getResponseBody().write(body);
        }
    }

    void sendPart(int bytes) throws IOException {
        Reply reply = usual();
        byte[] body = head(reply);
        exchange.sendResponseHeaders(reply.status(), body.length);
        exchange.getResponseBody().write(body, 0, Math.min(bytes, body.length));
        exchange.getResponseBody().flush();
        drop();
    }

    /** By an exception: the JDK's server never forgets a connection whose exchange was merely closed. */
    void drop() throws IOException {
        exchange.close();
        throw new IOException("dropped, as the test asked for");
    }

    void drip(String contentType, Duration interval) throws IOException {
        OutputStream out = open(contentType);
        while (waited(interval)) {
            out.write(' ');
            out.flush();
        }
    }

    void pour(String contentType) throws IOException {
        OutputStream out = open(contentType);
        byte[] chunk = new byte[CHUNK];
        Arrays.fill(chunk, (byte) ' ');
        while (poolClosed.getCount() > 0) {
            out.write(chunk);
        }
    }

    /** False where the pool was closed meanwhile, so that nothing is to be sent any more. */
    boolean waited(Duration time) {
        try {
            return !poolClosed.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    boolean released(CountDownLatch release) {
        try {
            return release.await(10, TimeUnit.MINUTES);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private OutputStream open(String contentType) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", contentType);
        exchange.sendResponseHeaders(200, 0);
        return exchange.getResponseBody();
    }

    private byte[] head(Reply reply) {
        reply.headers()
                .forEach((name, values) ->
                        values.forEach(value -> exchange.getResponseHeaders().add(name, value)));
        return reply.body().getBytes(StandardCharsets.UTF_8);
    }
}
