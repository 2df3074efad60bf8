package dev.ssofilter.oidc;

import java.net.http.HttpClient;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The threads behind {@link Outbound}. None of them knows the application's class loader or its thread locals, so that
 * none can keep a stopped application in memory; all are daemons.
 */
final class OutboundThreads {
    private static final long PATIENCE_SECONDS = 2;

    private final AtomicInteger count = new AtomicInteger();
    private final ExecutorService executor = Executors.newCachedThreadPool(this::thread);

    private Thread thread(Runnable task) {
        var thread = new Thread(null, task, "sso-filter-outbound-" + count.incrementAndGet(), 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        return thread;
    }

    ExecutorService executor() {
        return executor;
    }

    /** Makes what starts a thread of its own, which inherits the caller's context class loader. */
    static <T> T withoutApplication(Supplier<T> maker) {
        Thread caller = Thread.currentThread();
        ClassLoader before = caller.getContextClassLoader();
        caller.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            return maker.get();
        } finally {
            caller.setContextClassLoader(before);
        }
    }

    /** Ends the client's thread where Java lets us, and ours; waits for them for two seconds at most. */
    void end(HttpClient client) {
        executor.shutdownNow();
        closeFromJava21(client);
        try {
            executor.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Before Java 21 the client's thread ends a few seconds after the client became garbage. */
    private static void closeFromJava21(HttpClient client) {
        if (client instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                // Declared by AutoCloseable; HttpClient.close throws none.
                throw new IllegalStateException(e);
            }
        }
    }
}
