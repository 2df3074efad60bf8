package dev.ssofilter.directory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads {@code what = role, role}, one per line or {@code ;} between: the form of {@code pathRoles} and {@code roleMap}. */
final class RoleLines {
    private final String expected;
    private final List<String> problems;

    /** A line; what stands before its last equals sign, since a path or a claim's value may hold one. */
    record Line(String what, List<String> roles) {}

    /**
     * @param expected the end of each problem's sentence
     * @param problems what is wrong is added to these
     */
    RoleLines(String expected, List<String> problems) {
        this.expected = "; expected " + expected;
        this.problems = problems;
    }

    /** The lines that are good. */
    List<Line> read(String text) {
        var lines = new ArrayList<Line>();
        for (String entry : text.split("[;\\r\\n]+")) {
            if (!entry.isBlank()) {
                line(entry.strip()).ifPresent(lines::add);
            }
        }
        return lines;
    }

    private Optional<Line> line(String entry) {
        int equals = entry.lastIndexOf('=');
        if (equals < 0) {
            problems.add("has \"" + entry + "\"" + expected);
            return Optional.empty();
        }
        var roles = Arrays.stream(entry.substring(equals + 1).split(",", -1))
                .map(String::strip)
                .toList();
        var bad = roles.stream().filter(role -> !isRole(role)).findFirst();
        bad.ifPresent(role -> problems.add("has \"" + entry + "\" with \"" + role + "\", which is no role" + expected));
        return bad.isPresent()
                ? Optional.empty()
                : Optional.of(new Line(
                        entry.substring(0, equals).strip(),
                        roles.stream().distinct().toList()));
    }

    /** To the Servlet API, two of these names mean everybody. */
    static boolean isRole(String name) {
        return !name.isBlank() && !name.equals("*") && !name.equals("**");
    }
}
