package dev.ssofilter.chromium;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/** The one-time token of the setup screen, as an administrator gets it: out of the log, which this reads while it is open. */
final class SetupToken implements AutoCloseable {
    private static final Pattern TOKEN = Pattern.compile("/sso/setup one-time token: ([\\w-]+)");

    private final Logger logger = Logger.getLogger("dev.ssofilter.web.setup"); // held: the JDK forgets loggers
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler reader = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line.getMessage());
        }

        @Override
        public void flush() {
            // nothing is held back
        }

        @Override
        public void close() {
            // nor anything held open
        }
    };

    SetupToken() {
        logger.addHandler(reader);
    }

    /** The newest. */
    String read() {
        return lines.stream()
                .flatMap(line -> TOKEN.matcher(line).results())
                .map(found -> found.group(1))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    @Override
    public void close() {
        logger.removeHandler(reader);
    }
}
