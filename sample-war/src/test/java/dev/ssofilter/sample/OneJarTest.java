package dev.ssofilter.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ssofilter.program.ChildProcess;
import dev.ssofilter.program.StockContainer;
import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendUserPool;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The jar "all" in the WEB-INF/lib of two applications that were made without Maven, side by side in one container. */
@Tag("containers")
@ParameterizedClass(name = "{0}")
@MethodSource("dev.ssofilter.program.StockContainer#there")
class OneJarTest {
    private static final Path ALL_JAR = Path.of(System.getProperty("all.jar"));

    @TempDir
    static Path folder;

    private static PretendUserPool pool;
    private static ChildProcess container;
    private static int port;

    @Parameter
    StockContainer stock;

    @BeforeParameterizedClassInvocation
    static void start(StockContainer stock) throws IOException {
        pool = PretendUserPool.start();
        pool.client().allowAnyLoopbackUrl();
        var wars = Files.createDirectory(folder.resolve(stock + "-wars"));
        var alone = OneJarWar.write(wars.resolve("alone.war"), UserServlet.class, List.of(ALL_JAR));
        var jars = new ArrayList<>(List.of(ALL_JAR));
        try (var own = Files.list(Path.of(System.getProperty("own.libraries")))) {
            own.forEach(jars::add);
        }
        var beside = OneJarWar.writeWithItsOwnJsonB(wars.resolve("beside.war"), OwnLibrariesServlet.class, jars);
        var base = Files.createDirectory(folder.resolve(stock.name()));
        var started = stock.start(
                base, List.of(alone, beside), List.of("-Dsso.discoveryDomain=" + pool.tokenSigningKeyUrl()));
        container = started.process();
        port = started.port();
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        if (container != null) {
            container.close();
        }
        pool.close();
    }

    @Test
    void isAllThatAnApplicationNeedsToSignIn() throws IOException {
        assertEquals("signed in: Ana", signIn("/alone/page"));
    }

    @Test
    void leavesAnApplicationItsOwnLibraries() throws IOException {
        assertEquals("""
                signed in: Ana
                signed: own by nimbus-jose-jwt-9.37.3.jar
                parsed: own by oauth2-oidc-sdk-9.43.6.jar
                cached: own by caffeine-2.9.3.jar
                written: {"library":"own"} by johnzon-jsonb-2.0.2.jar""", signIn("/beside/page"));
    }

    private static String signIn(String path) throws IOException {
        var page = URI.create("http://localhost:" + port + path);
        var answer = new Browser().logInFrom(page, pool.user());
        if (answer.status() != 200) {
            throw container.failed("has " + page + " answer " + answer.status() + " " + answer.body());
        }
        return answer.body().replace("\r\n", "\n").strip();
    }
}
