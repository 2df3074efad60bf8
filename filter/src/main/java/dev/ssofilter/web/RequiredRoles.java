package dev.ssofilter.web;

import dev.ssofilter.directory.PathPattern;
import dev.ssofilter.directory.PathRule;
import dev.ssofilter.directory.PathRules;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code pathRoles}, applied to requests. A raw URI that can be read in more ways than one, or that does not begin with
 * the context path, could be meant for any path, so it falls under every rule: its user needs a role of each.
 */
final class RequiredRoles {
    private final PathReading reading;
    private final PathRules rules;
    private final List<PathPattern> publicPaths;

    RequiredRoles(PathReading reading, PathRules rules, List<PathPattern> publicPaths) {
        this.reading = reading;
        this.rules = rules;
        this.publicPaths = publicPaths;
    }

    /** Whether a request at a public path needs a user all the same, since a more specific rule names its path. */
    boolean closePublicPath(String uri) {
        return !rules.isEmpty()
                && reading.clear(uri)
                        .filter(path -> rules.overrule(publicPaths, path))
                        .isPresent();
    }

    /** @throws LoginFailedException ROLE_REQUIRED: the user lacks a role that the path needs */
    void check(String uri, Set<String> roles) throws LoginFailedException {
        if (rules.isEmpty()) {
            return;
        }
        var path = reading.clear(uri);
        for (PathRule rule : path.map(rules::of).orElse(rules.all())) {
            if (rule.roles().stream().noneMatch(roles::contains)) {
                throw refused(rule, path);
            }
        }
    }

    private static LoginFailedException refused(PathRule rule, Optional<String> path) {
        var plain = path.filter(rule.pattern()::matches).isPresent();
        return new LoginFailedException(
                Reason.ROLE_REQUIRED,
                "the user has none of the roles that pathRoles wants: " + rule
                        + (plain
                                ? ""
                                : "; the path could be read as one of that rule, so link to it as it is written"));
    }
}
