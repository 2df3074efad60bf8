package dev.ssofilter.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundTest {
    private static final Route DIRECT = new Route(Optional.empty(), List.of());
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int LIMIT = 1000;

    private StubProvider provider;
    private Outbound outbound;

    @BeforeEach
    void start() throws IOException {
        provider = new StubProvider();
        outbound = new Outbound(DIRECT, LONG, LONG);
    }

    @AfterEach
    void stop() {
        outbound.close();
        provider.close();
    }

    private HTTPRequest get(String path) {
        return new HTTPRequest(HTTPRequest.Method.GET, provider.url(path));
    }

    private LoginFailedException refusal(Outbound sender, HTTPRequest request) {
        return assertThrows(LoginFailedException.class, () -> sender.send(request, LIMIT));
    }

    private LoginFailedException refusal(String path) {
        return refusal(outbound, get(path));
    }

    // ---- what is sent

    @Test
    void sendsMethodBodyAndTheHeadersThatOAuthNeeds() throws LoginFailedException, ParseException {
        provider.serve("/token", "{}");
        var request = new HTTPRequest(HTTPRequest.Method.POST, provider.url("/token"));
        request.setContentType("application/x-www-form-urlencoded");
        request.setAuthorization("Basic abc");
        request.setAccept("application/json");
        request.setBody("code=1%2B1&x=%C3%A9");

        outbound.send(request, LIMIT);

        var asked = provider.asked().get(0);
        assertEquals("POST", asked.method());
        assertEquals("code=1%2B1&x=%C3%A9", asked.body());
        assertTrue(asked.header("content-type").startsWith("application/x-www-form-urlencoded"));
        assertEquals("Basic abc", asked.header("authorization"));
        assertEquals("application/json", asked.header("accept"));
    }

    @Test
    void saysWhoAsksAndThatNothingMayBeCompressed() throws LoginFailedException {
        provider.serve("/", "{}");
        var request = get("/");
        request.setHeader("User-Agent", "other");
        request.setHeader("Accept-Encoding", "gzip");

        outbound.send(request, LIMIT);

        assertTrue(provider.asked().get(0).header("user-agent").matches("sso-filter/.+"));
        assertEquals("identity", provider.asked().get(0).header("accept-encoding"));
    }

    @Test
    void neverTellsWhereTheUserIsGoing() throws LoginFailedException {
        provider.serve("/", StubProvider.status(200, "{}", "Set-Cookie", "tracker=1; Path=/"));
        var request = get("/");
        request.setHeader("Referer", "https://members.example.org/secret-page");
        request.setHeader("Cookie", "JSESSIONID=1");
        request.setHeader("X-Other", "1");

        outbound.send(request, LIMIT);
        outbound.send(request, LIMIT);

        for (var asked : provider.asked()) {
            assertTrue(asked.headers().keySet().stream().noneMatch(Set.of("referer", "cookie", "x-other")::contains));
        }
    }

    // ---- what comes back

    @Test
    void handsBackAnErrorAnswerAsItIs() throws LoginFailedException {
        // Cognito: no scheme before the parameters, which a client with an authenticator would choke on.
        provider.serve(
                "/", StubProvider.status(401, "{\"error\":\"x\"}", "WWW-Authenticate", "error=\"invalid_token\""));

        HTTPResponse answer = outbound.send(get("/"), LIMIT);

        assertEquals(401, answer.getStatusCode());
        assertEquals("{\"error\":\"x\"}", answer.getBody());
        assertEquals("error=\"invalid_token\"", answer.getHeaderValue("WWW-Authenticate"));
    }

    @ParameterizedTest(name = "AB-039 AB-114 {0}")
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsNoRedirect(int status) throws LoginFailedException {
        provider.serve("/elsewhere", "{}");
        provider.serve("/token", StubProvider.status(status, "", "Location", provider.origin() + "/elsewhere"));
        var request = new HTTPRequest(HTTPRequest.Method.POST, provider.url("/token"));
        request.setBody("code=1");

        HTTPResponse answer = outbound.send(request, LIMIT);

        assertEquals(status, answer.getStatusCode());
        assertEquals(0, provider.count("/elsewhere"));
    }

    @Test
    void takesABodyUpToTheLimit() throws LoginFailedException {
        provider.serve("/", "x".repeat(LIMIT));

        assertEquals("x".repeat(LIMIT), outbound.send(get("/"), LIMIT).getBody());
    }

    @Test
    void refusesABodyOneByteOverTheLimit() {
        provider.serve("/", "x".repeat(LIMIT + 1));

        assertEquals(Reason.PROVIDER_ANSWER_REFUSED, refusal("/").reason());
    }

    @Test
    void endsTheConnectionOfAnEndlessBody() throws InterruptedException {
        var ended = new CountDownLatch(1);
        provider.serve("/", provider.endless("x".repeat(100), 0, ended));

        assertEquals(Reason.PROVIDER_ANSWER_REFUSED, refusal("/").reason());

        assertTrue(ended.await(10, TimeUnit.SECONDS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "x-unknown"})
    void refusesACompressedAnswer(String encoding) {
        provider.serve("/", StubProvider.status(200, "{}", "Content-Encoding", encoding));

        assertEquals(Reason.PROVIDER_ANSWER_REFUSED, refusal("/").reason());
    }

    @Test
    void takesAnAnswerThatSaysItIsNotCompressed() throws LoginFailedException {
        provider.serve("/", StubProvider.status(200, "{}", "Content-Encoding", "identity"));

        assertEquals("{}", outbound.send(get("/"), LIMIT).getBody());
    }

    @Test
    void refusesBytesThatAreNoUtf8() {
        provider.serve("/", exchange -> {
            exchange.sendResponseHeaders(200, 1);
            exchange.getResponseBody().write(0xFF);
            exchange.close();
        });

        assertEquals(Reason.PROVIDER_ANSWER_REFUSED, refusal("/").reason());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
                "HTTP/1.1 2x0 OK\r\n\r\n"
            })
    void refusesWhatIsNoHttp(String answer) throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            answerOnce(socket, answer);

            var refusal = refusal(outbound, request("http://127.0.0.1:" + socket.getLocalPort() + "/"));

            assertEquals(Reason.PROVIDER_ANSWER_REFUSED, refusal.reason(), stackTrace(refusal));
        }
    }

    // ---- the deadline

    @Test
    void endsABodyThatDripsWithinTheDeadline() throws InterruptedException {
        var ended = new CountDownLatch(1);
        provider.serve("/", provider.endless("x", 20, ended));

        assertEndsInTime(provider.url("/"));

        assertTrue(ended.await(10, TimeUnit.SECONDS), "the connection stays open");
    }

    @Test
    void endsAnAnswerThatNeverBeginsWithinTheDeadline() {
        provider.serve("/", provider.silence());

        assertEndsInTime(provider.url("/"));
    }

    @Test
    void endsAConnectionThatIsNeverTakenWithinTheDeadline() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertEndsInTime(URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/"));
        }
    }

    private static void assertEndsInTime(URI url) {
        try (var impatient = new Outbound(DIRECT, LONG, SHORT)) {
            var refusal = assertTimeoutPreemptively(
                    Duration.ofSeconds(5),
                    () -> assertThrows(
                            LoginFailedException.class,
                            () -> impatient.send(new HTTPRequest(HTTPRequest.Method.GET, url), LIMIT)));

            assertEquals(Reason.USER_POOL_UNREACHABLE, refusal.reason());
        }
    }

    @Test
    void waitsThreeSecondsForAConnectionAndTenInAll() {
        assertEquals(Duration.ofSeconds(3), Outbound.CONNECT);
        assertEquals(Duration.ofSeconds(10), Outbound.TOTAL);
    }

    @Test
    void stopsWaitingWhenInterruptedAndSaysSoToTheThread() {
        provider.serve("/", provider.silence());

        Thread.currentThread().interrupt();
        var refusal = refusal("/");

        assertTrue(Thread.interrupted());
        assertEquals(Reason.USER_POOL_UNREACHABLE, refusal.reason());
    }

    // ---- no answer at all

    @Test
    void explainsARefusedConnection() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        var refusal = refusal(outbound, request("http://127.0.0.1:" + port + "/a?code=secret"));

        assertEquals(Reason.USER_POOL_UNREACHABLE, refusal.reason());
        assertTrue(refusal.getMessage().startsWith("http://127.0.0.1:" + port + "/a refused the connection;"));
    }

    @Test
    void explainsAHostThatDoesNotExist() {
        var refusal = refusal(outbound, request("https://no-such-host.invalid/"));

        assertEquals(Reason.USER_POOL_UNREACHABLE, refusal.reason());
        assertTrue(refusal.getMessage().contains("DNS"), refusal.getMessage());
    }

    @Test
    @DisplayName("AB-115 trusts no certificate that nobody vouches for")
    void trustsNoCertificateThatNobodyVouchesFor(@TempDir Path folder) throws Exception {
        try (SSLServerSocket socket = selfSigned(folder)) {
            answerOnce(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");

            var refusal = refusal(outbound, request("https://localhost:" + socket.getLocalPort() + "/"));

            assertEquals(Reason.USER_POOL_UNREACHABLE, refusal.reason());
            assertTrue(refusal.getMessage().contains("certificate"), refusal.getMessage());
        }
    }

    @Test
    void sendsARequestOnceAloneWhenTheConnectionBreaks() {
        provider.serve("/token", exchange -> {
            throw new IOException("the provider falls over after it has read the code");
        });
        var request = new HTTPRequest(HTTPRequest.Method.POST, provider.url("/token"));
        request.setBody("code=1");

        assertEquals(Reason.USER_POOL_UNREACHABLE, refusal(outbound, request).reason());

        assertEquals(1, provider.count("/token"));
    }

    @Test
    void keepsQueriesOutOfItsMessages() {
        provider.serve("/", "x".repeat(LIMIT + 1));

        var refusal = refusal("/?code=secret");

        assertFalse(stackTrace(refusal).contains("secret"));
        assertTrue(refusal.getMessage().contains(provider.origin() + "/"));
    }

    @Test
    @DisplayName("AB-214 hides no fault of the JVM's behind the provider")
    void letsAnErrorOut() {
        provider.serve("/", "{}");
        var request = OutboundRequest.to(provider.url("/"))
                .POST(BodyPublishers.fromPublisher(subscriber -> {
                    throw new LinkageError("no such class");
                }))
                .build();

        var error = assertThrows(LinkageError.class, () -> outbound.send(request, LIMIT));

        assertEquals("no such class", error.getMessage());
    }

    // ---- the end

    @Test
    @DisplayName("AB-217 leaves no thread behind")
    void leavesNoThreadBehind() throws InterruptedException {
        Set<Thread> before = Thread.getAllStackTraces().keySet();

        Set<Thread> ours = useOnce(before);

        assertTrue(ours.stream().anyMatch(thread -> thread.getName().startsWith("sso-filter-outbound-")));
        assertTrue(ours.stream().anyMatch(thread -> thread.getName().contains("SelectorManager")));
        for (Thread thread : ours) {
            assertEnds(thread);
        }
    }

    /** Of a shared pool of one thread, which the pom asks for, Java makes a new thread for every task up to Java 24. */
    @Test
    void startsNoThreadForEachRequest() throws LoginFailedException {
        var threads = ManagementFactory.getThreadMXBean();
        var requests = 50;
        provider.serve("/", "{}");
        outbound.send(get("/"), LIMIT);
        var before = threads.getTotalStartedThreadCount();

        for (int i = 0; i < requests; i++) {
            outbound.send(get("/"), LIMIT);
        }

        var started = threads.getTotalStartedThreadCount() - before;
        assertTrue(started < requests / 2, started + " threads for " + requests + " requests");
    }

    /** In a method of its own: before Java 21 the client's thread ends once nothing refers to the client. */
    private Set<Thread> useOnce(Set<Thread> before) {
        try (var used = new Outbound()) {
            provider.serve("/", "{}");
            used.send(get("/"), LIMIT);
            return newThreads(before);
        } catch (LoginFailedException e) {
            throw new AssertionError(e);
        }
    }

    private static Set<Thread> newThreads(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread) && !thread.getName().equals("stub-provider"))
                .collect(Collectors.toSet());
    }

    private static void assertEnds(Thread thread) throws InterruptedException {
        for (int i = 0; i < 100 && thread.isAlive(); i++) {
            System.gc();
            thread.join(100);
        }
        assertFalse(thread.isAlive(), thread.getName());
    }

    @Test
    @DisplayName("AB-217 keeps the application's class loader out of its threads")
    void keepsTheApplicationsClassLoaderOutOfItsThreads() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        Thread caller = Thread.currentThread();
        ClassLoader application = new ClassLoader(caller.getContextClassLoader()) {};
        caller.setContextClassLoader(application);

        try (var used = new Outbound()) {
            provider.serve("/", "{}");
            used.send(get("/"), LIMIT);

            assertSame(application, caller.getContextClassLoader());
            assertTrue(newThreads(before).size() >= 2);
            for (Thread thread : newThreads(before)) {
                assertNotSame(application, thread.getContextClassLoader(), thread.getName());
            }
        } finally {
            caller.setContextClassLoader(application.getParent());
        }
    }

    @Test
    void endsWhatIsOnItsWayWhenTheApplicationStops() throws Exception {
        var reached = new CountDownLatch(1);
        provider.serve("/", exchange -> {
            reached.countDown();
            provider.silence().give(exchange);
        });
        var refusal = CompletableFuture.supplyAsync(() -> refusal("/"));
        assertTrue(reached.await(10, TimeUnit.SECONDS));

        assertTimeoutPreemptively(Duration.ofSeconds(5), outbound::close);

        assertEquals(
                Reason.USER_POOL_UNREACHABLE, refusal.get(5, TimeUnit.SECONDS).reason());
    }

    @Test
    void asksNobodyOnceTheApplicationHasStopped() {
        provider.serve("/", "{}");
        outbound.close();

        assertEquals(Reason.USER_POOL_UNREACHABLE, refusal("/").reason());

        assertEquals(List.of(), provider.asked());
    }

    // ---- plumbing

    private static HTTPRequest request(String url) {
        return new HTTPRequest(HTTPRequest.Method.GET, URI.create(url));
    }

    private static String stackTrace(Throwable failure) {
        var text = new java.io.StringWriter();
        failure.printStackTrace(new java.io.PrintWriter(text));
        return text.toString();
    }

    private static void answerOnce(ServerSocket socket, String answer) {
        var thread = new Thread(() -> {
            try (var connection = socket.accept()) {
                InputStream in = connection.getInputStream();
                assertTrue(in.read(new byte[2000]) > 0);
                connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                // The peer went away first, which is what some of these tests are about.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static SSLServerSocket selfSigned(Path folder)
            throws IOException, GeneralSecurityException, InterruptedException {
        Path file = folder.resolve("keys.p12");
        var keytool = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-keystore",
                file.toString());
        assertEquals(0, keytool.start().waitFor());
        var store = KeyStore.getInstance("PKCS12");
        try (var in = new FileInputStream(file.toFile())) {
            store.load(in, "changeit".toCharArray());
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, "changeit".toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        var socket = (SSLServerSocket) context.getServerSocketFactory().createServerSocket();
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return socket;
    }
}
