package dev.ssofilter.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The abuse cases AB-001 to AB-225 and the requirements: for each the tests that passed under its id, or the
 * reason why there is none.
 */
record Catalogue(SortedMap<String, SortedSet<String>> tests, Map<String, String> reasons) {
    private static final int CASES = 225;
    private static final int REQUIREMENTS = 49;
    private static final Set<String> NEVER_GIVEN = Set.of("R-09", "R-17", "R-21", "R-39", "R-43");
    private static final int LEAST_CASES_TESTED = 190;
    private static final Pattern ID = Pattern.compile("\\b(?:AB-[0-9]{3}|R-[0-9]{2})\\b");

    /** @param passed the names of the tests that ran and passed, as they are shown */
    static Catalogue of(Iterable<String> passed, Map<String, String> reasons) {
        var tests = new TreeMap<String, SortedSet<String>>();
        for (var name : passed) {
            ID.matcher(name).results().map(MatchResult::group).forEach(id -> tests.computeIfAbsent(
                            id, any -> new TreeSet<>())
                    .add(name));
        }
        return new Catalogue(tests, reasons);
    }

    static List<String> ids() {
        var cases = IntStream.rangeClosed(1, CASES).mapToObj(number -> String.format("AB-%03d", number));
        var requirements = IntStream.rangeClosed(1, REQUIREMENTS)
                .mapToObj(number -> String.format("R-%02d", number))
                .filter(id -> !NEVER_GIVEN.contains(id));
        return Stream.concat(cases, requirements).toList();
    }

    /** What is wrong with it; empty where every id is accounted for, once. */
    List<String> problems() {
        var problems = new ArrayList<String>();
        for (var id : ids()) {
            if (!tests.containsKey(id) && !reasons.containsKey(id)) {
                problems.add(id + ": no test that passed has it in its name, and no reason is written down");
            }
            if (tests.containsKey(id) && reasons.containsKey(id)) {
                problems.add(id + ": there is a test, so take its reason out: "
                        + tests.get(id).first());
            }
        }
        Stream.concat(tests.keySet().stream(), reasons.keySet().stream())
                .filter(id -> !ids().contains(id))
                .forEach(id -> problems.add(id + ": there is no such case"));
        if (casesTested() < LEAST_CASES_TESTED) {
            problems.add("only " + casesTested() + " cases are tested, expected at least " + LEAST_CASES_TESTED);
        }
        return problems;
    }

    private long casesTested() {
        return tests.keySet().stream().filter(id -> id.startsWith("AB-")).count();
    }

    /** As Markdown: a line for each id. */
    String table() {
        var lines = new ArrayList<String>();
        lines.add(casesTested() + " of " + CASES + " cases have a test that passed in this build.\n");
        lines.add("| id | tests, or why there is none |");
        lines.add("| --- | --- |");
        for (var id : ids()) {
            lines.add("| " + id + " | " + told(id) + " |");
        }
        return String.join("\n", lines) + "\n";
    }

    private String told(String id) {
        var found = tests.getOrDefault(id, new TreeSet<>());
        if (found.isEmpty()) {
            return reasons.getOrDefault(id, "**nothing**");
        }
        var more = found.size() == 1 ? "" : " and " + (found.size() - 1) + " more";
        return found.first().replace("\\", "\\\\").replace("|", "\\|").replaceAll("\\p{Cntrl}", " ") + more;
    }
}
