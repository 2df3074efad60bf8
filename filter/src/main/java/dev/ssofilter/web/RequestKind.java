package dev.ssofilter.web;

/** What a request is to us, by its path alone. */
public enum RequestKind {
    /** The Return URL: an authorization response. */
    RETURN,
    /** Asks to sign in. */
    LOGIN,
    /** Asks to sign out. */
    LOGOUT,
    /** Where a sign-out ends. */
    SIGNED_OUT,
    /** Asks who is signed in. */
    ME,
    /** Asks whether signing in works. */
    HEALTH,
    /** The application's, with a user or without. */
    PUBLIC,
    /** The application's, with a user alone. */
    PROTECTED
}
