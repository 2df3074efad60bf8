package dev.ssofilter.web;

import dev.ssofilter.directory.PathPattern;
import java.util.List;

/**
 * Paths of the application that are let through, by pattern. A request is at one of them only if its raw URI can be read
 * in one way alone ({@link PathReading}).
 *
 * @param contextPath as deployed: empty, or a slash and a name
 */
public record ClearPaths(String contextPath, List<PathPattern> patterns) {
    public ClearPaths {
        patterns = List.copyOf(patterns);
    }

    /** Whether the request is at one of them. */
    public boolean takeIn(RequestFacts facts) {
        return !patterns.isEmpty()
                && new PathReading(contextPath)
                        .clear(facts.uri())
                        .filter(path -> patterns.stream().anyMatch(pattern -> pattern.matches(path)))
                        .isPresent();
    }
}
