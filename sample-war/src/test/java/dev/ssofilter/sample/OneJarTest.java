package dev.ssofilter.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ssofilter.program.StockContainer;
import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendUserPool;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The jar "all" in the WEB-INF/lib of applications that were made without Maven. */
@Tag("containers")
class OneJarTest {
    private static final Path ALL_JAR = Path.of(System.getProperty("all.jar"));

    private final PretendUserPool pool = PretendUserPool.start();

    @TempDir
    Path folder;

    @BeforeEach
    void allowThisMachine() {
        pool.client().allowAnyLoopbackUrl();
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.ssofilter.program.StockContainer#there")
    void isAllThatAnApplicationNeedsToSignIn(StockContainer stock) throws IOException {
        var page = signIn(stock, UserServlet.class, List.of(ALL_JAR));

        assertEquals("signed in: Ana", page.strip());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.ssofilter.program.StockContainer#there")
    void leavesAnApplicationItsOwnLibraries(StockContainer stock) throws IOException {
        var jars = new ArrayList<>(List.of(ALL_JAR));
        try (var own = Files.list(Path.of(System.getProperty("own.libraries")))) {
            own.forEach(jars::add);
        }

        var page = signIn(stock, OwnLibrariesServlet.class, jars);

        assertEquals("""
                signed in: Ana
                signed: own by nimbus-jose-jwt-9.37.3.jar
                parsed: own by oauth2-oidc-sdk-9.43.6.jar
                cached: own by caffeine-2.9.3.jar
                written: {"library":"own"} by johnzon-jsonb-2.0.2.jar""", page.strip());
    }

    private String signIn(StockContainer stock, Class<?> servlet, List<Path> jars) throws IOException {
        var war = folder.resolve("one-jar.war");
        OneJarWar.write(war, servlet, jars);
        var base = Files.createDirectory(folder.resolve("base"));
        var started = stock.start(base, List.of(war), List.of("-Dsso.discoveryDomain=" + pool.tokenSigningKeyUrl()));
        try (var container = started.process()) {
            var page = URI.create("http://localhost:" + started.port() + "/one-jar/page");
            var answer = new Browser().logInFrom(page, pool.user());
            if (answer.status() != 200) {
                throw container.failed("has " + page + " answer " + answer.status() + " " + answer.body());
            }
            return answer.body().replace("\r\n", "\n");
        }
    }
}
