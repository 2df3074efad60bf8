package dev.ssofilter.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;

/** The whole run: a quarter of an hour or more on two processors. It fails where a count or a size is not as it has to be. */
public final class Race {
    /** What the compiler makes of a request's way differs from process to process, so several of each are looked at. */
    private static final int LINEUPS = 4;

    private Race() {}

    /** @param arguments the folder of the benchmark's modules; the share of the whole that is to be run */
    public static void main(String[] arguments) throws Exception {
        var stage = Stage.at(Path.of(arguments[0]).toRealPath());
        var share = Double.parseDouble(arguments[1]);
        var samples = new Samples();
        Jars.count(stage, samples);
        steady(stage, samples, share);
        cold(stage, samples, share);
        InnerParts.measure(stage.target().resolve("jmh.json"), samples, share);
        samples.write(stage.target().resolve("slices.csv"));
        var table = new Table(samples);
        Files.writeString(stage.target().resolve("table.md"), table.toMarkdown());
        System.out.println(table.toMarkdown());
        if (!table.failed().isEmpty()) {
            System.out.println("Not as it has to be: " + String.join("; ", table.failed()));
            System.exit(1);
        }
    }

    private static void steady(Stage stage, Samples samples, double share) throws Exception {
        try (var op = stage.provider(0);
                var lineup = Lineup.start(stage, op);
                var steady = new SteadyMeasures(lineup, op, samples, share)) {
            steady.warmUp();
            new Checks(lineup, op, samples).run();
            steady.anonymousRequests();
            steady.logins();
            steady.sessions();
        }
        for (int i = 0; i < LINEUPS; i++) {
            try (var op = stage.provider(0);
                    var lineup = Lineup.start(stage, op);
                    var steady = new SteadyMeasures(lineup, op, samples, share)) {
                steady.authenticatedRequests();
            }
        }
    }

    private static void cold(Stage stage, Samples samples, double share) throws Exception {
        var cold = new ColdMeasures(stage, samples, share);
        try (var op = stage.provider(0)) {
            cold.startToFirstLogin(op);
        }
        cold.firstLoginsAtOnce();
        cold.providerDownAtStart();
        cold.refreshesAtOnce();
    }
}
