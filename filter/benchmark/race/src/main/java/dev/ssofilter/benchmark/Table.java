package dev.ssofilter.benchmark;

import dev.ssofilter.benchmark.Row.Goal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every measure with its target. */
final class Table {
    private static final double KILO = 1024;

    private final Samples samples;
    private final List<Row> rows = new ArrayList<>();

    Table(Samples samples) {
        this.samples = samples;
        requests();
        logins();
        beginnings();
        sizes();
    }

    private void requests() {
        var own = "authenticated request: own CPU in process (us)";
        var bytes = "authenticated request: allocated (bytes)";
        var rate = "authenticated requests per second";
        add(
                "authenticated request: own CPU (over floor without session, in process) × bare's",
                ratioOfOwn(own),
                1,
                Goal.atMost(1));
        add("authenticated request: own CPU (over floor without session), µs", of(own), 1, Goal.NONE);
        add(
                "authenticated request: own bytes (over floor with session), KB",
                scaled(over(bytes), KILO),
                2,
                Goal.atMost(0.3).gated());
        add("authenticated requests a second × floor's", ratio(rate, Contestant.FLOOR), 2, Goal.atLeast(0.92));
        add("anonymous request: sessions made", of("anonymous request: sessions"), 0, Goal.exactly(0));
        var anonymous = "anonymous request: allocated (bytes)";
        add(
                "anonymous request: KB allocated",
                scaled(of(anonymous), KILO),
                1,
                Goal.atMost(8).gated());
        add("anonymous request: own bytes (over floor), KB", scaled(over(anonymous), KILO), 1, Goal.NONE);
        add(
                "anonymous request: CPU × bare's",
                ratio("anonymous request: CPU (us)", Contestant.BARE),
                1,
                Goal.atMost(1.2));
    }

    private void logins() {
        add("login: calls to the OP", of("login: calls to the OP"), 1, Goal.exactly(1));
        add("login: requests to the application", of("login: requests to the application"), 1, Goal.exactly(3));
        add(
                "login: KB allocated",
                scaled(of("login: allocated (bytes)"), KILO),
                0,
                Goal.atMost(100).gated());
        add("login: CPU × bare's", ratio("login: CPU (us)", Contestant.BARE), 1, Goal.atMost(1.4));
        add("lets in with a forged ID token", of("let in with FORGED_ID_TOKEN"), 0, Goal.exactly(0));
        add("… with another login's nonce", of("let in with FOREIGN_NONCE"), 0, Goal.exactly(0));
        add("… with a forged access token", of("let in with FORGED_ACCESS_TOKEN"), 0, Goal.exactly(0));
        add("ID-token verifications a second × bare RSA's", of("verification"), 2, Goal.atLeast(0.65));
    }

    private void beginnings() {
        add("200 first logins at once, cold: failed", of("200 first logins at once: failed"), 0, Goal.exactly(0));
        add("… discovery calls", of("200 first logins at once: discovery"), 0, Goal.exactly(1));
        add("… JWKS calls", of("200 first logins at once: JWKS"), 0, Goal.exactly(1));
        add("keys rotated, then 50 logins at once: failed", of("key rotation: failed of 50"), 0, Goal.exactly(0));
        add("… JWKS calls", of("key rotation: JWKS"), 0, Goal.exactly(1));
        add("OP down at start: starts", of("OP down at start: starts"), 0, Goal.exactly(1));
        add("… status", of("OP down at start: status"), 0, Goal.exactly(503));
        add("… answered after ms", of("OP down at start: answered after (ms)"), 0, Goal.atMost(1000));
        add("… OP back: attempts until signed in", of("OP back: attempts until signed in"), 0, Goal.exactly(1));
        add("start to first login × bare's", ratio("start to first login (ms)", Contestant.BARE), 1, Goal.atMost(1.3));
        add(
                "start to first login, CPU × bare's",
                ratio("start to first login: CPU (ms)", Contestant.BARE),
                1,
                Goal.atMost(1.3));
        add("50 requests at once on an expired token: refresh calls", of("refresh: calls"), 0, Goal.exactly(1));
        add("… answered with another status than 200", of("refresh: failed"), 0, Goal.exactly(0));
    }

    private void sizes() {
        add(
                "session: KB of heap (over floor's)",
                scaled(over("session: heap (bytes)"), KILO),
                1,
                Goal.atMost(1.5).gated());
        add(
                "session: KB serialized",
                scaled(of("session: serialized (bytes)"), KILO),
                1,
                Goal.atMost(1).gated());
        add("jars added to a WAR", of("WAR: jars"), 0, Goal.exactly(1));
        add("… MB", of("WAR: MB"), 1, Goal.atMost(5).gated());
    }

    private void add(String measure, Function<Contestant, List<Double>> figures, int decimals, Goal goal) {
        rows.add(new Row(measure, figures, decimals, goal));
    }

    private Function<Contestant, List<Double>> of(String measure) {
        return who -> samples.of(measure, who);
    }

    private Function<Contestant, List<Double>> over(String measure) {
        return who -> samples.over(measure, who, Contestant.FLOOR);
    }

    private Function<Contestant, List<Double>> ratio(String measure, Contestant base) {
        return who -> samples.together(measure, who, base, (mine, its) -> mine / its);
    }

    /** None where bare's own is nothing but noise in a line-up: a negative one would meet every target. */
    private Function<Contestant, List<Double>> ratioOfOwn(String measure) {
        var isKnown = samples.of(measure, Contestant.BARE).stream().allMatch(own -> own > 0);
        return isKnown ? ratio(measure, Contestant.BARE) : who -> List.of();
    }

    private static Function<Contestant, List<Double>> scaled(Function<Contestant, List<Double>> figures, double by) {
        return who -> figures.apply(who).stream().map(value -> value / by).toList();
    }

    String toMarkdown() {
        var titles = Arrays.stream(Contestant.values())
                .filter(who -> who != Contestant.FLOOR)
                .map(who -> who.title)
                .collect(Collectors.joining(" | "));
        return "| median of the slices, of an authenticated request's CPU of the line-ups (least to most) | " + titles + " | target | |\n"
                + "| --- ".repeat(Contestant.values().length + 2) + "|\n"
                + rows.stream().map(Row::toMarkdown).collect(Collectors.joining("\n")) + "\n";
    }

    /** The measures of counts and bytes whose target is not met. */
    List<String> failed() {
        return rows.stream().filter(Row::fails).map(Row::measure).toList();
    }
}
