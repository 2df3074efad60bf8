package dev.ssofilter.user;

import java.time.Duration;
import java.util.Optional;

/**
 * A request could not be given a user. The {@link Reason} is what callers decide on; the message is for the operator's
 * log alone and says what was found, what was expected and what to do. It never holds a secret.
 */
public final class LoginFailedException extends Exception {
    private static final long serialVersionUID = 2L;

    private final Reason reason;
    private final Duration retryAfter;

    public LoginFailedException(Reason reason, String message) {
        this(reason, message, Duration.ZERO);
    }

    /** @param retryAfter how long there is no use in trying again; zero: nobody knows */
    public LoginFailedException(Reason reason, String message, Duration retryAfter) {
        super(message);
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    public LoginFailedException(Reason reason, String message, Throwable cause) {
        this(reason, message, cause, Duration.ZERO);
    }

    /** @param retryAfter how long there is no use in trying again; zero: nobody knows */
    public LoginFailedException(Reason reason, String message, Throwable cause, Duration retryAfter) {
        super(message, cause);
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    public Reason reason() {
        return reason;
    }

    /** How long there is no use in trying again, where that is known. */
    public Optional<Duration> retryAfter() {
        return Optional.of(retryAfter).filter(known -> !known.isZero());
    }
}
