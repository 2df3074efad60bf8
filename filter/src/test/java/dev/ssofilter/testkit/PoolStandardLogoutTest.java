package dev.ssofilter.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PoolStandardLogoutTest {
    private static final String SIGNED_OUT = "http://localhost:1/sso/signed-out";

    private final PretendUserPool pool = PretendUserPool.start();
    private final PlainRp rp = new PlainRp(pool, pool.client());
    private final Browser browser = new Browser();
    private PlainRp.Issued tokens;

    @BeforeEach
    void signIn() {
        pool.knobs().standardLogout().issuerName("members");
        pool.client().allowSignOut(SIGNED_OUT);
        String code = rp.signIn(browser, pool.user()).locationParameters().getOrDefault("code", "none came");
        tokens = PlainRp.Issued.of(rp.redeem(code));
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void looksLikeNoUserPool() {
        Map<String, Object> document =
                PlainRp.json(browser.get(URI.create(pool.domain() + "/members/.well-known/openid-configuration")));

        assertEquals(pool.domain() + "/members", document.get("issuer"));
        assertEquals(pool.issuer(), tokens.idClaims().get("iss"));
        assertEquals(pool.domain() + "/session/end", document.get("end_session_endpoint"));
        assertEquals(1, pool.count("/.well-known/openid-configuration"));
        assertEquals(200, browser.get(pool.tokenSigningKeyUrl()).status());
        assertEquals(
                404, browser.navigate(URI.create(pool.domain() + "/logout")).status());
    }

    @Test
    void goesToTheRegisteredUrlWithTheState() {
        Browser.Answer answer =
                logout("id_token_hint", tokens.id(), "post_logout_redirect_uri", SIGNED_OUT, "state", "s+1");

        assertEquals(SIGNED_OUT + "?state=s%2B1", answer.header("Location").orElseThrow());
        assertSignedOut(true);
    }

    @Test
    void takesAnIdTokenThatHasExpired() {
        pool.knobs().clockOffset(Duration.ofHours(2));

        Browser.Answer answer = logout("id_token_hint", tokens.id(), "post_logout_redirect_uri", SIGNED_OUT);

        assertEquals(SIGNED_OUT, answer.header("Location").orElseThrow());
    }

    @Test
    void asksTheUserWhereNoHintCame() {
        Browser.Answer page =
                logout("client_id", pool.client().id(), "post_logout_redirect_uri", SIGNED_OUT, "state", "s");

        assertTrue(page.body().contains("Do you want to sign out?"), page.body());
        assertSignedOut(false);
        assertEquals(
                SIGNED_OUT + "?state=s",
                browser.submitForm(page, Map.of()).header("Location").orElseThrow());
        assertSignedOut(true);
    }

    @Test
    void saysThatTheUserIsSignedOutWhereThereIsNowhereToGo() {
        Browser.Answer answer = logout("id_token_hint", tokens.id());

        assertEquals(200, answer.status());
        assertTrue(answer.body().contains("You are signed out"), answer.body());
        assertSignedOut(true);
    }

    @Test
    void refusesAUrlThatIsNotRegistered() {
        assertRefused(logout("id_token_hint", tokens.id(), "post_logout_redirect_uri", SIGNED_OUT + "/"));
        assertRefused(logout("post_logout_redirect_uri", SIGNED_OUT));
    }

    @Test
    void refusesAHintThatIsNoIdTokenOfItsOwnForThisClient() {
        pool.client("otherclient", "other-secret");
        pool.nextIdToken(claims -> claims.issuer("https://other.example.org"));
        String foreign = PlainRp.Issued.of(rp.refresh(tokens.refresh())).id();

        assertRefused(logout("id_token_hint", foreign));
        assertRefused(logout("id_token_hint", tokens.access()));
        assertRefused(logout("id_token_hint", "no-token"));
        assertRefused(logout("id_token_hint", tokens.id() + "A"));
        assertRefused(logout("id_token_hint", tokens.id(), "client_id", "otherclient"));
        pool.rotateKeys(false);
        assertRefused(logout("id_token_hint", tokens.id()));
    }

    private Browser.Answer logout(String... pairs) {
        Map<String, String> params = new LinkedHashMap<>();
        for (int i = 0; i + 1 < pairs.length; i += 2) {
            params.put(pairs[i], pairs[i + 1]);
        }
        return browser.navigate(URI.create(Params.append(pool.domain() + "/session/end", params)));
    }

    private void assertRefused(Browser.Answer answer) {
        assertEquals(400, answer.status());
        assertSignedOut(false);
    }

    private void assertSignedOut(boolean signedOut) {
        String path = browser.navigate(rp.authorize()).location().orElseThrow().getPath();
        assertEquals(signedOut ? "/login" : "/sso/return", path);
    }
}
