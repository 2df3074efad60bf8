/**
 * The relying party: provider metadata and keys, protocol messages, token verification, sealing. Knows no servlet type;
 * the home of Nimbus, Caffeine and {@code java.net.http}.
 *
 * <table>
 * <caption>Rooms</caption>
 * <tr><th>room</th><th>its one responsibility</th></tr>
 * <tr><td>{@link dev.ssofilter.oidc.AuthorizationCodeFlow}</td><td>the steps in their order, for one directory record</td></tr>
 * <tr><td>{@link dev.ssofilter.oidc.PendingLogin}</td><td>one authentication request in flight</td></tr>
 * <tr><td>{@link dev.ssofilter.oidc.AuthorizationResponse}</td><td>what came to the Return URL</td></tr>
 * <tr><td>RelyingParty, UserinfoRequest, ProviderLogout</td><td>write and read protocol messages</td></tr>
 * <tr><td>UserMapping</td><td>what was verified becomes the user whom the application admits</td></tr>
 * <tr><td>{@link dev.ssofilter.oidc.TokenRefresh}</td><td>one refresh for all who hold the same tokens; RefreshGrant is how
 *     it is done</td></tr>
 * <tr><td>{@link dev.ssofilter.oidc.TokenSeal}</td><td>tokens as text for a session, and back</td></tr>
 * <tr><td>ProviderError</td><td>what a provider's error code stands for</td></tr>
 * <tr><td>SignatureVerifier, Claims</td><td>signature and claim checks that all tokens share</td></tr>
 * <tr><td>IdTokenVerifier, AccessTokenVerifier</td><td>token to verified claims, or a refusal</td></tr>
 * <tr><td>{@link dev.ssofilter.oidc.ProviderMetadata}, ProviderKeys</td><td>discovery document and JWKS: lazy, cached,
 *     single-flight, last good kept</td></tr>
 * <tr><td>{@link dev.ssofilter.oidc.ProviderHealth}</td><td>whether people can sign in, as far as is known</td></tr>
 * <tr><td>Outbound, Reachability</td><td>every call to the provider, bounded in time and size; whether it answers</td></tr>
 * <tr><td>{@link dev.ssofilter.oidc.Doctor}, Probe and the classes named Checks</td><td>prove a set-up without a
 *     user</td></tr>
 * <tr><td>{@link dev.ssofilter.oidc.Sealer}, {@link dev.ssofilter.oidc.Seal}</td><td>what others carry for us: the keys,
 *     and a seal for each purpose</td></tr>
 * <tr><td>{@link dev.ssofilter.oidc.RecentSet}</td><td>what this node has seen lately</td></tr>
 * <tr><td>{@link dev.ssofilter.oidc.Parameters}</td><td>form-encoded parameters</td></tr>
 * </table>
 *
 * <p>Nothing is null inside the house: absence is an empty {@code Optional} as a result and is never a parameter.
 */
@NullMarked
package dev.ssofilter.oidc;

import org.jspecify.annotations.NullMarked;
