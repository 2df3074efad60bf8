package dev.ssofilter;

import static dev.ssofilter.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.PretendUserPool;
import dev.ssofilter.user.Reason;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wrong clock is the first suspect where a token's times are refused: the log says whose, and by how much. */
class ClockTest {
    private final MovingClock clock = new MovingClock();
    private final Scene scene = Scene.at(PretendUserPool.start(), clock);

    @AfterEach
    void stop() {
        scene.close();
    }

    @ParameterizedTest(name = "R-42 with this machine''s clock moved by {0}: {1}, and the provider''s clock {2}")
    @CsvSource({
        "-PT6M40S, is in the future, (399|400|401) s ahead of",
        "PT2H, expired at, (7199|7200|7201) s behind",
        "PT12M, expected one made for this login, (719|720|721) s behind"
    })
    void tellsByHowMuchTheClocksDiffer(Duration moved, String found, String difference) {
        clock.move(moved);

        assertRefused(scene, scene.logIn(), Reason.ID_TOKEN_REFUSED, found);

        var line = scene.log.failures().get(0);
        assertTrue(line.matches(".*; the provider's clock is " + difference + " this machine's; set .*"), line);
    }
}
