package dev.ssofilter.directory;

/**
 * One entry of {@code publicPaths} or {@code pathRoles}: a path, or a path with everything below it. Paths are compared
 * whole, decoded, and in the letter case that they have.
 *
 * @param path what to compare with, inside the context; for a prefix without its {@code /*}, hence empty for {@code /*}
 * @param prefix whether what lies below the path is meant too
 */
public record PathPattern(String path, boolean prefix) {
    /** Of the text that the settings write; whether it is a good one, {@link PublicPaths#problem} says. */
    static PathPattern of(String entry) {
        boolean prefix = entry.endsWith("/*");
        return new PathPattern(prefix ? entry.substring(0, entry.length() - 2) : entry, prefix);
    }

    /** Whether the pattern takes in a path: decoded once, inside the context, without path parameters or query. */
    public boolean matches(String decodedPath) {
        return decodedPath.equals(path) || prefix && decodedPath.startsWith(path + "/");
    }

    /** Of two patterns that take in the same path, the longer is more specific, and a path more than its own prefix. */
    int specificity() {
        return 2 * path.length() + (prefix ? 0 : 1);
    }

    PathPattern loose() {
        return new PathPattern(LoosePath.of(path), prefix);
    }

    /** The pattern as the settings write it. */
    @Override
    public String toString() {
        return prefix ? path + "/*" : path;
    }
}
