package dev.ssofilter.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/** Every figure of every slice, in the order in which they came. */
final class Samples {
    private final Map<String, Map<Contestant, List<Double>>> all = new TreeMap<>();

    void add(String measure, Contestant who, double value) {
        all.computeIfAbsent(measure, none -> new TreeMap<>())
                .computeIfAbsent(who, none -> new ArrayList<>())
                .add(value);
    }

    void addAll(Samples others) {
        others.all.forEach((measure, contestants) -> contestants.forEach(
                (who, values) -> values.forEach(value -> add(measure, who, value))));
    }

    List<Double> of(String measure, Contestant who) {
        return all.getOrDefault(measure, Map.of()).getOrDefault(who, List.of());
    }

    /** The figures of two, slice by slice, as one figure each. */
    List<Double> together(String measure, Contestant one, Contestant other, DoubleBinaryOperator how) {
        return together(of(measure, one), of(measure, other), how);
    }

    static List<Double> together(List<Double> one, List<Double> other, DoubleBinaryOperator how) {
        return IntStream.range(0, Math.min(one.size(), other.size()))
                .mapToObj(i -> how.applyAsDouble(one.get(i), other.get(i)))
                .toList();
    }

    List<Double> over(String measure, Contestant who, Contestant base) {
        return together(measure, who, base, (mine, its) -> mine - its);
    }

    static double median(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        if (sorted.isEmpty()) {
            return Double.NaN;
        }
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }

    void write(Path csv) throws IOException {
        var lines = new ArrayList<>(List.of("measure,contender,slice,value"));
        all.forEach((measure, contestants) -> contestants.forEach((who, values) -> {
            for (int i = 0; i < values.size(); i++) {
                lines.add(String.format(Locale.ROOT, "%s,%s,%d,%.3f", measure, who.title, i, values.get(i)));
            }
        }));
        Files.write(csv, lines);
    }
}
