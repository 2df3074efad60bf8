package dev.ssofilter.cluster;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.PretendUserPool;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The place is Redis; what loses a node comes last. */
@Tag("interop")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TomcatClusterTest extends ClusterSuite {
    private static PretendUserPool pool;
    private static TomcatNodes nodes;

    TomcatClusterTest() {
        super(pool, nodes);
    }

    @BeforeAll
    static void start(@TempDir Path folder) {
        pool = PretendUserPool.start();
        nodes = TomcatNodes.start(pool, folder);
    }

    @AfterAll
    static void stop() {
        nodes.close();
        pool.close();
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void losesNobodyOfAThousandWhoAreSignedInAndAHundredWhoAreSigningIn() throws InterruptedException {
        try (var crowd = new Crowd(pool, nodes.at("/orders"))) {
            var begunAnew = crowd.losesNobody(() -> nodes.kill(0));

            assertTrue(begunAnew < Crowd.AT_ONCE, begunAnew + " logins had to be begun anew");
        }
    }
}
