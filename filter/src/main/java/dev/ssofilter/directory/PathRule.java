package dev.ssofilter.directory;

import java.util.List;

/**
 * One line of {@code pathRoles}: what the pattern takes in is for users with one of these roles.
 *
 * @param pattern as it was written
 * @param loose as the most lenient reader there is takes it
 * @param roles one of them is enough
 */
public record PathRule(PathPattern pattern, PathPattern loose, List<String> roles) {
    public PathRule {
        roles = List.copyOf(roles);
    }

    static PathRule of(PathPattern pattern, List<String> roles) {
        return new PathRule(pattern, pattern.loose(), roles);
    }

    /** The rule as {@code pathRoles} writes it. */
    @Override
    public String toString() {
        return pattern + " = " + String.join(", ", roles);
    }
}
