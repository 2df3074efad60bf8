package dev.ssofilter.oidc;

import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import dev.ssofilter.directory.Json;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Asks the Userinfo endpoint, where a claim is mapped from it (OIDC Core §5.3). */
final class UserinfoRequest {
    private final Outbound outbound;

    UserinfoRequest(Outbound outbound) {
        this.outbound = outbound;
    }

    Map<String, Object> send(String accessToken, String subject, Provider provider) throws LoginFailedException {
        var endpoint = provider.userinfoUrl()
                .orElseThrow(() -> refused("the discovery document names no userinfo_endpoint; set `userinfoUrl`, or"
                        + " map no claim from Userinfo"));
        var request = new UserInfoRequest(endpoint, new BearerAccessToken(accessToken)).toHTTPRequest();
        request.setAccept("application/json");
        var claims = claims(outbound.send(request, Outbound.USERINFO_LIMIT), endpoint);
        // OIDC Core §5.3.2: sub must be there and equal, else nothing of it may be used.
        if (!subject.equals(claims.get("sub"))) {
            throw refused("sub is missing or differs from the ID token's; the answer belongs to another user");
        }
        return claims;
    }

    private static Map<String, Object> claims(HTTPResponse answer, URI endpoint) throws LoginFailedException {
        requireOk(answer, endpoint);
        var type = Optional.ofNullable(answer.getEntityContentType());
        if (!type.map(t -> t.getBaseType()).equals(Optional.of("application"))
                || !type.map(t -> t.getSubType()).equals(Optional.of("json"))) {
            throw refused("Content-Type is not application/json; signed and encrypted answers are not supported");
        }
        try {
            return Json.object(Optional.ofNullable(answer.getBody()).orElse(""));
        } catch (Json.MalformedException e) {
            throw new LoginFailedException(Reason.USERINFO_REFUSED, "Userinfo: the body is no JSON object", e);
        }
    }

    private static void requireOk(HTTPResponse answer, URI endpoint) throws LoginFailedException {
        var status = answer.getStatusCode();
        if (OutboundFailures.isOutage(status)) {
            throw OutboundFailures.outage("Userinfo: status " + status, answer);
        }
        if (status != HTTPResponse.SC_OK) {
            // Cognito: the path is case-sensitive, and the guide's manual value is in lower case.
            var hint = endpoint.getPath().endsWith("/oauth2/userinfo")
                    ? "Cognito's path is /oauth2/userInfo: correct `userinfoUrl`"
                    : "`scopes` must hold openid; check `userinfoUrl`";
            throw refused("status " + status + "; " + hint);
        }
    }

    private static LoginFailedException refused(String found) {
        return new LoginFailedException(Reason.USERINFO_REFUSED, "Userinfo: " + found);
    }
}
