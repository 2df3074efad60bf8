package dev.ssofilter.oidc;

import com.nimbusds.common.contenttype.ContentType;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessTokenType;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.oauth2.sdk.util.URIUtils;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import dev.ssofilter.directory.DirectoryRecord;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Writes and reads the protocol's messages: authentication request and token request. */
final class RelyingParty {
    /** RFC 6749 §5.1: expires_in may be left out. */
    private static final Duration UNTOLD_LIFETIME = Duration.ofHours(1);

    private static final Duration LONGEST_LIFETIME = Duration.ofDays(365);

    /** RFC 6749 §5.2, OIDC Core §3.1.2.6: only the user can help. Other errors tell of our settings. */
    private static final Set<String> LOGIN_NEEDED =
            Set.of("invalid_grant", "login_required", "interaction_required", "consent_required");

    private static final Set<String> APPENDED = Set.of("state", "nonce", "code_challenge", "code_challenge_method");

    private final DirectoryRecord directory;
    private final Map<String, List<String>> fixedParameters;
    private final Outbound outbound;
    private final ClientID clientId;
    private volatile Optional<Common> last = Optional.empty();

    RelyingParty(DirectoryRecord directory, Map<String, List<String>> fixedParameters, Outbound outbound) {
        this.directory = directory;
        this.fixedParameters = fixedParameters;
        this.outbound = outbound;
        this.clientId = new ClientID(directory.clientId());
    }

    /** What every authentication request with one Return URL has in common, as it was written for the last one. */
    private record Common(URI authorizationUrl, URI returnUrl, String url) {}

    /** OIDC Core §3.1.2.1, RFC 7636 §4.3. */
    String authenticationRequest(
            PendingLogin pending, URI returnUrl, Provider provider, Map<String, String> forwardedParameters) {
        var common = common(returnUrl, provider, forwardedParameters);
        // State, nonce and challenge are base64url: nothing of them would be encoded.
        if (!directory.enablePkce()) {
            return common + "&state=" + pending.state() + "&nonce=" + pending.nonce();
        }
        // Cognito: takes S256 although its discovery document does not say so.
        return common + "&state=" + pending.state() + "&nonce=" + pending.nonce()
                + "&code_challenge_method=S256&code_challenge=" + pending.codeChallenge();
    }

    private String common(URI returnUrl, Provider provider, Map<String, String> forwardedParameters) {
        var known = last;
        if (forwardedParameters.isEmpty()
                && known.isPresent()
                && known.get().authorizationUrl().equals(provider.authorizationUrl())
                && known.get().returnUrl().equals(returnUrl)) {
            return known.get().url();
        }
        var scope = new Scope(directory.scopes().toArray(String[]::new));
        var request = new AuthenticationRequest.Builder(ResponseType.CODE, scope, clientId, returnUrl)
                .endpointURI(provider.authorizationUrl());
        if (directory.enableResponseModeFormPost()) {
            request.responseMode(ResponseMode.FORM_POST);
        }
        fixedParameters.forEach((name, values) -> request.customParameter(name, values.toArray(String[]::new)));
        forwardedParameters.forEach(request::customParameter);
        var url = withoutWhatIsAppended(request.build().toURI()).toString();
        if (forwardedParameters.isEmpty()) {
            last = Optional.of(new Common(provider.authorizationUrl(), returnUrl, url));
        }
        return url;
    }

    /** An endpoint may have a query of its own (RFC 6749 §3.1), of which none of these parameters stays. */
    private static URI withoutWhatIsAppended(URI request) {
        var query = new LinkedHashMap<>(URLUtils.parseParameters(request.getRawQuery()));
        return query.keySet().removeAll(APPENDED)
                ? URI.create(URIUtils.stripQueryString(request) + "?" + URLUtils.serializeParameters(query))
                : request;
    }

    /** One token request (RFC 6749 §4.1.3, RFC 7636 §4.5), never sent twice: a code works once. */
    Tokens redeem(String code, PendingLogin pending, URI returnUrl, Provider provider) throws LoginFailedException {
        return tokens(
                outbound.send(tokenRequest(code, pending, returnUrl, provider), Outbound.TOKEN_LIMIT),
                Optional.empty());
    }

    HTTPRequest tokenRequest(String code, PendingLogin pending, URI returnUrl, Provider provider) {
        var grant = directory.enablePkce()
                ? new AuthorizationCodeGrant(
                        new AuthorizationCode(code), returnUrl, new CodeVerifier(pending.codeVerifier()))
                : new AuthorizationCodeGrant(new AuthorizationCode(code), returnUrl);
        return tokenRequest(grant, provider);
    }

    /**
     * One token request with the refresh token (RFC 6749 §6), never sent twice: it may work only once.
     *
     * @throws LoginFailedException LOGIN_REQUIRED where it is refused: revoked, expired, used up
     */
    Tokens refresh(KeptTokens kept, Provider provider) throws LoginFailedException {
        var refreshToken = new RefreshToken(kept.refreshToken().orElseThrow());
        var request = tokenRequest(new RefreshTokenGrant(refreshToken), provider);
        var answer = outbound.send(request, Outbound.TOKEN_LIMIT);
        if (LOGIN_NEEDED.contains(TokenAnswer.read(answer).error())) {
            throw new LoginFailedException(
                    Reason.LOGIN_REQUIRED, "the provider refused the refresh token: revoked, expired or used up");
        }
        return tokens(answer, Optional.of(kept));
    }

    private HTTPRequest tokenRequest(AuthorizationGrant grant, Provider provider) {
        var request = new HTTPRequest(HTTPRequest.Method.POST, provider.tokenUrl());
        request.setEntityContentType(ContentType.APPLICATION_URLENCODED);
        request.setAccept("application/json");
        var parameters = grant.toParameters();
        var secret = directory.clientSecret().map(Secret::new);
        if (secret.isPresent() && directory.enableTokenEndpointBasicAuth()) {
            new ClientSecretBasic(clientId, secret.get()).applyTo(request);
        } else {
            parameters.put("client_id", List.of(clientId.getValue()));
            secret.ifPresent(known -> parameters.put("client_secret", List.of(known.getValue())));
        }
        request.setBody(URLUtils.serializeParameters(parameters));
        return request;
    }

    /** @param before what is kept already, and may be left out of the answer to a refresh (OIDC Core §12.2) */
    private static Tokens tokens(HTTPResponse answer, Optional<KeptTokens> before) throws LoginFailedException {
        try {
            var response = TokenResponse.parse(answer);
            if (response instanceof TokenErrorResponse error) {
                throw tokenError(answer.getStatusCode(), error.getErrorObject());
            }
            return tokens(response, before, () -> AnswerTimes.date(answer));
        } catch (ParseException | IllegalArgumentException e) {
            throw noTokenResponse(answer, e);
        }
    }

    private static LoginFailedException tokenError(int status, ErrorObject error) throws ParseException {
        // RFC 6749 §5.2: error is required. A front layer's own answer, HTML mostly, has none.
        var code = Optional.ofNullable(error.getCode()).orElseThrow(() -> new ParseException("no error"));
        return ProviderError.ofTokenRequest(status, code, Optional.ofNullable(error.getDescription()));
    }

    private static LoginFailedException noTokenResponse(HTTPResponse answer, Exception cause) {
        var status = answer.getStatusCode();
        var unreachable = OutboundFailures.isOutage(status);
        return new LoginFailedException(
                unreachable ? Reason.USER_POOL_UNREACHABLE : Reason.PROVIDER_ANSWER_REFUSED,
                "token endpoint answered " + status + " with something that is no token response (RFC 6749 §5); "
                        + (unreachable ? "look at the provider's status" : "check `tokenUrl`"),
                cause,
                AnswerTimes.retryAfter(answer).orElse(Duration.ZERO));
    }

    private static Tokens tokens(TokenResponse response, Optional<KeptTokens> before, Supplier<Optional<Instant>> date)
            throws LoginFailedException {
        var success = response.toSuccessResponse();
        var accessToken = success.getTokens().getAccessToken();
        var others = success.getCustomParameters();
        if (others.containsKey("error")) {
            throw refused("holds an error although its status is 200");
        }
        if (!AccessTokenType.BEARER.equals(accessToken.getType())) {
            throw refused("has another token_type; expected Bearer");
        }
        var idToken = others.get("id_token") instanceof String came
                ? Optional.of(came)
                : before.filter(kept -> !others.containsKey("id_token")).map(KeptTokens::idToken);
        var refreshToken = Optional.ofNullable(success.getTokens().getRefreshToken())
                .map(RefreshToken::getValue)
                .or(() -> before.flatMap(KeptTokens::refreshToken));
        var lifetime = accessToken.getLifetime() > 0
                ? Collections.min(List.of(Duration.ofSeconds(accessToken.getLifetime()), LONGEST_LIFETIME))
                : UNTOLD_LIFETIME;
        return new Tokens(
                idToken.orElseThrow(() ->
                        refused("holds no id_token; `scopes` must hold openid, and the app client must allow it")),
                accessToken.getValue(),
                refreshToken,
                lifetime,
                date);
    }

    private static LoginFailedException refused(String found) {
        return new LoginFailedException(Reason.PROVIDER_ANSWER_REFUSED, "token endpoint's answer " + found);
    }
}
