package dev.ssofilter.benchmark;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.ssofilter.benchmark.host.Site;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The provider: as Cognito where a contender can see it, and quick where none can. It signs in whoever comes, and counts
 * what it is asked.
 */
public final class Pool {
    /** Everybody's {@code sub}. */
    static final String SUBJECT = "7f2c1a90-5b3e-4d68-9c47-0e8d6b1f2a35";

    private static final String POOL = "/us-east-1_Benchmark";

    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    /** Each with the time at which its user signed in. */
    private final Map<String, Long> refreshTokens = new ConcurrentHashMap<>();

    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final SignedTokens tokens;
    private final HttpServer server;
    private final ExecutorService workers = Executors.newFixedThreadPool(64);
    private final String issuer;
    private volatile int lifetime = 3600;

    public Pool(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 512);
        issuer = issuer(server.getAddress().getPort());
        tokens = new SignedTokens(issuer);
        server.setExecutor(workers);
        serve(POOL + "/.well-known/openid-configuration", "discovery", this::discovery);
        serve(POOL + "/.well-known/jwks.json", "jwks", exchange -> answer(exchange, 200, tokens.jwks()));
        serve("/oauth2/authorize", "authorize", this::authorize);
        serve("/oauth2/token", "token", this::token);
        serve("/oauth2/userInfo", "userinfo", exchange -> answer(exchange, 200, SignedTokens.userinfo()));
        server.start();
    }

    private void serve(String path, String name, HttpHandler handler) {
        server.createContext(path, exchange -> {
            calls.computeIfAbsent(name, none -> new AtomicInteger()).incrementAndGet();
            try (exchange) {
                handler.handle(exchange);
            } catch (RuntimeException fault) {
                fault.printStackTrace();
                throw fault;
            }
        });
    }

    static String issuer(int port) {
        return "http://127.0.0.1:" + port + POOL;
    }

    public String issuer() {
        return issuer;
    }

    /** What its token endpoint answers who brings a code of a login with that nonce. */
    public String tokens(String nonce) {
        return tokens(nonce, Instant.now().getEpochSecond());
    }

    /** Ends it. */
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }

    /** Since it was last asked. */
    Map<String, Integer> calls() {
        var counted = new HashMap<String, Integer>();
        calls.forEach((name, count) -> counted.put(name, count.getAndSet(0)));
        return counted;
    }

    void bend(SignedTokens.Bend bend) {
        tokens.bend(bend);
    }

    void rotate() {
        tokens.rotate();
    }

    /** Of access tokens, in seconds. */
    void lifetime(int seconds) {
        lifetime = seconds;
    }

    private void discovery(HttpExchange exchange) throws IOException {
        var origin = issuer.substring(0, issuer.length() - POOL.length());
        answer(exchange, 200, """
                {"authorization_endpoint":"%2$s/oauth2/authorize","end_session_endpoint":"%2$s/logout",\
                "id_token_signing_alg_values_supported":["RS256"],"issuer":"%1$s","jwks_uri":"%1$s/.well-known/jwks.json",\
                "response_types_supported":["code","token"],"revocation_endpoint":"%2$s/oauth2/revoke",\
                "scopes_supported":["openid","email","phone","profile"],"subject_types_supported":["public"],\
                "token_endpoint":"%2$s/oauth2/token","token_endpoint_auth_methods_supported":["client_secret_basic","client_secret_post"],\
                "userinfo_endpoint":"%2$s/oauth2/userInfo"}""".formatted(issuer, origin));
    }

    private void authorize(HttpExchange exchange) throws IOException {
        var asked = parameters(exchange.getRequestURI().getRawQuery());
        var code = UUID.randomUUID().toString();
        codes.put(code, asked);
        var returnUrl = asked.get("redirect_uri");
        var back = returnUrl + (returnUrl.contains("?") ? "&" : "?") + "code=" + code + "&state="
                + URLEncoder.encode(asked.get("state"), StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Location", back);
        exchange.sendResponseHeaders(302, -1);
    }

    private void token(HttpExchange exchange) throws IOException {
        var sent = parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        if (!Site.CLIENT_ID.equals(sent.get("client_id")) || !Site.CLIENT_SECRET.equals(sent.get("client_secret"))) {
            answer(exchange, 401, "{\"error\":\"invalid_client\"}");
            return;
        }
        if ("refresh_token".equals(sent.get("grant_type"))) {
            var signedIn = refreshTokens.remove(sent.get("refresh_token")); // one use each
            var known = signedIn != null;
            count(known ? "refresh" : "refused");
            answer(exchange, known ? 200 : 400, known ? tokens(null, signedIn) : "{\"error\":\"invalid_grant\"}");
            return;
        }
        var asked = codes.remove(sent.get("code"));
        var good = asked != null
                && asked.get("redirect_uri").equals(sent.get("redirect_uri"))
                && SignedTokens.proves(asked.get("code_challenge"), sent.get("code_verifier"));
        answer(exchange, good ? 200 : 400, good ? tokens(asked.get("nonce")) : "{\"error\":\"invalid_grant\"}");
    }

    private void count(String name) {
        calls.computeIfAbsent(name, none -> new AtomicInteger()).incrementAndGet();
    }

    private String tokens(String nonce, long signedIn) {
        var refresh = UUID.randomUUID().toString();
        refreshTokens.put(refresh, signedIn);
        return tokens.answer(nonce, signedIn, refresh, lifetime);
    }

    private static Map<String, String> parameters(String encoded) {
        var parameters = new HashMap<String, String>();
        for (var pair : encoded.split("&")) {
            var parts = pair.split("=", 2);
            parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }

    private static void answer(HttpExchange exchange, int status, String json) {
        var body = json.getBytes(StandardCharsets.UTF_8);
        try {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            var head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(status, head ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
