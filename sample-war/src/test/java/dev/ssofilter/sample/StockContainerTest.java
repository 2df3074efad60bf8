package dev.ssofilter.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ssofilter.program.ChildProcess;
import dev.ssofilter.program.ListeningSockets;
import dev.ssofilter.program.StockContainer;
import dev.ssofilter.testkit.Browser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The WAR, as it was built, copied to {@code webapps/} of a container as it was downloaded, and the pretend pool as the
 * program that it is: three processes that know of each other what the WAR's own record says.
 */
@Tag("containers")
@ParameterizedClass(name = "{0}")
@MethodSource("dev.ssofilter.program.StockContainer#there")
class StockContainerTest {
    /** Where the record in the WAR has the pool. */
    private static final int USUAL_POOL_PORT = 9090;

    private static final String ADMIN = "max@example.org";

    @TempDir
    static Path folder;

    private static ChildProcess container;
    private static ChildProcess pool;
    private static String site;
    private static String user;
    private static String password;
    private static Browser.Answer homeWithoutPool;
    private static Browser.Answer membersWithoutPool;

    @Parameter
    StockContainer stock;

    private final Browser browser = new Browser();

    @BeforeParameterizedClassInvocation
    static void start(StockContainer stock) throws IOException {
        var poolPort = isFree(USUAL_POOL_PORT) ? USUAL_POOL_PORT : freePort();
        var base = Files.createDirectory(folder.resolve(stock.name()));
        var started = stock.start(base, List.of(Path.of(System.getProperty("sample.war"))), options(poolPort));
        container = started.process();
        site = "http://localhost:" + started.port() + "/sso-sample";
        homeWithoutPool = new Browser().navigate(at("/"));
        if (homeWithoutPool.status() != 200) {
            throw container.failed("has the home page answer " + homeWithoutPool.status());
        }
        membersWithoutPool = new Browser().navigate(at("/members"));
        pool = ChildProcess.java(
                "pool",
                base,
                Pattern.compile("^Password: (.+)"),
                List.of("-jar", System.getProperty("testkit.jar"), "--port", Integer.toString(poolPort)));
        password = pool.awaitReady().group(1);
        user = said("User: ");
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        container.close();
        if (pool != null) {
            pool.close();
        }
    }

    /** None at all, unless another program on this machine has the port that the record names. */
    private static List<String> options(int poolPort) {
        return poolPort == USUAL_POOL_PORT
                ? List.of()
                : List.of("-Dsso.discoveryDomain=http://127.0.0.1:" + poolPort
                        + "/us-east-1_PretendPl/.well-known/jwks.json");
    }

    @Test
    void showsItsHomePageAlsoWithoutThePool() {
        assertEquals(200, homeWithoutPool.status());
        assertTrue(homeWithoutPool.body().contains("/sso-sample/sso/login"), homeWithoutPool.body());
    }

    @Test
    void explainsThatNobodyCanSignInWithoutThePool() {
        assertEquals(503, membersWithoutPool.status());
        assertTrue(membersWithoutPool.header("Retry-After").isPresent(), () -> "" + membersWithoutPool.headers());
        assertTrue(membersWithoutPool.body().contains("USER_POOL_UNREACHABLE"), membersWithoutPool.body());
        assertEquals(List.of(), membersWithoutPool.setCookies());
    }

    @Test
    void keepsTheSetupScreenLocked() {
        var screen = browser.navigate(at("/sso/setup"));

        assertEquals(403, screen.status());
        assertTrue(screen.body().contains("One-time token"), screen.body());
        assertFalse(screen.body().contains("discoveryDomain"), screen.body());
    }

    @Test
    void signsAMemberInOnTheWayToTheirPage() {
        var page = browser.logInFrom(at("/members?week=47&crew=l%C3%A9a&crew=a+b"), user, password);

        assertEquals(at("/members?week=47&crew=l%C3%A9a&crew=a+b"), page.uri());
        assertEquals(200, page.status());
        assertTrue(page.body().contains("<td>Ana</td>"), page.body());
        assertTrue(page.body().contains("custom:member_no @ ID Token"), page.body());
    }

    @Test
    void signsInFromTheLinkOnTheHomePage() {
        var first = browser.click(browser.navigate(at("/")), at("/sso/login?target=/sso-sample/members"));

        var page = browser.logIn(first, user, password);

        assertEquals(at("/members"), page.uri());
        assertEquals(200, page.status());
    }

    @Test
    void keepsAMemberFromTheAdministratorsPage() {
        var page = browser.logInFrom(at("/admin"), user, password);

        assertEquals(403, page.status());
        assertFalse(page.body().contains("You look after the club"), page.body());
    }

    @Test
    void letsAnAdministratorIn() {
        var page = browser.logInFrom(at("/admin"), ADMIN, password);

        assertEquals(200, page.status());
        assertTrue(page.body().contains("You look after the club"), page.body());
    }

    @Test
    void signsOutHereAndAtThePool() {
        var page = browser.logInFrom(at("/members"), user, password);

        var toPool = browser.submitForm(page, Map.of());
        var end = browser.followAll(toPool);
        var after = browser.followAll(browser.navigate(at("/members")));

        assertEquals("/logout", toPool.location().orElseThrow().getPath());
        assertEquals(at("/sso/signed-out"), end.uri());
        assertEquals(200, end.status());
        assertTrue(after.body().contains("type=\"password\""), after.body());
    }

    @Test
    void answersACallOfAScriptWith401() {
        var answer = browser.fetch(at("/members"));

        assertEquals(401, answer.status());
        assertEquals("SSO", answer.header("WWW-Authenticate").orElse(""));
        assertTrue(answer.body().contains(at("/sso/login").toString()), answer.body());
        assertEquals(List.of(), answer.setCookies());
    }

    @Test
    void listensOnThisMachineAlone() throws IOException {
        assumeTrue(ListeningSockets.canBeRead(), "this is no Linux");

        for (var process : List.of(container, pool)) {
            var sockets = process.listeningSockets();

            assertFalse(sockets.isEmpty(), "the one with the port that it has just answered on");
            for (var socket : sockets) {
                assertTrue(ListeningSockets.isLoopback(socket), () -> "" + sockets);
            }
        }
    }

    private static URI at(String path) {
        return URI.create(site + path);
    }

    private static String said(String before) throws IOException {
        return pool.lines().stream()
                .filter(line -> line.startsWith(before))
                .map(line -> line.substring(before.length()))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
