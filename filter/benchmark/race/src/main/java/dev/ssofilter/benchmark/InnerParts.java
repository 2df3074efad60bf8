package dev.ssofilter.benchmark;

import java.nio.file.Path;
import java.util.Collection;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The inner parts by themselves, with JMH. */
final class InnerParts {
    private InnerParts() {}

    static void measure(Path result, Samples samples, double share) throws RunnerException {
        var options = new OptionsBuilder()
                .include("dev\\.ssofilter\\.(web|oidc)\\.")
                .forks((int) Math.max(1, 2 * share))
                .warmupIterations((int) Math.max(1, 4 * share))
                .measurementIterations((int) Math.max(1, 5 * share))
                .warmupTime(TimeValue.seconds(1))
                .measurementTime(TimeValue.milliseconds(400))
                .jvmArgsAppend("-XX:+UseSerialGC")
                .resultFormat(ResultFormatType.JSON)
                .result(result.toString())
                .build();
        var results = new Runner(options).run();
        var bare = score(results, "bareSignature");
        samples.add("verification", Contestant.BARE, 1);
        samples.add("verification", Contestant.THIS_FILTER, score(results, "thisFilter") / bare);
        samples.add(
                "verification: nimbus DefaultJWTProcessor", Contestant.BARE, score(results, "nimbusProcessor") / bare);
        samples.add(
                "verification: nimbus parse and verifier", Contestant.BARE, score(results, "nimbusVerifier") / bare);
    }

    private static double score(Collection<RunResult> results, String method) {
        return results.stream()
                .map(RunResult::getPrimaryResult)
                .filter(result -> result.getLabel().equals(method))
                .findFirst()
                .orElseThrow()
                .getStatistics()
                .getPercentile(50);
    }
}
