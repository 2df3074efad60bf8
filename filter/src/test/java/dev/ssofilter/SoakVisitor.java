package dev.ssofilter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.Browser.Answer;
import dev.ssofilter.testkit.PretendUser;
import dev.ssofilter.user.Reason;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;

/** One user at one browser, who signs in, looks at pages and signs out, again and again, and watches every answer. */
final class SoakVisitor implements Runnable {
    private static final int MOST_PENDING = 8;
    private static final Duration PATIENCE_AT_THE_END = Duration.ofMinutes(3);
    private static final Pattern REASON = Pattern.compile(">Reason: ([A-Z_]+)<");
    private static final Pattern IDENTITY = Pattern.compile("(?m)^externalId (.*)$");

    /** What a user may be told while the pool is ill, or has just taken away the keys that their tokens are signed with. */
    private static final Set<Reason> EXPECTED = EnumSet.of(
            Reason.USER_POOL_UNREACHABLE,
            Reason.PROVIDER_ANSWER_REFUSED,
            Reason.METADATA_REFUSED,
            Reason.TOKEN_REQUEST_REFUSED,
            Reason.USERINFO_REFUSED,
            Reason.ID_TOKEN_REFUSED,
            Reason.ACCESS_TOKEN_REFUSED);

    private final Application application;
    private final PretendUser user;
    private final SoakTally tally;
    private final Executor tabs;
    private final Random chance;
    private final Browser browser = new Browser();
    private boolean knowsThePool;

    /** @param number what this one does by chance comes from it */
    SoakVisitor(Application application, PretendUser user, SoakTally tally, Executor tabs, int number) {
        this.application = application;
        this.user = user;
        this.tally = tally;
        this.tabs = tabs;
        this.chance = new Random(number);
    }

    @Override
    public void run() {
        try {
            while (!tally.isOver()) {
                visit();
            }
            signInAtLast();
        } catch (AssertionError | RuntimeException e) {
            var cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
            tally.wrong(user.email() + ": " + cause + " at " + places(cause));
        }
    }

    private static String places(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .filter(frame -> frame.getClassName().contains("SoakVisitor"))
                .limit(3)
                .toList()
                .toString();
    }

    private void visit() {
        var old = oneIn(10) ? Optional.of(begin("/old")) : Optional.<Answer>empty();
        leaveTabs(oneIn(50) ? 11 : oneIn(8) ? 1 : 0);
        if (!logIn()) {
            think();
            return;
        }
        browse();
        if (oneIn(2)) {
            old.ifPresent(tab -> finish(tab, EXPECTED));
            old = Optional.empty();
            browse();
        }
        logOut();
        old.filter(Answer::isRedirect).ifPresent(this::finishTooLate);
        think();
    }

    /** Where the pool cannot be asked, the answer is a page of ours instead of a redirect. */
    private Answer begin(String page) {
        var answer = browser.navigate(application.uri(page));
        if (!answer.isRedirect()) {
            failure(answer, EXPECTED);
        }
        assertPendingLogins();
        return answer;
    }

    private void leaveTabs(int many) {
        for (var i = 0; i < many; i++) {
            begin("/left/" + i);
            tally.leftTabs.increment();
        }
    }

    /** Whether it succeeded; signs in, in two tabs at once now and then. */
    private boolean logIn() {
        var pending = pendingLogins();
        var second = knowsThePool && oneIn(4)
                ? CompletableFuture.supplyAsync(() -> logInFrom("/second"), tabs)
                : CompletableFuture.completedFuture(false);
        var first = logInFrom("/first");
        var signedIn = first | second.join();
        var left = pendingLogins();
        left.removeAll(pending);
        assertEquals(Set.of(), left, "the cookie of a login that has ended");
        knowsThePool |= signedIn;
        assertSignedIn(signedIn);
        return signedIn;
    }

    private boolean logInFrom(String page) {
        if (!page.equals("/first")) {
            tally.twoTabs.increment();
        }
        return finish(browser.navigate(application.uri(page)), EXPECTED);
    }

    /** Whether the tab ends at a page of the application. */
    private boolean finish(Answer tab, Set<Reason> expected) {
        var answer = browser.logIn(tab, user.email(), user.password());
        assertEquals(application.port(), answer.uri().getPort(), () -> "the pool answered " + answer);
        if (answer.status() == 200) {
            assertOwn(answer);
            tally.logins.increment();
            return true;
        }
        failure(answer, expected);
        return false;
    }

    private void finishTooLate(Answer tab) {
        assertFalse(finish(tab, Set.of(Reason.UNKNOWN_STATE)), "a login from before the logout");
        tally.staleTabs.increment();
        assertSignedIn(false);
    }

    private void failure(Answer answer, Set<Reason> expected) {
        var named = REASON.matcher(answer.body());
        assertTrue(named.find(), () -> "no page of ours: " + answer);
        var reason = Reason.valueOf(named.group(1));
        Answers.assertPage(reason, answer);
        tally.failed(reason.name(), answer.status());
        assertTrue(expected.contains(reason), () -> "unexpected: " + reason);
    }

    private void browse() {
        for (var left = 2 + chance.nextInt(6); left > 0; left--) {
            think();
            var begun = System.nanoTime();
            if (oneIn(3)) {
                assertSignedIn(true);
            } else {
                assertOwn(browser.navigate(application.uri("/page/" + left)));
            }
            tally.pages.increment();
            tally.slowestPage.accumulate((System.nanoTime() - begun) / 1_000_000);
        }
    }

    private void logOut() {
        var page = browser.navigate(application.uri("/last"));
        assertOwn(page);
        var answer = browser.followAll(browser.click(page, application.uri("/sso/logout")));
        assertEquals(200, answer.status(), () -> "signing out: " + answer);
        assertEquals("/sso/signed-out", answer.uri().getPath());
        tally.logouts.increment();
        assertEquals(Set.of(), pendingLogins(), "login cookies after the logout");
        assertSignedIn(false);
    }

    private void signInAtLast() {
        var deadline = System.nanoTime() + PATIENCE_AT_THE_END.toNanos();
        while (!logIn()) {
            assertTrue(System.nanoTime() < deadline, "cannot sign in although the pool is well");
            tally.rest(Duration.ofSeconds(2));
        }
        tally.signedInAtTheEnd.increment();
    }

    private void assertSignedIn(boolean expected) {
        var me = browser.fetch(application.uri("/sso/me"));
        if (expected) {
            assertEquals(200, me.status(), () -> "a session is lost: " + me);
            var json = Answers.json(me);
            assertEquals(user.sub(), json.get("externalId"), "somebody else");
            assertEquals(user.email(), json.get("email"), "somebody else's address");
        } else {
            Answers.assertProblem(Reason.LOGIN_REQUIRED, me);
        }
    }

    private void assertOwn(Answer page) {
        assertEquals(200, page.status(), () -> "a session is lost: " + page);
        var identity = IDENTITY.matcher(page.body());
        assertTrue(identity.find(), () -> "a page without a user: " + page);
        assertEquals(user.sub(), identity.group(1), "somebody else");
    }

    private void assertPendingLogins() {
        var pending = pendingLogins();
        assertTrue(pending.size() <= MOST_PENDING, () -> "too many login cookies: " + pending);
    }

    private Set<String> pendingLogins() {
        var names = new TreeSet<>(browser.cookies().keySet());
        names.removeIf(name -> !name.startsWith("sso-login-"));
        return names;
    }

    private void think() {
        tally.rest(Duration.ofMillis(100 + chance.nextInt(1400)));
    }

    private boolean oneIn(int many) {
        return chance.nextInt(many) == 0;
    }
}
