package dev.ssofilter.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PretendUserPoolTest {
    private static final String CALLBACK = "http://localhost:1/sso/return";

    private final PretendUserPool pool = PretendUserPool.start();
    private final Browser browser = new Browser();

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void signsAUserInThroughItsLoginPage() {
        pool.client().allowCallback(CALLBACK);
        URI authorize = URI.create(pool.domain() + "/oauth2/authorize?client_id=" + pool.client().id() + "&response_type=code&redirect_uri=" + CALLBACK + "&state=s-1");

        Browser.Answer toLogin = browser.navigate(authorize);
        Browser.Answer form = browser.follow(toLogin);
        Browser.Answer back = browser.submitForm(form, Map.of("username", "ANA@example.org", "password", pool.user().password()));

        assertEquals(302, toLogin.status());
        assertEquals(200, form.status());
        assertEquals(302, back.status(), back.body());
        assertTrue(back.header("Location").orElseThrow().matches("http://localhost:1/sso/return\\?code=[0-9a-f-]{36}&state=s-1"), back.toString());
    }
}
