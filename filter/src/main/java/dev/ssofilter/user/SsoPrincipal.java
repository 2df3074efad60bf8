package dev.ssofilter.user;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import java.security.Principal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The signed-in user, as the directory described them at login. {@code request.getUserPrincipal()} answers it:
 * <pre>{@code
 * if (request.getUserPrincipal() instanceof SsoPrincipal user) {
 *     greet(user.getFirstName());
 * }
 * }</pre>
 *
 * <p>The getters are bean getters, so JSP and Faces read it too:
 *
 * <pre>{@code
 * <p>Hello ${fn:escapeXml(pageContext.request.userPrincipal.firstName)}</p>
 * <p>Member ${fn:escapeXml(pageContext.request.userPrincipal.attributes['memberNo'][0])}</p>
 * }</pre>
 *
 * <p><b>The key to a user</b> is the {@linkplain #getDirectory() directory} and the {@linkplain #getExternalId()
 * External ID} together; two principals are equal if both are. Everything else may change from login to login: a name, an
 * e-mail address, a role. Nothing is folded: {@code Ana} and {@code ana} are two users.
 *
 * <p><b>The texts are the user's own</b>, as they stood in the directory: escape them on a page, and believe an e-mail
 * address only where {@link #isEmailVerified()} says so.
 *
 * <p>Immutable, and made of JDK types alone, so a container can carry it to another node or over a restart. It holds no
 * token; {@link #toString()} shows directory and External ID alone. A unit test makes one:
 *
 * <pre>{@code
 * SsoPrincipal ana = SsoPrincipal.of("https://idp.example.org", "1042").username("ana").role("editor").build();
 * }</pre>
 */
public final class SsoPrincipal implements Principal, Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String directory;
    private final String externalId;
    private final @Nullable String username;
    private final @Nullable String email;
    private final boolean emailVerified;
    private final @Nullable String firstName;
    private final @Nullable String lastName;
    private final @Nullable Instant signedInAt;
    // Transient, as the Form stands for this object in every stream: these collections need not be serializable.
    private final transient Set<String> roles;
    private final transient Map<String, List<String>> attributes;

    private SsoPrincipal(Builder builder) {
        directory = present(builder.directory, "directory");
        externalId = present(builder.externalId, "External ID");
        username = builder.username;
        email = builder.email;
        emailVerified = builder.emailVerified && builder.email != null;
        firstName = builder.firstName;
        lastName = builder.lastName;
        signedInAt = builder.signedInAt;
        roles = Collections.unmodifiableSet(new LinkedHashSet<>(builder.roles));
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(builder.attributes));
    }

    private static String present(String text, String what) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(
                    what + " is blank; a user is known by directory and External ID together");
        }
        return text;
    }

    /**
     * Begins a principal with what every user has.
     * @param directory the directory's issuer, a URL as it stands in the tokens' {@code iss}
     * @param externalId the user's key in that directory, of Cognito the {@code sub}
     */
    public static Builder of(String directory, String externalId) {
        return new Builder(directory, externalId);
    }

    /** The username, or the External ID where no username came. */
    @Override
    public String getName() {
        return username == null ? externalId : username;
    }

    /** The directory that the user comes from: its issuer, a URL. */
    public String getDirectory() {
        return directory;
    }

    /** The user's key within the directory: the one property that never changes. */
    public String getExternalId() {
        return externalId;
    }

    /** The username, or null where none came. Often an e-mail address, hence for show and not a key. */
    public @Nullable String getUsername() {
        return username;
    }

    /** The e-mail address, or null where none came. */
    public @Nullable String getEmail() {
        return email;
    }

    /** Whether the directory says that it has verified the e-mail address; false where it says nothing. */
    public boolean isEmailVerified() {
        return emailVerified;
    }

    /** The first name, or null where none came. */
    public @Nullable String getFirstName() {
        return firstName;
    }

    /** The last name, or null where none came. */
    public @Nullable String getLastName() {
        return lastName;
    }

    /** The roles as they stood in the directory, in its order; empty where none came. Cannot be changed. */
    public Set<String> getRoles() {
        return roles;
    }

    /** The extra attributes by field name, values as text; one that did not come is not there. Cannot be changed. */
    public Map<String, List<String>> getAttributes() {
        return attributes;
    }

    /**
     * When the user signed in to this application, in whole milliseconds; a refresh of tokens changes nothing about it. Null
     * where no login has made this principal. It is not one of the properties that describe the user, hence no bean getter.
     */
    public @Nullable Instant signedInAt() {
        return signedInAt;
    }

    /** A builder that holds all of this user, to which more can be added. */
    public Builder toBuilder() {
        var builder = new Builder(directory, externalId);
        builder.username = username;
        builder.email = email;
        builder.emailVerified = emailVerified;
        builder.firstName = firstName;
        builder.lastName = lastName;
        builder.signedInAt = signedInAt;
        builder.roles.addAll(roles);
        builder.attributes.putAll(attributes);
        return builder;
    }

    /** Equal are two principals of the same directory with the same External ID. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SsoPrincipal that
                && directory.equals(that.directory)
                && externalId.equals(that.externalId);
    }

    @Override
    public int hashCode() {
        return Objects.hash(directory, externalId);
    }

    @Override
    public String toString() {
        return "SsoPrincipal[directory=" + directory + ", externalId=" + externalId + "]";
    }

    @Serial
    private Object writeReplace() {
        return new SsoPrincipalForm(this);
    }

    // A stream that claims to hold the class itself was not written by it: no constructor has seen its content.
    @Serial
    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("SsoPrincipal is read through its serialized form alone");
    }

    /** Gathers what a directory says of a user. A blank text counts as absent. */
    public static final class Builder {
        private final String directory;
        private final String externalId;
        private final Set<String> roles = new LinkedHashSet<>();
        private final Map<String, List<String>> attributes = new LinkedHashMap<>();
        private @Nullable String username;
        private @Nullable String email;
        private @Nullable String firstName;
        private @Nullable String lastName;
        private @Nullable Instant signedInAt;
        private boolean emailVerified;

        private Builder(String directory, String externalId) {
            this.directory = directory;
            this.externalId = externalId;
        }

        /** Sets the username. */
        public Builder username(String text) {
            username = text.isBlank() ? null : text;
            return this;
        }

        /** Sets the e-mail address. */
        public Builder email(String text) {
            email = text.isBlank() ? null : text;
            return this;
        }

        /** Says whether the directory has verified the e-mail address; without an address it never has. */
        public Builder emailVerified(boolean verified) {
            emailVerified = verified;
            return this;
        }

        /** Sets the first name. */
        public Builder firstName(String text) {
            firstName = text.isBlank() ? null : text;
            return this;
        }

        /** Sets the last name. */
        public Builder lastName(String text) {
            lastName = text.isBlank() ? null : text;
            return this;
        }

        /**
         * Sets when the user signed in, as the filter does at each login; what is finer than a millisecond is cut off. An
         * {@link ArithmeticException} where milliseconds since 1970 cannot say it in a long.
         */
        public Builder signedInAt(Instant moment) {
            signedInAt = Instant.ofEpochMilli(moment.toEpochMilli());
            return this;
        }

        /** Adds a role. */
        public Builder role(String name) {
            return roles(List.of(name));
        }

        /**
         * Adds roles. A blank one, {@code *} and {@code **} are refused with an {@link IllegalArgumentException}: to the
         * Servlet API they mean every role and every user.
         */
        public Builder roles(Collection<String> names) {
            for (String name : List.copyOf(names)) {
                if (name.isBlank() || name.equals("*") || name.equals("**")) {
                    throw new IllegalArgumentException("a role is \"" + name + "\"; expected a name");
                }
                roles.add(name);
            }
            return this;
        }

        /** Adds values to the extra attribute of that name. */
        public Builder attribute(String name, Collection<String> values) {
            var all = new ArrayList<>(attributes.getOrDefault(name, List.of()));
            all.addAll(values);
            attributes.put(name, List.copyOf(all));
            return this;
        }

        /** Makes the principal; an {@link IllegalArgumentException} where directory or External ID is blank. */
        public SsoPrincipal build() {
            return new SsoPrincipal(this);
        }
    }
}
