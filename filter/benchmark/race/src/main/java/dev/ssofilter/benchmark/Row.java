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
     * What is wanted, and what is held.
     *
     * @param limit the target; empty where there is none
     * @param gate what the run fails beyond, of counts and bytes, which do not depend on the day: the target, or, where
     *     that is not reached, what has been
     */
    record Goal(String words, OptionalDouble limit, OptionalDouble gate, Kind kind) {
        private enum Kind {
            AT_MOST,
            AT_LEAST,
            EXACTLY
        }

        static final Goal NONE = new Goal("", OptionalDouble.empty(), OptionalDouble.empty(), Kind.AT_MOST);

        static Goal atMost(double limit) {
            return new Goal("at most " + plain(limit), OptionalDouble.of(limit), OptionalDouble.empty(), Kind.AT_MOST);
        }

        static Goal atLeast(double limit) {
            return new Goal(
                    "at least " + plain(limit), OptionalDouble.of(limit), OptionalDouble.empty(), Kind.AT_LEAST);
        }

        /** As many as this. */
        static Goal exactly(double number) {
            return new Goal(plain(number), OptionalDouble.of(number), OptionalDouble.of(number), Kind.EXACTLY);
        }

        Goal gated() {
            return new Goal(words, limit, limit, kind);
        }

        Goal gatedAt(double held) {
            return new Goal(words + ", held at " + plain(held), limit, OptionalDouble.of(held), kind);
        }

        private static String plain(double number) {
            return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
        }

        boolean within(double bound, double figure) {
            return switch (kind) {
                case AT_MOST -> figure <= bound;
                case AT_LEAST -> figure >= bound;
                case EXACTLY -> figure == bound;
            };
        }
    }

    /** This filter's; not a number where it was not measured. */
    private double ours() {
        return Samples.median(figures.apply(Contestant.THIS_FILTER));
    }

    boolean fails() {
        return goal.gate().isPresent() && !goal.within(goal.gate().getAsDouble(), ours());
    }

    private String verdict() {
        if (goal.limit().isEmpty()) {
            return "";
        }
        if (Double.isNaN(ours())) {
            return "not measured";
        }
        return goal.within(goal.limit().getAsDouble(), ours()) ? "met" : "**not met**";
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
