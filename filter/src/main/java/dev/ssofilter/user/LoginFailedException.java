package dev.ssofilter.user;

/**
 * A request could not be given a user. The {@link Reason} is what callers decide on; the message is for the operator's
 * log alone and says what was found, what was expected and what to do. It never holds a secret.
 */
public final class LoginFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public LoginFailedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public LoginFailedException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
