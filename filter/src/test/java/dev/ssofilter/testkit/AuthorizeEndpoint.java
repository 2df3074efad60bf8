package dev.ssofilter.testkit;

import java.util.Map;
import java.util.Optional;

/** {@code GET /oauth2/authorize} (Cognito developer guide, authorization-endpoint). */
final class AuthorizeEndpoint {
    private final PoolState pool;

    AuthorizeEndpoint(PoolState pool) {
        this.pool = pool;
    }

    Reply answer(PretendRequest asked) {
        if (!asked.method().equals("GET")) {
            return Reply.methodNotAllowed("GET");
        }
        try {
            AuthorizationRequest request = AuthorizationRequest.read(asked, pool);
            Optional<Sessions.Session> session = pool.sessions().find(asked);
            if (request.prompts("none") && (session.isEmpty() || asksForTheWrongUser(asked, session.get()))) {
                return request.respond(pool, Map.of("error", "login_required"));
            }
            return session.filter(one -> !request.prompts("login") && !request.prompts("select_account"))
                    .map(one ->
                            request.respond(pool, Map.of("code", pool.grants().code(request, Grant.of(request, one)))))
                    .orElseGet(() -> Reply.redirect("/login?" + asked.rawQuery()));
        } catch (Refusal refusal) {
            return refusal.reply();
        }
    }

    private static boolean asksForTheWrongUser(PretendRequest asked, Sessions.Session session) {
        return Params.first(asked.query(), "identity_provider")
                        .filter("COGNITO"::equals)
                        .isPresent()
                && session.user().federation().isPresent();
    }
}
