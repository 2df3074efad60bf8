package dev.ssofilter.testkit;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code GET /oauth2/userInfo} (Cognito developer guide, userinfo-endpoint). */
final class UserInfoEndpoint {
    // Cognito: the challenge has no scheme word before its parameters.
    private static final String BAD_REQUEST =
            "error=\"invalid_request\", error_description=\"Bad OAuth2 request at UserInfo Endpoint\"";
    private static final String BAD_TOKEN =
            "error=\"invalid_token\", error_description=\"Access token is expired, disabled, or deleted,"
                    + " or the user has globally signed out.\"";

    private final PoolState pool;

    UserInfoEndpoint(PoolState pool) {
        this.pool = pool;
    }

    Reply answer(PretendRequest asked) {
        if (!asked.method().equals("GET")) {
            return Reply.methodNotAllowed("GET");
        }
        Optional<String> token = asked.header("Authorization")
                .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(value -> value.substring(7));
        if (token.isEmpty()) {
            return refused(400, BAD_REQUEST);
        }
        return token.flatMap(pool.grants()::byAccessToken)
                .filter(grant -> grant.has("openid"))
                .map(grant -> Reply.json(200, pool.bends().userinfo().apply(members(grant))))
                .map(UserInfoEndpoint::guarded)
                .orElseGet(() -> refused(401, BAD_TOKEN));
    }

    private static Map<String, Object> members(Grant grant) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("sub", grant.user().sub());
        grant.user().federation().ifPresent(one -> members.put("identities", identitiesText(one)));
        members.putAll(new Attributes(grant).texts());
        members.put("username", grant.user().username());
        return members;
    }

    // Cognito: here the identities are a text that holds JSON.
    private static String identitiesText(PretendUser.Federation federation) {
        String wrapped = JSONObjectUtils.toJSONString(Map.of("identities", Tokens.identities(federation)));
        return wrapped.substring(wrapped.indexOf('['), wrapped.lastIndexOf(']') + 1);
    }

    private static Reply refused(int status, String challenge) {
        return guarded(Reply.empty(status).with("WWW-Authenticate", challenge).notStored());
    }

    private static Reply guarded(Reply reply) {
        return reply.with("X-Frame-Options", "DENY").with("Server", "Server");
    }
}
