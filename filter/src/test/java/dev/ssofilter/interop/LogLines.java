package dev.ssofilter.interop;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What the filter logs at INFO and above while this is open. */
final class LogLines extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger("dev.ssofilter"); // held: the JDK's own reference is a weak one
    private final List<String> lines = new CopyOnWriteArrayList<>();

    LogLines() {
        logger.addHandler(this);
    }

    /** The one line about a failed login; throws IllegalStateException where there is none. */
    String ofTheFailure() {
        return lines.stream()
                .filter(line -> line.contains("reason="))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No failure among " + lines));
    }

    @Override
    public void publish(LogRecord event) {
        lines.add(new SimpleFormatter().formatMessage(event));
    }

    @Override
    public void flush() {
        // nothing is held back
    }

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
