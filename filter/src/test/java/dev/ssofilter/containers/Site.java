package dev.ssofilter.containers;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendUserPool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** Applications in one container, and the pool that knows their addresses. */
final class Site implements AutoCloseable {
    /** The session cookie's name, the same in all containers. */
    static final String SESSION = "JSESSIONID";

    private static final int TIMEOUT_MILLIS = 10_000;

    private final Container.Running container;

    private Site(Container.Running container) {
        this.container = container;
    }

    static Site of(Container container, Path folder, PretendUserPool pool, WebApplication... applications) {
        return of(container, folder, 0, pool, applications);
    }

    static Site of(Container container, Path folder, int port, PretendUserPool pool, WebApplication... applications) {
        pool.client().allowAnyLoopbackUrl();
        return new Site(container.start(folder, port, List.of(applications)));
    }

    /** As browsers see it: another site than the pool's. */
    URI at(String path) {
        return URI.create("http://localhost:" + container.port() + path);
    }

    boolean isOurs(URI uri) {
        return uri.getPort() == port();
    }

    int port() {
        return container.port();
    }

    /** Goes to this address as it stands, which no HTTP client does; the browser keeps the cookies. */
    Browser.Answer navigateRaw(Browser browser, String target) {
        var request = "GET " + target + " HTTP/1.1\r\nHost: localhost:" + port()
                + "\r\nAccept: text/html\r\nConnection: close\r\n\r\n";
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            return answer(browser, answer.split("\r\n\r\n", 2));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Browser.Answer answer(Browser browser, String... headAndBody) {
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        var lines = headAndBody[0].split("\r\n");
        for (var line : List.of(lines).subList(1, lines.length)) {
            var header = line.split(": ?", 2);
            headers.computeIfAbsent(header[0], name -> new ArrayList<>()).add(header[1]);
        }
        headers.getOrDefault("Set-Cookie", List.of()).forEach(line -> browser.addCookie(at("/"), line));
        return new Browser.Answer(at("/"), Integer.parseInt(lines[0].split(" ")[1]), headers, headAndBody[1], "none");
    }

    /** The Set-Cookie lines of this answer for the container's session cookie. */
    static List<String> sessionCookies(Browser.Answer answer) {
        return answer.setCookies().stream()
                .filter(line -> line.startsWith(SESSION + "="))
                .toList();
    }

    /** Of a Set-Cookie line, in lower case, as they may be written in any. */
    static List<String> attributes(String setCookie) {
        return List.of(setCookie.toLowerCase(Locale.ROOT).split("; ?"));
    }

    @Override
    public void close() {
        container.close();
    }
}
