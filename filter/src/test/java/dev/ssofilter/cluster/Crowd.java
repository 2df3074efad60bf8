package dev.ssofilter.cluster;

import dev.ssofilter.testkit.PretendUserPool;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** A thousand who are signed in and a hundred who come back from the provider, at a cluster that loses a node meanwhile. */
final class Crowd implements AutoCloseable {
    private static final int SIGNED_IN = 1000;
    private static final int ARRIVING = 100;
    static final int AT_ONCE = 24;

    private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    private final PretendUserPool pool;
    private final URI page;

    /** @param page of the cluster, as browsers see it */
    Crowd(PretendUserPool pool, URI page) {
        this.pool = pool;
        this.page = page;
    }

    /**
     * Nobody is signed out, and everybody arrives.
     *
     * @return how many logins had to be begun anew, as the node had spent their code before it died
     */
    long losesNobody(Runnable kill) throws InterruptedException {
        var members = members("member", SIGNED_IN);
        var newcomers = members("newcomer", ARRIVING);
        await(all(members, member -> member.signIn(page)));
        await(all(newcomers, member -> member.setOut(page)));
        var middle = new CountDownLatch((SIGNED_IN + ARRIVING) / 2);

        var visits = new ArrayList<CompletableFuture<Void>>();
        var arrivals = new ArrayList<CompletableFuture<Boolean>>();
        for (var i = 0; i < SIGNED_IN; i++) {
            var member = members.get(i);
            visits.add(run(() -> member.visit(page)).whenComplete((done, failed) -> middle.countDown()));
            if (i % (SIGNED_IN / ARRIVING) == 0) {
                var newcomer = newcomers.get(arrivals.size());
                arrivals.add(CompletableFuture.supplyAsync(() -> newcomer.arrive(page), threads)
                        .whenComplete((done, failed) -> middle.countDown()));
            }
        }
        middle.await();
        kill.run();

        await(visits);
        var begunAnew = arrivals.stream().filter(arrived -> !arrived.join()).count();
        await(all(members, member -> member.visit(page)));
        await(all(newcomers, member -> member.visit(page)));
        return begunAnew;
    }

    private List<Member> members(String name, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> new Member(pool.user(name + number + "@example.org", "Pretend-1")))
                .toList();
    }

    private List<CompletableFuture<Void>> all(List<Member> members, Consumer<Member> step) {
        return members.stream().map(member -> run(() -> step.accept(member))).toList();
    }

    private CompletableFuture<Void> run(Runnable step) {
        return CompletableFuture.runAsync(step, threads);
    }

    private static void await(List<CompletableFuture<Void>> steps) {
        steps.forEach(CompletableFuture::join);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
