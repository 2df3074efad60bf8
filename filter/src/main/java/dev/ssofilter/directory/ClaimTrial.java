package dev.ssofilter.directory;

import dev.ssofilter.user.SsoPrincipal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The claims table, tried on one login: what each row finds, and what an administrator should know about it. */
public final class ClaimTrial {
    private static final String EMAIL_VERIFIED = "email_verified";

    private ClaimTrial() {}

    /**
     * A row of the table.
     *
     * @param value what the claim holds, or what the application sees of it; empty where it is not there
     * @param warnings each a sentence
     */
    public record Row(ClaimMapping mapping, Optional<String> value, List<String> warnings) {
        private Row withRolesOf(SsoPrincipal user) {
            return mapping.field().equals(ClaimMapping.ROLES)
                    ? new Row(mapping, value.map(raw -> String.join(", ", user.getRoles())), warnings)
                    : this;
        }

        /** The value is personal. */
        @Override
        public String toString() {
            return "Row[" + mapping + "]";
        }
    }

    /**
     * Tries each row.
     *
     * @param claims verified, by location, as {@link Json#object(String)} reads them
     */
    public static List<Row> rows(List<ClaimMapping> mappings, Map<Location, Map<String, Object>> claims) {
        return mappings.stream().map(mapping -> row(mapping, claims)).toList();
    }

    /** Tries each row, and shows the roles as this user, made of the same claims, has them in the application. */
    public static List<Row> rows(
            List<ClaimMapping> mappings, Map<Location, Map<String, Object>> claims, SsoPrincipal user) {
        return rows(mappings, claims).stream().map(row -> row.withRolesOf(user)).toList();
    }

    private static Row row(ClaimMapping mapping, Map<Location, Map<String, Object>> claims) {
        var found = at(mapping.location(), mapping.claim(), claims);
        var warnings = new ArrayList<String>();
        if (found.isEmpty()) {
            warnings.add(missing(mapping, claims));
        } else {
            type(mapping, found.get().value()).ifPresent(warnings::add);
            unverified(mapping, found.get()).ifPresent(warnings::add);
        }
        if (mapping.field().equals(ClaimMapping.EXTERNAL_ID) && Banner.MUTABLE_NAMES.contains(mapping.claim())) {
            warnings.add(
                    "This claim can change, or pass to somebody else, who is then taken for the same user. Map sub.");
        }
        return new Row(mapping, found.map(claim -> text(claim.value())), List.copyOf(warnings));
    }

    private static Optional<ClaimPath> at(Location location, String claim, Map<Location, Map<String, Object>> claims) {
        return ClaimPath.find(claims.getOrDefault(location, Map.of()), claim);
    }

    private static String missing(ClaimMapping mapping, Map<Location, Map<String, Object>> claims) {
        var elsewhere = Arrays.stream(Location.values())
                .filter(location -> at(location, mapping.claim(), claims).isPresent())
                .map(Location::label)
                .collect(Collectors.joining(", "));
        return elsewhere.isEmpty()
                ? "Not there, nor at another location."
                : "Not there, but here: " + elsewhere + ". Change the location.";
    }

    private static Optional<String> type(ClaimMapping mapping, Object value) {
        var many = mapping.field().equals(ClaimMapping.ROLES) || !ClaimMapping.KNOWN_FIELDS.contains(mapping.field());
        var bad = value instanceof Map<?, ?> || value instanceof Boolean || value instanceof Collection<?> && !many;
        return Optional.of("It is " + JsonType.of(value) + ", where one text or number is expected.")
                .filter(warning -> bad && !(value instanceof Boolean && many));
    }

    private static Optional<String> unverified(ClaimMapping mapping, ClaimPath found) {
        var verified = ClaimMapper.isTrue(
                mapping.location(),
                Optional.ofNullable((Object) found.parent().get(EMAIL_VERIFIED)).orElse(false));
        return Optional.of("The provider does not say that this address is verified. Do not find accounts by it.")
                .filter(warning -> mapping.field().equals(ClaimMapping.EMAIL) && !verified);
    }

    private static String text(Object value) {
        if (value instanceof Collection<?> all) {
            return all.stream().map(ClaimTrial::text).collect(Collectors.joining(", "));
        }
        return value instanceof Map<?, ?> ? "an object" : value.toString();
    }
}
