package dev.ssofilter.testkit;

import java.util.Map;
import java.util.Optional;

/** {@code POST /oauth2/revoke} (Cognito developer guide, revocation-endpoint). */
final class RevokeEndpoint {
    private final PoolState pool;
    private final ClientAuthentication authentication;

    RevokeEndpoint(PoolState pool) {
        this.pool = pool;
        this.authentication = new ClientAuthentication(pool);
    }

    Reply answer(PretendRequest asked) {
        if (!asked.method().equals("POST")) {
            return Reply.methodNotAllowed("POST");
        }
        Optional<String> token = Params.first(asked.form(), "token");
        if (token.isEmpty()) {
            return Reply.error("invalid_request");
        }
        Optional<PretendClient> client = pool.knobs().isBodyTakenAtRevocation()
                ? authentication.byHeaderOrBody(asked)
                : authentication.byHeader(asked);
        if (client.isEmpty()) {
            return Reply.json(401, Map.of("error", "invalid_client"));
        }
        if (!client.get().hasTokenRevocation()) {
            return Reply.error("invalid_request");
        }
        if (pool.grants().isAccessToken(token.get())) {
            return Reply.error("unsupported_token_type");
        }
        pool.grants().revoke(token.get(), client.get());
        return Reply.empty(200).notStored();
    }
}
