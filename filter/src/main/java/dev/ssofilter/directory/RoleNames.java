package dev.ssofilter.directory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the values of the claim mapped to Roles are called in the application. A value that {@code roleMap} names becomes
 * the roles that stand there, as they stand; any other becomes one role, {@code rolePrefix} and the value. So with a
 * prefix no group of the directory is a role of {@code roleMap} by having its name, unless that role begins with it.
 *
 * @param map value to roles
 * @param prefix empty: a value that is not mapped is a role as it is
 */
public record RoleNames(Map<String, List<String>> map, String prefix) {
    static final RoleNames AS_THEY_COME = new RoleNames(Map.of(), "");

    private static final String EXPECTED =
            "a value of the Roles claim and its roles, such as us-east-1_Ab3dEfGhI_Google = federated";

    public RoleNames {
        map = Map.copyOf(map);
    }

    static Map<String, List<String>> parse(String text) {
        var problems = new ArrayList<String>();
        var map = new LinkedHashMap<String, List<String>>();
        for (RoleLines.Line line : new RoleLines(EXPECTED, problems).read(text)) {
            if (!RoleLines.isRole(line.what())) {
                problems.add("names \"" + line.what() + "\", which is never a role; expected " + EXPECTED);
            } else if (map.containsKey(line.what())) {
                problems.add("names \"" + line.what() + "\" twice; expected each once, with all its roles");
            }
            map.put(line.what(), line.roles());
        }
        Refused.ifAny(problems);
        return map;
    }

    /** The roles that a value of the claim stands for: at least one. */
    List<String> of(String value) {
        return Optional.ofNullable(map.get(value)).orElseGet(() -> List.of(prefix + value));
    }
}
