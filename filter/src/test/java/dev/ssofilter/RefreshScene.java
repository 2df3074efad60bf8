package dev.ssofilter;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.Browser.Answer;
import dev.ssofilter.testkit.PretendUserPool;
import dev.ssofilter.user.SsoPrincipal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * An application whose sessions keep their tokens, and a pool whose refresh tokens work once; both read the time from one
 * clock. The page {@code /token} shows whose access token it was given.
 */
final class RefreshScene implements AutoCloseable {
    static final Duration LIFE = Duration.ofHours(1);

    final MovingClock clock = new MovingClock();
    final PretendUserPool pool = PretendUserPool.start(clock);
    final LogBook log = new LogBook();
    final Application application;
    final Browser browser = new Browser();

    RefreshScene(String... settings) {
        pool.client().rotation(Duration.ZERO);
        application = another(settings);
    }

    /** One more application at the same pool, another node say. */
    Application another(String... settings) {
        return with().set(settings).start();
    }

    Application.Setup with() {
        return Application.with(pool)
                .clock(clock)
                .nanoTime(nanoTime(clock))
                .set("keepTokens", "true")
                .servlet("/token", (request, response) -> response.getWriter()
                        .print(SsoTokens.of(request).accessToken().orElse("none")))
                .servlet("/held", (request, response) -> response.getWriter()
                        .print(request.getUserPrincipal() instanceof SsoPrincipal user ? user.getRoles() : "nobody"));
    }

    private static LongSupplier nanoTime(Clock clock) {
        return () -> TimeUnit.MILLISECONDS.toNanos(clock.millis());
    }

    Answer logIn() {
        return browser.logInFrom(application.uri("/orders"), pool.user());
    }

    /** Until the access token has expired, and nobody has the last outcome in mind any more. */
    void expire() {
        clock.move(LIFE);
    }

    /** What a script gets from the page that shows the access token. */
    Answer token() {
        return browser.fetch(application.uri("/token"));
    }

    int refreshes() {
        return pool.refreshes().size();
    }

    /** All at the same moment. */
    static List<Answer> atOnce(List<Callable<Answer>> requests) {
        var start = new CyclicBarrier(requests.size());
        var threads = Executors.newFixedThreadPool(requests.size());
        try {
            var futures = new ArrayList<Future<Answer>>();
            for (var request : requests) {
                futures.add(threads.submit(() -> {
                    start.await(30, TimeUnit.SECONDS);
                    return request.call();
                }));
            }
            var answers = new ArrayList<Answer>();
            for (var future : futures) {
                answers.add(future.get(60, TimeUnit.SECONDS));
            }
            return answers;
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        } finally {
            threads.shutdownNow();
        }
    }

    @Override
    public void close() {
        application.close();
        pool.close();
        log.close();
    }
}
