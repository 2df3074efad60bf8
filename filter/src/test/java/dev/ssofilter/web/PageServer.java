package dev.ssofilter.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;

/** A real container that answers each request with one page, so that tests see what a browser gets. */
final class PageServer {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private volatile Answer answer = response -> {};

    /** What is written to the next response. */
    interface Answer {
        void write(HttpServletResponse response) throws IOException;
    }

    PageServer() throws Exception {
        var context = new ServletContextHandler();
        context.addFilter(
                (request, response, chain) -> answer.write((HttpServletResponse) response),
                "/*",
                EnumSet.of(DispatcherType.REQUEST));
        server.setHandler(context);
        server.start();
    }

    HttpResponse<String> get(Answer next) throws Exception {
        return send("GET", next);
    }

    HttpResponse<String> send(String method, Answer next) throws Exception {
        answer = next;
        var uri = URI.create("http://127.0.0.1:" + server.getURI().getPort() + "/");
        var request = HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody());
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    static String between(String text, String start, String end) {
        int from = text.indexOf(start) + start.length();
        return text.substring(from, text.indexOf(end, from));
    }

    void stop() throws Exception {
        server.stop();
    }
}
