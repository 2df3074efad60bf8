package dev.ssofilter.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * A line of the table.
 *
 * @param measure what was measured, with its unit
 * @param figures of each contender, one for each slice; none where it was not measured
 * @param decimals how exactly to show them
 * @param goal what this filter has to reach
 */
record Row(String measure, Function<Contestant, List<Double>> figures, int decimals, Goal goal) {
    private static final String NOTHING = "–";

    /** @param gate whether the run fails where it is not reached: counts and bytes do not depend on the day */
    record Goal(String words, double limit, boolean atLeast, boolean gate) {
        static Goal atMost(double limit, boolean gate) {
            return new Goal("at most " + plain(limit), limit, false, gate);
        }

        static Goal atLeast(double limit) {
            return new Goal("at least " + plain(limit), limit, true, false);
        }

        /** As many as this and no more; of what was not measured there is none. */
        static Goal exactly(double number) {
            return new Goal(plain(number), number, false, true);
        }

        private static String plain(double number) {
            return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
        }

        boolean reached(double figure) {
            return atLeast ? figure >= limit : figure <= limit;
        }
    }

    /** Empty where this filter was not measured. */
    Optional<Boolean> reached() {
        var ours = figures.apply(Contestant.THIS_FILTER);
        return ours.isEmpty() ? Optional.empty() : Optional.of(goal.reached(Samples.median(ours)));
    }

    boolean fails() {
        return goal.gate() && !reached().orElse(false);
    }

    String toMarkdown() {
        var line = new StringBuilder("| ").append(measure);
        for (var who : Contestant.values()) {
            if (who != Contestant.FLOOR) {
                line.append(" | ").append(cell(figures.apply(who)));
            }
        }
        var verdict = reached().map(met -> met ? "met" : "**not met**").orElse("not measured");
        return line.append(" | ")
                .append(goal.words())
                .append(" | ")
                .append(verdict)
                .append(" |")
                .toString();
    }

    /** The median, and where slices differ, the least and the most. */
    private String cell(List<Double> values) {
        var known = values.stream().filter(value -> !value.isNaN()).toList();
        if (known.isEmpty()) {
            return values.isEmpty() ? NOTHING : "never";
        }
        var median = shown(Samples.median(known));
        var least = shown(known.stream().min(Double::compare).orElseThrow());
        var most = shown(known.stream().max(Double::compare).orElseThrow());
        return least.equals(most) ? median : median + " (" + least + " to " + most + ")";
    }

    private String shown(double value) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
