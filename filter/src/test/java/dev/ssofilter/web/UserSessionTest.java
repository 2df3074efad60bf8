package dev.ssofilter.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.directory.Listeners;
import dev.ssofilter.directory.SettingsException;
import dev.ssofilter.oidc.Identity;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import dev.ssofilter.user.SsoEvent;
import dev.ssofilter.user.SsoEvent.SessionEnded.Why;
import dev.ssofilter.user.SsoListener;
import dev.ssofilter.user.SsoPrincipal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.InvalidClassException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.Principal;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** CONTRACT §5, "The principal", in a real container with two contexts. */
class UserSessionTest {
    private static final String PRINCIPAL = "dev.ssofilter.principal";
    private static final SsoPrincipal ANA =
            SsoPrincipal.of("https://idp.example.org", "1042").username("ana").build();
    private static final SsoPrincipal BEN =
            SsoPrincipal.of("https://idp.example.org", "1043").username("ben").build();
    private static Container container;

    private final SetClock clock = new SetClock();
    private final UserSession session = keeping(Set.of("cart", "absent"));
    private final Jar jar = new Jar();

    @BeforeAll
    static void start() throws Exception {
        container = Container.at("/app", "/other");
    }

    @AfterAll
    static void stop() throws Exception {
        container.close();
    }

    @Test
    void isNobodysWithoutASessionAndMakesNone() throws Exception {
        var answer = visit((request, response) -> {
            assertEquals(Optional.empty(), session.user(request));
            assertNull(wrapped(request, response).getUserPrincipal());
            assertEquals(Optional.empty(), end(request));
            assertFalse(session.arrival(request).signedIn());
            assertEquals(Duration.ZERO, session.expiresIn(request));
            assertNull(request.getSession(false));
        });

        assertEquals(List.of(), answer.values("Set-Cookie"));
    }

    @Test
    void holdsTheUserAndNothingElseOfOurs() throws Exception {
        signIn(ANA);

        visit((request, response) -> {
            assertEquals(Optional.of(ANA), session.user(request));
            assertEquals(ANA, request.getSession(false).getAttribute(PRINCIPAL));
            assertEquals(Set.of(PRINCIPAL), names(request));
            for (var name : names(request)) {
                assertTrue(request.getSession().getAttribute(name) instanceof Serializable, name);
            }
        });
    }

    @Test
    @DisplayName("AB-206 R-30 shows the user as the Servlet API does")
    void showsTheUserAsTheServletApiDoes() throws Exception {
        signIn(SsoPrincipal.of("https://idp.example.org", "1042")
                .username("ana")
                .role("editor")
                .build());

        visit((request, response) -> {
            var wrapped = wrapped(request, response);
            assertEquals(ANA, wrapped.getUserPrincipal());
            assertEquals("ana", wrapped.getRemoteUser());
            assertEquals("SSO", wrapped.getAuthType());
            assertTrue(wrapped.isUserInRole("editor"));
            // AB-206
            assertFalse(wrapped.isUserInRole("Editor"));
            assertFalse(wrapped.isUserInRole(""));
            assertFalse(wrapped.isUserInRole(null));
        });
    }

    @Test
    @DisplayName("AB-159 changes an id that was planted")
    void changesAnIdThatWasPlanted() throws Exception {
        visit((request, response) -> request.getSession(true).setAttribute("planted", "x"));
        var planted = jar.value();

        signIn(ANA);

        assertNotEquals(planted, jar.value());
        visitWith(planted, "/app", (request, response) -> {
            assertEquals(Optional.empty(), session.user(request));
            assertNull(request.getSession(false));
        });
    }

    // Containers give a new session the id that was asked for where it lives in another context.
    @Test
    @DisplayName("AB-159 changes an id that lives in another context, too")
    void changesAnIdThatLivesInAnotherContext() throws Exception {
        jar.take(visitWith(new Jar(), "/other", (request, response) -> request.getSession(true)));
        var planted = jar.value();

        signIn(ANA);

        assertNotEquals(planted.split("\\.")[0], jar.value().split("\\.")[0]);
        visitWith(planted, "/app", (request, response) -> assertEquals(Optional.empty(), session.user(request)));
        visit((request, response) -> assertEquals(Optional.of(ANA), session.user(request)));
    }

    @Test
    void keepsNothingOfAnOlderSessionButWhatIsNamed() throws Exception {
        visit((request, response) -> {
            request.getSession(true).setAttribute("cart", "three books");
            request.getSession(true).setAttribute("role", "admin");
        });

        signIn(ANA);

        visit((request, response) -> {
            assertEquals("three books", request.getSession(false).getAttribute("cart"));
            assertEquals(Set.of("cart", PRINCIPAL), names(request));
        });
    }

    @Test
    @DisplayName("AB-161 holds the new user's data alone")
    void holdsTheNewUsersDataAlone() throws Exception {
        signIn(ANA);
        visit((request, response) -> request.getSession(false).setAttribute("balance", 7));
        var before = jar.value();

        assertTrue(signIn(BEN));

        assertNotEquals(before, jar.value());
        visit((request, response) -> {
            assertEquals(Optional.of(BEN), session.user(request));
            assertNull(request.getSession(false).getAttribute("balance"));
        });
        visitWith(before, "/app", (request, response) -> assertEquals(Optional.empty(), session.user(request)));
    }

    static List<Object> foreignObjects() throws Exception {
        var here = SsoPrincipal.class.getProtectionDomain().getCodeSource().getLocation();
        try (var elsewhere = new URLClassLoader(new URL[] {here}, ClassLoader.getPlatformClassLoader())) {
            var type = elsewhere.loadClass(SsoPrincipal.class.getName());
            var builder = type.getMethod("of", String.class, String.class).invoke(null, "https://idp.example.org", "1");
            var twin = builder.getClass().getMethod("build").invoke(builder);
            return List.of("ana", Map.of("name", "ana"), (Principal) () -> "ana", 42L, twin);
        }
    }

    @ParameterizedTest(name = "AB-171 {index}")
    @MethodSource("foreignObjects")
    void believesNoForeignObjectUnderItsNameAndWarnsOnce(Object foreign) throws Exception {
        signIn(ANA);
        visit((request, response) -> request.getSession(false).setAttribute(PRINCIPAL, foreign));

        var warnings = warningsOf(() -> {
            visit((request, response) -> {
                assertEquals(Optional.empty(), session.user(request));
                assertEquals(Set.of(), names(request));
            });
            visit((request, response) -> assertEquals(Optional.empty(), session.user(request)));
        });

        assertEquals(1, warnings.size(), warnings.toString());
    }

    @Test
    @DisplayName("AB-173 believes no principal without its time, as an earlier release wrote it")
    void believesNoPrincipalWithoutItsTime() throws Exception {
        signIn(ANA);

        visit((request, response) -> {
            request.getSession(false).setAttribute(PRINCIPAL, ANA);
            assertEquals(Optional.empty(), session.user(request));
            assertEquals(Set.of(), names(request));
        });
    }

    // Some containers read an attribute only when it is asked for.
    @Test
    @DisplayName("AB-171 is nobody's where the container cannot read what it holds")
    void isNobodysWhereTheContainerCannotReadWhatItHolds() throws Exception {
        signIn(ANA);

        var warnings = warningsOf(() -> visit((request, response) -> {
            assertEquals(Optional.empty(), session.user(unreadable(request)));
            assertEquals(Optional.empty(), session.user(request));
            assertEquals(Set.of(), names(request));
        }));

        assertEquals(1, warnings.size(), warnings.toString());
    }

    private static HttpServletRequest unreadable(HttpServletRequest request) {
        var types = new Class<?>[] {HttpSession.class};
        var broken = Proxy.newProxyInstance(types[0].getClassLoader(), types, (proxy, method, arguments) -> {
            if (method.getName().equals("getAttribute")) {
                throw new UncheckedIOException(new InvalidClassException("of another release"));
            }
            return method.invoke(request.getSession(false), arguments);
        });
        return new HttpServletRequestWrapper(request) {
            @Override
            public HttpSession getSession(boolean create) {
                return (HttpSession) broken;
            }
        };
    }

    @Test
    @DisplayName("AB-101 R-27 ends at its maximum whatever the user does")
    void endsAtItsMaximumWhateverTheUserDoes() throws Exception {
        signIn(ANA);
        for (var hour = 0; hour < 8; hour++) {
            clock.advance(Duration.ofHours(1));
            visit((request, response) -> assertEquals(Optional.of(ANA), session.user(request)));
        }
        clock.advance(Duration.ofMillis(1));

        var warnings = warningsOf(() -> visit((request, response) -> {
            assertEquals(Optional.empty(), session.user(request));
            assertEquals(Set.of(), names(request));
        }));

        assertEquals(List.of(), warnings);
        clock.advance(Duration.ofHours(-2));
        visit((request, response) -> assertEquals(Optional.empty(), session.user(request)));
    }

    @Test
    @DisplayName("AB-108 is nobody's where the clock stands before the login")
    void isNobodysWhereTheClockStandsBeforeTheLogin() throws Exception {
        signIn(ANA);
        clock.advance(Duration.ofHours(-2));

        visit((request, response) -> assertEquals(Optional.empty(), session.user(request)));
    }

    @Test
    void tellsHowLongItLasts() throws Exception {
        signIn(ANA);

        visit((request, response) -> {
            request.getSession(false).setMaxInactiveInterval(1800);
            assertEquals(Duration.ofMinutes(30), session.expiresIn(request));
            request.getSession(false).setMaxInactiveInterval(0);
            assertEquals(Duration.ofHours(8), session.expiresIn(request));
            request.getSession(false).setMaxInactiveInterval(-1);
            assertEquals(Duration.ofHours(8), session.expiresIn(request));
            request.getSession(false).setMaxInactiveInterval(1800);
            clock.advance(Duration.ofMinutes(450).plusSeconds(7));
            assertEquals(Duration.ofSeconds(29 * 60 + 53), session.expiresIn(request));
        });
    }

    @Test
    @DisplayName("R-49 is nobody's once another request has ended it")
    void isNobodysOnceAnotherRequestHasEndedIt() throws Exception {
        signIn(ANA);

        visit((request, response) -> {
            var mine = request.getSession(false);
            mine.invalidate();
            assertEquals(Optional.empty(), session.user(request));
            assertEquals(Duration.ZERO, session.expiresIn(request));
            assertEquals(Optional.empty(), end(request));
        });
    }

    // Between the moment that a container hands a session out and the next, another request may end it.
    @Test
    @DisplayName("R-49 is nobody's where it ends while it is looked at")
    void isNobodysWhereItEndsWhileItIsLookedAt() throws Exception {
        signIn(ANA);

        visit((request, response) -> {
            var ended = request.getSession(false);
            ended.invalidate();
            var late = new HttpServletRequestWrapper(request) {
                @Override
                public HttpSession getSession(boolean create) {
                    return ended;
                }
            };
            assertEquals(Optional.empty(), session.user(late));
            assertNull(wrapped(late, response).getUserPrincipal());
            assertEquals(Duration.ZERO, session.expiresIn(late));
            assertEquals(Optional.empty(), end(late));
        });
    }

    @Test
    void signsOut() throws Exception {
        signIn(ANA);
        var id = jar.value();

        visit((request, response) -> {
            assertEquals(Optional.of(ANA), end(request));
            assertEquals(1, Told.EVENTS.get());
            assertEquals(Optional.empty(), session.user(request));
        });

        visitWith(id, "/app", (request, response) -> assertNull(request.getSession(false)));
    }

    // Two sign-outs at the same moment: one of them has ended it.
    @Test
    void tellsNothingWhereAnotherRequestHasEndedIt() throws Exception {
        signIn(ANA);

        visit((request, response) -> {
            var mine = request.getSession(false);
            var asked = new AtomicInteger();
            var late = new HttpServletRequestWrapper(request) {
                @Override
                public HttpSession getSession(boolean create) {
                    if (asked.incrementAndGet() == 2) {
                        mine.invalidate();
                    }
                    return mine;
                }
            };
            session.end(late, Why.SIGNED_OUT);
            assertEquals(2, asked.get());
        });

        assertEquals(0, Told.EVENTS.get());
    }

    /** Counts what it is told. */
    public static final class Told implements SsoListener {
        static final AtomicInteger EVENTS = new AtomicInteger();

        @Override
        public void on(SsoEvent event) {
            EVENTS.incrementAndGet();
        }
    }

    @Test
    void endsAnAnonymousSessionAtSignOutToo() throws Exception {
        visit((request, response) -> request.getSession(true));
        var id = jar.value();

        visit((request, response) -> assertEquals(Optional.empty(), end(request)));

        visitWith(id, "/app", (request, response) -> assertNull(request.getSession(false)));
    }

    // CONTRACT §5: a response that came with a signed-in session which was logged out while it was in flight.
    @ParameterizedTest(name = "keeping {0}")
    @MethodSource("kept")
    void refusesALoginWhoseSessionWasSignedOutMeanwhile(Set<String> keep) throws Exception {
        var keeping = keeping(keep);
        signIn(ANA);

        var answer = visit((request, response) -> {
            var arrival = keeping.arrival(request);
            visitWith(jar.value(), "/app", (other, answered) -> keeping.end(other, Why.SIGNED_OUT));
            var refused =
                    assertThrows(LoginFailedException.class, () -> keeping.establish(request, identity(BEN), arrival));
            assertEquals(Reason.SIGNED_OUT_MEANWHILE, refused.reason());
            // Neither does a second response of that session pass as replaced by another tab.
            var again =
                    assertThrows(LoginFailedException.class, () -> keeping.establish(request, identity(BEN), arrival));
            assertEquals(Reason.SIGNED_OUT_MEANWHILE, again.reason());
        });

        assertEquals(List.of(), answer.values("Set-Cookie"));
        visit((request, response) -> assertEquals(Optional.empty(), keeping.user(request)));
    }

    static List<Set<String>> kept() {
        return List.of(Set.of(), Set.of("cart"));
    }

    @Test
    void letsTheLoginOfAnotherTabStand() throws Exception {
        signIn(ANA);

        var answer = visit((request, response) -> {
            var arrival = session.arrival(request);
            var otherTab = new Jar().with(jar.name(), jar.value());
            otherTab.take(visitWith(
                    otherTab,
                    "/app",
                    (other, answered) -> assertTrue(session.establish(other, identity(ANA), session.arrival(other)))));
            assertFalse(session.establish(request, identity(BEN), arrival));
            visitWith(otherTab, "/app", (other, answered) -> assertEquals(Optional.of(ANA), session.user(other)));
        });

        assertEquals(List.of(), answer.values("Set-Cookie"));
    }

    // Eight tabs of a shop's visitor all finish.
    @Test
    @DisplayName("AB-024 signs each tab of an anonymous session in")
    void signsEachTabOfAnAnonymousSessionIn() throws Exception {
        visit((request, response) -> request.getSession(true).setAttribute("cart", "three books"));

        visit((request, response) -> {
            var arrival = session.arrival(request);
            visitWith(
                    jar.value(),
                    "/app",
                    (other, answered) -> assertTrue(session.establish(other, identity(ANA), session.arrival(other))));
            assertTrue(session.establish(request, identity(ANA), arrival));
        });

        visit((request, response) -> assertEquals(Optional.of(ANA), session.user(request)));
    }

    @Test
    void signsInWhereAnAnonymousSessionEndedMeanwhile() throws Exception {
        visit((request, response) -> request.getSession(true).setAttribute("cart", "three books"));

        jar.take(visit((request, response) -> {
            var arrival = session.arrival(request);
            visitWith(jar.value(), "/app", (other, answered) -> other.getSession(false)
                    .invalidate());
            assertTrue(session.establish(request, identity(ANA), arrival));
        }));

        visit((request, response) -> assertEquals(Optional.of(ANA), session.user(request)));
    }

    @Test
    @DisplayName("AB-220 refuses where the container makes no session")
    void refusesWhereTheContainerMakesNoSession() throws Exception {
        visit((request, response) -> {
            var arrival = session.arrival(request);
            response.flushBuffer(); // the container makes no session once the answer is on its way
            var refused =
                    assertThrows(LoginFailedException.class, () -> session.establish(request, identity(ANA), arrival));
            assertEquals(Reason.SESSION_REFUSED, refused.reason());
            assertEquals(Optional.empty(), session.user(request));
        });
    }

    private static final class NoCalls implements ApplicationCalls {
        @Override
        public void authenticate(HttpServletRequest request, HttpServletResponse response) {}

        @Override
        public void loggedOut(HttpServletRequest request, HttpServletResponse response) {}
    }

    private UserSession keeping(Set<String> attributes) {
        try {
            Told.EVENTS.set(0);
            var listeners = Listeners.load(List.of(Told.class.getName()), Told.class.getClassLoader());
            return new UserSession(attributes, Duration.ofHours(8), clock, listeners, Optional.empty(), new NoCalls());
        } catch (SettingsException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private HttpServletRequest wrapped(HttpServletRequest request, HttpServletResponse response) {
        return session.wrapped(request, response, session.user(request));
    }

    private Optional<SsoPrincipal> end(HttpServletRequest request) {
        return session.end(request, Why.SIGNED_OUT).map(UserSession.Ended::user);
    }

    private Identity identity(SsoPrincipal user) {
        return new Identity(user.toBuilder().signedInAt(clock.instant()).build(), Optional.empty());
    }

    private boolean signIn(SsoPrincipal user) throws Exception {
        var established = new AtomicReference<Boolean>();
        jar.take(visit((request, response) ->
                established.set(session.establish(request, identity(user), session.arrival(request)))));
        return established.get();
    }

    private Container.Answer visit(Container.Step step) throws Exception {
        var answer = visitWith(jar, "/app", step);
        jar.take(answer);
        return answer;
    }

    private static Container.Answer visitWith(String id, String context, Container.Step step) throws Exception {
        return visitWith(new Jar().with("JSESSIONID", id), context, step);
    }

    private static Container.Answer visitWith(Jar jar, String context, Container.Step step) throws Exception {
        return container.get(context + "/", step, jar.header());
    }

    private static Set<String> names(HttpServletRequest request) {
        return new TreeSet<>(Collections.list(request.getSession(false).getAttributeNames()));
    }

    /** A part of a test that sends requests. */
    private interface Part {
        void run() throws Exception;
    }

    private static List<String> warningsOf(Part part) throws Exception {
        var warnings = new CopyOnWriteArrayList<String>();
        var logger = Logger.getLogger(UserSession.class.getName());
        var handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
                    warnings.add(line.getMessage());
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        try {
            part.run();
        } finally {
            logger.removeHandler(handler);
        }
        return warnings;
    }
}
