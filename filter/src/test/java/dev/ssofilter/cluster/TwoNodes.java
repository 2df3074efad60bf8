package dev.ssofilter.cluster;

import dev.ssofilter.program.ChildProcess;
import dev.ssofilter.testkit.PretendUserPool;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Two nodes of one application, each a process of its own, with their sessions in one place, behind a proxy that gives
 * each request to the other one than the last.
 */
public abstract class TwoNodes implements AutoCloseable {
    private final RoundRobin proxy = new RoundRobin();
    private final List<ChildProcess> nodes = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();

    TwoNodes() {}

    /** What a node is told: a directory record for this pool, and these settings on top. */
    Map<String, String> settings(PretendUserPool pool, Map<String, String> settings) {
        pool.client().allowAnyLoopbackUrl();
        var all = new TreeMap<>(Map.of(
                "discoveryDomain",
                pool.tokenSigningKeyUrl().toString(),
                "clientId",
                PretendUserPool.CLIENT_ID,
                "clientSecret",
                PretendUserPool.CLIENT_SECRET,
                "baseUrl",
                at("").toString(),
                "publicPaths",
                "/public/*"));
        all.putAll(settings);
        return all;
    }

    /** One that takes requests, on this port. */
    void add(ChildProcess node, int port) {
        nodes.add(node);
        ports.add(port);
        proxy.add(port);
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

    /**
     * Stores a copy of a session as another version of a class would have written it. Not the session itself: a request that
     * has been answered may still write it.
     *
     * @param cookie the session's own
     * @param written ASCII, and there
     * @param changed of the same length
     * @return the copy's cookie
     */
    abstract String copy(String cookie, String written, String changed);

    /** Another cookie that the container might have made. */
    static String copyOf(String cookie) {
        return cookie.replaceFirst("^...", "000");
    }

    @Override
    public void close() {
        nodes.forEach(ChildProcess::close);
        proxy.close();
    }
}
