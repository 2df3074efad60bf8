package dev.ssofilter.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who is signed in to the pool itself, by its cookie. Cognito: one hour from the sign-in, whatever the tokens' life,
 * and no app can end it but by sending the browser to /logout. Cognito's cookie is Secure; ours is not, as the pool
 * is plain http on loopback.
 */
final class Sessions {
    private static final String COOKIE = "cognito";
    private static final Duration LIFETIME = Duration.ofHours(1);

    private final Clock clock;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    record Session(PretendUser user, Instant since) {}

    Sessions(Clock clock) {
        this.clock = clock;
    }

    Optional<Session> find(PretendRequest request) {
        return request.cookie(COOKIE)
                .flatMap(id -> Optional.ofNullable(sessions.get(id)))
                .filter(session -> clock.instant().isBefore(session.since().plus(LIFETIME)))
                .filter(session -> session.user().isEnabled());
    }

    /** Begins a session; {@code finish} makes the reply that also sets its cookie. */
    Reply begin(Session session, Reply finish) {
        String id = UUID.randomUUID().toString();
        sessions.put(id, session);
        return finish.with(
                "Set-Cookie",
                COOKIE + "=" + id + "; Path=/; Max-Age=" + LIFETIME.toSeconds() + "; HttpOnly; SameSite=Lax");
    }

    Session now(PretendUser user) {
        return new Session(user, clock.instant());
    }

    Reply end(PretendRequest request, Reply finish) {
        request.cookie(COOKIE).ifPresent(sessions::remove);
        return finish.with("Set-Cookie", COOKIE + "=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
    }

    void endAll() {
        sessions.clear();
    }
}
