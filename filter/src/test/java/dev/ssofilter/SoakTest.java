package dev.ssofilter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ssofilter.testkit.PretendUserPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.session.DefaultSessionIdManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two hundred users come and go for minutes on end, while the pool does whatever pools do. */
@Tag("soak")
class SoakTest {
    private static final int BROWSERS = 200;
    private static final int SECOND_TABS = 32;
    private static final long STACK = 256 * 1024;
    private static final Duration LENGTH = Duration.ofSeconds(Long.getLong("soak.seconds", 600));
    private static final Duration BETWEEN_SAMPLES = Duration.ofSeconds(10);

    /** Of a shorter run, the first third and the last are other phases of one round. */
    private static final Duration LONG_ENOUGH_TO_COMPARE = Duration.ofMinutes(5);

    /** Two tabs that sign in at once make two sessions; the browser keeps one, the other ends by itself. */
    private static final Duration IDLE_SESSION = Duration.ofSeconds(90);

    private final Logger logger =
            Logger.getLogger("dev.ssofilter"); // held, as the JDK keeps loggers by weak references
    private final PretendUserPool pool = PretendUserPool.start();
    private final List<ServletContextHandler> contexts = new ArrayList<>();
    private final Application application = Application.with(pool)
            .also(contexts::add)
            .set(
                    "claims",
                    "External ID = sub @ ID Token; Email = email @ Userinfo; Roles = cognito:groups @ Access Token")
            .start();
    private final ExecutorService tabs = Executors.newFixedThreadPool(SECOND_TABS);
    private final SoakTally tally = new SoakTally();
    private final SoakWeather weather = new SoakWeather(pool);
    private final List<SoakSample> samples = new ArrayList<>();
    private final List<String> report = new ArrayList<>();
    private final long begun = System.nanoTime();

    @AfterEach
    void stop() {
        tabs.shutdownNow();
        application.close();
        pool.close();
    }

    @Test
    @DisplayName(
            "two hundred browsers at an ill pool: nobody is taken for somebody else, nobody is lost, nothing leaks")
    void losesNobodyAndLeaksNothing() throws IOException, InterruptedException {
        logger.setLevel(Level.SEVERE);
        endIdleSessions();
        var browsers = IntStream.range(0, BROWSERS).mapToObj(this::browser).toList();
        browsers.forEach(Thread::start);
        beIllInTurn();
        for (var browser : browsers) {
            browser.join();
        }
        sample();
        stop();
        awaitTheEndOfOurThreads();
        var wrong = wrong();
        write(wrong);

        assertEquals(List.of(), wrong);
        assertEquals(BROWSERS, tally.signedInAtTheEnd.sum());
        assertEquals(0, SoakSample.threadsOfTheFilter());
    }

    private void beIllInTurn() {
        while (!left().isNegative() && !tally.isOver()) {
            for (var phase : SoakWeather.Phase.values()) {
                pass(phase);
            }
        }
        weather.clear();
        tally.end();
    }

    private List<String> wrong() {
        var wrong = new ArrayList<>(tally.wrong());
        if (wrong.isEmpty() && LENGTH.compareTo(LONG_ENOUGH_TO_COMPARE) >= 0) {
            wrong.addAll(SoakSample.growth(samples));
        }
        return wrong;
    }

    private Thread browser(int number) {
        var user = pool.user("browser-" + number + "@example.org", "Pretend-1").groups("members");
        var visitor = new SoakVisitor(application, user, tally, tabs, number);
        return new Thread(null, visitor, "browser-" + number, STACK);
    }

    private void endIdleSessions() {
        var sessions = contexts.get(0).getSessionHandler();
        sessions.setMaxInactiveInterval((int) IDLE_SESSION.toSeconds());
        try {
            ((DefaultSessionIdManager) sessions.getSessionIdManager())
                    .getSessionHouseKeeper()
                    .setIntervalSec(BETWEEN_SAMPLES.toSeconds());
        } catch (Exception e) { // what Jetty's life cycle declares
            throw new IllegalStateException(e);
        }
    }

    private void pass(SoakWeather.Phase phase) {
        if (left().isNegative() || tally.isOver()) {
            return;
        }
        weather.become(phase);
        var end = System.nanoTime() + phase.length().toNanos();
        while (end - System.nanoTime() > 0 && !tally.isOver()) {
            tally.rest(Duration.ofMillis(500));
            if (samples.isEmpty() || BETWEEN_SAMPLES.compareTo(passed().minus(last().at())) <= 0) {
                sample();
            }
        }
    }

    private SoakSample last() {
        return samples.get(samples.size() - 1);
    }

    /** What the pool itself would keep is forgotten first. */
    private void sample() {
        tally.asked(pool.takeRequests());
        pool.forgetTokens();
        var sample = now();
        if (samples.isEmpty() || sample.at().toMinutes() > last().at().toMinutes() || tally.isOver()) {
            tell(sample.line());
        }
        samples.add(sample);
    }

    private SoakSample now() {
        return SoakSample.take(passed(), tally.ended());
    }

    private Duration passed() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private Duration left() {
        return LENGTH.minus(passed());
    }

    private void awaitTheEndOfOurThreads() {
        for (var tries = 0; SoakSample.threadsOfTheFilter() > 0 && tries < 100; tries++) {
            tally.rest(Duration.ofMillis(50));
        }
    }

    private void tell(String line) {
        report.add(line);
        System.out.println(line);
    }

    private void write(List<String> wrong) throws IOException {
        tell("after the end: " + now().line());
        tell(tally.summary());
        wrong.forEach(this::tell);
        Files.write(Path.of("target", "soak.txt"), report);
    }
}
