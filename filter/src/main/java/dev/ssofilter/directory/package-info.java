/**
 * What an administrator writes, checked: the directory record, the settings and where each came from, and the claims that
 * make a user. Second floor of the house; home of JSON-B. It opens no connection and knows no servlet type.
 *
 * <table>
 * <caption>The rooms</caption>
 * <tr><td>{@link dev.ssofilter.directory.Settings}</td><td>everything that can be set, valid; all problems at once</td></tr>
 * <tr><td>{@link dev.ssofilter.directory.DirectoryRecord}</td><td>one OpenID Provider as the guide describes it</td></tr>
 * <tr><td>{@link dev.ssofilter.directory.DiscoveryDomain}</td><td>what was pasted; where the document is</td></tr>
 * <tr><td>{@link dev.ssofilter.directory.EndpointUrl}</td><td>the one rule for URLs that are called or redirected to</td></tr>
 * <tr><td>{@link dev.ssofilter.directory.ClaimMapper}</td><td>verified claims to the principal</td></tr>
 * <tr><td>{@link dev.ssofilter.directory.Listeners}</td><td>the application's listeners, asked and told</td></tr>
 * <tr><td>{@link dev.ssofilter.directory.RoleNames}</td><td>what the directory's roles are called here</td></tr>
 * <tr><td>{@link dev.ssofilter.directory.PathRules}</td><td>which roles a path needs</td></tr>
 * <tr><td>{@link dev.ssofilter.directory.Json}</td><td>strict JSON for the whole house</td></tr>
 * </table>
 *
 * <p>Nothing is null in this package: no parameter, no result, no element.
 */
@NullMarked
package dev.ssofilter.directory;

import org.jspecify.annotations.NullMarked;
