package dev.ssofilter;

import dev.ssofilter.testkit.PretendRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** What happened to all browsers of a soak, and what should not have. */
final class SoakTally {
    final LongAdder logins = new LongAdder();
    final LongAdder logouts = new LongAdder();
    final LongAdder pages = new LongAdder();
    final LongAdder twoTabs = new LongAdder();
    final LongAdder leftTabs = new LongAdder();
    final LongAdder staleTabs = new LongAdder();
    final LongAdder signedInAtTheEnd = new LongAdder();
    final LongAccumulator slowestPage = new LongAccumulator(Math::max, 0);

    private final Map<String, LongAdder> failures = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> calls = new ConcurrentSkipListMap<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final CountDownLatch somethingIsWrong = new CountDownLatch(1);
    private volatile boolean over;

    /** A login ended in a page of ours. */
    void failed(String reason, int status) {
        count(failures, reason + " " + status);
    }

    /** Logins so far, whether they succeeded or failed. */
    long ended() {
        return logins.sum()
                + failures.values().stream().mapToLong(LongAdder::sum).sum();
    }

    void asked(List<PretendRequest> requests) {
        requests.forEach(request -> count(calls, request.method() + " " + request.path()));
    }

    /** The soak ends at once. */
    void wrong(String what) {
        wrong.add(what);
        over = true;
        somethingIsWrong.countDown();
    }

    List<String> wrong() {
        return List.copyOf(wrong);
    }

    /** From now on every browser tries to sign in once more. */
    void end() {
        over = true;
    }

    boolean isOver() {
        return over;
    }

    /** This long, or until something is wrong. */
    void rest(Duration duration) {
        try {
            somethingIsWrong.await(duration.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static void count(Map<String, LongAdder> counts, String what) {
        counts.computeIfAbsent(what, first -> new LongAdder()).increment();
    }

    String summary() {
        var text = new StringBuilder();
        var counts = new TreeMap<String, Object>();
        counts.put("logins", logins);
        counts.put("logouts", logouts);
        counts.put("pages of signed-in browsers", pages);
        counts.put("slowest of these pages, ms", slowestPage);
        counts.put("logins in two tabs at once", twoTabs);
        counts.put("logins begun and left", leftTabs);
        counts.put("logins finished by an old tab", staleTabs);
        counts.put("signed in at the end", signedInAtTheEnd);
        counts.put("things wrong", wrong.size());
        append(text, "Browsers", counts);
        append(text, "Logins that failed, by reason and status", failures);
        append(text, "Calls at the pool", calls);
        return text.toString();
    }

    private static void append(StringBuilder text, String title, Map<String, ?> counts) {
        text.append(title).append('\n');
        counts.forEach((what, count) -> text.append(String.format("  %9s  %s%n", count, what)));
    }
}
