package dev.ssofilter.benchmark;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser with a cookie jar that signs in: what the provider asks of a person, the pretend one does not ask. */
final class Visitor implements AutoCloseable {
    static final String PAGE = "/app";
    private static final int MOST_HOPS = 10;
    private static final String SESSION = "JSESSIONID";
    private static final Pattern MAX_AGE = Pattern.compile("(?i); *Max-Age=([0-9]+)");

    private final int port;
    private final Wire application;
    private final Wire provider;
    private final Map<String, Kept> cookies = new LinkedHashMap<>();

    Visitor(int port, int providerPort) {
        this.port = port;
        application = new Wire(port);
        provider = new Wire(providerPort);
    }

    /** @param until by {@link System#nanoTime}; empty for as long as the browser is open */
    private record Kept(String value, OptionalLong until) {
        boolean alive(Duration later) {
            return until.isEmpty() || System.nanoTime() + later.toNanos() - until.getAsLong() < 0;
        }
    }

    /** The page, or whatever stands in its way. */
    Wire.Answer ask(String path) throws IOException {
        var answer = application.get(path, cookies());
        for (var cookie : answer.all("Set-Cookie")) {
            keep(cookie);
        }
        return answer;
    }

    private void keep(String cookie) {
        var pair = cookie.split(";", 2)[0].split("=", 2);
        var seconds = MAX_AGE.matcher(cookie);
        var until = seconds.find()
                ? OptionalLong.of(System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(seconds.group(1))))
                : OptionalLong.empty();
        cookies.put(pair[0], new Kept(pair[1], until));
    }

    String cookies() {
        return cookies(Duration.ZERO);
    }

    /** What it still sends after so long, if nothing happens meanwhile. */
    String cookies(Duration later) {
        return cookies.entrySet().stream()
                .filter(cookie -> cookie.getValue().alive(later)
                        && !cookie.getValue().value().isEmpty())
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue().value())
                .collect(Collectors.joining("; "));
    }

    /** As another browser. */
    void forget() {
        cookies.clear();
    }

    String session() {
        return cookies.containsKey(SESSION) ? cookies.get(SESSION).value() : "";
    }

    /** Follows every redirect from the page on, to the provider and back, and ends with what is no redirect. */
    Wire.Answer logIn() throws IOException {
        cookies.clear();
        var answer = ask(PAGE);
        for (int hops = 0; hops < MOST_HOPS && answer.status() / 100 == 3; hops++) {
            var location = URI.create(answer.field("Location").orElseThrow());
            var path = location.getRawPath() + (location.getRawQuery() == null ? "" : "?" + location.getRawQuery());
            answer = location.getHost() == null || location.getPort() == port ? ask(path) : provider.get(path, "");
        }
        return answer;
    }

    static boolean greeted(Wire.Answer answer) {
        return answer.status() == 200 && answer.body().contains(Pool.SUBJECT);
    }

    @Override
    public void close() throws IOException {
        application.close();
        provider.close();
    }
}
