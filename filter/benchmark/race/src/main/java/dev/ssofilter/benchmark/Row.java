package dev.ssofilter.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
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

    /**
     * The target.
     *
     * @param limit empty where there is none
     * @param gate whether the run fails where it is missed: counts and bytes do not depend on the day
     */
    record Goal(String words, OptionalDouble limit, Kind kind, boolean gate) {
        private enum Kind {
            AT_MOST,
            AT_LEAST,
            EXACTLY
        }

        static final Goal NONE = new Goal("", OptionalDouble.empty(), Kind.AT_MOST, false);

        static Goal atMost(double limit) {
            return new Goal("at most " + plain(limit), OptionalDouble.of(limit), Kind.AT_MOST, false);
        }

        static Goal atLeast(double limit) {
            return new Goal("at least " + plain(limit), OptionalDouble.of(limit), Kind.AT_LEAST, false);
        }

        /** As many as this. */
        static Goal exactly(double number) {
            return new Goal(plain(number), OptionalDouble.of(number), Kind.EXACTLY, true);
        }

        Goal gated() {
            return new Goal(words, limit, kind, true);
        }

        private static String plain(double number) {
            return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
        }

        /** Not by what was not measured. */
        boolean reached(double figure) {
            return switch (kind) {
                case AT_MOST -> figure <= limit.orElseThrow();
                case AT_LEAST -> figure >= limit.orElseThrow();
                case EXACTLY -> figure == limit.orElseThrow();
            };
        }
    }

    /** This filter's; not a number where it was not measured. */
    private double ours() {
        return Samples.median(figures.apply(Contestant.THIS_FILTER));
    }

    boolean fails() {
        return goal.gate() && !goal.reached(ours());
    }

    private String verdict() {
        if (goal.limit().isEmpty()) {
            return "";
        }
        if (Double.isNaN(ours())) {
            return "not measured";
        }
        return goal.reached(ours()) ? "met" : "**not met**";
    }

    String toMarkdown() {
        var line = new StringBuilder("| ").append(measure);
        for (var who : Contestant.values()) {
            if (who != Contestant.FLOOR) {
                line.append(" | ").append(cell(figures.apply(who)));
            }
        }
        return line.append(" | ")
                .append(goal.words())
                .append(" | ")
                .append(verdict())
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
