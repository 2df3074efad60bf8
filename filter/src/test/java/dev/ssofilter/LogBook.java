package dev.ssofilter;

import java.text.MessageFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Everything that the filter logs, down to the finest level, while a test runs. */
final class LogBook extends Handler implements AutoCloseable {
    private final Logger logger = Logger.getLogger("dev.ssofilter");
    private final List<String> lines = new CopyOnWriteArrayList<>();

    LogBook() {
        logger.setLevel(Level.ALL);
        logger.addHandler(this);
    }

    /** Level and text of each event, in order; more than one line where the text has more. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    /** The lines that tell of failed logins; that a script has no user is none. */
    List<String> failures() {
        return lines.stream()
                .filter(line -> line.contains("login failed reason=") && !line.contains("reason=LOGIN_REQUIRED"))
                .toList();
    }

    void clear() {
        lines.clear();
    }

    @Override
    public void publish(LogRecord event) {
        var text = event.getParameters() == null
                ? event.getMessage()
                : MessageFormat.format(event.getMessage(), event.getParameters());
        lines.add(event.getLevel() + " " + text);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setLevel(null);
    }
}
