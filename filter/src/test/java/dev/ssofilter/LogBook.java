package dev.ssofilter;

import java.util.List;
import java.util.logging.SimpleFormatter;

/** What the filter logs, down to the finest level, since it was last cleared. */
final class LogBook implements AutoCloseable {
    private final Logs logs = Logs.ofTheFilter();
    private int before;

    /** Level and text of each event, in order; more than one line where the text has more. */
    List<String> lines() {
        var formatter = new SimpleFormatter();
        return logs.records().stream()
                .skip(before)
                .map(event -> event.getLevel().getName() + " " + formatter.formatMessage(event))
                .toList();
    }

    /** The lines that tell of failed logins; that a script has no user is none. */
    List<String> failures() {
        return lines().stream()
                .filter(line -> line.contains("login failed reason=") && !line.contains("reason=LOGIN_REQUIRED"))
                .toList();
    }

    /** Whether a line holds this text. */
    boolean holds(String text) {
        return lines().stream().anyMatch(line -> line.contains(text));
    }

    void clear() {
        before = logs.records().size();
    }

    @Override
    public void close() {
        logs.close();
    }
}
