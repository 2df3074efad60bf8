package dev.ssofilter;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A forward proxy as companies have them: CONNECT for https, absolute-form for http (RFC 9110 §9.3.6, RFC 9112 §3.2.2). */
final class Tunnel implements AutoCloseable {
    private final ServerSocket socket;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    Tunnel() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /** The request lines that came. */
    List<String> asked() {
        return asked;
    }

    private void accept() {
        try {
            while (true) {
                var browser = socket.accept();
                daemon(() -> serve(browser));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket browser) {
        try (browser) {
            var head = head(browser.getInputStream());
            var line = head.substring(0, head.indexOf("\r\n"));
            asked.add(line);
            var target = line.split(" ")[1];
            var peer = URI.create(line.startsWith("CONNECT") ? "//" + target : target);
            try (var server = new Socket(peer.getHost(), peer.getPort())) {
                if (line.startsWith("CONNECT")) {
                    browser.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                } else {
                    server.getOutputStream().write(once(head));
                }
                daemon(() -> pour(browser, server));
                server.getInputStream().transferTo(browser.getOutputStream());
            }
        } catch (IOException closed) {
            // One of the two went away.
        }
    }

    /** A connection serves one request here: the next may be for another server. */
    private static byte[] once(String head) {
        return head.replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void pour(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException closed) {
            // One of the two went away.
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            var c = in.read();
            if (c < 0) {
                throw new IOException("no request");
            }
            head.append((char) c);
        }
        return head.toString();
    }

    private static void daemon(Runnable task) {
        var thread = new Thread(task, "tunnel");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
