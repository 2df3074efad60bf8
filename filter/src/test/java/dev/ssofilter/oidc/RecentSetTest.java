package dev.ssofilter.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RecentSetTest {
    private final AtomicLong nanos = new AtomicLong();
    private final RecentSet set = new RecentSet(Duration.ofMinutes(10), nanos::get);

    @Test
    void tellsTheFirstFromAllOthers() {
        assertTrue(set.add("a"));
        assertTrue(set.add("b"));
        assertFalse(set.add("a"));
        assertFalse(set.add("a"));
    }

    @Test
    void forgetsWhatIsRemoved() {
        set.add("a");
        set.add("b");

        set.remove("a");
        set.remove("never there");

        assertTrue(set.add("a"));
        assertFalse(set.add("b"));
    }

    @Test
    void remembersForItsLifeCountedFromTheFirst() {
        set.add("a");
        nanos.addAndGet(Duration.ofMinutes(10).toNanos() - 1);
        assertFalse(set.add("a"), "within its life");

        nanos.addAndGet(1);
        assertTrue(set.add("a"), "asking again does not prolong it");
    }

    @Test
    @DisplayName("AB-009 has one first among many")
    void hasOneFirstAmongMany() throws Exception {
        var firsts = new AtomicInteger();
        var start = new CountDownLatch(1);
        var threads = Executors.newFixedThreadPool(16);
        try {
            var tasks = IntStream.range(0, 16)
                    .mapToObj(i -> threads.submit(() -> {
                        start.await();
                        for (var round = 0; round < 200; round++) {
                            firsts.addAndGet(set.add("state " + round) ? 1 : 0);
                        }
                        return true;
                    }))
                    .toList();
            start.countDown();
            for (var task : tasks) {
                task.get();
            }
        } finally {
            threads.shutdown();
        }

        assertEquals(200, firsts.get());
    }

    @Test
    void fillsNoMemory() {
        for (var i = 0; i < 250_000; i++) {
            set.add("state " + i);
        }

        assertEquals(100_000, set.size());
    }
}
