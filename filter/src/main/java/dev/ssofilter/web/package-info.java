/**
 * The flow over HTTP between browser and application: classify, log in, log out, session, cookies, pages. The home of
 * {@code jakarta.servlet}.
 *
 * <table>
 * <caption>Rooms</caption>
 * <tr><th>room</th><th>its one responsibility</th></tr>
 * <tr><td>{@link dev.ssofilter.web.RequestHeaders}</td><td>what matters of a request's headers</td></tr>
 * <tr><td>{@link dev.ssofilter.web.RequestClassifier}</td><td>a request to {@link dev.ssofilter.web.RequestKind} and
 *     {@link dev.ssofilter.web.Caller}: the one place that compares paths</td></tr>
 * <tr><td>PathReading</td><td>the path of a raw URI, and whether it can be read in one way alone</td></tr>
 * <tr><td>{@link dev.ssofilter.web.ClearPaths}</td><td>paths that are let through, and only where they are not ambiguous</td></tr>
 * <tr><td>RequiredRoles</td><td>which roles a request needs by its path</td></tr>
 * <tr><td>{@link dev.ssofilter.web.ResponseChannel}</td><td>how the authorization response comes</td></tr>
 * <tr><td>{@link dev.ssofilter.web.ApplicationAddress}</td><td>baseUrl for a request</td></tr>
 * <tr><td>{@link dev.ssofilter.web.Login}, {@link dev.ssofilter.web.Logout}</td><td>the steps, in order</td></tr>
 * <tr><td>TargetUrl</td><td>where the user was going; cannot hold another host</td></tr>
 * <tr><td>LoginCookie, LoopBreaker, Cookies</td><td>what the browser carries before there is a session</td></tr>
 * <tr><td>{@link dev.ssofilter.web.UserSession}</td><td>the only class that touches {@code HttpSession}, with its parts
 *     StoredUser (who), SessionLife (how long) and SessionTokens (refreshed in time)</td></tr>
 * <tr><td>SsoRequest</td><td>the user, as the Servlet API shows one</td></tr>
 * <tr><td>{@link dev.ssofilter.web.SessionCookie}</td><td>the container's session cookie, hardened at start</td></tr>
 * <tr><td>{@link dev.ssofilter.web.Me}</td><td>the user, as JSON</td></tr>
 * <tr><td>{@link dev.ssofilter.web.Health}</td><td>whether signing in works, as JSON</td></tr>
 * <tr><td>{@link dev.ssofilter.web.FailurePage}, Page, Html, PageFile, OwnAnswer, LogLine, LogLimit</td><td>what everybody
 *     is told</td></tr>
 * </table>
 *
 * <p>Nothing is null inside the house: absence is an empty {@code Optional} as a result and is never a parameter.
 */
@NullMarked
package dev.ssofilter.web;

import org.jspecify.annotations.NullMarked;
