package dev.ssofilter;

import java.lang.System.Logger.Level;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A thread that looks at the record file every two seconds, until it is closed. It knows neither the application's class
 * loader nor its thread locals, so that it cannot keep a stopped application in memory.
 */
final class RecordWatch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RecordWatch.class.getName());
    /** A change is to take effect within five seconds, the reading included. */
    private static final long BETWEEN_LOOKS_SECONDS = 2;

    private static final long PATIENCE_SECONDS = 2;

    private final Runnable look;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread thread;

    private RecordWatch(Runnable look) {
        this.look = look;
        thread = new Thread(null, this::run, "sso-filter-record", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    }

    static RecordWatch start(Runnable look) {
        var watch = new RecordWatch(look);
        watch.thread.start();
        return watch;
    }

    private void run() {
        try {
            while (!end.await(BETWEEN_LOOKS_SECONDS, TimeUnit.SECONDS)) {
                lookOnce();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // not by us, but whoever it was wants the thread to end
        }
    }

    private void lookOnce() {
        try {
            look.run();
        } catch (RuntimeException | Error unexpected) { // an Error would end the watch for good, and nobody would know
            LOG.log(Level.ERROR, "the directory record was not looked at; what was in effect stays", unexpected);
        }
    }

    /** Ends the thread; waits for it for two seconds at most. An interrupt would break off a file that it reads. */
    @Override
    public void close() {
        end.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
