package dev.ssofilter.directory;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The rule for a path that a deployer writes: browser, container and we must read it alike, so it holds nothing that one
 * of them may read in another way.
 */
final class PlainPath {
    /** RFC 3986 §3.3 pchar, less the escapes and what containers and we give a meaning of its own. */
    private static final String MARKS = "-._~!$&'()+,=:@/";

    /** Within a word they are spelling, of Persian and of Indian languages. */
    private static final String JOINERS = "\u200c\u200d";

    private static final Pattern JOINER_AT_AN_EDGE = Pattern.compile("/[" + JOINERS + "]|[" + JOINERS + "](?:/|$)");

    private PlainPath() {}

    /** What is wrong with a path that browsers ask for as it stands, as the end of a sentence; empty where nothing is. */
    static Optional<String> problem(String path) {
        return shapeProblem(path).or(() -> firstOutside(path, false));
    }

    /** The same for a path that is compared decoded, hence may hold letters of any script. */
    static Optional<String> decodedProblem(String path) {
        return shapeProblem(path).or(() -> firstOutside(path, true)).or(() -> joinerAtAnEdge(path));
    }

    /** Returns a path that is good; an {@link IllegalArgumentException} says what is wrong with another. */
    static String of(String path, String expected) {
        problem(path).ifPresent(problem -> {
            throw new IllegalArgumentException(problem + "; expected " + expected);
        });
        return path;
    }

    /** What is wrong with the shape of a path, whatever characters it is made of. */
    static Optional<String> shapeProblem(String path) {
        if (!path.startsWith("/")) {
            return Optional.of("does not begin with \"/\"");
        }
        if (path.contains("//")) {
            return Optional.of("holds \"//\"");
        }
        if (Arrays.stream(path.split("/")).anyMatch(segment -> segment.equals(".") || segment.equals(".."))) {
            return Optional.of("holds a \".\" or \"..\" segment");
        }
        return Optional.empty();
    }

    private static Optional<String> firstOutside(String path, boolean decoded) {
        return path.codePoints()
                .filter(c -> decoded ? !readable(c) : !plain(c))
                .mapToObj(c -> "holds " + name(c))
                .findFirst();
    }

    private static Optional<String> joinerAtAnEdge(String path) {
        return Optional.of("begins or ends a name with a character that nobody sees there")
                .filter(problem -> JOINER_AT_AN_EDGE.matcher(path).find());
    }

    private static boolean plain(int c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || MARKS.indexOf(c) >= 0;
    }

    private static boolean readable(int c) {
        return ";\\%?#*".indexOf(c) < 0
                && !Character.isWhitespace(c)
                && !Character.isSpaceChar(c)
                && !Character.isISOControl(c)
                // Nobody sees it, and the path with it is another one.
                && (Character.getType(c) != Character.FORMAT || JOINERS.indexOf(c) >= 0)
                && Character.getType(c) != Character.SURROGATE;
    }

    private static String name(int c) {
        return c > ' ' && c < 0x7f ? "\"" + Character.toString(c) + "\"" : String.format("the character U+%04X", c);
    }
}
