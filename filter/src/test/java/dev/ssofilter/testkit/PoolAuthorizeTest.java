package dev.ssofilter.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolAuthorizeTest {
    private final PretendUserPool pool = PretendUserPool.start();
    private final PlainRp rp = new PlainRp(pool, pool.client());
    private final Browser browser = new Browser();

    @AfterEach
    void close() {
        pool.close();
    }

    @ParameterizedTest(name = "{0}={1}: {2}")
    @CsvSource({
        "response_type, '', invalid_request",
        "response_type, id_token, invalid_request",
        "response_type, token, unauthorized_client",
        "code_challenge_method, '', invalid_request",
        "code_challenge_method, plain, invalid_request",
        "code_challenge, '', invalid_request",
        "code_challenge, short, invalid_request",
        "scope, openid unticked, invalid_scope",
        "scope, profile, invalid_scope",
        "prompt, none, login_required"
    })
    void sendsAnErrorToTheReturnUrl(String parameter, String value, String error) {
        Browser.Answer answer = browser.navigate(rp.authorize(parameter, value));

        assertEquals(
                PlainRp.RETURN_URL + "?error=" + error + "&state=state-1",
                answer.header("Location").orElseThrow());
    }

    @Test
    void refusesTheScopeProfileWhereItIsNotTicked() {
        pool.client().onlyScopes("email", "openid", "phone");

        assertEquals(
                "invalid_scope",
                browser.navigate(rp.authorize()).locationParameters().get("error"));
    }

    @ParameterizedTest(name = "{0}={1}: {2}")
    @CsvSource({
        "client_id, '', Missing required parameter client_id in request URL",
        "redirect_uri, '', Missing required parameter redirect_uri in request URL",
        "client_id, unknown, Client unknown does not exist.",
        "state, '{\"a\":1}', An error was encountered with the requested page."
    })
    void showsItsOwnPageWhereNoApplicationIsToHearOfIt(String parameter, String value, String text) {
        Browser.Answer answer = browser.navigate(rp.authorize(parameter, value));

        assertEquals(400, answer.status());
        assertTrue(answer.body().contains(text), answer.body());
    }

    @Test
    void saysOtherWordsInTheClassicHostedUi() {
        pool.knobs().classicHostedUi();

        Browser.Answer answer = browser.navigate(rp.authorize("redirect_uri", ""));

        assertTrue(
                answer.body().contains("Required String parameter &#39;redirect_uri&#39; is not present"),
                answer.body());
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:1/sso/return/",
        "http://localhost:1/SSO/return",
        "https://localhost:1/sso/return",
        "http://127.0.0.1:1/sso/return"
    })
    void refusesAReturnUrlThatDiffersInAnything(String other) {
        Browser.Answer answer = browser.navigate(rp.authorize("redirect_uri", other));

        assertEquals(
                "/error?error=redirect_mismatch&client_id=" + pool.client().id(),
                answer.header("Location").orElseThrow());
        assertEquals(400, browser.follow(answer).status());
    }

    @Test
    void takesAnyLoopbackUrlOnlyWhereTheClientIsToldTo() {
        pool.client().allowAnyLoopbackUrl();

        assertEquals(
                "/login",
                browser.navigate(rp.authorize("redirect_uri", "http://127.0.0.1:5/x"))
                        .location()
                        .orElseThrow()
                        .getPath());
        assertEquals(
                "/error",
                browser.navigate(rp.authorize("redirect_uri", "http://evil.example.org/x"))
                        .location()
                        .orElseThrow()
                        .getPath());
    }

    @Test
    void takesAuthenticationRequestsByGetAlone() {
        assertEquals(405, browser.request("POST", rp.authorize(), "").status());
    }

    @Test
    void leavesStateOutOfErrorsWhereToldTo() {
        pool.knobs().leaveStateOutOfErrors();

        Browser.Answer answer = browser.navigate(rp.authorize("response_type", ""));

        assertEquals(
                PlainRp.RETURN_URL + "?error=invalid_request",
                answer.header("Location").orElseThrow());
    }

    @Test
    void putsTheDescriptionFirstWhereAProviderBehindItFails() {
        pool.next().identityProviderFailure("Error in SAML response, bad");

        Browser.Answer back = rp.signIn(browser, pool.user());

        assertEquals(
                PlainRp.RETURN_URL
                        + "?error_description=Error+in+SAML+response%2C+bad&error=invalid_request&state=state-1",
                back.header("Location").orElseThrow());
    }

    @Test
    void ignoresFormPostAsCognitoDoes() {
        assertEquals(
                302,
                rp.signIn(browser, pool.user(), "response_mode", "form_post").status());
    }

    @Test
    void answersByAPageThatPostsItselfWhereToldTo() {
        pool.knobs().formPost();

        Browser.Answer page = rp.signIn(browser, pool.user(), "response_mode", "form_post", "state", "a\"b<c");

        HtmlForm form = HtmlForm.of(page.body()).orElseThrow();
        assertEquals(PlainRp.RETURN_URL, form.action());
        assertTrue(form.post());
        assertEquals("a\"b<c", form.fields().get("state"));
        assertTrue(form.fields().containsKey("code"));
    }

    @Test
    void sendsIssOnlyWhereToldTo() {
        assertFalse(rp.signIn(new Browser(), pool.user()).locationParameters().containsKey("iss"));

        pool.knobs().sendIss();

        assertEquals(
                pool.issuer(),
                rp.signIn(new Browser(), pool.user()).locationParameters().get("iss"));
    }

    @Test
    void refusesS256WhereItAdvertisesOtherMethodsOnly() {
        pool.knobs().pkceMethods("plain");

        assertEquals(
                "invalid_request",
                browser.navigate(rp.authorize()).locationParameters().get("error"));
    }

    @Test
    void keepsTheReturnUrlsOwnQuery() {
        pool.client().allowCallback("http://localhost:1/r?a=b");

        String location = rp.signIn(browser, pool.user(), "redirect_uri", "http://localhost:1/r?a=b")
                .header("Location")
                .orElseThrow();

        assertTrue(location.startsWith("http://localhost:1/r?a=b&code="), location);
        assertEquals("a=b", URI.create(location).getRawQuery().substring(0, 3));
    }

    @Test
    void takesNoLoopbackUrlWithAFragment() {
        pool.client().allowAnyLoopbackUrl();

        Browser.Answer answer = browser.navigate(rp.authorize("redirect_uri", "http://127.0.0.1:5/x#y"));

        assertEquals("/error", answer.location().orElseThrow().getPath());
    }
}
