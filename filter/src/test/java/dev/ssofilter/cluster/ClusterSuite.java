package dev.ssofilter.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.Browser.Answer;
import dev.ssofilter.testkit.PretendUserPool;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Two nodes that have nothing in common but a database for sessions: who is signed in is so at both, whatever becomes of one. */
abstract class ClusterSuite {
    private static final String FORM = "dev.ssofilter.user.SsoPrincipalForm";

    final PretendUserPool pool;
    final TwoNodes nodes;
    final Browser browser = new Browser();

    ClusterSuite(PretendUserPool pool, TwoNodes nodes) {
        this.pool = pool;
        this.nodes = nodes;
    }

    @Test
    void finishesALoginAtTheOtherNode() {
        var toReturn = toReturnUrl(browser, browser.navigate(nodes.at(0, "/orders?id=7")));

        var end = browser.navigate(nodes.at(1, toReturn.location().orElseThrow()));

        assertEquals(303, end.status(), end.body());
        assertEquals(nodes.at("/orders?id=7"), end.location().orElseThrow());
        assertSignedIn(browser.navigate(nodes.at(0, "/orders")));
        assertSignedIn(browser.navigate(nodes.at(1, "/orders")));
    }

    @Test
    void keepsAUserSignedInWhoComesToEachNodeInTurn() {
        assertSignedIn(browser.logInFrom(nodes.at("/orders"), pool.user()));

        for (var visit = 0; visit < 8; visit++) {
            assertSignedIn(browser.navigate(nodes.at("/orders")));
        }
    }

    @Test
    void signsOutAtBothNodes() {
        var page = browser.logInFrom(nodes.at("/orders"), pool.user());
        var cookies = new Browser();
        browser.cookies().forEach((name, value) -> cookies.addCookie(nodes.at("/"), name + "=" + value + "; Path=/"));

        browser.click(page, nodes.at("/sso/logout"));

        assertEquals(302, cookies.navigate(nodes.at(0, "/orders")).status());
        assertEquals(302, cookies.navigate(nodes.at(1, "/orders")).status());
    }

    static Stream<Arguments> unknownForms() {
        return Stream.of(
                arguments("a class that is not there", FORM, FORM.replace("Form", "Fo2m")),
                arguments("another serialVersionUID", FORM + "\0\0\0\0\0\0\0\1", FORM + "\0\0\0\0\0\0\0\2"),
                arguments("other fields", "externalId", "externalNo"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unknownForms")
    void takesAUserOfAnUnknownFormForNobody(String what, String written, String changed) {
        browser.logInFrom(nodes.at("/orders"), pool.user());
        var session = nodes.copy(browser.cookies().get("JSESSIONID"), written, changed);
        browser.addCookie(nodes.at("/"), "JSESSIONID=" + session + "; Path=/");

        for (var node : List.of(0, 1)) {
            assertEquals(302, browser.navigate(nodes.at(node, "/orders")).status());
        }

        assertSignedIn(browser.logInFrom(nodes.at("/orders"), pool.user()));
    }

    @Test
    void takesAUserOfTheKnownForm() {
        browser.logInFrom(nodes.at("/orders"), pool.user());
        var session = nodes.copy(browser.cookies().get("JSESSIONID"), "Ana", "Ina");
        browser.addCookie(nodes.at("/"), "JSESSIONID=" + session + "; Path=/");

        var page = browser.navigate(nodes.at(1, "/orders"));

        assertTrue(page.body().contains("name Ina Ruiz\n"), page.body());
    }

    private Answer toReturnUrl(Browser browser, Answer first) {
        return browser.submitForm(
                browser.followAll(first),
                Map.of("username", pool.user().email(), "password", pool.user().password()));
    }

    private void assertSignedIn(Answer page) {
        assertEquals(200, page.status(), page.body());
        assertTrue(page.body().contains("user " + pool.user().email() + "\n"), page.body());
    }
}
