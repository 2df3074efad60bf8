package dev.ssofilter.testkit;

import java.util.Optional;

/**
 * {@code GET /logout}, which is not RP-initiated logout: it takes client_id with logout_uri, or with redirect_uri
 * (Cognito developer guide, logout-endpoint).
 */
final class LogoutEndpoint {
    private final PoolState pool;

    LogoutEndpoint(PoolState pool) {
        this.pool = pool;
    }

    Reply answer(PretendRequest asked) {
        if (!asked.method().equals("GET")) {
            return Reply.methodNotAllowed("GET");
        }
        // Cognito: the session may end even where the rest of the request is wrong.
        return pool.sessions().end(asked, destination(asked));
    }

    private Reply destination(PretendRequest asked) {
        Optional<String> clientId = Params.first(asked.query(), "client_id");
        if (clientId.isEmpty()) {
            return Pages.error("Required String parameter 'client_id' is not present");
        }
        Optional<PretendClient> client = clientId.flatMap(pool::client);
        if (client.isEmpty()) {
            return Pages.error("Client " + clientId.get() + " does not exist.");
        }
        return to(asked, client.get());
    }

    private Reply to(PretendRequest asked, PretendClient client) {
        Optional<String> logoutUri = Params.first(asked.query(), "logout_uri").filter(client::takesSignOut);
        if (logoutUri.isPresent()) {
            return Reply.redirect(logoutUri.get());
        }
        Optional<String> redirectUri = Params.first(asked.query(), "redirect_uri");
        if (redirectUri.isEmpty()
                || Params.first(asked.query(), "response_type").isEmpty()) {
            return Pages.error("Required String parameter 'redirect_uri' is not present");
        }
        // Cognito: whatever came is copied into the next address, an id_token_hint too.
        return client.takesCallback(redirectUri.get())
                ? Reply.redirect("/login?" + asked.rawQuery())
                : Reply.redirect("/error?error=redirect_mismatch&" + asked.rawQuery());
    }
}
