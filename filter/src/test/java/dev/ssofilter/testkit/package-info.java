/**
 * The test kit: a user pool and a browser, for tests and demonstrations that need neither AWS nor a network.
 *
 * <p>{@link dev.ssofilter.testkit.PretendUserPool} is the way in, {@link dev.ssofilter.testkit.PretendUserPoolMain}
 * the same as a program. Below it, one class per endpoint ({@code AuthorizeEndpoint}, {@code LoginPage}, {@code
 * TokenEndpoint}, {@code UserInfoEndpoint}, {@code RevokeEndpoint}, {@code LogoutEndpoint}, {@code EndSession}, {@code
 * Discovery}) turns a {@code PretendRequest} into a {@code Reply}; {@code Endpoints} says which path is whose, {@code
 * Wire} holds the HTTP server, the record of what was asked, and the faults. What a test turns stands in {@code
 * PretendClient} and {@code PretendUser} (as an administrator sets them up), {@code PretendKnobs} (the whole pool,
 * until undone) and {@code PretendBends} (one kind of answer).
 *
 * <p>Everything but the tests imports the JDK and nimbus-jose-jwt alone, so that the kit runs from one jar beside
 * that one. What is known of Cognito but not written down by AWS is chosen strictly: an application that works here
 * asks nothing of Cognito that it may refuse.
 */
package dev.ssofilter.testkit;
