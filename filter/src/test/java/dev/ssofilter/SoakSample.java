package dev.ssofilter;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What the JVM held at one moment: the filter, and with it the container, the pool and all browsers.
 *
 * @param at since the start
 * @param heap bytes in use after a full collection
 * @param ours live threads of the filter
 * @param threads all live threads
 * @param files open file descriptors, sockets among them
 * @param ended logins so far, whether they succeeded or failed
 */
record SoakSample(Duration at, long heap, long ours, long threads, long files, long ended) {
    private static final long MEGABYTE = 1024 * 1024;

    /** Bytes for the state of a login that has ended, which is remembered for ten minutes so that it is used but once. */
    private static final long REMEMBERED = 256;

    static SoakSample take(Duration at, long ended) {
        System.gc();
        var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new SoakSample(
                at,
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                threadsOfTheFilter(),
                ManagementFactory.getThreadMXBean().getThreadCount(),
                system.getOpenFileDescriptorCount(),
                ended);
    }

    static long threadsOfTheFilter() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("sso-filter"))
                .count();
    }

    /** What grew from the first third of the samples to the last; empty where nothing did. */
    static List<String> growth(List<SoakSample> samples) {
        var third = samples.size() / 3;
        if (third == 0) {
            return List.of("too few samples: " + samples.size());
        }
        var first = samples.subList(0, third);
        var last = samples.subList(samples.size() - third, samples.size());
        var between = median(last, SoakSample::ended) - median(first, SoakSample::ended);
        return List.of(
                        grown(
                                "heap",
                                median(first, SoakSample::heap),
                                median(last, SoakSample::heap),
                                8 * MEGABYTE + between * REMEMBERED),
                        grown("threads of the filter", most(first, SoakSample::ours), most(last, SoakSample::ours), 16),
                        grown("threads", most(first, SoakSample::threads), most(last, SoakSample::threads), 64),
                        grown("files", most(first, SoakSample::files), most(last, SoakSample::files), 64))
                .stream()
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private static String grown(String what, long first, long last, long allowed) {
        return last - first <= allowed ? "" : what + " grew from " + first + " to " + last + ", allowed " + allowed;
    }

    private static long median(List<SoakSample> samples, ToLongFunction<SoakSample> value) {
        return samples.stream()
                .mapToLong(value)
                .sorted()
                .skip(samples.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    private static long most(List<SoakSample> samples, ToLongFunction<SoakSample> value) {
        return samples.stream().mapToLong(value).max().orElseThrow();
    }

    String line() {
        return String.format(
                "%4d s  heap %4d MB  threads of the filter %3d  threads %4d  files %4d  logins ended %6d",
                at.toSeconds(), heap / MEGABYTE, ours, threads, files, ended);
    }
}
