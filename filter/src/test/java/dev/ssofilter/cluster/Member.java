package dev.ssofilter.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.Browser.Answer;
import dev.ssofilter.testkit.PretendUser;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** One user with a browser of their own. */
final class Member {
    private final Browser browser = new Browser();
    private final PretendUser user;
    private Optional<Answer> back = Optional.empty();

    Member(PretendUser user) {
        this.user = user;
    }

    /** From the page over the provider and back to it. */
    void signIn(URI page) {
        assertWelcome(browser.logInFrom(page, user));
    }

    /** Asks for a page again, as the same user. */
    void visit(URI page) {
        assertWelcome(browser.navigate(page));
    }

    /** Signs in at the provider, up to its redirect back. */
    void setOut(URI page) {
        back = Optional.of(browser.submitForm(
                browser.followAll(browser.navigate(page)),
                Map.of("username", user.email(), "password", user.password())));
    }

    /**
     * Follows that redirect up to the page.
     *
     * @return false where the code had been spent already, so that the login had to be begun anew
     */
    boolean arrive(URI page) {
        var end = browser.followAll(back.orElseThrow());
        if (end.body().contains("TOKEN_REQUEST_REFUSED")) {
            signIn(page);
            return false;
        }
        assertWelcome(end);
        return true;
    }

    private void assertWelcome(Answer page) {
        assertEquals(200, page.status(), page.body());
        assertTrue(page.body().contains("user " + user.email() + "\n"), page.body());
    }
}
