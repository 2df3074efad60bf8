package dev.ssofilter.benchmark;

import dev.ssofilter.benchmark.Child.Refused;
import java.io.IOException;

/** What each contender looks at: a login that saves its checks is quick. One thing is wrong with the tokens at a time. */
final class Checks {
    private final Lineup lineup;
    private final Stage.Op op;
    private final Samples samples;

    Checks(Lineup lineup, Stage.Op op, Samples samples) {
        this.lineup = lineup;
        this.op = op;
        this.samples = samples;
    }

    void run() throws IOException, InterruptedException, Refused {
        for (var bend : SignedTokens.Bend.values()) {
            op.child().ask("bend " + bend);
            lineup.turns("login with " + bend, 1, runner -> {
                if (runner.who != Contestant.FLOOR) {
                    samples.add("let in with " + bend, runner.who, letIn(runner) ? 1 : 0);
                }
            });
        }
        op.child().ask("bend " + SignedTokens.Bend.NONE);
        lineup.turns("login as it should be", 1, Runner::signIn);
    }

    private static boolean letIn(Runner runner) {
        try {
            return Visitor.greeted(runner.visitor.logIn());
        } catch (IOException | RuntimeException cutOff) {
            return false;
        }
    }
}
