package dev.ssofilter.oidc;

import dev.ssofilter.user.SsoPrincipal;
import java.util.Objects;
import java.util.Optional;

/**
 * What a login comes to.
 *
 * @param keptTokens for the session, sealed; empty where none are kept
 */
public record Identity(SsoPrincipal user, Optional<String> keptTokens) {
    public Identity {
        Objects.requireNonNull(user.signedInAt(), "a user who has signed in has done so at a time");
    }

    @Override
    public String toString() {
        return "Identity[user=" + user + "]";
    }
}
