package dev.ssofilter.oidc;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.AccessTokenType;
import com.nimbusds.oauth2.sdk.token.RefreshToken;
import com.nimbusds.oauth2.sdk.util.URIUtils;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import dev.ssofilter.directory.DirectoryRecord;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
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
    private final Optional<String> authorization;
    private final Map<String, List<String>> credentials;
    private volatile Optional<Common> last = Optional.empty();
    private volatile Optional<CommonRedemption> lastRedemption = Optional.empty();

    RelyingParty(DirectoryRecord directory, Map<String, List<String>> fixedParameters, Outbound outbound) {
        this.directory = directory;
        this.fixedParameters = fixedParameters;
        this.outbound = outbound;
        this.clientId = new ClientID(directory.clientId());
        var secret = directory.clientSecret().map(Secret::new);
        var basic = secret.filter(known -> directory.enableTokenEndpointBasicAuth())
                .map(known -> new ClientSecretBasic(clientId, known));
        this.authorization = basic.map(ClientSecretBasic::toHTTPAuthorizationHeader);
        this.credentials = basic.isPresent()
                ? Map.of()
                : secret.map(known -> new ClientSecretPost(clientId, known).toParameters())
                        .orElseGet(() -> Map.of("client_id", List.of(clientId.getValue())));
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
                && isSame(known.get().authorizationUrl(), provider.authorizationUrl())
                && isSame(known.get().returnUrl(), returnUrl)) {
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

    /** To the letter, as providers compare them (RFC 6749 §3.1.2.3): two URIs are equal that are not. */
    private static boolean isSame(URI one, URI other) {
        return one.toString().equals(other.toString());
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

    HttpRequest tokenRequest(String code, PendingLogin pending, URI returnUrl, Provider provider) {
        var body = commonRedemption(returnUrl) + "&code=" + URLEncoder.encode(code, StandardCharsets.UTF_8);
        // The verifier is base64url: nothing of it would be encoded.
        return tokenRequest(
                directory.enablePkce() ? body + "&code_verifier=" + pending.codeVerifier() : body, provider);
    }

    /** What every redemption with one Return URL has in common, as it was written for the last one. */
    private record CommonRedemption(URI returnUrl, String body) {}

    private String commonRedemption(URI returnUrl) {
        var known = lastRedemption;
        if (known.isPresent() && isSame(known.get().returnUrl(), returnUrl)) {
            return known.get().body();
        }
        var parameters = new AuthorizationCodeGrant(new AuthorizationCode("appended"), returnUrl).toParameters();
        parameters.remove("code");
        var body = form(parameters);
        lastRedemption = Optional.of(new CommonRedemption(returnUrl, body));
        return body;
    }

    /** With our credentials, where they belong into the body. */
    private String form(Map<String, List<String>> parameters) {
        var all = new LinkedHashMap<>(parameters);
        all.putAll(credentials);
        return URLUtils.serializeParameters(all);
    }

    /**
     * One token request with the refresh token (RFC 6749 §6), never sent twice: it may work only once.
     *
     * @throws LoginFailedException LOGIN_REQUIRED where it is refused: revoked, expired, used up
     */
    Tokens refresh(KeptTokens kept, Provider provider) throws LoginFailedException {
        var refreshToken = new RefreshToken(kept.refreshToken().orElseThrow());
        var request = tokenRequest(form(new RefreshTokenGrant(refreshToken).toParameters()), provider);
        var answer = outbound.send(request, Outbound.TOKEN_LIMIT);
        if (LOGIN_NEEDED.contains(TokenAnswer.read(answer).error())) {
            throw new LoginFailedException(
                    Reason.LOGIN_REQUIRED, "the provider refused the refresh token: revoked, expired or used up");
        }
        return tokens(answer, Optional.of(kept));
    }

    private HttpRequest tokenRequest(String body, Provider provider) {
        var request = OutboundRequest.to(provider.tokenUrl())
                .setHeader("Content-Type", "application/x-www-form-urlencoded")
                .setHeader("Accept", "application/json")
                .POST(BodyPublishers.ofString(body));
        authorization.ifPresent(header -> request.setHeader("Authorization", header));
        return request.build();
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
        requireVisible("access_token", accessToken.getValue());
        requireVisible("refresh_token", refreshToken.orElse(""));
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

    /** RFC 6749 appendix A.12, A.17: no header can carry anything else. */
    private static void requireVisible(String name, String token) throws LoginFailedException {
        if (!token.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw refused("has a character in its " + name + " that is not visible ASCII (RFC 6749 appendix A); ask the"
                    + " provider");
        }
    }

    private static LoginFailedException refused(String found) {
        return new LoginFailedException(Reason.PROVIDER_ANSWER_REFUSED, "token endpoint's answer " + found);
    }
}
