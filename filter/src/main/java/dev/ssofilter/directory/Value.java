package dev.ssofilter.directory;

import java.util.Optional;

/**
 * What a setting came to.
 *
 * @param setting which setting
 * @param value the value; where what was given is refused, the default, so that the rules that follow have one
 * @param source where it came from, {@code default} where nobody gave it
 * @param shown the value for logs: a secret is masked
 * @param refused whether what was given is no good, and a problem is already told
 */
record Value<T>(Setting<T> setting, Optional<T> value, String source, String shown, boolean refused) {
    static final String DEFAULT = "default";

    /** The value of a setting that has a default. */
    T get() {
        return value.orElseThrow();
    }

    /** Whether nobody gave the setting. */
    boolean isAbsent() {
        return source.equals(DEFAULT) && !refused;
    }

    /** The same, with another value where nobody gave one. */
    Value<T> orDefault(T other, String otherShown) {
        return isAbsent() ? new Value<>(setting, Optional.of(other), source, otherShown, false) : this;
    }

    /** The beginning of a message about it: name and source. */
    String where() {
        return isAbsent() ? setting.name() : setting.name() + " (" + source + ")";
    }

    @Override
    public String toString() {
        return setting.name() + " = " + shown + " (" + source + ")";
    }
}
