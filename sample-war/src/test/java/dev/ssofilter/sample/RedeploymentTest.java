package dev.ssofilter.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import dev.ssofilter.SsoFilter;
import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendUserPool;
import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An application that is deployed again and again, and signed in to each time, leaves nothing of itself in its container. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class RedeploymentTest {
    // Held here: a logger that nobody holds is forgotten with its handlers.
    private static final Logger TOMCAT = Logger.getLogger("org.apache.catalina.loader.WebappClassLoaderBase");

    private static final int TIMES = Integer.getInteger("redeployments", 5);
    /** Before Java 21 the thread of an HTTP client ends seconds after the client became garbage; idle ones end in sixty. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final PretendUserPool pool = PretendUserPool.start();
    private final ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();

    /** Tomcat looks for what an application has left behind, and warns of it. */
    private final List<String> saidByTomcat = new CopyOnWriteArrayList<>();

    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord line) {
            if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
                saidByTomcat.add(line.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @TempDir
    Path folder;

    @BeforeEach
    void tellOfThePool() throws IOException {
        pool.client().allowAnyLoopbackUrl();
        TOMCAT.addHandler(listener);
        // A file of this machine is watched, by a thread of ours.
        var record = folder.resolve("sso-directory.json");
        Files.copy(Path.of("src/main/webapp/WEB-INF/sso-directory.json"), record);
        System.setProperty("sso.directory", "file:" + record);
        System.setProperty("sso.setupRole", "members");
        System.setProperty("sso.discoveryDomain", pool.tokenSigningKeyUrl().toString());
    }

    @AfterEach
    void stop() {
        List.of("sso.discoveryDomain", "sso.directory", "sso.setupRole").forEach(System::clearProperty);
        TOMCAT.removeHandler(listener);
        pool.close();
    }

    static Stream<Named<Redeployable.Maker>> containers() {
        return Stream.of(Named.of("Tomcat", Redeployable.InTomcat::new), Named.of("Jetty", Redeployable.InJetty::new));
    }

    @ParameterizedTest(name = "AB-216 in {0}")
    @MethodSource("containers")
    void leavesNoThreadAndNoClassLoader(Redeployable.Maker maker) throws Exception {
        // The browser's own thread is there from its first call on.
        new Browser().navigate(pool.tokenSigningKeyUrl());
        var before = threadsBeside(Set.of());
        var loaders = new HashSet<WeakReference<ClassLoader>>();

        try (var container = maker.start(folder)) {
            for (var i = 0; i < TIMES; i++) {
                loaders.add(deployOnce(container));
            }
            awaitEnd(loaders, before);

            assertEquals(Set.of(), threadsBeside(before));
            assertEquals(0, loaders.size(), "class loaders left of " + TIMES);
            assertEquals(List.of(), saidByTomcat);
        }
    }

    private WeakReference<ClassLoader> deployOnce(Redeployable container) throws Exception {
        var loader = container.deploy(Path.of(System.getProperty("sample.war")));
        // Otherwise there would be nothing to see.
        assertNotSame(SsoFilter.class, loader.loadClass(SsoFilter.class.getName()));
        var application = "http://localhost:" + container.port() + Redeployable.CONTEXT_PATH;
        var browser = new Browser();
        assertEquals(
                200,
                browser.logInFrom(URI.create(application + "/members"), pool.user())
                        .status());
        assertEquals(
                200, browser.navigate(URI.create(application + "/sso/setup")).status());
        container.undeploy();
        return new WeakReference<>(loader, collected);
    }

    private void awaitEnd(Set<WeakReference<ClassLoader>> loaders, Set<String> before) throws InterruptedException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!(loaders.isEmpty() && threadsBeside(before).isEmpty()) && System.nanoTime() < end) {
            System.gc();
            for (var gone = collected.remove(200); gone != null; gone = collected.poll()) {
                loaders.remove(gone);
            }
        }
    }

    /** Those of filters, and one of each HTTP client: its others are the executor's, and the filter has its own. */
    private static Set<String> threadsBeside(Set<String> others) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("sso-") || name.matches("HttpClient-[0-9]+-SelectorManager"))
                .filter(name -> !others.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
