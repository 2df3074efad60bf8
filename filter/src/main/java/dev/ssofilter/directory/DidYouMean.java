package dev.ssofilter.directory;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the known name that somebody meant. */
final class DidYouMean {
    /** Twice the longest name that anybody knows here, and more. */
    private static final int ENOUGH = 80;

    private static final Pattern PUNCTUATION = Pattern.compile("[^a-z0-9]");

    private DidYouMean() {}

    /** What to append to a message: {@code , did you mean "baseUrl"?}, or nothing where no name is near. */
    static String hint(String name, Collection<String> known) {
        return nearest(name, known)
                .map(near -> "; did you mean \"" + near + "\"?")
                .orElse("");
    }

    /** The nearest name: the same but for case and punctuation, or at most a third of its letters away. */
    static Optional<String> nearest(String name, Collection<String> known) {
        // Names from outside may be long, and nothing so far away is near.
        String letters = letters(name.substring(0, Math.min(name.length(), ENOUGH)));
        return known.stream()
                .filter(candidate -> distance(letters, letters(candidate)) <= Math.max(1, candidate.length() / 3))
                .min(Comparator.comparingInt(candidate -> distance(letters, letters(candidate))));
    }

    /** Whether two names are the same but for case, blanks and punctuation. */
    static boolean same(String name, String other) {
        return letters(name).equals(letters(other));
    }

    private static String letters(String name) {
        return PUNCTUATION.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
    }

    // Levenshtein, row by row.
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
