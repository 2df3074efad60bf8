package dev.ssofilter.directory;

/**
 * One entry of {@code publicPaths}: a path, or a path with everything below it. Paths are compared whole, decoded, and in
 * the letter case that they have.
 *
 * @param path what to compare with, inside the context; for a prefix without its {@code /*}, hence empty for {@code /*}
 * @param prefix whether what lies below the path is meant too
 */
public record PathPattern(String path, boolean prefix) {
    /** Whether the pattern takes in a path: decoded once, inside the context, without path parameters or query. */
    public boolean matches(String decodedPath) {
        return decodedPath.equals(path) || prefix && decodedPath.startsWith(path + "/");
    }

    /** The pattern as {@code publicPaths} writes it. */
    @Override
    public String toString() {
        return prefix ? path + "/*" : path;
    }
}
