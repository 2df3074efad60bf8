package dev.ssofilter.chromium;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A proxy that ends TLS, and hands the bytes in it on: the container behind it sees plain http, and no hint of more. */
final class TlsEnd implements AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        var thread = new Thread(task, "tls-end");
        thread.setDaemon(true);
        return thread;
    });
    private final ServerSocket listening;
    private volatile int target;

    private TlsEnd(ServerSocket listening) {
        this.listening = listening;
    }

    static TlsEnd listen(Certificate certificate) throws IOException {
        var end = new TlsEnd(certificate
                .context()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1")));
        end.threads.execute(end::accept);
        return end;
    }

    /** A port of this machine. */
    void handOnTo(int port) {
        target = port;
    }

    URI uri() {
        return URI.create("https://localhost:" + listening.getLocalPort());
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                var outside = listening.accept();
                threads.execute(() -> connect(outside));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void connect(Socket outside) {
        try {
            var inside = new Socket(InetAddress.getByName("127.0.0.1"), target);
            threads.execute(() -> copy(inside, outside));
            copy(outside, inside);
        } catch (IOException notThere) {
            throw new UncheckedIOException(notThere);
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException ended) {
            // as connections do
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        threads.shutdownNow();
    }
}
