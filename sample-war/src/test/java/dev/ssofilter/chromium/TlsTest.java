package dev.ssofilter.chromium;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.PretendUserPool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The application at https, by its container or by a proxy before it; the response by query or by form_post. */
@InChromium
class TlsTest {
    private static Certificate certificate;

    private final PretendUserPool pool = PretendUserPool.start();
    private final Chromium chromium;

    TlsTest(Chromium chromium) {
        this.chromium = chromium;
    }

    @BeforeAll
    static void make(@TempDir Path folder) throws Exception {
        certificate = Certificate.make(folder);
    }

    @AfterEach
    void stop() {
        pool.close();
    }

    @ParameterizedTest(name = "enableResponseModeFormPost={0}, SameSite={1}")
    @CsvSource({"false, Lax", "true, None"})
    void signsInWhereTheContainerSpeaksTls(String formPost, String sameSite) {
        try (var application = WebApplication.start(pool, plan(formPost).https(certificate))) {
            assertSignsInAndOut(application, formPost, sameSite);
        }
    }

    @ParameterizedTest(name = "enableResponseModeFormPost={0}, SameSite={1}")
    @CsvSource({"false, Lax", "true, None"})
    void signsInWhereAProxyEndsTlsAndTheContainerSpeaksHttp(String formPost, String sameSite) throws IOException {
        try (var proxy = TlsEnd.listen(certificate);
                var application = WebApplication.start(pool, plan(formPost).seenAs(proxy.uri()))) {
            proxy.handOnTo(application.port());

            assertSignsInAndOut(application, formPost, sameSite);
        }
    }

    private WebApplication.Plan plan(String formPost) {
        if (Boolean.parseBoolean(formPost)) {
            pool.knobs().formPost();
        }
        return new WebApplication.Plan().with("enableResponseModeFormPost", formPost);
    }

    private void assertSignsInAndOut(WebApplication application, String formPost, String sameSite) {
        chromium.open(application.uri("/orders"));
        chromium.awaitPage("Sign in to the pretend user pool");
        assertSafeCookie("__Host-sso-login-", sameSite);

        chromium.signIn(pool.user());

        chromium.awaitPage("Page /orders");
        assertEquals(application.uri("/orders"), chromium.at());
        assertTrue(chromium.text().contains(pool.user().email()), chromium.text());
        assertSafeCookie("JSESSIONID", "Lax");
        assertEquals(List.of(), cookies("__Host-sso-login-"));
        var returned = application.answers("/sso/return").get(0);
        assertEquals(Boolean.parseBoolean(formPost) ? "POST" : "GET", returned.method());

        chromium.press("button");

        chromium.awaitPage("You are signed out");
        assertEquals(application.uri("/sso/signed-out"), chromium.at());
        assertEquals(1, pool.count("/logout"));
    }

    private void assertSafeCookie(String name, String sameSite) {
        var found = cookies(name);
        assertEquals(1, found.size(), found::toString);
        var cookie = found.get(0);
        assertEquals("localhost", cookie.get("domain")); // without a dot: for this host alone
        assertEquals("/", cookie.get("path"));
        assertEquals(true, cookie.get("secure"));
        assertEquals(true, cookie.get("httpOnly"));
        assertEquals(sameSite, cookie.get("sameSite"));
    }

    private List<Map<String, Object>> cookies(String name) {
        return chromium.cookies().stream()
                .filter(cookie -> String.valueOf(cookie.get("name")).startsWith(name))
                .toList();
    }
}
