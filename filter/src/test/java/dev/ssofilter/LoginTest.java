package dev.ssofilter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendUserPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A user asks for a page, signs in at the pool and is there, as the guide promises. */
class LoginTest {
    private final PretendUserPool pool = PretendUserPool.start();
    private final Browser browser = new Browser();
    private Application application;

    @BeforeEach
    void start() {
        application = Application.of(pool);
    }

    @AfterEach
    void stop() {
        application.close();
        pool.close();
    }

    @Test
    void returnsTheUserToThePageTheyAskedFor() {
        var page = browser.logInFrom(application.uri("/orders?id=7&id=8"), pool.user());

        assertEquals(200, page.status());
        assertTrue(page.body().contains("page /orders?id=7&id=8"), page.body());
        assertTrue(page.body().contains("user " + pool.user().email()), page.body());
        assertTrue(page.body().contains("externalId " + pool.user().sub()), page.body());
    }
}
