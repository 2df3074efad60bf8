package dev.ssofilter.testkit;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the endpoints share. */
record PoolState(
        String domain,
        PretendKnobs knobs,
        Bends bends,
        Map<String, PretendClient> clients,
        Map<String, PretendUser> users,
        Keys keys,
        Clock clock,
        Grants grants,
        Sessions sessions) {

    static final String POOL_ID = "us-east-1_PretendPl";

    static PoolState at(String domain, Clock time) {
        PretendKnobs knobs = new PretendKnobs();
        Clock clock = new MovedClock(time, knobs);
        return new PoolState(
                domain,
                knobs,
                new Bends(),
                new ConcurrentHashMap<>(),
                new ConcurrentHashMap<>(),
                new Keys(),
                clock,
                new Grants(clock),
                new Sessions(clock));
    }

    String issuer() {
        return domain + "/" + knobs.issuerName();
    }

    Optional<PretendClient> client(String id) {
        return Optional.ofNullable(clients.get(id));
    }

    // Cognito: pools made in the console take names in any case.
    Optional<PretendUser> user(String email) {
        return Optional.ofNullable(users.get(email.toLowerCase(Locale.ROOT)));
    }

    private static final class MovedClock extends Clock {
        private final Clock time;
        private final PretendKnobs knobs;

        MovedClock(Clock time, PretendKnobs knobs) {
            this.time = time;
            this.knobs = knobs;
        }

        @Override
        public Instant instant() {
            return time.instant().plus(knobs.clockOffset());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
