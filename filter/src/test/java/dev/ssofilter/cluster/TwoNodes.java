package dev.ssofilter.cluster;

import dev.ssofilter.program.ChildProcess;
import dev.ssofilter.testkit.PretendUserPool;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Two nodes of one application, each a process of its own, with their sessions in one database, behind a proxy that gives
 * each request to the other one than the last.
 */
public final class TwoNodes implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("^Listens on ([0-9]+)");

    private final SessionTable table = new SessionTable();
    private final RoundRobin proxy = new RoundRobin();
    private final List<ChildProcess> nodes = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();

    private TwoNodes() {}

    /**
     * Starts them, with a directory record for this pool.
     *
     * @param folder for their logs
     * @param settings on top of the usual ones
     */
    public static TwoNodes start(PretendUserPool pool, Path folder, Map<String, String> settings) {
        var started = new TwoNodes();
        try {
            pool.client().allowAnyLoopbackUrl();
            var all = new TreeMap<>(Map.of(
                    "discoveryDomain",
                    pool.tokenSigningKeyUrl().toString(),
                    "clientId",
                    PretendUserPool.CLIENT_ID,
                    "clientSecret",
                    PretendUserPool.CLIENT_SECRET,
                    "baseUrl",
                    started.at("").toString(),
                    "publicPaths",
                    "/public/*"));
            all.putAll(settings);
            // One after the other: Jetty makes the table where it is missing, and two cannot do that at once.
            List.of("one", "two").forEach(name -> started.run(name, folder, all));
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
        nodes.add(node);
        ports.add(Integer.valueOf(node.awaitReady()));
        proxy.add(ports.get(ports.size() - 1));
    }

    /** As browsers see it, through the proxy. */
    public URI at(String path) {
        return URI.create("http://localhost:" + proxy.port() + path);
    }

    /** The same address at this node, 0 or 1; browsers send it the same cookies. */
    public URI at(int node, URI address) {
        return URI.create(address.toString().replace(at("").toString(), "http://localhost:" + ports.get(node)));
    }

    /** The same address at this node, 0 or 1. */
    public URI at(int node, String path) {
        return at(node, at(path));
    }

    /** What a node has written to its log so far. */
    public List<String> log(int node) {
        return nodes.get(node).lines();
    }

    /** The node that the proxy gave the last request to. */
    public int lastAsked() {
        return ports.indexOf(proxy.lastAsked());
    }

    /** Ends a node at once, in the middle of whatever it does. */
    public void kill(int node) {
        nodes.get(node).close();
    }

    SessionTable table() {
        return table;
    }

    @Override
    public void close() {
        nodes.forEach(ChildProcess::close);
        proxy.close();
        table.close();
    }
}
