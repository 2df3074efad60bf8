package dev.ssofilter.directory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * What {@code pathRoles} says. Of several rules that take a path in the most specific one counts: an exact path before a
 * prefix, a longer prefix before a shorter one.
 *
 * <p>It fails closed. A path that a lenient reader ({@link LoosePath}) could take for a more specific one than it is, such
 * as {@code /ADMIN} or {@code /admin./}, falls under every rule that could be meant, and its user must satisfy each of
 * them: whichever of them the container follows in the end, it is satisfied, and so is the strictest.
 */
public final class PathRules {
    static final PathRules NONE = new PathRules(List.of());

    private static final String EXPECTED = "a path (/reports) or a prefix (/admin/*), decoded, and roles, such as"
            + " /admin/* = admins, staff; a path that any user may see needs no line";

    private final List<PathRule> rules;

    /** @param rules each with a loose pattern that no other one has */
    private PathRules(List<PathRule> rules) {
        this.rules = rules.stream()
                .sorted(Comparator.comparingInt(rule -> -rule.loose().specificity()))
                .toList();
    }

    static PathRules parse(String text) {
        var problems = new ArrayList<String>();
        var rules = new ArrayList<PathRule>();
        var seen = new HashSet<String>(); // texts, for the reason in PublicPaths
        for (RoleLines.Line line : new RoleLines(EXPECTED, problems).read(text)) {
            var rule = PathRule.of(PathPattern.of(line.what()), line.roles());
            Optional<String> problem = PublicPaths.problem(line.what());
            if (problem.isPresent()) {
                problems.add("names \"" + line.what() + "\", which " + problem.get() + "; expected " + EXPECTED);
            } else if (!seen.add(rule.loose().toString())) {
                problems.add("names \"" + line.what() + "\" twice, letter case aside; expected each once");
            }
            rules.add(rule);
        }
        Refused.ifAny(problems);
        return new PathRules(rules);
    }

    public boolean isEmpty() {
        return rules.isEmpty();
    }

    /** The most specific first. */
    public List<PathRule> all() {
        return rules;
    }

    /** Those that the user of this path must satisfy, each: one, none, or where the path is not plain all that could be meant. */
    public List<PathRule> of(String decodedPath) {
        var possible = possible(decodedPath);
        boolean plain = !possible.isEmpty() && possible.get(0).pattern().matches(decodedPath);
        return plain ? possible.subList(0, 1) : possible;
    }

    /** Whether a rule could be meant that is more specific than each of the patterns that take the path in. */
    public boolean overrule(List<PathPattern> patterns, String decodedPath) {
        int most = patterns.stream()
                .filter(pattern -> pattern.matches(decodedPath))
                .mapToInt(pattern -> pattern.loose().specificity())
                .max()
                .orElse(-1);
        return possible(decodedPath).stream().anyMatch(rule -> rule.loose().specificity() > most);
    }

    private List<PathRule> possible(String decodedPath) {
        var loosePath = LoosePath.of(decodedPath);
        return rules.stream().filter(rule -> rule.loose().matches(loosePath)).toList();
    }
}
