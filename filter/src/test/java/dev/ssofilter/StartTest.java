package dev.ssofilter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendUserPool;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.SessionTrackingMode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens at start and at the end: all problems at once, what is told, and nothing that stays. */
class StartTest {
    private final PretendUserPool pool = PretendUserPool.start();

    @AfterEach
    void stop() {
        pool.close();
    }

    private static ServletException refused(Application.Setup setup) {
        var failure = assertThrows(IllegalStateException.class, setup::start);
        for (var cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ServletException refused) {
                return refused;
            }
        }
        throw new AssertionError("no ServletException", failure);
    }

    @Test
    void tellsOfEveryProblemAtOnce() {
        var refused = refused(Application.with(pool)
                .set(
                        "clientId", "",
                        "sessionMaximum", "forever",
                        "publicPath", "/x",
                        "baseUrl", "http://members.example.org")
                .also(context ->
                        context.getSessionHandler().getSessionCookieConfig().setAttribute("SameSite", "Strict")));

        var message = refused.getMessage();
        assertTrue(message.startsWith("SsoFilter cannot start, "), message);
        for (var problem : List.of("clientId", "sessionMaximum", "publicPaths", "baseUrl", "SameSite is \"Strict\"")) {
            assertTrue(
                    message.lines().anyMatch(line -> line.startsWith("- ") && line.contains(problem)),
                    problem + " in " + message);
        }
        assertFalse(message.contains(PretendUserPool.CLIENT_SECRET), message);
    }

    @Test
    void refusesASessionCookieThatWouldNotComeBack() {
        for (var strict : List.of("Strict", "strict")) {
            var refused = refused(Application.with(pool)
                    .also(context ->
                            context.getSessionHandler().getSessionCookieConfig().setAttribute("SameSite", strict)));

            assertTrue(refused.getMessage().contains("expected Lax"), refused.getMessage());
            assertTrue(refused.getMessage().startsWith("SsoFilter cannot start, 1 problem:"), refused.getMessage());
        }
    }

    @Test
    @DisplayName("AB-211 refuses a second filter in one application")
    void refusesASecondFilterInOneApplication() {
        var refused = refused(Application.with(pool).also(context -> {
            var second = new FilterHolder(SsoFilter.class);
            second.setName("second");
            second.setInitParameters(Application.settingsFor(pool));
            context.addFilter(second, "/*", EnumSet.of(DispatcherType.REQUEST));
        }));

        assertTrue(refused.getMessage().contains("has two of them"), "AB-211 " + refused.getMessage());
    }

    @Test
    void startsAgainAfterItWasStopped() {
        for (var time = 0; time < 3; time++) {
            try (var application = Application.of(pool)) {
                assertEquals(
                        302, new Browser().navigate(application.uri("/orders")).status());
            }
        }
    }

    @Test
    void makesRoomForAnotherWhenItIsTakenOutOfService() throws Exception {
        var inside = new AtomicReference<ServletContextHandler>();
        try (var application = Application.with(pool).also(inside::set).start()) {
            var filter = inside.get().getServletHandler().getFilters()[0];

            filter.stop();
            filter.start();
            filter.initialize();

            assertEquals(302, new Browser().navigate(application.uri("/orders")).status());
        }
    }

    @Test
    @DisplayName("R-22 starts while the provider is down")
    void startsWhileTheProviderIsDown() {
        var gone = PretendUserPool.start();
        gone.close();

        try (var application = Application.of(gone)) {
            assertEquals(
                    200, new Browser().navigate(application.uri("/public/x")).status());
            assertEquals(503, new Browser().navigate(application.uri("/orders")).status());
        }
    }

    @Test
    @DisplayName("AB-182 R-18 tells its settings and what to register")
    void tellsItsSettingsAndWhatToRegister() {
        try (var logs = Logs.ofTheFilter();
                var application = Application.of(pool, "baseUrl", "http://localhost:8080/portal")) {
            var told = String.join("\n", logs.lines(Level.INFO));

            assertTrue(application.port() > 0);
            assertTrue(told.contains("sso-filter started"), told);
            assertTrue(told.contains("baseUrl = http://localhost:8080/portal (init-param baseUrl)"), told);
            assertTrue(
                    told.contains("Return URL to register: http://localhost:8080/portal/sso/return"), "R-18 " + told);
            assertTrue(told.contains("Sign-out URL to register: http://localhost:8080/portal/sso/signed-out"), told);
            assertTrue(told.contains("clientSecret = ****"), told);
            assertFalse(told.contains(PretendUserPool.CLIENT_SECRET), "AB-182 " + told);
        }
    }

    @ParameterizedTest(name = "AB-160 tracking by {0}: warned {1}")
    @CsvSource({"COOKIE, false", "COOKIE+URL, true"})
    void warnsWhereSessionIdsStandInUrls(String modes, boolean warned) {
        var tracking =
                Stream.of(modes.split("\\+")).map(SessionTrackingMode::valueOf).collect(Collectors.toSet());
        try (var logs = Logs.ofTheFilter();
                var application = Application.with(pool)
                        .also(context -> context.getSessionHandler().setSessionTrackingModes(tracking))
                        .start()) {
            assertTrue(application.port() > 0);
            assertEquals(
                    warned,
                    logs.lines(Level.WARNING).stream().anyMatch(line -> line.contains("<tracking-mode>COOKIE")));
        }
    }

    @Test
    void refusesARecordThatIsNoUtf8(@TempDir Path folder) throws IOException {
        Files.createDirectory(folder.resolve("WEB-INF"));
        Files.write(
                folder.resolve("WEB-INF/sso.json"), "{\"name\": \"Caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1));

        var refused = refused(Application.with(pool)
                .set("directory", "/WEB-INF/sso.json")
                .also(context -> context.setBaseResourceAsPath(folder)));

        assertTrue(
                refused.getMessage().contains("- directory: /WEB-INF/sso.json cannot be read as UTF-8"),
                refused::getMessage);
    }

    @Test
    void leavesItsPlaceToAnotherWhereItDoesNotStart() throws Exception {
        var inside = new AtomicReference<ServletContextHandler>();
        try (var application = Application.with(pool).also(inside::set).start()) {
            assertTrue(application.port() > 0);
            var filter = inside.get().getServletHandler().getFilters()[0];
            filter.stop();
            filter.setInitParameter("clockSkew", "PT1H");
            filter.start();

            assertThrows(ServletException.class, filter::initialize);

            assertNull(inside.get().getServletContext().getAttribute("dev.ssofilter.filter"));
        }
    }

    @Test
    void tellsNothingOfItsSettingsWhereItDoesNotStart() {
        try (var logs = Logs.ofTheFilter()) {
            refused(Application.with(pool).set("clockSkew", "PT1H"));

            assertEquals(List.of(), logs.lines(Level.INFO));
        }
    }

    @ParameterizedTest(name = "AB-222 knows no setting {0}")
    @ValueSource(strings = {"skipNonce", "insecure", "trustAll", "validateAudience", "nonce", "pkce"})
    void knowsNoSettingThatTurnsACheckOff(String name) {
        var refused = refused(Application.with(pool).set(name, "true"));

        assertTrue(refused.getMessage().contains(name), "AB-222 " + refused.getMessage());
    }

    @Test
    @DisplayName("AB-217 leaves no thread when the application is stopped")
    void leavesNoThreadWhenTheApplicationIsStopped() throws InterruptedException {
        try (var application = Application.of(pool)) {
            Answers.logIn(new Browser(), application.uri("/orders"), pool.user());
            assertFalse(ours().isEmpty(), "the filter asked the provider in threads of its own");
        }

        for (var thread : ours()) {
            thread.join(5_000);
        }
        assertEquals(List.of(), ours());
    }

    private static List<Thread> ours() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .filter(thread -> thread.getName().toLowerCase(Locale.ROOT).startsWith("sso-filter"))
                .toList();
    }
}
