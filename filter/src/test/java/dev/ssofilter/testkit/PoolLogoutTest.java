package dev.ssofilter.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolLogoutTest {
    private static final String SIGNED_OUT = "http://localhost:1/sso/signed-out";

    private final PretendUserPool pool = PretendUserPool.start();
    private final PlainRp rp = new PlainRp(pool, pool.client());
    private final Browser browser = new Browser();

    @BeforeEach
    void signIn() {
        pool.client().allowSignOut(SIGNED_OUT);
        rp.signIn(browser, pool.user());
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void endsTheSessionAndGoesToTheRegisteredUrl() {
        Browser.Answer answer = logout("client_id=" + pool.client().id() + "&logout_uri=" + SIGNED_OUT);

        assertEquals(SIGNED_OUT, answer.header("Location").orElseThrow());
        assertSignedOut();
    }

    @Test
    void endsTheSessionAndShowsTheLoginPageForAnotherUser() {
        String query = "client_id=" + pool.client().id() + "&response_type=code&redirect_uri=" + PlainRp.RETURN_URL
                + "&state=s";

        Browser.Answer answer = logout(query);

        assertEquals("/login?" + query, answer.header("Location").orElseThrow());
        assertEquals(200, browser.follow(answer).status());
        assertSignedOut();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "post_logout_redirect_uri=http://localhost:1/sso/signed-out&id_token_hint=x",
                "logout_uri=http://localhost:1/sso/signed-out/",
                "redirect_uri=http://localhost:1/sso/return",
                ""
            })
    void showsItsOwnPageForWrongParametersAndEndsTheSessionAllTheSame(String parameters) {
        Browser.Answer answer = logout("client_id=" + pool.client().id() + "&" + parameters);

        assertEquals(400, answer.status());
        assertTrue(
                answer.body().contains("Required String parameter &#39;redirect_uri&#39; is not present"),
                answer.body());
        assertSignedOut();
    }

    @Test
    void refusesAnUnregisteredReturnUrlAndCopiesWhatCame() {
        String query = "client_id=" + pool.client().id()
                + "&response_type=code&redirect_uri=http://localhost:1/other&id_token_hint=x";

        assertEquals(
                "/error?error=redirect_mismatch&" + query,
                logout(query).header("Location").orElseThrow());
    }

    @Test
    void asksForAClientThatItKnows() {
        assertEquals(400, logout("logout_uri=" + SIGNED_OUT).status());
        assertEquals(400, logout("client_id=unknown&logout_uri=" + SIGNED_OUT).status());
        assertEquals(
                405,
                browser.request("POST", URI.create(pool.domain() + "/logout"), "")
                        .status());
    }

    private Browser.Answer logout(String query) {
        return browser.navigate(URI.create(pool.domain() + "/logout?" + query));
    }

    private void assertSignedOut() {
        assertEquals(
                "/login",
                browser.navigate(rp.authorize()).location().orElseThrow().getPath());
    }
}
