package dev.ssofilter.chromium;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.PretendUserPool;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a page does on its own, while nobody is signed in, begins no login: only the user's own way to a page does. */
@InChromium
class FetchMetadataTest {
    private final PretendUserPool pool = PretendUserPool.start();
    private final WebApplication application = WebApplication.start(pool);
    private final Chromium chromium;

    FetchMetadataTest(Chromium chromium) {
        this.chromium = chromium;
    }

    @AfterEach
    void stop() {
        application.close();
        pool.close();
    }

    @Test
    void givesAScriptAProblemThatItCanRead() {
        chromium.open(application.uri("/public/page"));

        var got = chromium.scriptThatCalls("""
                const done = arguments[arguments.length - 1];
                fetch('/orders').then(answer => answer.json().then(problem =>
                    done([answer.status, answer.headers.get('Content-Type'), problem.reason, problem.loginUrl])),
                  failure => done([String(failure)]));""");

        assertEquals(
                List.of(
                        401L,
                        "application/problem+json",
                        "LOGIN_REQUIRED",
                        application.uri("/sso/login").toString()),
                got);
        assertNoLoginBegan("empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"frame iframe", "image image", "prefetch empty"})
    void refusesAnElementOfAPage(String element) {
        var names = element.split(" ");

        chromium.open(application.uri("/public/" + names[0] + "?of=/orders"));

        assertEquals(401, application.answer(chromium, "/orders").status());
        assertNoLoginBegan(names[1]);
    }

    private void assertNoLoginBegan(String fetchDest) {
        var answer = application.answer(chromium, "/orders");
        assertEquals(fetchDest, answer.fetchDest());
        assertEquals(List.of(), answer.cookies());
        assertEquals(List.of(), chromium.cookies());
        assertTrue(pool.requests().isEmpty(), pool.requests().toString());
    }
}
