package dev.ssofilter;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What the filter logs while this is open, at the finest level. */
final class Logs implements AutoCloseable {
    private final Queue<LogRecord> records = new ConcurrentLinkedQueue<>();
    private final Handler recorder = new Recorder();
    private final Logger logger; // held, as the JDK keeps loggers by weak references alone
    private final Level before;

    private Logs(Logger logger) {
        this.logger = logger;
        this.before = logger.getLevel();
        recorder.setLevel(Level.ALL);
        logger.setLevel(Level.ALL);
        logger.addHandler(recorder);
    }

    /** The product's own. */
    static Logs ofTheFilter() {
        return new Logs(Logger.getLogger("dev.ssofilter"));
    }

    List<LogRecord> records() {
        return List.copyOf(records);
    }

    /** Every line of at least this level, formatted. */
    List<String> lines(Level least) {
        var formatter = new SimpleFormatter();
        return records.stream()
                .filter(line -> line.getLevel().intValue() >= least.intValue())
                .map(formatter::formatMessage)
                .toList();
    }

    @Override
    public void close() {
        logger.removeHandler(recorder);
        logger.setLevel(before);
    }

    private final class Recorder extends Handler {
        @Override
        public void publish(LogRecord line) {
            records.add(line);
        }

        @Override
        public void flush() {
            // nothing is held back
        }

        @Override
        public void close() {
            // nor anything held open
        }
    }
}
