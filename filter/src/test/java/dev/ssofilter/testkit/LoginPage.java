package dev.ssofilter.testkit;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** {@code /login}: the form, and what becomes of it. */
final class LoginPage {
    private static final String CSRF_COOKIE = "XSRF-TOKEN";

    private final PoolState pool;

    LoginPage(PoolState pool) {
        this.pool = pool;
    }

    Reply answer(PretendRequest asked) {
        try {
            AuthorizationRequest request = AuthorizationRequest.read(asked, pool);
            if (!pool.knobs().hasStyle()) {
                return Pages.error("Login pages unavailable. Please contact an administrator.");
            }
            return switch (asked.method()) {
                case "GET" ->
                    form(asked, Params.first(asked.query(), "login_hint").orElse(""), "");
                case "POST" -> submit(asked, request);
                default -> Reply.methodNotAllowed("GET, POST");
            };
        } catch (Refusal refusal) {
            return refusal.reply();
        }
    }

    private Reply form(PretendRequest asked, String name, String message) {
        // The cookie is kept, so that the forms of several tabs all stay good.
        String csrf =
                asked.cookie(CSRF_COOKIE).orElseGet(() -> UUID.randomUUID().toString());
        return Pages.login(asked.rawQuery(), csrf, name, message)
                .with("Set-Cookie", CSRF_COOKIE + "=" + csrf + "; Path=/; HttpOnly; SameSite=Lax");
    }

    private Reply submit(PretendRequest asked, AuthorizationRequest request) {
        Optional<String> csrf = asked.cookie(CSRF_COOKIE);
        if (csrf.isEmpty() || !csrf.equals(Params.first(asked.form(), "_csrf"))) {
            return Pages.forbidden(
                    "The sign-in form is too old, or its cookie did not come back. Go back and try again.");
        }
        String name = Params.first(asked.form(), "username").orElse("");
        String password = Params.first(asked.form(), "password").orElse("");
        return pool.user(name)
                .filter(user -> user.hasPassword(password))
                .map(user -> signIn(request, pool.sessions().now(user)))
                .orElseGet(() -> form(asked, name, "Incorrect username or password."));
    }

    private Reply signIn(AuthorizationRequest request, Sessions.Session session) {
        String code = pool.grants().code(request, Grant.of(request, session));
        return pool.sessions().begin(session, request.respond(pool, Map.of("code", code)));
    }
}
