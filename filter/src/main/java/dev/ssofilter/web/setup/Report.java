package dev.ssofilter.web.setup;

import dev.ssofilter.oidc.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of a step.
 *
 * @param notice the outcome in a sentence; empty: nothing to say
 * @param problems what is wrong, by member; under no name what concerns no field
 * @param notes what Discover did, by member
 * @param findings what Check found
 */
record Report(String notice, Map<String, List<String>> problems, Map<String, String> notes, List<Finding> findings) {
    static final Report NOTHING = new Report("", Map.of(), Map.of(), List.of());
    /** Under this name stands what concerns no field. */
    static final String GENERAL = "";

    Report {
        problems = Map.copyOf(problems);
        notes = Map.copyOf(notes);
        findings = List.copyOf(findings);
    }

    boolean isNothing() {
        return notice.isEmpty() && problems.isEmpty() && notes.isEmpty() && findings.isEmpty();
    }

    static Report of(String notice) {
        return new Report(notice, Map.of(), Map.of(), List.of());
    }

    static Report refused(String notice, Map<String, List<String>> problems) {
        return new Report(notice, problems, Map.of(), List.of());
    }

    static Report problem(String notice, String member, String problem) {
        return refused(notice, Map.of(member, List.of(problem)));
    }

    List<String> problems(String member) {
        return problems.getOrDefault(member, List.of());
    }

    List<Finding> findings(String member) {
        return findings.stream()
                .filter(finding -> finding.setting().equals(Optional.of(member)))
                .toList();
    }

    long count(Finding.Status status) {
        return findings.stream().filter(finding -> finding.status() == status).count();
    }

    /** Gathers problems by member. */
    static final class Problems {
        private final Map<String, List<String>> all = new LinkedHashMap<>();

        void add(String member, String problem) {
            all.computeIfAbsent(member, name -> new ArrayList<>()).add(problem);
        }

        boolean isEmpty() {
            return all.isEmpty();
        }

        Map<String, List<String>> all() {
            return all;
        }
    }
}
