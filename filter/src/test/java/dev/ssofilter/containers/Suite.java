package dev.ssofilter.containers;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendUserPool;
import org.junit.jupiter.api.BeforeEach;

/** What is asked of every container, of the applications that {@link ContainerTest} has deployed in it. */
abstract class Suite {
    final Container container = ContainerTest.container();
    final Site site = ContainerTest.site();
    final PretendUserPool pool = ContainerTest.pool();
    final Browser browser = new Browser();

    @BeforeEach
    void forgetWhatThePoolWasAsked() {
        pool.resetRequests();
    }
}
