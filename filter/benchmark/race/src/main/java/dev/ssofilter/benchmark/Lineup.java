package dev.ssofilter.benchmark;

import dev.ssofilter.benchmark.Child.Refused;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** All contenders, up at once. They take turns in short slices, forth and back, so that noise hits all alike. */
final class Lineup implements AutoCloseable {
    private final List<Runner> runners = new ArrayList<>();

    static Lineup start(Stage stage, Stage.Op op) throws Refused {
        var lineup = new Lineup();
        for (var who : Contestant.values()) {
            lineup.runners.add(Runner.start(stage, who, op));
            System.out.println(who.title + " is up");
        }
        return lineup;
    }

    /** One slice of one contender. */
    interface Slice {
        void of(Runner runner) throws IOException, InterruptedException, Refused;
    }

    void turns(String what, int rounds, Slice slice) throws IOException, InterruptedException, Refused {
        var begun = System.nanoTime();
        var order = new ArrayList<>(runners);
        for (int i = 0; i < rounds; i++) {
            for (var runner : order) {
                turn(slice, runner);
            }
            Collections.reverse(order);
        }
        System.out.println(what + ": " + rounds + " rounds, " + (System.nanoTime() - begun) / 1_000_000 + " ms");
    }

    private static void turn(Slice slice, Runner runner) throws IOException, InterruptedException, Refused {
        try {
            slice.of(runner);
        } catch (Refused refused) {
            throw new Refused(runner.who.title + ": " + refused.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        for (var runner : runners) {
            runner.close();
        }
    }
}
