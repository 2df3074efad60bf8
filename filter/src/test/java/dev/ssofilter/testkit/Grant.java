package dev.ssofilter.testkit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What a sign-in gave to an app client; all tokens that come of it share the origin. */
record Grant(
        PretendClient client,
        PretendUser user,
        List<String> scopes,
        Instant authTime,
        String origin,
        Optional<String> nonce,
        Optional<String> resource) {

    static Grant of(AuthorizationRequest request, Sessions.Session session) {
        return new Grant(
                request.client(),
                session.user(),
                request.scopes(),
                session.since(),
                UUID.randomUUID().toString(),
                request.nonce().or(() -> session.user().federation().map(any -> UUID.randomUUID()
                        .toString())),
                request.resource());
    }

    boolean has(String scope) {
        return scopes.contains(scope);
    }

    // Cognito: an ID token that a refresh token brought has no nonce.
    Grant withoutNonce() {
        return new Grant(client, user, scopes, authTime, origin, Optional.empty(), resource);
    }
}
