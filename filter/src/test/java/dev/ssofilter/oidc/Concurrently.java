package dev.ssofilter.oidc;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.user.LoginFailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** What many threads do at once. */
final class Concurrently {
    /** How each call ended: a result, or the failure. */
    record Outcomes<T>(List<T> results, List<LoginFailedException> failures) {}

    private Concurrently() {}

    /**
     * Runs the call in so many threads at once.
     *
     * @param together counted down when every thread waits inside the call, or is through with it
     */
    static <T> Outcomes<T> call(int threads, CountDownLatch together, Callable<T> call) throws InterruptedException {
        var callers = new CopyOnWriteArrayList<Thread>();
        var executor = Executors.newFixedThreadPool(threads, task -> {
            var caller = new Thread(task);
            callers.add(caller);
            return caller;
        });
        try {
            var entered = new AtomicInteger();
            var calls = new ArrayList<Future<T>>();
            for (int i = 0; i < threads; i++) {
                calls.add(executor.submit(() -> {
                    entered.incrementAndGet();
                    return call.call();
                }));
            }
            awaitThat(() -> entered.get() == threads && callers.stream().allMatch(Concurrently::waits));
            together.countDown();
            return outcomes(calls);
        } finally {
            executor.shutdownNow();
        }
    }

    private static boolean waits(Thread caller) {
        return Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING).contains(caller.getState());
    }

    private static <T> Outcomes<T> outcomes(List<Future<T>> calls) throws InterruptedException {
        var outcomes = new Outcomes<T>(new ArrayList<>(), new ArrayList<>());
        for (Future<T> call : calls) {
            try {
                outcomes.results().add(call.get());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof LoginFailedException failure)) {
                    throw new AssertionError(e);
                }
                outcomes.failures().add(failure);
            }
        }
        return outcomes;
    }

    /** Waits until nothing is done in the background any more: what was fetched has been put away. */
    static void awaitIdle(Outbound outbound) {
        var executor = (ThreadPoolExecutor) outbound.executor();
        awaitThat(() -> executor.getActiveCount() == 0);
    }

    /** Waits until what another thread brings about has come about. */
    static void awaitThat(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "did not happen in time");
            Thread.onSpinWait();
        }
    }
}
