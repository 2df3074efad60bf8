package dev.ssofilter.oidc;

import dev.ssofilter.user.SsoPrincipal;
import java.util.Optional;

/**
 * What a login comes to.
 *
 * @param keptTokens for the session, sealed; empty where none are kept
 */
public record Identity(SsoPrincipal user, Optional<String> keptTokens) {
    @Override
    public String toString() {
        return "Identity[user=" + user + "]";
    }
}
