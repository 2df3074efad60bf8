package dev.ssofilter;

import static dev.ssofilter.Answers.assertAnonymous;
import static dev.ssofilter.Answers.assertPage;
import static dev.ssofilter.Answers.assertSignedIn;
import static dev.ssofilter.Answers.logIn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendUserPool;
import dev.ssofilter.user.Reason;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a session knows of the provider, from the login to its end: the user as they were then, and no token. */
class KeptSessionTest {
    private final PretendUserPool pool = PretendUserPool.start();
    private final Browser browser = new Browser();
    private final MovingClock clock = new MovingClock();

    @AfterEach
    void stop() {
        pool.close();
    }

    @Test
    @DisplayName("AB-172 the session of a user whom the provider locks out ends at its maximum, as the README says")
    void endsAtItsMaximumForALockedUser() throws IOException {
        try (var application = Application.with(pool).clock(clock).start()) {
            logIn(browser, application.uri("/orders"), pool.user());
            pool.endSessions();
            pool.always().authorizationError("access_denied");

            clock.move(Duration.ofHours(8).minusSeconds(5));
            assertSignedIn(browser, application);
            clock.move(Duration.ofSeconds(6));
            assertAnonymous(browser, application);
            var end = browser.logInFrom(application.uri("/orders"), pool.user());

            assertPage(Reason.ACCESS_DENIED, end);
            assertTrue(Files.readString(Path.of("../README.md"))
                    .contains("a locked account) counts from the next login, at the latest after `sessionMaximum`"));
        }
    }

    @Test
    @DisplayName("AB-207 roles that change at the provider count from the next login")
    void hasTheRolesOfItsLogin() {
        try (var application = Application.of(pool)) {
            var page = browser.logInFrom(application.uri("/orders"), pool.user());
            pool.user().groups("members", "admins");

            var same = browser.navigate(application.uri("/orders"));
            browser.click(same, application.uri("/sso/logout"));
            pool.endSessions();
            var next = browser.logInFrom(application.uri("/orders"), pool.user());

            assertTrue(page.body().contains("roles [members]"), page.body());
            assertTrue(same.body().contains("roles [members]"), same.body());
            assertTrue(next.body().contains("admins"), next.body());
        }
    }

    @Test
    @DisplayName("AB-174 R-25 nothing in a session, written out or as text, is a token, nor asks for one")
    void holdsNoToken() {
        Set<String> tokens = ConcurrentHashMap.newKeySet();
        pool.always().tokenAnswer(answer -> {
            answer.values().forEach(value -> tokens.add(String.valueOf(value)));
            return answer;
        });
        try (var application =
                Application.with(pool).servlet("/dump", KeptSessionTest::dump).start()) {
            var toLogin = browser.navigate(application.uri("/dump"));
            var dump = browser.followAll(browser.follow(Answers.redirectToReturnUrl(browser, toLogin, pool.user())));

            assertFalse(toLogin.locationParameters().get("scope").contains("offline_access"));
            assertTrue(dump.body().contains(pool.user().sub()), "or nothing was written out");
            tokens.removeIf(value -> value.length() < 20);
            assertTrue(tokens.size() >= 3, "ID token, access token, refresh token");
            for (var token : tokens) {
                var signature = token.substring(token.lastIndexOf('.') + 1);
                assertFalse(dump.body().contains(signature), dump.body());
            }
            assertFalse(dump.body().contains("eyJ"), dump.body());
        }
    }

    /** Each attribute as text and as containers store it. */
    private static void dump(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var session = request.getSession(false);
        for (var name : Collections.list(session.getAttributeNames())) {
            var bytes = new ByteArrayOutputStream();
            try (var out = new ObjectOutputStream(bytes)) {
                out.writeObject(session.getAttribute(name));
            }
            response.getWriter()
                    .println(name + " " + session.getAttribute(name) + " "
                            + bytes.toString(StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    @DisplayName("AB-219 a sign-out tells the application, which ends a stream of the session with it")
    void tellsTheApplicationThatItEnds() throws Exception {
        var streams = ConcurrentHashMap.<AsyncContext>newKeySet();
        var opened = new CountDownLatch(1);
        var listener = new HttpSessionListener() {
            @Override
            public void sessionDestroyed(HttpSessionEvent event) {
                streams.forEach(AsyncContext::complete);
            }
        };
        try (var application = Application.with(pool)
                .also(context -> context.addEventListener(listener))
                .servlet("/stream", (request, response) -> {
                    response.setContentType("text/event-stream");
                    response.getWriter().print("data: one\n\n");
                    response.flushBuffer();
                    streams.add(request.startAsync());
                    opened.countDown();
                })
                .start()) {
            var page = browser.logInFrom(application.uri("/orders"), pool.user());
            var cookie = "Cookie: JSESSIONID=" + browser.cookies().get("JSESSIONID");
            var stream = CompletableFuture.supplyAsync(() -> Raw.get(application.port(), "/stream", cookie));
            assertTrue(opened.await(10, TimeUnit.SECONDS));

            browser.click(page, application.uri("/sso/logout"));

            var bytes = stream.get(10, TimeUnit.SECONDS);
            assertTrue(bytes.contains("data: one"), bytes);
            assertEquals(1, bytes.split("data: ", -1).length - 1, bytes);
            assertEquals(302, Raw.status(Raw.get(application.port(), "/stream", cookie)));
        }
    }
}
