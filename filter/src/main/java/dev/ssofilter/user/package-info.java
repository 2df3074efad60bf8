/**
 * The words that everybody shares, applications included: who is signed in ({@link dev.ssofilter.user.SsoPrincipal}) and
 * why somebody is not ({@link dev.ssofilter.user.Reason}), and what an application hears of it
 * ({@link dev.ssofilter.user.SsoListener}). The lowest floor of the house: it imports nothing of the
 * others.
 *
 * <p>Nothing is null here but what {@link dev.ssofilter.user.SsoPrincipal} answers where there is nothing to answer, a
 * claim that did not come say, as the Servlet API's getters do.
 */
@NullMarked
package dev.ssofilter.user;

import org.jspecify.annotations.NullMarked;
