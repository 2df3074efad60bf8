package dev.ssofilter.directory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the claims table, from the record's array or from the text form of the other sources, by the same rules. */
final class ClaimsReader {
    private static final List<String> MEMBERS = List.of("field", "claim", "location");

    /** Field, claim and location: a claim's name may hold both marks, the others neither. */
    private static final Pattern ROW = Pattern.compile("([^=]*)=(.*)@([^@]*)", Pattern.DOTALL);

    private static final String LOCATIONS =
            Arrays.stream(Location.values()).map(Location::label).collect(Collectors.joining("\", \"", "\"", "\""));

    private final List<ClaimMapping> mappings = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private ClaimsReader() {}

    /** {@code field = claim @ location}, one per line or {@code ;} between. */
    static List<ClaimMapping> fromText(String text) {
        var reader = new ClaimsReader();
        for (String line : text.split("[;\\r\\n]+")) {
            if (!line.isBlank()) {
                reader.line(line.strip());
            }
        }
        return reader.checked();
    }

    /** The record's array of {@code field}, {@code claim}, {@code location}; its texts already resolved. */
    static List<ClaimMapping> fromRecord(List<?> rows) {
        var reader = new ClaimsReader();
        for (int i = 0; i < rows.size(); i++) {
            reader.row("has a row (number " + (i + 1) + ") ", rows.get(i));
        }
        return reader.checked();
    }

    /** The text form of a table. */
    static String text(List<ClaimMapping> mappings) {
        return mappings.stream().map(ClaimMapping::toString).collect(Collectors.joining("; "));
    }

    private void line(String line) {
        var row = ROW.matcher(line);
        if (!row.matches()) {
            problems.add("has \"" + line + "\"; expected field = claim @ location, such as Email = email @ ID Token");
            return;
        }
        mapping(
                "has \"" + line + "\" ",
                row.group(1).strip(),
                row.group(2).strip(),
                row.group(3).strip());
    }

    private void row(String where, Object row) {
        if (!(row instanceof Map<?, ?> members)) {
            problems.add(where + "that is no object; expected {\"field\": …, \"claim\": …, \"location\": …}");
            return;
        }
        members.keySet().stream()
                .map(String::valueOf)
                .filter(name -> !MEMBERS.contains(name))
                .map(name -> where + "with the unknown member \"" + name + "\"" + DidYouMean.hint(name, MEMBERS))
                .forEach(problems::add);
        boolean texts = true;
        for (String name : MEMBERS) {
            if (members.containsKey(name) && !(members.get(name) instanceof String)) {
                problems.add(where + "whose " + name + " is " + JsonType.of(members.get(name)) + "; expected a text");
                texts = false;
            }
        }
        if (texts) {
            mapping(where, text(members, "field"), text(members, "claim"), text(members, "location"));
        }
    }

    private static String text(Map<?, ?> members, String name) {
        return members.get(name) instanceof String text ? text.strip() : "";
    }

    private void mapping(String where, String field, String claim, String label) {
        if (field.isEmpty() || claim.isEmpty() || label.isEmpty()) {
            problems.add(where + "that lacks " + (field.isEmpty() ? "field" : claim.isEmpty() ? "claim" : "location")
                    + "; expected field, claim and location");
            return;
        }
        Optional<Location> location = Location.named(label);
        if (location.isEmpty()) {
            problems.add(where + "at the location \"" + label + "\"; expected one of " + LOCATIONS);
            return;
        }
        ClaimMapping.KNOWN_FIELDS.stream()
                .filter(known -> DidYouMean.same(known, field) && !known.equals(field))
                .map(known -> where + "for the field \"" + field + "\"; did you mean \"" + known + "\"?")
                .forEach(problems::add);
        mappings.add(new ClaimMapping(field, claim, location.get()));
    }

    private List<ClaimMapping> checked() {
        if (problems.isEmpty()) {
            wholeTable();
        }
        Refused.ifAny(problems);
        return List.copyOf(mappings);
    }

    private void wholeTable() {
        var seen = new HashSet<String>();
        mappings.stream()
                .map(ClaimMapping::field)
                .filter(field -> ClaimMapping.KNOWN_FIELDS.contains(field) && !seen.add(field))
                .map(field -> "maps " + field + " more than once; expected each of the guide's fields once")
                .forEach(problems::add);
        if (!seen.contains(ClaimMapping.EXTERNAL_ID)) {
            problems.add("does not map External ID, by which a user is known; expected such as"
                    + " External ID = sub @ Access Token");
        }
        // Lists, not the records themselves: see PublicPaths.
        var rows = mappings.stream().map(one -> List.of(one.field(), one.claim(), one.location()));
        if (rows.distinct().count() < mappings.size() && problems.isEmpty()) {
            problems.add("has the same row twice; expected each once");
        }
    }
}
