package dev.ssofilter.web.setup;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of a step.
 *
 * @param notice the outcome in a sentence; empty: nothing to say
 * @param problems what is wrong, by member; under no name what concerns no field
 * @param notes what Discover did, by member
 */
record Report(String notice, Map<String, List<String>> problems, Map<String, String> notes) {
    static final Report NOTHING = new Report("", Map.of(), Map.of());
    /** Under this name stands what concerns no field. */
    static final String GENERAL = "";

    Report {
        problems = Map.copyOf(problems);
        notes = Map.copyOf(notes);
    }

    boolean isNothing() {
        return notice.isEmpty() && problems.isEmpty() && notes.isEmpty();
    }

    static Report of(String notice) {
        return new Report(notice, Map.of(), Map.of());
    }

    static Report refused(String notice, Map<String, List<String>> problems) {
        return new Report(notice, problems, Map.of());
    }

    static Report problem(String notice, String member, String problem) {
        return refused(notice, Map.of(member, List.of(problem)));
    }

    List<String> problems(String member) {
        return problems.getOrDefault(member, List.of());
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
