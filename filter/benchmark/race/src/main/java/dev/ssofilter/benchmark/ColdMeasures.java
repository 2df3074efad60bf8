package dev.ssofilter.benchmark;

import dev.ssofilter.benchmark.Child.Refused;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** What happens in a process that has just been started, or whose provider is down or changes its keys. */
final class ColdMeasures {
    private static final int AT_ONCE = 200;
    private static final int AFTER_ROTATION = 50;
    private static final int REFRESHES = 50;
    private static final List<Contestant> KEEP_TOKENS =
            List.of(Contestant.THIS_FILTER, Contestant.PAC4J, Contestant.SPRING);
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

    private final Stage stage;
    private final Samples samples;
    private final double share;

    ColdMeasures(Stage stage, Samples samples, double share) {
        this.stage = stage;
        this.samples = samples;
        this.share = share;
    }

    /** From the process's first instruction to the first page with a user's name. */
    void startToFirstLogin(Stage.Op op) throws IOException, Refused {
        var rounds = Math.max(1, (int) (5 * share));
        for (int i = 0; i < rounds; i++) {
            for (var who : Contestant.values()) {
                if (who != Contestant.FLOOR) {
                    var begun = System.nanoTime();
                    try (var runner = Runner.start(stage, who, op)) {
                        runner.signIn();
                        samples.add("start to first login (ms)", who, (System.nanoTime() - begun) / 1e6);
                        samples.add("start to first login: CPU (ms)", who, runner.child.cpu() / 1e6);
                    }
                }
            }
        }
        System.out.println("start to first login: " + rounds + " rounds");
    }

    /** Two hundred browsers begin their first login together; then the provider changes its keys, and they come again. */
    void firstLoginsAtOnce() throws IOException, InterruptedException, Refused {
        for (var who : Contestant.values()) {
            if (who == Contestant.FLOOR) {
                continue;
            }
            try (var op = stage.provider(0);
                    var runner = Runner.start(stage, who, op)) {
                samples.add("200 first logins at once: failed", who, failures(AT_ONCE, login(runner, op)));
                var calls = op.calls();
                samples.add("200 first logins at once: discovery", who, calls.of("discovery"));
                samples.add("200 first logins at once: JWKS", who, calls.of("jwks"));
                op.child().ask("rotate");
                samples.add("key rotation: failed of 50", who, failures(AFTER_ROTATION, login(runner, op)));
                samples.add("key rotation: JWKS", who, op.calls().of("jwks"));
            }
        }
        System.out.println("200 first logins at once");
    }

    private static Callable<Boolean> login(Runner runner, Stage.Op op) {
        return () -> {
            try (var visitor = new Visitor(runner.port, op.port())) {
                return Visitor.greeted(visitor.logIn());
            }
        };
    }

    /** How many of so many that begin together do not succeed. */
    private static int failures(int visitors, Callable<Boolean> attempt) throws InterruptedException {
        var browsers = Executors.newFixedThreadPool(visitors);
        try {
            var failed = 0;
            for (var outcome : browsers.invokeAll(Collections.nCopies(visitors, attempt))) {
                failed += succeeded(outcome) ? 0 : 1;
            }
            return failed;
        } finally {
            browsers.shutdownNow();
        }
    }

    private static boolean succeeded(Future<Boolean> outcome) throws InterruptedException {
        try {
            return outcome.get();
        } catch (ExecutionException cutOff) {
            return false;
        }
    }

    /** One session, an access token that has expired, a refresh token that works once, and fifty requests together. */
    void refreshesAtOnce() throws IOException, InterruptedException, Refused {
        for (var who : KEEP_TOKENS) {
            try (var op = stage.provider(0);
                    var runner = Runner.start(stage, who, op.issuer(), op.port(), true)) {
                op.child().ask("lifetime 2");
                runner.signIn();
                Thread.sleep(2500);
                op.child().ask("lifetime 3600");
                op.calls();
                var cookies = runner.visitor.cookies();
                var failed = failures(REFRESHES, () -> {
                    try (var wire = new Wire(runner.port)) {
                        return Visitor.greeted(wire.get(Visitor.PAGE, cookies));
                    }
                });
                samples.add("refresh: failed", who, failed);
                samples.add("refresh: calls", who, op.calls().of("token"));
            } catch (Refused keepsNone) {
                System.out.println(who.title + " keeps no tokens: " + keepsNone.getMessage());
            }
        }
        System.out.println("refreshes at once");
    }

    /** Started while the provider is down: what a visitor is told then, and when the first one can sign in. */
    void providerDownAtStart() throws IOException, InterruptedException, Refused {
        for (var who : Contestant.values()) {
            if (who == Contestant.FLOOR) {
                continue;
            }
            var port = Stage.freePort();
            var issuer = Pool.issuer(port);
            try (var runner = Runner.start(stage, who, issuer, port, false)) {
                samples.add("OP down at start: starts", who, 1);
                downAndBack(runner, port);
            } catch (Refused doesNotStart) {
                samples.add("OP down at start: starts", who, 0);
            }
        }
        System.out.println("OP down at start");
    }

    private void downAndBack(Runner runner, int port) throws IOException, InterruptedException, Refused {
        var asked = System.nanoTime();
        samples.add("OP down at start: status", runner.who, status(runner));
        samples.add("OP down at start: answered after (ms)", runner.who, (System.nanoTime() - asked) / 1e6);
        var back = stage.provider(port);
        try {
            var since = System.nanoTime();
            var attempts = 0;
            var signedIn = false;
            while (!signedIn && System.nanoTime() - since < PATIENCE) {
                attempts++;
                signedIn = signsIn(runner);
                if (!signedIn) {
                    Thread.sleep(250);
                }
            }
            samples.add("OP back: attempts until signed in", runner.who, signedIn ? attempts : Double.NaN);
            samples.add("OP back: signed in after (ms)", runner.who, (System.nanoTime() - since) / 1e6);
        } finally {
            back.close();
        }
    }

    private static int status(Runner runner) {
        try {
            return runner.visitor.ask(Visitor.PAGE).status();
        } catch (IOException cutOff) {
            return 0;
        }
    }

    private static boolean signsIn(Runner runner) {
        try {
            return Visitor.greeted(runner.visitor.logIn());
        } catch (IOException | RuntimeException refused) {
            return false;
        }
    }
}
