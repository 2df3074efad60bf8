package dev.ssofilter.user;

/**
 * Hears of what becomes of logins and sessions, and has a say in who signs in. An application names its classes in the
 * setting {@code listeners}, or in a file {@code META-INF/services/dev.ssofilter.user.SsoListener}; each has a public
 * constructor without parameters and is made once, when the filter starts:
 *
 * <pre>{@code
 * public final class Audit implements SsoListener {
 *     @Override
 *     public LoginDecision beforeLogin(SsoPrincipal user) {
 *         return members.isActive(user.getExternalId())
 *                 ? LoginDecision.accept().withRole("member")
 *                 : LoginDecision.refuse("Your membership has ended. Please renew it first.");
 *     }
 *
 *     @Override
 *     public void on(SsoEvent event) {
 *         if (event instanceof SsoEvent.LoginCompleted login) {
 *             audit.write("signed in", login.user().getExternalId());
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>Called by the thread in which it happens, by many at a time: whoever waits for the answer waits for the listener too.
 * Several listeners are called one after the other, those of the setting first. No event holds a token or a secret.
 */
public interface SsoListener {
    /**
     * Decides on a login that is about to succeed: everything has been verified, nobody is signed in yet. Asked again
     * whenever the tokens of a session are refreshed, as the user is then mapped anew. By default everybody may sign in.
     *
     * <p>Where it throws, nobody is signed in: the answer is the page of {@link Reason#INTERNAL_ERROR}. Where it throws at a
     * refresh, the session goes on as it is, and it is asked again half a minute later; a refusal ends the session.
     *
     * @param user as the directory describes them, with what listeners before this one have added
     */
    default LoginDecision beforeLogin(SsoPrincipal user) {
        return LoginDecision.accept();
    }

    /** Hears what has happened, once, in the order of a session's life. Where it throws, that is logged, and no more. */
    default void on(SsoEvent event) {}
}
