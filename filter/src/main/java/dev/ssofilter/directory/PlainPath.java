package dev.ssofilter.directory;

import java.util.Arrays;
import java.util.Optional;

/**
 * The rule for a path that a deployer writes: it must look the same to the browser, the container and us, so it holds
 * nothing that one of them may read in another way.
 */
final class PlainPath {
    /** What else may be a path here. */
    enum Also {
        NOTHING,
        /** The empty path of a {@code baseUrl} without one. */
        EMPTY,
        /** Letters beyond ASCII: where decoded paths are compared. */
        UNICODE
    }

    private PlainPath() {}

    /** What is wrong with the path, as the end of a sentence; empty where nothing is. */
    static Optional<String> problem(String path, Also also) {
        if (also == Also.EMPTY && path.isEmpty()) {
            return Optional.empty();
        }
        if (!path.startsWith("/")) {
            return Optional.of("does not begin with \"/\"");
        }
        if (path.contains("//")) {
            return Optional.of("holds \"//\"");
        }
        if (Arrays.stream(path.split("/")).anyMatch(segment -> segment.equals(".") || segment.equals(".."))) {
            return Optional.of("holds a \".\" or \"..\" segment");
        }
        return path.chars()
                .filter(c -> ";\\%?#*\"<>".indexOf(c) >= 0 || c <= ' ' || c == 0x7f || c > 0x7f && !readable(c, also))
                .mapToObj(c -> "holds " + name(c))
                .findFirst();
    }

    private static boolean readable(int c, Also also) {
        return also == Also.UNICODE && !Character.isISOControl(c) && !Character.isSurrogate((char) c);
    }

    private static String name(int c) {
        return c > ' ' && c < 0x7f ? "\"" + (char) c + "\"" : String.format("the character U+%04X", c);
    }
}
