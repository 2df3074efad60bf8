package dev.ssofilter.oidc;

import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import java.util.Optional;

/**
 * What a provider's error code stands for, with the causes that administrators meet most often (the codes: RFC 6749
 * §4.1.2.1 and §5.2, OIDC Core §3.1.2.6). The provider's own words go to the log, quoted and short.
 */
final class ProviderError {
    private static final String CLIENT_HINT =
            "check `clientId` and `clientSecret`; a public app client takes no secret";

    private ProviderError() {}

    static LoginFailedException ofAuthorization(String error, Optional<String> description) {
        var said = said(error, description);
        return switch (error) {
            case "access_denied" -> failed(Reason.ACCESS_DENIED, said, "the user or a policy of the provider refused");
            case "login_required", "interaction_required", "consent_required", "account_selection_required" ->
                failed(Reason.ACCESS_DENIED, said, "prompt=none was asked for, but the provider has to ask the user");
            case "invalid_scope" ->
                failed(
                        Reason.SCOPE_REFUSED,
                        said,
                        "compare `scopes` with the app client's OpenID Connect scopes; in Cognito `profile` is not ticked"
                                + " for a new app client");
            case "server_error" -> failed(Reason.PROVIDER_ANSWER_REFUSED, said, "the provider failed; see its logs");
            case "temporarily_unavailable" -> failed(Reason.USER_POOL_UNREACHABLE, said, "try again later");
            default ->
                failed(
                        Reason.AUTHORIZATION_REFUSED,
                        said,
                        "in Cognito invalid_request is most often an identity provider, a Lambda trigger or an attribute"
                                + " that is missing or immutable; unauthorized_client is a code grant that is off");
        };
    }

    static LoginFailedException ofTokenRequest(int status, String error, Optional<String> description) {
        var said = "token endpoint answered " + status + ", " + said(error, description);
        var hint =
                switch (error) {
                    case "invalid_client" -> CLIENT_HINT;
                    case "invalid_grant" ->
                        "the code was used, is older than five minutes or of another login; or the"
                                + " app client may not read an attribute of its scopes (email without email_verified)";
                    case "unauthorized_client" ->
                        // RFC 6749 §5.2 keeps 401 for client authentication; Keycloak says so of a wrong secret.
                        status == 401
                                ? CLIENT_HINT
                                : "the Return URL differs from the registered one (slash, case, port),"
                                        + " or the app client lacks the authorization code grant";
                    default -> "check the app client's settings";
                };
        return failed(Reason.TOKEN_REQUEST_REFUSED, said, hint);
    }

    private static String said(String error, Optional<String> description) {
        return "error=" + Quoted.text(error)
                + description
                        .map(text -> " error_description=" + Quoted.text(text))
                        .orElse("");
    }

    private static LoginFailedException failed(Reason reason, String said, String hint) {
        return new LoginFailedException(reason, said + "; " + hint);
    }
}
