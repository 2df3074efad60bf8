package dev.ssofilter.benchmark.host;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

/** What the threads of this JVM have allocated since it began, by the JVM's own counters. */
final class Allocation {
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Map<Long, Long> last = new HashMap<>();
    private long total;

    /** Counts what threads that have ended did before the last call. */
    synchronized long bytes() {
        var ids = threads.getAllThreadIds();
        var bytes = threads.getThreadAllocatedBytes(ids);
        for (int i = 0; i < ids.length; i++) {
            if (bytes[i] > 0) {
                total += bytes[i] - last.getOrDefault(ids[i], 0L);
                last.put(ids[i], bytes[i]);
            }
        }
        return total;
    }
}
