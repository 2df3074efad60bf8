package dev.ssofilter.oidc;

import java.time.Duration;
import java.util.Optional;

/**
 * How it stands with what a provider publishes, as far as is known.
 *
 * @param age of what is in use; empty where there is nothing yet, or no more
 * @param failed how long ago it was asked for last, where that was in vain
 */
record Standing(Optional<Duration> age, Optional<Duration> failed) {
    boolean isUnknown() {
        return age.isEmpty() && failed.isEmpty();
    }
}
