package dev.ssofilter.directory;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Reads {@code publicPaths}: exact paths and {@code prefix/*}, and nothing that looks like another language of patterns. */
final class PublicPaths {
    private static final String EXPECTED =
            "; expected exact paths (/about) and prefixes (/images/*), decoded, comma or" + " white space between";

    private PublicPaths() {}

    static List<PathPattern> parse(String text) {
        var problems = new ArrayList<String>();
        var patterns = new ArrayList<PathPattern>();
        // Texts, not patterns: Java keeps the record class whose equals or hashCode it linked last, and with it the
        // class loader of an application that is long gone (java.lang.runtime.ObjectMethods, seen in Java 17).
        var seen = new HashSet<String>();
        for (String entry : Parsers.words(text)) {
            Optional<String> problem = problem(entry);
            if (problem.isPresent()) {
                problems.add("names \"" + entry + "\", which " + problem.get() + EXPECTED);
            } else if (!seen.add(entry)) {
                problems.add("names \"" + entry + "\" twice; expected each once");
            }
            patterns.add(PathPattern.of(entry));
        }
        Refused.ifAny(problems);
        return List.copyOf(patterns);
    }

    /** What is wrong with one entry, as the end of a sentence; empty where nothing is. */
    static Optional<String> problem(String entry) {
        // The slash of the suffix is judged too: "/a//*" holds "//".
        return PlainPath.decodedProblem(entry.endsWith("/*") ? entry.substring(0, entry.length() - 1) : entry);
    }
}
