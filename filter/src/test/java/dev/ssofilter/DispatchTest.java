package dev.ssofilter;

import static dev.ssofilter.Answers.logIn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendUserPool;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The user is there however a servlet hands the request on (AB-209, AB-210). */
class DispatchTest {
    private static final DispatcherType[] EVERY = {
        DispatcherType.FORWARD, DispatcherType.INCLUDE, DispatcherType.ERROR, DispatcherType.ASYNC
    };

    private final PretendUserPool pool = PretendUserPool.start();
    private final Browser browser = new Browser();

    @AfterEach
    void stop() {
        pool.close();
    }

    /** Public pages that hand on to a protected one. */
    private Application.Setup usual() {
        return Application.with(pool)
                .servlet("/public/forward", (request, response) -> request.getRequestDispatcher("/told")
                        .forward(request, response))
                .servlet("/public/include", (request, response) -> request.getRequestDispatcher("/told")
                        .include(request, response))
                .servlet("/public/error", (request, response) -> response.sendError(418))
                .servlet("/public/async", (request, response) -> {
                    if (isFirst(request)) {
                        request.startAsync().dispatch();
                    } else {
                        Application.tell(request, response);
                    }
                })
                .servlet("/public/async-elsewhere", (request, response) -> request.startAsync()
                        .dispatch("/told"))
                .servlet("/public/async-with-arguments", (request, response) -> request.startAsync(request, response)
                        .dispatch("/told"))
                .servlet("/public/async-answer", (request, response) -> {
                    var async = request.startAsync();
                    async.start(() -> {
                        try {
                            Application.tell((HttpServletRequest) async.getRequest(), response);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                        async.complete();
                    });
                })
                .also(context -> {
                    var errors = new ErrorPageErrorHandler();
                    errors.addErrorPage(418, "/told");
                    context.setErrorHandler(errors);
                });
    }

    private static boolean isFirst(HttpServletRequest request) {
        return request.getDispatcherType() == DispatcherType.REQUEST;
    }

    @ParameterizedTest(name = "AB-209 R-45 by {0}")
    @ValueSource(strings = {"forward", "include", "async", "async-elsewhere", "async-with-arguments", "async-answer"})
    void carriesTheUserAlongInTheRequest(String way) {
        try (var application = usual().start()) {
            logIn(browser, application.uri("/orders"), pool.user());

            var page = browser.navigate(application.uri("/public/" + way));

            assertEquals(200, page.status(), page.body());
            assertTrue(page.body().contains("user ana@example.org"), page.body());
            assertTrue(page.body().contains("type SSO"), page.body());
            assertEquals(List.of("private, no-store"), page.headers().get("Cache-Control"));
        }
    }

    @ParameterizedTest(name = "AB-209 R-45 by {0}")
    @ValueSource(
            strings = {"forward", "include", "error", "async", "async-elsewhere", "async-with-arguments", "async-answer"
            })
    void findsTheUserWhereTheFilterIsMappedForIt(String way) {
        try (var application = usual().mappedFor(EVERY).start()) {
            logIn(browser, application.uri("/orders"), pool.user());

            var page = browser.navigate(application.uri("/public/" + way));

            assertTrue(page.body().contains("user ana@example.org"), page.body());
            assertEquals(1, page.headers().get("Cache-Control").size());
        }
    }

    @ParameterizedTest(name = "AB-209 R-45 by {0}")
    @ValueSource(strings = {"forward", "include", "error", "async", "async-elsewhere", "async-with-arguments"})
    void challengesNothingThatAServletDispatches(String way) {
        try (var application = usual().mappedFor(EVERY).start()) {
            var page = browser.navigate(application.uri("/public/" + way));

            assertEquals(way.equals("error") ? 418 : 200, page.status(), page.body());
            assertTrue(page.body().contains("user null"), page.body());
            assertEquals(0, page.setCookies().size());
            assertEquals(0, application.sessions());
        }
    }

    @Test
    void challengesTheSamePageWhenAClientAsks() {
        try (var application = usual().mappedFor(EVERY).start()) {
            assertEquals(302, browser.navigate(application.uri("/told")).status());
        }
    }

    @Test
    void dispatchesAnAsyncRequestToItsOwnAddressHoweverThatIsWritten() {
        try (var application = usual().servlet("/files/*", (request, response) -> {
                    if (isFirst(request)) {
                        request.startAsync().dispatch();
                    } else {
                        Application.tell(request, response);
                    }
                })
                .start()) {
            logIn(browser, application.uri("/orders"), pool.user());

            var page = browser.navigate(application.uri("/files/a%20b/%C3%BC!?x=1&x=2"));

            assertTrue(page.body().contains("page /files/a%20b/%C3%BC!?x=1&x=2"), page.body());
            assertTrue(page.body().contains("user ana@example.org"), page.body());
        }
    }

    @Test
    @DisplayName("AB-206 R-30 says who the user is as the Servlet API has it")
    void saysWhoTheUserIsAsTheServletApiHasIt() {
        try (var application = usual().servlet("/who", (request, response) -> {
                    response.getWriter().println(request.getUserPrincipal().getName());
                    response.getWriter().println(request.isUserInRole("members"));
                    response.getWriter().println(request.isUserInRole("MEMBERS"));
                    response.getWriter().println(request.isUserInRole("admins"));
                    response.getWriter().println(request.isUserInRole(""));
                    response.getWriter().println(request.isUserInRole(null));
                })
                .start()) {
            logIn(browser, application.uri("/orders"), pool.user());

            var page = browser.navigate(application.uri("/who"));

            assertEquals(
                    List.of("ana@example.org", "true", "false", "false", "false", "false"),
                    page.body().lines().toList(),
                    "AB-206");
        }
    }
}
