package dev.ssofilter.web.setup;

import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The administrators at the screen of this node: a few, for an hour after their last step, by a key that none else knows. */
final class SetupSessions {
    static final Duration IDLE = Duration.ofHours(1);
    private static final int MOST = 16;

    private final Clock clock;
    private final Map<String, SetupSession> byKey = new LinkedHashMap<>();

    SetupSessions(Clock clock) {
        this.clock = clock;
    }

    /** Returns the key, for the cookie. The session that was used longest ago goes where they would be too many. */
    synchronized String add(SetupSession session) {
        endIdle();
        while (byKey.size() >= MOST) {
            byKey.remove(byKey.keySet().iterator().next());
        }
        var key = Secrets.random();
        byKey.put(Secrets.digest(key), session);
        return key;
    }

    /** Counts as a use. */
    synchronized Optional<SetupSession> find(String key) {
        endIdle();
        var name = Secrets.digest(key); // how long a look-up takes tells nothing of a key that was hashed first
        var session = Optional.ofNullable(byKey.remove(name)).map(found -> found.used(clock.instant()));
        session.ifPresent(used -> byKey.put(name, used));
        return session;
    }

    /** Keeps what became of a session; nothing where it has ended meanwhile. */
    synchronized void change(String key, UnaryOperator<SetupSession> change) {
        byKey.computeIfPresent(Secrets.digest(key), (name, session) -> change.apply(session));
    }

    private void endIdle() {
        var earliest = clock.instant().minus(IDLE);
        for (Iterator<SetupSession> all = byKey.values().iterator(); all.hasNext(); ) {
            if (all.next().lastUsed().isBefore(earliest)) {
                all.remove();
            }
        }
    }
}
