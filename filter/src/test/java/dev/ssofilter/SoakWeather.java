package dev.ssofilter;

import dev.ssofilter.testkit.PretendAnswer;
import dev.ssofilter.testkit.PretendUserPool;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * What the pool does in turn. Its own pages stay well, as what goes wrong there never reaches the filter; what the filter
 * asks for is bent: all of it, or the token endpoint alone, or all but that, so that what comes later in a login meets
 * faults too.
 */
final class SoakWeather {
    /** One phase in the pool's life. */
    enum Phase {
        FAILS(4),
        IS_WELL(6),
        ROTATES_KEYS(4),
        IS_SLOW(4),
        HANGS(12),
        IS_WELL_AGAIN(4),
        DRIPS(12),
        THROTTLES(4),
        IS_WELL_ONCE_MORE(4),
        TALKS_GARBAGE(4),
        BREAKS_OFF(3),
        HANGS_UP(3);

        private final Duration length;

        Phase(int seconds) {
            this.length = Duration.ofSeconds(seconds);
        }

        /** Hanging and dripping outlast the filter's patience of ten seconds. */
        Duration length() {
            return length;
        }
    }

    private static final String TOKEN = "/oauth2/token";
    private static final List<String> OTHERS =
            List.of("/.well-known/openid-configuration", "/.well-known/jwks.json", "/oauth2/userInfo");

    private final PretendUserPool pool;
    private int round;
    private CountDownLatch hanging = new CountDownLatch(0);

    SoakWeather(PretendUserPool pool) {
        this.pool = pool;
    }

    /** Begins a phase and ends the one before. Every other round the keys change while the pool is ill. */
    void become(Phase phase) {
        clear();
        answer(phase);
        if (phase == (round % 2 == 0 ? Phase.ROTATES_KEYS : Phase.THROTTLES)) {
            pool.rotateKeys(false);
        }
        if (phase == Phase.HANGS_UP) {
            round++;
        }
    }

    private void answer(Phase phase) {
        switch (phase) {
            case FAILS -> bend(PretendAnswer.of(500, "text/html", "<h1>Internal Server Error</h1>"));
            case IS_SLOW -> bend(PretendAnswer.delayed(Duration.ofSeconds(2)));
            case HANGS -> {
                hanging = new CountDownLatch(1);
                bend(PretendAnswer.held(hanging));
            }
            case DRIPS -> bend(PretendAnswer.dripping("application/json", Duration.ofMillis(200)));
            case THROTTLES -> bend(PretendAnswer.throttled(Duration.ofSeconds(5)));
            case TALKS_GARBAGE -> bend(PretendAnswer.of(200, "application/json", "{\"keys\":[7],\"issuer\":{}]"));
            case BREAKS_OFF -> bend(PretendAnswer.truncated(60));
            case HANGS_UP -> bend(PretendAnswer.dropped());
            case IS_WELL, ROTATES_KEYS, IS_WELL_AGAIN, IS_WELL_ONCE_MORE -> {}
        }
    }

    /** As well as at the start, for good. */
    void clear() {
        pool.undo();
        hanging.countDown();
    }

    private void bend(PretendAnswer answer) {
        if (round % 3 != 1) {
            pool.always().answer(TOKEN, answer);
        }
        if (round % 3 != 2) {
            OTHERS.forEach(path -> pool.always().answer(path, answer));
        }
    }
}
