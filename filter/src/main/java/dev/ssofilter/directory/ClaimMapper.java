package dev.ssofilter.directory;

import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import dev.ssofilter.user.SsoPrincipal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Turns verified claims into the principal, as the record's claims table says. Text stays as it is: nothing is folded,
 * trimmed or split. Messages name field, claim, location and type, and never the value.
 */
public final class ClaimMapper {
    private static final System.Logger LOG = System.getLogger("dev.ssofilter.directory");

    /** OIDC Core §2: a subject has at most 255 characters. */
    private static final int LONGEST_EXTERNAL_ID = 255;

    private static final int LONGEST_USERNAME = 256;

    /** Far above what a person has; a list cut short in silence could cut off the one that counts. */
    private static final int MOST_ROLES = 1_000;

    private static final String EMAIL_VERIFIED = "email_verified";

    private final List<ClaimMapping> mappings;
    private final Set<Location> read;
    private final RoleNames roleNames;

    /** With roles that are called in the application as they are in the directory. */
    public ClaimMapper(List<ClaimMapping> mappings) {
        this(mappings, RoleNames.AS_THEY_COME);
    }

    public ClaimMapper(List<ClaimMapping> mappings, RoleNames roleNames) {
        this.mappings = List.copyOf(mappings);
        this.read = mappings.stream().map(ClaimMapping::location).collect(Collectors.toUnmodifiableSet());
        this.roleNames = roleNames;
    }

    /** Whether a claim is mapped from there, hence whether that token or answer is needed at all. */
    public boolean reads(Location location) {
        return read.contains(location);
    }

    /**
     * Makes the principal.
     *
     * @param issuer the issuer of the verified ID token
     * @param claims verified claims by location, values as {@link Json#object(String)} reads them; a location that is
     *     not {@linkplain #reads(Location) read} may be missing
     * @throws LoginFailedException with {@link Reason#CLAIMS_REFUSED} if External ID is missing, a field has the wrong
     *     type, an identifier is too long or holds control characters, or there are more than 1,000 roles
     */
    public SsoPrincipal principal(String issuer, Map<Location, Map<String, Object>> claims)
            throws LoginFailedException {
        var builder = SsoPrincipal.of(issuer, externalId(claims));
        for (ClaimMapping mapping : mappings) {
            var found = ClaimPath.find(claims.getOrDefault(mapping.location(), Map.of()), mapping.claim());
            if (found.isPresent()) {
                put(builder, mapping, found.get());
            }
        }
        return builder.build();
    }

    private String externalId(Map<Location, Map<String, Object>> claims) throws LoginFailedException {
        for (ClaimMapping mapping : mappings) {
            if (mapping.field().equals(ClaimMapping.EXTERNAL_ID)) {
                var found = ClaimPath.find(claims.getOrDefault(mapping.location(), Map.of()), mapping.claim());
                if (found.isEmpty()) {
                    throw refused(mapping, "is not there");
                }
                String id = identifier(mapping, found.get().value(), LONGEST_EXTERNAL_ID);
                if (id.isBlank()) {
                    throw refused(mapping, "is an empty text");
                }
                return id;
            }
        }
        throw new IllegalStateException("claims without External ID");
    }

    private void put(SsoPrincipal.Builder builder, ClaimMapping mapping, ClaimPath found) throws LoginFailedException {
        switch (mapping.field()) {
            case ClaimMapping.EXTERNAL_ID -> {}
            case ClaimMapping.USERNAME -> builder.username(identifier(mapping, found.value(), LONGEST_USERNAME));
            case ClaimMapping.EMAIL -> {
                builder.email(identifier(mapping, found.value(), Integer.MAX_VALUE));
                builder.emailVerified(Optional.ofNullable(found.parent().get(EMAIL_VERIFIED))
                        .filter(verified -> isTrue(mapping.location(), verified))
                        .isPresent());
            }
            case ClaimMapping.FIRST_NAME -> builder.firstName(text(mapping, found.value()));
            case ClaimMapping.LAST_NAME -> builder.lastName(text(mapping, found.value()));
            case ClaimMapping.ROLES -> builder.roles(roles(mapping, found.value()));
            default -> {
                Optional<List<String>> values = attribute(mapping, found.value());
                values.ifPresent(all -> builder.attribute(mapping.field(), all));
            }
        }
    }

    // Cognito: a boolean in the ID token, but a text in the answer of userInfo.
    static boolean isTrue(Location location, Object verified) {
        return Boolean.TRUE.equals(verified) || location == Location.USERINFO && "true".equals(verified);
    }

    private static String text(ClaimMapping mapping, Object value) throws LoginFailedException {
        if (value instanceof String || JsonType.isNumber(value)) {
            return value.toString();
        }
        throw refused(mapping, "is " + JsonType.of(value));
    }

    // What others log, compare and send on: no line of a log may be forged with it, no reading direction turned.
    private static String identifier(ClaimMapping mapping, Object value, int longest) throws LoginFailedException {
        String text = text(mapping, value);
        if (text.length() > longest) {
            throw refused(mapping, "has " + text.length() + " characters, more than " + longest);
        }
        for (int i = 0; i < text.length(); i++) {
            if (isControl(text.charAt(i))) {
                throw refused(mapping, "holds a control character");
            }
        }
        return text;
    }

    private static boolean isControl(char c) {
        return Character.isISOControl(c)
                || c == 0x2028
                || c == 0x2029
                || c >= 0x202A && c <= 0x202E
                || c >= 0x2066 && c <= 0x2069;
    }

    private Set<String> roles(ClaimMapping mapping, Object value) throws LoginFailedException {
        var roles = new LinkedHashSet<String>();
        var leftOut = new LinkedHashSet<String>();
        for (Object element : value instanceof Collection<?> all ? all : List.of(value)) {
            if (!(element instanceof String role)) {
                leftOut.add(JsonType.of(element));
            } else if (!RoleLines.isRole(role)) {
                leftOut.add("an empty text or *, which to the Servlet API mean everybody");
            } else {
                roles.addAll(roleNames.of(role));
            }
        }
        warn(mapping, leftOut, "a text or an array of texts");
        if (roles.size() > MOST_ROLES) {
            throw refused(mapping, "names " + roles.size() + " roles, more than " + MOST_ROLES);
        }
        return roles;
    }

    private static Optional<List<String>> attribute(ClaimMapping mapping, Object value) {
        var values = new ArrayList<String>();
        var leftOut = new LinkedHashSet<String>();
        for (Object element : value instanceof Collection<?> all ? all : List.of(value)) {
            if (element instanceof String || element instanceof Boolean || JsonType.isNumber(element)) {
                values.add(element.toString());
            } else {
                leftOut.add(JsonType.of(element));
            }
        }
        warn(mapping, leftOut, "text, number, boolean or an array of these");
        return values.isEmpty() && !leftOut.isEmpty() ? Optional.empty() : Optional.of(values);
    }

    // One line for a claim, however long its array.
    private static void warn(ClaimMapping mapping, Set<String> leftOut, String expected) {
        if (!leftOut.isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "left out of {0} {1}; expected {2}",
                    place(mapping),
                    String.join(", ", leftOut),
                    expected);
        }
    }

    private static LoginFailedException refused(ClaimMapping mapping, String found) {
        return new LoginFailedException(
                Reason.CLAIMS_REFUSED,
                place(mapping) + " " + found + "; expected a text or number there, or another row in claims");
    }

    private static String place(ClaimMapping mapping) {
        return mapping.field() + ", mapped from the claim " + Shown.quoted(mapping.claim()) + " in the "
                + mapping.location().label() + ",";
    }
}
