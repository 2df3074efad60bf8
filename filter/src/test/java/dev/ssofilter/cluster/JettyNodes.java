package dev.ssofilter.cluster;

import dev.ssofilter.program.ChildProcess;
import dev.ssofilter.testkit.PretendUserPool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Two Jettys with their sessions in one database. */
public final class JettyNodes extends TwoNodes {
    private static final Pattern READY = Pattern.compile("^Listens on ([0-9]+)");

    private final SessionTable table = new SessionTable();

    private JettyNodes() {}

    /**
     * Starts them, with a directory record for this pool.
     *
     * @param folder for their logs
     * @param settings on top of the usual ones
     */
    public static JettyNodes start(PretendUserPool pool, Path folder, Map<String, String> settings) {
        var started = new JettyNodes();
        try {
            // One after the other: Jetty makes the table where it is missing, and two cannot do that at once.
            for (var name : List.of("one", "two")) {
                started.run(name, folder, started.settings(pool, settings));
            }
            return started;
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
    }

    private void run(String name, Path folder, Map<String, String> settings) {
        var arguments = new ArrayList<>(
                List.of("-cp", System.getProperty("java.class.path"), JettyNode.class.getName(), name, table.url()));
        settings.forEach((setting, value) -> arguments.add(setting + "=" + value));
        var node = ChildProcess.java(name, folder, READY, arguments);
        try {
            add(node, Integer.parseInt(node.awaitReady().group(1)));
        } catch (RuntimeException e) {
            node.close();
            throw e;
        }
    }

    @Override
    String copy(String cookie, String written, String changed) {
        return table.copy(cookie, written, changed);
    }

    @Override
    public void close() {
        super.close();
        table.close();
    }
}
