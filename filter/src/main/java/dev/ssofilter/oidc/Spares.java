package dev.ssofilter.oidc;

import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Supplier;

/**
 * Objects that serve one thread at a time and cost more to make than to use, such as ciphers. Not one for each thread: the
 * threads are the container's, and outlive the application.
 */
final class Spares<T> {
    private static final int MOST = 16;

    private final Queue<T> spares = new ArrayBlockingQueue<>(MOST);
    private final Supplier<T> maker;

    Spares(Supplier<T> maker) {
        this.maker = maker;
    }

    /** For the caller alone, until it comes back. */
    T take() {
        var spare = spares.poll();
        return spare == null ? maker.get() : spare;
    }

    /** After it has done its work: one that failed at it is left to the garbage. */
    void giveBack(T used) {
        spares.offer(used); // one too many is garbage
    }
}
