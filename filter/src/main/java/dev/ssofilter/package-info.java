/**
 * The front door: the filter, the command, and what wires them. {@code SignIn} shows the whole flow;
 * each step is a line there and a room one floor down.
 *
 * <pre>
 * request ─▶ classify ─┬─ RETURN    ─▶ read response ─▶ open pending login ─▶ redeem code ─▶ verify ID token
 *                      │               ─▶ verify access token ─▶ map claims ─▶ establish session ─▶ redirect to target
 *                      ├─ LOGIN     ─▶ begin login: seal pending login ─▶ redirect to the provider
 *                      ├─ LOGOUT    ─▶ end session ─▶ revoke refresh token ─▶ redirect to the provider
 *                      ├─ SIGNED_OUT, ME, HEALTH ─▶ answer
 *                      ├─ PUBLIC    ─▶ a user in the session? wrap ─▶ pass on
 *                      └─ PROTECTED ─┬─ a user is in the session ─▶ tokens fresh? has the role? wrap ─▶ pass on
 *                                    ├─ a page is asked for      ─▶ begin login
 *                                    └─ anything else            ─▶ 401, as it cannot follow a login page
 * any step may throw LoginFailedException ─▶ FailurePage
 * </pre>
 *
 * <p>A request comes first to a {@code Gate}: {@code SignIn}, one object graph of one directory record, or {@code NotSetUp}
 * where there is none that can be used and the application has mapped the {@link dev.ssofilter.SsoSetupServlet}.
 * {@code CurrentGate} puts another in its place, as a whole, once the record's file has changed.
 *
 * <p>Five floors, each importing only those below it: this package, {@code web} (HTTP), {@code oidc} (the relying party),
 * {@code directory} (record, settings, claim mapping), {@link dev.ssofilter.user} (the words everyone shares). This
 * package and {@code user} are the API; the others are the inside of the house, whatever {@code public} means between
 * floors.
 *
 * <p>Decisions: a pending login lives in a sealed cookie and not in the session, so that anonymous requests make no
 * session, tabs do not disturb each other and any node can finish any login. The chain is called outside of every
 * {@code try} of ours, so that no failure of ours lets a request through and none of the application's is mistaken for
 * ours. No header of a request ever builds a URL.
 *
 * <p>Nothing is null inside the house: absence is an empty {@code Optional} as a result and is never a parameter.
 */
@NullMarked
package dev.ssofilter;

import org.jspecify.annotations.NullMarked;
