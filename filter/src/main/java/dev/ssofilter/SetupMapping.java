package dev.ssofilter;

import dev.ssofilter.directory.PathPattern;
import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Where the application has mapped the {@link SsoSetupServlet}. It is off unless mapped.
 *
 * @param patterns the mappings that can be used
 * @param problems of the others, a line each
 */
record SetupMapping(List<PathPattern> patterns, List<String> problems) {
    SetupMapping {
        patterns = List.copyOf(patterns);
        problems = List.copyOf(problems);
    }

    static SetupMapping of(ServletContext context) {
        var patterns = new ArrayList<PathPattern>();
        var problems = new ArrayList<String>();
        for (var mapping : mappings(context)) {
            pattern(mapping).ifPresentOrElse(patterns::add, () -> problems.add(problem(mapping)));
        }
        return new SetupMapping(patterns, problems);
    }

    private static List<String> mappings(ServletContext context) {
        try {
            return context.getServletRegistrations().values().stream()
                    .filter(servlet -> SsoSetupServlet.class.getName().equals(servlet.getClassName()))
                    .flatMap(servlet -> Optional.ofNullable(servlet.getMappings()).stream())
                    .flatMap(Collection::stream)
                    .toList();
        } catch (UnsupportedOperationException notFromHere) {
            return List.of(); // Servlet 6.0 §4.4: for a filter that was registered by a listener of a library
        }
    }

    /** A path of its own or a prefix of its own (Servlet 6.0 §12.2); neither the default servlet nor a suffix. */
    private static Optional<PathPattern> pattern(String mapping) {
        var prefix = mapping.endsWith("/*");
        var path = prefix ? mapping.substring(0, mapping.length() - 2) : mapping;
        return path.startsWith("/") && path.length() > 1 && !path.contains("*")
                ? Optional.of(new PathPattern(path, prefix))
                : Optional.empty();
    }

    private static String problem(String mapping) {
        return "SsoSetupServlet is mapped to \"" + mapping
                + "\", where the application's own pages are; expected a path" + " of its own, such as /sso/setup/*";
    }

    /** Where the screen is, inside the context; empty where it is not mapped. */
    Optional<String> path() {
        return patterns.stream().map(PathPattern::path).findFirst();
    }
}
