package dev.ssofilter.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;

/**
 * A real container on a free port of this machine. A request goes over a raw socket, byte for byte as the test wrote it,
 * and the test's own step runs where the filter would.
 */
final class Container implements AutoCloseable {
    private static final String STEP = "Test-Step";

    private final Server server = new Server();
    private final ServerConnector connector;
    private final Map<String, Step> steps = new ConcurrentHashMap<>();
    private final Map<String, Throwable> failures = new ConcurrentHashMap<>();
    private final AtomicInteger sent = new AtomicInteger();

    /** What a test does with a request inside the container. */
    interface Step {
        void run(HttpServletRequest request, HttpServletResponse response) throws Exception;
    }

    /**
     * What came back.
     *
     * @param ran whether the container let the request through to the step
     */
    record Answer(int status, List<String> headers, String body, boolean ran) {
        List<String> values(String name) {
            return headers.stream()
                    .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
                    .map(line -> line.substring(name.length() + 2))
                    .toList();
        }
    }

    /** With a context at each of these paths ({@code "/"} is the root); they share what a Jetty's contexts share. */
    static Container at(String... contextPaths) throws Exception {
        return new Container(configuration -> {}, contextPaths);
    }

    /** Lets every path through that can be parsed at all. */
    static Container lenient(String contextPath) throws Exception {
        return new Container(configuration -> configuration.setUriCompliance(UriCompliance.UNSAFE), contextPath);
    }

    Container(Consumer<HttpConfiguration> also, String... contextPaths) throws Exception {
        var configuration = new HttpConfiguration();
        configuration.setRequestHeaderSize(64 * 1024);
        also.accept(configuration);
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        var contexts = new ContextHandlerCollection();
        Arrays.stream(contextPaths).map(this::context).forEach(contexts::addHandler);
        server.setHandler(contexts);
        server.start();
    }

    private ServletContextHandler context(String path) {
        var context = new ServletContextHandler(path, ServletContextHandler.SESSIONS);
        context.getServletHandler().setDecodeAmbiguousURIs(true);
        context.addFilter(this::step, "/*", EnumSet.of(DispatcherType.REQUEST));
        return context;
    }

    private void step(ServletRequest servletRequest, ServletResponse servletResponse, FilterChain chain)
            throws IOException {
        var request = (HttpServletRequest) servletRequest;
        var id = request.getHeader(STEP);
        try {
            steps.remove(id).run(request, (HttpServletResponse) servletResponse);
        } catch (Throwable failure) { // an assertion's too: the test's own thread throws it
            failures.put(id, failure);
        }
    }

    int port() {
        return connector.getLocalPort();
    }

    /** A plain GET with these header lines besides Host. */
    Answer get(String uri, Step step, String... headers) throws Exception {
        var lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return raw("GET " + uri + " HTTP/1.1\r\nHost: localhost:" + port() + "\r\n" + lines + "\r\n", step);
    }

    /** A request as it stands, but for a line that names the step. */
    Answer raw(String request, Step step) throws Exception {
        var id = Integer.toString(sent.incrementAndGet());
        steps.put(id, step);
        var text = request.replaceFirst("\r\n", "\r\nConnection: close\r\n" + STEP + ": " + id + "\r\n");
        try (var socket = new Socket("127.0.0.1", port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (failures.containsKey(id)) {
                throw new AssertionError("inside the container: " + failures.get(id), failures.get(id));
            }
            var parts = answer.split("\r\n\r\n", 2);
            var head = List.of(parts[0].split("\r\n"));
            var status = Integer.parseInt(head.get(0).split(" ")[1]);
            return new Answer(status, head.subList(1, head.size()), parts[1], steps.remove(id) == null);
        }
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) { // what Jetty's life cycle declares
            throw new IllegalStateException(e);
        }
    }
}
