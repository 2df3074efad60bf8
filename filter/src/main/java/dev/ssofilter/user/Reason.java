package dev.ssofilter.user;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

/**
 * Why a request was not served, or a login failed. Stable: log lines, problem documents, the README and tests name it.
 *
 * <p>The constant carries the HTTP status of the answer and the level of its one log line, so that nothing else decides
 * either.
 */
public enum Reason {
    /** The request needs a user and cannot follow a login page: a script, an image, a frame, a preflight. */
    LOGIN_REQUIRED(401, DEBUG),
    /** A form was sent without a user; nothing of it was saved. */
    NOT_SAVED(401, INFO),
    /** The user is signed in, and lacks a role that the path needs. */
    ROLE_REQUIRED(403, INFO),
    /** The Return URL was called with another method than the directory record asks for. */
    METHOD_NOT_ALLOWED(405, INFO),
    /** The Return URL was posted to with something other than a form. */
    CONTENT_TYPE_NOT_SUPPORTED(415, INFO),
    /** The authorization response lacks a parameter, repeats one, or carries one that is too long or malformed. */
    RESPONSE_MALFORMED(400, INFO),
    /** No pending login of this browser fits the response: repeated, forged, or its cookie is gone. */
    UNKNOWN_STATE(400, INFO),
    /** The pending login is older than ten minutes. */
    LOGIN_EXPIRED(400, INFO),
    /** The user signed out while this login was on its way. */
    SIGNED_OUT_MEANWHILE(400, INFO),
    /** The {@code iss} parameter of the response is missing or another issuer's (RFC 9207). */
    RESPONSE_ISSUER_REFUSED(400, WARNING),
    /** The user or the provider's policy said no. */
    ACCESS_DENIED(403, INFO),
    /** The provider refused the scopes: in Cognito, {@code profile} is not ticked for the app client. */
    SCOPE_REFUSED(403, WARNING),
    /** The provider refused the authentication request for another reason. */
    AUTHORIZATION_REFUSED(403, WARNING),
    /** The token endpoint refused the code or the client. */
    TOKEN_REQUEST_REFUSED(502, WARNING),
    /** The provider answered with something that is not what the protocol asks for. */
    PROVIDER_ANSWER_REFUSED(502, WARNING),
    /** The discovery document cannot be used: another issuer, no domain, PKCE without S256. */
    METADATA_REFUSED(502, WARNING),
    /** The ID token failed a check. */
    ID_TOKEN_REFUSED(400, WARNING),
    /** The access token, needed for a mapped claim, failed a check. */
    ACCESS_TOKEN_REFUSED(400, WARNING),
    /** Userinfo, needed for a mapped claim, was refused or belongs to another user. */
    USERINFO_REFUSED(502, WARNING),
    /** The claims cannot be mapped: External ID is missing, or a field has the wrong type. */
    CLAIMS_REFUSED(400, WARNING),
    /** A listener of the application said no. */
    LOGIN_REFUSED(403, INFO),
    /** Logins of this browser end, but its session never comes back. */
    LOGIN_LOOP(503, WARNING),
    /** The user pool or provider cannot be reached, or not in time. */
    USER_POOL_UNREACHABLE(503, WARNING),
    /** The container refused to make a session. */
    SESSION_REFUSED(503, WARNING),
    /** {@code baseUrl} is not set and the request did not come from this machine. */
    BASE_URL_MISSING(503, WARNING),
    /** There is no directory record that can be used yet; the setup screen can make one. */
    NOT_SET_UP(503, WARNING),
    /** Something in the filter that nobody expected. */
    INTERNAL_ERROR(500, ERROR);

    private final int status;
    private final System.Logger.Level level;

    Reason(int status, System.Logger.Level level) {
        this.status = status;
        this.level = level;
    }

    /** The HTTP status of the answer. */
    public int status() {
        return status;
    }

    /** The level of the one log line about it. */
    public System.Logger.Level level() {
        return level;
    }
}
