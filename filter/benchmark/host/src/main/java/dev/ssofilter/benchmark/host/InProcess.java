package dev.ssofilter.benchmark.host;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.util.BufferUtil;

/**
 * Requests that meet no socket: parsed, handled and answered in the thread that sends them, into a buffer that stays. One
 * that grows with the answers would count among what they need.
 */
final class InProcess {
    private static final int AT_ONCE = 20;
    private static final int LONGEST_ANSWER = 4096;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final LocalConnector.LocalEndPoint connection;
    private final ByteBuffer output = BufferUtil.allocate(AT_ONCE * LONGEST_ANSWER);

    InProcess(LocalConnector connector) {
        connection = connector.connect();
        // Whoever sends before the connector's thread has opened it leaves the answer to that one.
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!connection.isFillInterested() && System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
    }

    /**
     * Sends it once, and then so many times more.
     *
     * @throws IllegalStateException where an answer is not a 200 that holds {@code expected}
     */
    void send(String request, int count, String expected) {
        var once = request.getBytes(StandardCharsets.ISO_8859_1);
        var several = request.repeat(AT_ONCE).getBytes(StandardCharsets.ISO_8859_1);
        var length = answered(once, expected);
        for (var left = count; left > 0; left -= AT_ONCE) {
            execute(several);
            if (output.remaining() != length * AT_ONCE) {
                throw new IllegalStateException("got " + output.remaining() + " bytes, expected " + length * AT_ONCE);
            }
        }
    }

    private int answered(byte[] request, String expected) {
        execute(request);
        var answer = StandardCharsets.ISO_8859_1.decode(output.slice()).toString();
        if (!answer.startsWith("HTTP/1.1 200 ") || !answer.contains(expected)) {
            throw new IllegalStateException("expected a 200 that holds " + expected + ", got " + answer);
        }
        return output.remaining();
    }

    private void execute(byte[] requests) {
        BufferUtil.clear(output);
        connection.setOutput(output);
        connection.addInputAndExecute(ByteBuffer.wrap(requests));
    }
}
