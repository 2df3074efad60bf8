package dev.ssofilter.user;

import java.time.Duration;
import java.util.Optional;

/**
 * A request could not be given a user. The {@link Reason} is what callers decide on; the message is for the operator's
 * log alone and says what was found, what was expected and what to do. It never holds a secret.
 */
public final class LoginFailedException extends Exception {
    private static final long serialVersionUID = 3L;

    private final Reason reason;
    private final Duration retryAfter;
    private final String textForTheUser;

    public LoginFailedException(Reason reason, String message) {
        this(reason, message, Duration.ZERO);
    }

    /** @param retryAfter how long there is no use in trying again; zero: nobody knows */
    public LoginFailedException(Reason reason, String message, Duration retryAfter) {
        super(message);
        this.reason = reason;
        this.retryAfter = retryAfter;
        this.textForTheUser = "";
    }

    public LoginFailedException(Reason reason, String message, Throwable cause) {
        this(reason, message, cause, Duration.ZERO);
    }

    /** @param retryAfter how long there is no use in trying again; zero: nobody knows */
    public LoginFailedException(Reason reason, String message, Throwable cause, Duration retryAfter) {
        super(message, cause);
        this.reason = reason;
        this.retryAfter = retryAfter;
        this.textForTheUser = "";
    }

    private LoginFailedException(Reason reason, String message, String textForTheUser) {
        super(message);
        this.reason = reason;
        this.retryAfter = Duration.ZERO;
        this.textForTheUser = textForTheUser;
    }

    /** LOGIN_REFUSED, by an {@link SsoListener} that has its own words for the user. */
    public static LoginFailedException refusedByApplication(String message, String textForTheUser) {
        return new LoginFailedException(Reason.LOGIN_REFUSED, message, textForTheUser);
    }

    public Reason reason() {
        return reason;
    }

    /** What the application tells the user, in place of our own words; empty where it says nothing. */
    public Optional<String> textForTheUser() {
        return Optional.of(textForTheUser).filter(text -> !text.isBlank());
    }

    /** How long there is no use in trying again, where that is known. */
    public Optional<Duration> retryAfter() {
        return Optional.of(retryAfter).filter(known -> !known.isZero());
    }
}
