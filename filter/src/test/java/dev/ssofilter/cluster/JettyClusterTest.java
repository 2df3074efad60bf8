package dev.ssofilter.cluster;

import dev.ssofilter.testkit.PretendUserPool;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The database is H2, by Jetty's own module; see also {@link LostNodeTest}. */
class JettyClusterTest extends ClusterSuite {
    private static PretendUserPool pool;
    private static JettyNodes nodes;

    JettyClusterTest() {
        super(pool, nodes);
    }

    @BeforeAll
    static void start(@TempDir Path folder) {
        pool = PretendUserPool.start();
        nodes = JettyNodes.start(pool, folder, Map.of());
    }

    @AfterAll
    static void stop() {
        nodes.close();
        pool.close();
    }
}
