package dev.ssofilter.benchmark;

import dev.ssofilter.benchmark.Child.Refused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What contenders cost that have been up for a while: an authenticated request, an anonymous one, a login. */
final class SteadyMeasures implements AutoCloseable {
    private static final int CONNECTIONS = 4;
    private static final double MICRO = 1e3;
    private static final String CPU = "authenticated request: CPU in process (us)";

    private final Lineup lineup;
    private final Stage.Op op;
    private final Samples samples;
    private final double share;
    private final ExecutorService browsers = Executors.newFixedThreadPool(CONNECTIONS);

    SteadyMeasures(Lineup lineup, Stage.Op op, Samples samples, double share) {
        this.lineup = lineup;
        this.op = op;
        this.samples = samples;
        this.share = share;
    }

    private int some(int whole) {
        return (int) Math.max(20, whole * share) / 20 * 20;
    }

    private int rounds(int whole) {
        return (int) Math.max(2, whole * share);
    }

    /** Until the compiler has nothing left to do, for which it wants to see thousands of logins. */
    void warmUp() throws IOException, InterruptedException, Refused {
        lineup.turns("warm-up", 2, runner -> {
            runner.signIn(); // alone: not everybody bears many at once before
            manyLogins(runner, some(8_000));
            manyRequests(runner, some(60_000));
            anonymous(runner, some(6_000));
        });
    }

    private static void manyRequests(Runner runner, int count) throws Refused {
        inProcess(runner, runner.request(), count);
        if (runner.who == Contestant.FLOOR) {
            inProcess(runner, withoutSession(runner), count);
        }
    }

    /** Of several visitors at once: most of a login is the provider's work. */
    private void manyLogins(Runner runner, int count) throws IOException, InterruptedException {
        if (runner.who == Contestant.FLOOR) {
            return;
        }
        together(runner, () -> {
            try (var visitor = new Visitor(runner.port, op.port())) {
                for (int i = 0; i < count / CONNECTIONS; i++) {
                    runner.signIn(visitor);
                }
                return 0L;
            }
        });
    }

    /** The sum of what each connection comes to. */
    private long together(Runner runner, Callable<Long> connection) throws IOException, InterruptedException {
        var sum = 0L;
        try {
            for (var call : browsers.invokeAll(Collections.nCopies(CONNECTIONS, connection))) {
                sum += call.get();
            }
        } catch (ExecutionException e) {
            throw new IOException(runner.who.title, e);
        }
        return sum;
    }

    /**
     * The floor's bytes are those of a request with a session; its CPU time is that of one without, which is nothing at
     * all. Slices are so short that a whole round falls into what the machine is like at the time; each line-up then counts
     * once, by the median of its rounds.
     */
    void authenticatedRequests() throws IOException, InterruptedException, Refused {
        lineup.turns("warm-up of authenticated requests", 2, runner -> {
            runner.signIn(); // alone, as above
            manyLogins(runner, some(200));
            manyRequests(runner, some(120_000));
            hammer(runner, 1e9 * share);
        });
        var count = some(2_000);
        var ofThisLineup = new Samples();
        lineup.turns("authenticated requests in process", rounds(200), runner -> {
            var before = runner.child.cpu();
            var bytes = inProcess(runner, runner.request(), count);
            samples.add("authenticated request: allocated (bytes)", runner.who, bytes / (double) count);
            if (runner.who == Contestant.FLOOR) {
                before = runner.child.cpu();
                inProcess(runner, withoutSession(runner), count);
            }
            ofThisLineup.add(CPU, runner.who, (runner.child.cpu() - before) / MICRO / count);
        });
        samples.addAll(ofThisLineup);
        for (var who : Contestant.values()) {
            var own = Samples.median(ofThisLineup.over(CPU, who, Contestant.FLOOR));
            samples.add("authenticated request: own CPU in process (us)", who, own);
        }
        lineup.turns(
                "authenticated requests over sockets",
                rounds(20),
                runner -> samples.add("authenticated requests per second", runner.who, hammer(runner, 0.15e9 * share)));
    }

    private static String withoutSession(Runner runner) {
        return Wire.request(runner.port, Visitor.PAGE, "");
    }

    private static long inProcess(Runner runner, String request, int count) throws Refused {
        var encoded = Base64.getEncoder().encodeToString(request.getBytes(StandardCharsets.ISO_8859_1));
        return Long.parseLong(runner.child.ask("in-process " + encoded + " " + count + " " + runner.greeting()));
    }

    private double hammer(Runner runner, double nanos) throws IOException, InterruptedException {
        var request = runner.request().getBytes(StandardCharsets.ISO_8859_1);
        var begun = System.nanoTime();
        var end = begun + (long) nanos;
        var answered = together(runner, () -> {
            try (var wire = new Wire(runner.port)) {
                return wire.hammer(request, end);
            }
        });
        return answered * 1e9 / (System.nanoTime() - begun);
    }

    void anonymousRequests() throws IOException, InterruptedException, Refused {
        var count = some(2_000);
        lineup.turns("anonymous requests", rounds(16), runner -> {
            var before = runner.counters();
            anonymous(runner, count);
            var spent = runner.counters().since(before);
            samples.add("anonymous request: CPU (us)", runner.who, spent.cpu() / MICRO / count);
            samples.add("anonymous request: allocated (bytes)", runner.who, spent.bytes() / (double) count);
            samples.add("anonymous request: sessions", runner.who, spent.sessions() / (double) count);
        });
    }

    private static void anonymous(Runner runner, int count) throws IOException {
        var expected = runner.who == Contestant.FLOOR ? 200 : 302;
        try (var wire = new Wire(runner.port)) {
            for (int i = 0; i < count; i++) {
                var answer = wire.get(Visitor.PAGE, "");
                // Some answer 303.
                if (answer.status() / 100 != expected / 100) {
                    throw new IllegalStateException(runner.who.title + " answered " + answer);
                }
            }
        }
    }

    void logins() throws IOException, InterruptedException, Refused {
        var count = some(400);
        lineup.turns("logins", rounds(16), runner -> {
            if (runner.who == Contestant.FLOOR) {
                return;
            }
            op.calls();
            var before = runner.counters();
            for (int i = 0; i < count; i++) {
                runner.signIn();
            }
            var spent = runner.counters().since(before);
            samples.add("login: CPU (us)", runner.who, spent.cpu() / MICRO / count);
            samples.add("login: allocated (bytes)", runner.who, spent.bytes() / (double) count);
            samples.add("login: requests to the application", runner.who, spent.requests() / (double) count);
            samples.add("login: calls to the OP", runner.who, op.calls().ofTheApplication() / (double) count);
        });
    }

    /** Sessions that stay, and how much the heap has grown by each. */
    void sessions() throws IOException, InterruptedException, Refused {
        var count = some(400);
        lineup.turns("sessions", 1, runner -> {
            runner.signIn();
            var before = Long.parseLong(runner.child.ask("heap"));
            for (int i = 0; i < count; i++) {
                runner.signIn();
            }
            var grown = Long.parseLong(runner.child.ask("heap")) - before;
            samples.add("session: heap (bytes)", runner.who, grown / (double) count);
            var size = Double.parseDouble(runner.child.ask("serialized " + runner.visitor.session()));
            samples.add("session: serialized (bytes)", runner.who, size);
        });
    }

    @Override
    public void close() {
        browsers.shutdownNow();
    }
}
