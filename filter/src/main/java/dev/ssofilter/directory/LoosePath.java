package dev.ssofilter.directory;

import java.text.Normalizer;
import java.util.Locale;

/**
 * A path as the most lenient reader there is takes it: a file system without letter case, that drops dots and blanks at
 * the end of a name and knows no difference between a letter with an accent and a letter followed by one; and a framework
 * to which a slash at the end is none. Two paths that are loosely the same may lead to the same resource.
 */
final class LoosePath {
    private LoosePath() {}

    /** Names with a slash before each; empty for the root. */
    static String of(String decodedPath) {
        var loose = new StringBuilder();
        for (String segment : folded(decodedPath).split("/")) {
            var name = withoutEnd(segment);
            if (!name.isEmpty()) {
                loose.append('/').append(name);
            }
        }
        return loose.toString();
    }

    // To upper case first: some letters, such as the long s, have a lower case of their own and share their upper one.
    private static String folded(String path) {
        return Normalizer.normalize(path, Normalizer.Form.NFC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }

    private static String withoutEnd(String name) {
        int end = name.length();
        while (end > 0 && (name.charAt(end - 1) == '.' || name.charAt(end - 1) == ' ')) {
            end--;
        }
        return name.substring(0, end);
    }
}
