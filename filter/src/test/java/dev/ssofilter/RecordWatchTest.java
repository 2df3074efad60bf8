package dev.ssofilter;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordWatchTest {
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void goesOnAfterAFault(boolean error) throws InterruptedException {
        var looks = new CountDownLatch(2);
        try (var log = new LogBook();
                var watch = RecordWatch.start(() -> {
                    looks.countDown();
                    if (error) {
                        throw new NoClassDefFoundError("gone");
                    }
                    throw new IllegalStateException("ill");
                })) {
            assertTrue(looks.await(30, TimeUnit.SECONDS), watch::toString);
            assertTrue(log.holds("was not looked at"), log.lines()::toString);
        }
    }
}
