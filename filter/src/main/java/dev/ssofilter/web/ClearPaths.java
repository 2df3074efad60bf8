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

    /** Whether a request is at one of them, by its raw URI. */
    public boolean takeIn(String uri) {
        return !patterns.isEmpty()
                && new PathReading(contextPath)
                        .clear(uri)
                        .filter(path -> patterns.stream().anyMatch(pattern -> pattern.matches(path)))
                        .isPresent();
    }
}
