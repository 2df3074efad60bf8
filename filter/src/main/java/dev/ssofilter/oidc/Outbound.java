package dev.ssofilter.oidc;

import com.github.benmanes.caffeine.cache.Ticker;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import dev.ssofilter.directory.Listeners;
import dev.ssofilter.directory.Settings;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ProtocolException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The only way out to the provider: one request, one answer, within a deadline and a size, whatever the peer does.
 *
 * <p>No redirect is followed (RFC 9700 §4.12: the secret and the code would go along), no cookie kept, no compressed
 * answer taken (a few bytes could become gigabytes), no request repeated.
 */
public final class Outbound implements AutoCloseable {
    /** The most bytes of a token answer. */
    public static final int TOKEN_LIMIT = 64 * 1024;
    /** The most bytes of a JWKS. */
    public static final int JWKS_LIMIT = 256 * 1024;
    /** The most bytes of a discovery document. */
    public static final int METADATA_LIMIT = 128 * 1024;
    /** The most bytes of a Userinfo answer. */
    public static final int USERINFO_LIMIT = 64 * 1024;

    static final Duration CONNECT = Duration.ofSeconds(3);
    static final Duration TOTAL = Duration.ofSeconds(10);

    private final Duration total;
    private final String via;
    private final Bulkhead calls = new Bulkhead(Duration.ofSeconds(2), Ticker.systemTicker());
    private final Bulkhead sharedAnswers = new Bulkhead(CONNECT, Ticker.systemTicker());
    private final OutboundThreads threads = new OutboundThreads();
    private final HttpClient client;
    private final Reachability reachability;
    private volatile boolean closed;
    private final Set<Future<?>> inFlight = ConcurrentHashMap.newKeySet();

    /** By the JVM's own proxy and authorities. */
    Outbound() {
        this(new Route(Optional.empty(), List.of()), CONNECT, TOTAL);
    }

    /** By the proxy and with the authorities of the settings. */
    public Outbound(Settings settings) {
        this(settings, new Reachability(Listeners.none()));
    }

    /** The same, with somebody to tell whether the provider answers. */
    Outbound(Settings settings, Reachability reachability) {
        this(new Route(settings.proxy(), settings.authorities()), CONNECT, TOTAL, reachability);
    }

    Outbound(Route route, Duration connect, Duration total) {
        this(route, connect, total, new Reachability(Listeners.none()));
    }

    private Outbound(Route route, Duration connect, Duration total, Reachability reachability) {
        this.reachability = reachability;
        this.total = total;
        this.via = route.description();
        // HTTP/2 would gain nothing for three small requests, and asks for an upgrade wherever there is no TLS.
        this.client = OutboundThreads.withoutApplication(() -> route.applyTo(HttpClient.newBuilder())
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connect)
                .executor(threads.executor())
                .build());
    }

    /** Whether a host of the provider gave no answer when it was last asked. */
    boolean isLost() {
        return reachability.isLost();
    }

    /** Where those stand who wait for one answer together: their line moves when it is there, which may take a while. */
    Bulkhead sharedAnswers() {
        return sharedAnswers;
    }

    /** Where what is asked in the background runs: daemon threads that end in {@link #close()}. */
    Executor executor() {
        return threads.executor();
    }

    /**
     * Sends the request and waits for the whole answer, whatever its status: 3 s to connect, 10 s in all.
     *
     * @param limit the most bytes that the answer's body may have
     * @throws LoginFailedException {@link Reason#USER_POOL_UNREACHABLE} where no whole answer came in time, or too many
     *     wait for one, {@link Reason#PROVIDER_ANSWER_REFUSED} where it is too long, compressed, no UTF-8 or no HTTP
     */
    HTTPResponse send(HttpRequest request, int limit) throws LoginFailedException {
        return exchange(request, limit).response();
    }

    /** The same for one that the library wrote: its {@code Authorization}, {@code Content-Type} and {@code Accept}. */
    public HTTPResponse send(HTTPRequest request, int limit) throws LoginFailedException {
        return send(OutboundRequest.of(request), limit);
    }

    /** The same, with what the connection itself showed. */
    Exchange exchange(HttpRequest request, int limit) throws LoginFailedException {
        return calls.call(() -> exchangeInBackground(request, limit));
    }

    /** The same for a thread of {@link #executor()}, which takes no place from those who wait for what it asks. */
    HTTPResponse sendInBackground(HttpRequest request, int limit) throws LoginFailedException {
        return exchangeInBackground(request, limit).response();
    }

    private Exchange exchangeInBackground(HttpRequest request, int limit) throws LoginFailedException {
        return reachability.watch(request.uri(), () -> exchangeNow(request, limit));
    }

    private Exchange exchangeNow(HttpRequest request, int limit) throws LoginFailedException {
        String peer = Quoted.url(request.uri()) + via;
        HttpResponse<byte[]> answer = await(begin(request, limit, peer), peer);
        if (answer.statusCode() == HttpURLConnection.HTTP_PROXY_AUTH) {
            String found = "is not reached: the proxy wants a user and a password (407), which nobody can give it here;"
                    + " have it let this machine through";
            throw OutboundFailures.unreachable(peer, found, new ProtocolException(found));
        }
        List<String> encodings = answer.headers().allValues("Content-Encoding");
        if (!encodings.stream().allMatch("identity"::equalsIgnoreCase)) {
            String found = "it is compressed (Content-Encoding " + Quoted.text(encodings.toString())
                    + ") although identity was asked for, perhaps by a proxy on the way";
            throw OutboundFailures.refused(peer, found, new ProtocolException(found));
        }
        return new Exchange(translate(answer, peer), Exchange.certificate(answer));
    }

    /**
     * By {@code send} in a thread of ours: {@code sendAsync} ends each exchange in the JVM's common pool, which up to
     * Java 24 is a new thread each time on a machine of two processors.
     */
    private Future<HttpResponse<byte[]>> begin(HttpRequest request, int limit, String peer)
            throws LoginFailedException {
        try {
            var exchange = threads.executor().submit(() -> client.send(request, head -> new BoundedBody(limit)));
            inFlight.add(exchange);
            return exchange;
        } catch (RejectedExecutionException e) {
            throw OutboundFailures.stopped(peer, e);
        }
    }

    @SuppressWarnings("CollectionUndefinedEquality") // Each exchange is equal to itself alone, as it should be.
    private HttpResponse<byte[]> await(Future<HttpResponse<byte[]>> exchange, String peer) throws LoginFailedException {
        try {
            return exchange.get(total.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            String found =
                    "did not answer completely within " + total.toSeconds() + " s; look at the provider's status";
            throw OutboundFailures.unreachable(peer, found, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw OutboundFailures.unreachable(peer, "was not waited for: this thread was interrupted", e);
        } catch (CancellationException e) {
            throw OutboundFailures.stopped(peer, e);
        } catch (ExecutionException e) {
            Throwable cause = ended(Objects.requireNonNullElse(e.getCause(), e));
            throw closed ? OutboundFailures.stopped(peer, cause) : OutboundFailures.explain(peer, cause);
        } finally {
            // The client's own request timeout ends with the headers: a body that drips is ended here alone.
            exchange.cancel(true);
            inFlight.remove(exchange);
        }
    }

    /** The client puts what it has no own type for, an Error too, into an IOException of the thread that waits. */
    private static Throwable ended(Throwable thrown) {
        return thrown.getClass() == IOException.class ? Objects.requireNonNullElse(thrown.getCause(), thrown) : thrown;
    }

    private static HTTPResponse translate(HttpResponse<byte[]> answer, String peer) throws LoginFailedException {
        var response = new HTTPResponse(answer.statusCode());
        answer.headers().map().forEach((name, values) -> response.setHeader(name, values.toArray(String[]::new)));
        response.setBody(text(answer, peer));
        return response;
    }

    private static String text(HttpResponse<byte[]> answer, String peer) throws LoginFailedException {
        if (answer.statusCode() != HTTPResponse.SC_OK) {
            // Of an error nothing is read but the OAuth error code, which is ASCII (RFC 6749 §5.2).
            return new String(answer.body(), StandardCharsets.UTF_8);
        }
        try {
            // RFC 8259 §8.1. Replacement characters would make two different values equal.
            return Utf8.text(ByteBuffer.wrap(answer.body()));
        } catch (CharacterCodingException e) {
            throw OutboundFailures.refused(peer, "it is no UTF-8", e);
        }
    }

    /** Ends what is on its way and every thread, so that a stopped application can leave memory. */
    @Override
    public void close() {
        closed = true;
        reachability.close();
        inFlight.forEach(exchange -> exchange.cancel(true));
        threads.end(client);
    }
}
