package dev.ssofilter.user;

import java.net.URI;

/**
 * What an {@link SsoListener} hears of. Each is told once, by the node where it happened, when it has happened. Signing out
 * is told step by step: {@link SessionEnded}, {@link TokensRevoked} where a refresh token was kept, {@link SentToProvider}.
 */
public sealed interface SsoEvent {
    /** The user is signed in, in a new session. */
    record LoginCompleted(SsoPrincipal user) implements SsoEvent {}

    /** Nobody was signed in by what came to the Return URL. */
    record LoginRefused(Reason reason) implements SsoEvent {}

    /** The tokens of a session were refreshed, and the user was mapped anew. Only with {@code keepTokens}. */
    record TokensRefreshed(SsoPrincipal user) implements SsoEvent {}

    /** The user is no longer signed in here. Of a session that the container ends, its own listeners are told alone. */
    record SessionEnded(SsoPrincipal user, Why why) implements SsoEvent {
        /** What ended the session. */
        public enum Why {
            /** The user signed out at the logout path. */
            SIGNED_OUT,
            /** The application called {@code request.logout()}. */
            APPLICATION,
            /** The time of {@code sessionMaximum} is over. */
            MAXIMUM_REACHED,
            /** The tokens that it keeps cannot be refreshed: the provider, or what it answered, was refused. */
            REFRESH_REFUSED,
            /** The same browser signed in again. */
            REPLACED
        }
    }

    /** The provider was asked to revoke the refresh token of a user who signed out. */
    record TokensRevoked(SsoPrincipal user, Outcome outcome) implements SsoEvent {}

    /** The browser of a user who signed out was sent to the provider's logout, or why not. */
    record SentToProvider(SsoPrincipal user, Outcome outcome) implements SsoEvent {}

    /** How a step of signing out ended. */
    enum Outcome {
        /** As it should. */
        DONE,
        /** The provider could not be asked, or refused. */
        FAILED,
        /** The provider has no such endpoint, or {@code logoutStyle} is {@code none}. */
        NOT_OFFERED
    }

    /** The provider publishes other keys than before. */
    record KeysRotated(URI jwksUrl) implements SsoEvent {}

    /** The provider does not answer, or with an outage, at this scheme, host and port; told once until it is back. */
    record ProviderUnreachable(URI origin) implements SsoEvent {}

    /** The provider answers again. */
    record ProviderReachable(URI origin) implements SsoEvent {}
}
