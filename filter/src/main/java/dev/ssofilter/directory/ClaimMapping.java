package dev.ssofilter.directory;

import java.util.List;

/**
 * One row of the guide's claims table: this field of the user is that claim at that location.
 *
 * @param field one of {@link #KNOWN_FIELDS}, or the name of an extra attribute
 * @param claim the claim's name, or a path into objects with dots between ({@code address.locality})
 * @param location where the claim stands
 */
public record ClaimMapping(String field, String claim, Location location) {
    static final String EXTERNAL_ID = "External ID";
    static final String USERNAME = "Username";
    static final String EMAIL = "Email";
    static final String FIRST_NAME = "First Name";
    static final String LAST_NAME = "Last Name";
    static final String ROLES = "Roles";

    /** The fields that a principal has properties for; any other field is an extra attribute. */
    static final List<String> KNOWN_FIELDS = List.of(EXTERNAL_ID, USERNAME, EMAIL, FIRST_NAME, LAST_NAME, ROLES);

    /** The guide's table, and {@code Roles} from Cognito's groups: what an absent {@code claims} member means. */
    static final List<ClaimMapping> DEFAULTS = List.of(
            new ClaimMapping(EXTERNAL_ID, "sub", Location.ACCESS_TOKEN),
            new ClaimMapping(USERNAME, "email", Location.ID_TOKEN),
            new ClaimMapping(EMAIL, "email", Location.ID_TOKEN),
            new ClaimMapping(FIRST_NAME, "given_name", Location.ID_TOKEN),
            new ClaimMapping(LAST_NAME, "family_name", Location.ID_TOKEN),
            new ClaimMapping(ROLES, "cognito:groups", Location.ID_TOKEN));

    public ClaimMapping {
        if (field.isBlank() || claim.isBlank()) {
            throw new IllegalArgumentException("a claim mapping needs a field and a claim");
        }
    }

    /** The mapping as the {@code claims} setting writes it. */
    @Override
    public String toString() {
        return field + " = " + claim + " @ " + location.label();
    }
}
