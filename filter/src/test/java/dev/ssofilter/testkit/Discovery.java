package dev.ssofilter.testkit;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the issuer's host serves: the discovery document and the keys. */
final class Discovery {
    private final PoolState pool;

    Discovery(PoolState pool) {
        this.pool = pool;
    }

    Reply answer(PretendRequest request) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return Reply.methodNotAllowed("GET");
        }
        return switch (request.path()
                .substring(URI.create(pool.issuer()).getPath().length())) {
            case "/.well-known/openid-configuration" ->
                published(pool.bends().discovery().apply(document()));
            case "/.well-known/jwks.json" ->
                published(pool.bends()
                        .keys()
                        .apply(new LinkedHashMap<>(pool.keys().published())));
            default -> badRequest();
        };
    }

    static Reply badRequest() {
        return Reply.of(
                400,
                Reply.JSON,
                "{\"message\":\"The server did not understand the operation.\",\"code\":\"BadRequest\"}");
    }

    static Reply unknownPool() {
        return Reply.of(
                400, Reply.JSON, "{\"message\":\"User pool does not exist.\",\"code\":\"ResourceNotFoundException\"}");
    }

    private Map<String, Object> document() {
        PretendKnobs knobs = pool.knobs();
        String endpoints = knobs.hasDomain() ? pool.domain() : pool.issuer();
        Map<String, Object> document = new TreeMap<>();
        document.put("authorization_endpoint", endpoints + "/oauth2/authorize");
        document.put("end_session_endpoint", endpoints + (knobs.isStandardLogout() ? EndSession.PATH : "/logout"));
        document.put("id_token_signing_alg_values_supported", List.of("RS256"));
        document.put("issuer", knobs.documentIssuer().orElse(pool.issuer()));
        document.put("jwks_uri", pool.issuer() + "/.well-known/jwks.json");
        document.put("response_types_supported", List.of("code", "token"));
        document.put("scopes_supported", List.of("openid", "email", "phone", "profile"));
        document.put("subject_types_supported", List.of("public"));
        if (knobs.hasDomain()) {
            document.put("token_endpoint", endpoints + "/oauth2/token");
        }
        document.put("token_endpoint_auth_methods_supported", List.of("client_secret_basic", "client_secret_post"));
        document.put("userinfo_endpoint", endpoints + "/oauth2/userInfo");
        if (knobs.hasRevocation()) {
            document.put("revocation_endpoint", endpoints + "/oauth2/revoke");
        }
        if (knobs.isIssSent()) {
            document.put("authorization_response_iss_parameter_supported", true);
        }
        if (!knobs.pkceMethods().isEmpty()) {
            document.put("code_challenge_methods_supported", knobs.pkceMethods());
        }
        if (knobs.isFormPost()) {
            document.put("response_modes_supported", List.of("query", "form_post"));
        }
        return document;
    }

    private static Reply published(Map<String, Object> members) {
        return Reply.of(200, "application/json", JSONObjectUtils.toJSONString(members))
                .with("Cache-Control", "public, max-age=86400")
                .with("Access-Control-Allow-Origin", "*");
    }
}
