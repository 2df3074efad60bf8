package dev.ssofilter.testkit;

import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code POST /oauth2/token} (Cognito developer guide, token-endpoint). */
final class TokenEndpoint {
    // Cognito: scope is allowed and ignored; what belongs to another grant is an unsupported parameter.
    private static final Set<String> REFRESH_PARAMETERS =
            Set.of("grant_type", "client_id", "client_secret", "refresh_token", "scope");

    private final PoolState pool;
    private final Tokens tokens;
    private final ClientAuthentication authentication;

    TokenEndpoint(PoolState pool) {
        this.pool = pool;
        this.tokens = new Tokens(pool);
        this.authentication = new ClientAuthentication(pool);
    }

    Reply answer(PretendRequest asked) {
        if (!asked.method().equals("POST")) {
            return Reply.methodNotAllowed("POST");
        }
        try {
            return Reply.json(200, pool.bends().tokenAnswer().apply(grant(asked)));
        } catch (Refusal refusal) {
            return refusal.reply();
        }
    }

    private Map<String, Object> grant(PretendRequest asked) throws Refusal {
        // RFC 6749 §3.2: no parameter more than once.
        if (asked.form().values().stream().anyMatch(values -> values.size() > 1)) {
            throw Refusal.error("invalid_request");
        }
        String grantType = required(asked, "grant_type");
        PretendClient client = authentication.byHeaderOrBody(asked).orElseThrow(() -> Refusal.error("invalid_client"));
        return switch (grantType) {
            case "authorization_code" -> redeem(asked, client);
            case "refresh_token" -> refresh(asked, client);
            case "client_credentials" -> throw Refusal.error("unauthorized_client");
            default -> throw Refusal.error("unsupported_grant_type");
        };
    }

    private Map<String, Object> redeem(PretendRequest asked, PretendClient client) throws Refusal {
        if (!client.hasCodeGrant()) {
            throw Refusal.error("unauthorized_client");
        }
        String code = required(asked, "code");
        String redirectUri = required(asked, "redirect_uri");
        Grants.Code found = pool.grants().redeem(code).orElseThrow(() -> Refusal.error("invalid_grant"));
        if (found.grant().client() != client) {
            throw Refusal.error("invalid_grant");
        }
        if (!found.redirectUri().equals(redirectUri)) {
            throw Refusal.error(pool.knobs().redirectMismatch());
        }
        // RFC 7636 §4.6; a verifier without a challenge is refused as RFC 9700 §4.8.2 asks.
        if (!Params.first(asked.form(), "code_verifier")
                .map(TokenEndpoint::challenge)
                .equals(found.challenge())) {
            throw Refusal.error("invalid_grant");
        }
        Map<String, Object> answer = issue(found.grant());
        answer.put("refresh_token", pool.grants().refreshToken(found.grant(), client.refreshTokenLifetime()));
        return ordered(answer, client);
    }

    private Map<String, Object> refresh(PretendRequest asked, PretendClient client) throws Refusal {
        if (!REFRESH_PARAMETERS.containsAll(asked.form().keySet())) {
            throw Refusal.error("invalid_request");
        }
        Grants.Refreshed refreshed = pool.grants()
                .refresh(required(asked, "refresh_token"), client, pool.knobs().rotation(client))
                .orElseThrow(() -> Refusal.error("invalid_grant"));
        Grant grant = refreshed.grant();
        Map<String, Object> answer = issue(pool.knobs().isNonceKept() ? grant : grant.withoutNonce());
        refreshed.next().ifPresent(token -> answer.put("refresh_token", token));
        return ordered(answer, client);
    }

    private Map<String, Object> issue(Grant grant) {
        Map<String, Object> answer = new LinkedHashMap<>();
        String accessToken = tokens.accessToken(grant);
        if (grant.has("openid")) {
            answer.put("id_token", tokens.idToken(grant, accessToken));
        }
        answer.put("access_token", accessToken);
        return answer;
    }

    private Map<String, Object> ordered(Map<String, Object> answer, PretendClient client) {
        answer.put("expires_in", pool.knobs().accessTokenLifetime(client).toSeconds());
        answer.put("token_type", "Bearer");
        return answer;
    }

    private static String required(PretendRequest asked, String name) throws Refusal {
        Optional<String> value = Params.first(asked.form(), name);
        return value.orElseThrow(() -> Refusal.error("invalid_request"));
    }

    private static String challenge(String verifier) {
        return Base64URL.encode(Tokens.sha256(verifier.getBytes(StandardCharsets.US_ASCII)))
                .toString();
    }
}
