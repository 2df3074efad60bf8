package dev.ssofilter.user;

import java.io.InvalidObjectException;
import java.io.ObjectStreamException;
import java.io.Serial;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands for an {@link SsoPrincipal} in a stream: texts, arrays of texts and primitives, so that no stream can smuggle
 * another type in. Reading goes through the builder, so a principal that was read keeps every rule of one that was made.
 */
final class SsoPrincipalForm implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String directory;
    private final String externalId;
    private final @Nullable String username;
    private final @Nullable String email;
    private final boolean emailVerified;
    private final @Nullable String firstName;
    private final @Nullable String lastName;
    /** Epoch milliseconds; 0, as in streams from before there was such a field, where there is none. */
    private final long signedInAt;

    private final String[] roles;
    private final String[] attributeNames;
    private final String[][] attributeValues;

    SsoPrincipalForm(SsoPrincipal principal) {
        directory = principal.getDirectory();
        externalId = principal.getExternalId();
        username = principal.getUsername();
        email = principal.getEmail();
        emailVerified = principal.isEmailVerified();
        firstName = principal.getFirstName();
        lastName = principal.getLastName();
        var moment = principal.signedInAt();
        signedInAt = moment == null ? 0 : moment.toEpochMilli();
        roles = principal.getRoles().toArray(String[]::new);
        Map<String, List<String>> attributes = principal.getAttributes();
        attributeNames = attributes.keySet().toArray(String[]::new);
        attributeValues = attributes.values().stream()
                .map(values -> values.toArray(String[]::new))
                .toArray(String[][]::new);
    }

    @Serial
    private Object readResolve() throws ObjectStreamException {
        try {
            var builder = SsoPrincipal.of(directory, externalId)
                    .username(orBlank(username))
                    .email(orBlank(email))
                    .emailVerified(emailVerified)
                    .firstName(orBlank(firstName))
                    .lastName(orBlank(lastName))
                    .roles(List.of(roles));
            if (signedInAt != 0) {
                builder.signedInAt(Instant.ofEpochMilli(signedInAt));
            }
            if (attributeNames.length != attributeValues.length) {
                throw new InvalidObjectException("SsoPrincipal: names and values of the attributes differ in number");
            }
            List<String> names = List.of(attributeNames);
            for (int i = 0; i < names.size(); i++) {
                builder.attribute(names.get(i), List.of(attributeValues[i]));
            }
            return builder.build();
        } catch (IllegalArgumentException | NullPointerException broken) {
            // A foreign or damaged stream can hold null wherever it likes; List.of and isBlank then throw.
            var refusal = new InvalidObjectException("SsoPrincipal: what was read breaks its rules");
            refusal.initCause(broken);
            throw refusal;
        }
    }

    private static String orBlank(@Nullable String text) {
        return text == null ? "" : text;
    }
}
