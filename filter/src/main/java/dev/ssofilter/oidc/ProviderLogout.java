package dev.ssofilter.oidc;

import com.nimbusds.jose.util.Base64;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import dev.ssofilter.directory.DirectoryRecord;
import dev.ssofilter.directory.LogoutStyle;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the provider is told when its user signs out here: to revoke the refresh token, and by the browser to end its session. */
final class ProviderLogout {
    /** It goes into a header, for which containers have 8 KB; without it the provider asks the user. */
    private static final int LONGEST_HINT = 4_000;

    private final DirectoryRecord directory;
    private final Optional<LogoutStyle> style;
    private final Outbound outbound;
    private final ClientID clientId;

    ProviderLogout(DirectoryRecord directory, Optional<LogoutStyle> style, Outbound outbound) {
        this.directory = directory;
        this.style = style;
        this.outbound = outbound;
        this.clientId = new ClientID(directory.clientId());
    }

    /**
     * Where the browser goes to end the provider's own session; empty where the provider has no such place, or is not to
     * be sent there.
     *
     * @param idToken of the session that has ended, where it was kept
     */
    Optional<URI> request(Provider provider, URI after, Optional<String> idToken) {
        var parameters = new TreeMap<>(Map.of("client_id", clientId.getValue()));
        switch (style(style, provider)) {
            // Cognito: logout takes client_id and logout_uri; an id_token_hint would end up in its address bar,
            // whatever else is asked for.
            case COGNITO -> parameters.put("logout_uri", after.toString());
            // OIDC RP-Initiated Logout §2. Nothing here depends on the state that comes back.
            case STANDARD -> {
                parameters.put("post_logout_redirect_uri", after.toString());
                parameters.put("state", new State().getValue());
                idToken.filter(token -> token.length() <= LONGEST_HINT && !provider.isUserPool())
                        .ifPresent(token -> parameters.put("id_token_hint", token));
            }
            case NONE -> {
                return Optional.empty();
            }
        }
        return provider.logoutUrl().map(endpoint -> Parameters.appendTo(endpoint, parameters));
    }

    /** As the setting has it, or told from the provider's URLs. */
    static LogoutStyle style(Optional<LogoutStyle> setting, Provider provider) {
        return setting.orElse(provider.logsOutLikeCognito() ? LogoutStyle.COGNITO : LogoutStyle.STANDARD);
    }

    /**
     * Asks the provider to revoke a refresh token (RFC 7009 §2), in each way in which this client may say who it is.
     *
     * @return false where the provider has no place for it
     * @throws LoginFailedException where it cannot be reached, or refuses
     */
    boolean revoke(Provider provider, String refreshToken) throws LoginFailedException {
        if (provider.revocationUrl().isEmpty()) {
            return false;
        }
        var requests = requests(provider, provider.revocationUrl().get(), new RefreshToken(refreshToken));
        var answer = outbound.send(requests.get(0), Outbound.TOKEN_LIMIT);
        for (var again : requests.subList(1, requests.size())) {
            if (answer.getStatusCode() == HTTPResponse.SC_OK || OutboundFailures.isOutage(answer.getStatusCode())) {
                break;
            }
            answer = outbound.send(again, Outbound.TOKEN_LIMIT);
        }
        requireOk(answer);
        return true;
    }

    // Cognito: documented for Basic alone, whatever the app client uses elsewhere; others take what was registered.
    private List<HTTPRequest> requests(Provider provider, URI endpoint, RefreshToken token) {
        return directory
                .clientSecret()
                .map(Secret::new)
                .map(secret -> List.of(
                        basic(
                                provider,
                                new TokenRevocationRequest(endpoint, new ClientSecretBasic(clientId, secret), token)),
                        new TokenRevocationRequest(endpoint, new ClientSecretPost(clientId, secret), token)
                                .toHTTPRequest()))
                .orElseGet(() -> List.of(new TokenRevocationRequest(endpoint, clientId, token).toHTTPRequest()));
    }

    // Cognito: compares what stands in the header without decoding it first, as RFC 6749 §2.3.1 asks.
    private HTTPRequest basic(Provider provider, TokenRevocationRequest revocation) {
        var request = revocation.toHTTPRequest();
        if (provider.isUserPool()) {
            var plain = clientId.getValue() + ":" + directory.clientSecret().orElseThrow();
            request.setAuthorization("Basic " + Base64.encode(plain));
        }
        return request;
    }

    private static void requireOk(HTTPResponse answer) throws LoginFailedException {
        var status = answer.getStatusCode();
        if (OutboundFailures.isOutage(status)) {
            throw OutboundFailures.outage("revocation endpoint: status " + status, answer);
        }
        if (status != HTTPResponse.SC_OK) {
            throw new LoginFailedException(
                    Reason.PROVIDER_ANSWER_REFUSED,
                    "revocation endpoint answered " + status + " error="
                            + Quoted.text(TokenAnswer.read(answer).error())
                            + "; check clientId and clientSecret, and that the app client has token revocation on");
        }
    }
}
