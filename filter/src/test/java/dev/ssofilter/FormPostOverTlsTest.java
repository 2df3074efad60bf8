package dev.ssofilter;

import static dev.ssofilter.Answers.assertPage;
import static dev.ssofilter.Answers.assertSignedIn;
import static dev.ssofilter.LoginTest.assertAttributes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.Browser.Answer;
import dev.ssofilter.testkit.PretendUserPool;
import dev.ssofilter.user.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A response that comes by {@code form_post}, over TLS from the browser to the container, which asks for https. */
class FormPostOverTlsTest {
    private static final String PASSWORD = "changeit";
    private static final String FORM = "application/x-www-form-urlencoded";

    @TempDir
    private static Path directory;

    private static KeyStore keys;

    private final PretendUserPool pool = PretendUserPool.start();
    private Browser browser;
    private Application application;

    /** Made here, so that it is trusted by nobody else and never runs out. */
    @BeforeAll
    static void makeCertificate() throws IOException, InterruptedException, GeneralSecurityException {
        var file = directory.resolve("localhost.p12");
        var keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "localhost",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD))
                .redirectErrorStream(true)
                .start();
        var said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, keytool.waitFor(), said);
        keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
    }

    private static SSLContext trust() throws GeneralSecurityException {
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(keys);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @BeforeEach
    void start() throws GeneralSecurityException, IOException {
        browser = new Browser(trust());
        var certificate = new SslContextFactory.Server();
        certificate.setKeyStore(keys);
        certificate.setKeyStorePassword(PASSWORD);
        var port = freePort();
        application = Application.with(pool)
                .tls(certificate)
                .port(port)
                .set("baseUrl", "https://localhost:" + port, "enableResponseModeFormPost", "true")
                .start();
        pool.knobs().formPost();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @AfterEach
    void stop() {
        application.close();
        pool.close();
    }

    /** The provider's page that posts itself to the Return URL. */
    private Answer postingPage(String path) {
        var login = browser.followAll(browser.navigate(application.uri(path)));
        return browser.submitForm(
                login,
                Map.of("username", pool.user().email(), "password", pool.user().password()));
    }

    @Test
    void signsTheUserIn() {
        var toLogin = browser.navigate(application.uri("/orders?x=1"));
        browser.clearCookies();
        var page = postingPage("/orders?x=1");

        var end = browser.submitForm(page, Map.of());

        assertEquals("form_post", toLogin.locationParameters().get("response_mode"));
        var cookie = toLogin.setCookies().get(0);
        assertTrue(cookie.startsWith("__Host-sso-login-"), cookie);
        assertAttributes(cookie, "Path=/", "Secure", "HttpOnly", "SameSite=None");
        assertEquals(303, end.status(), end.body());
        assertEquals(
                application.uri("/orders?x=1").toString(),
                end.header("Location").orElse(""));
        assertTrue(
                end.setCookies().toString().contains("JSESSIONID="),
                end.setCookies().toString());
        assertSignedIn(browser, application);
    }

    @Test
    @DisplayName("AB-015 takes no body without a content type")
    void takesNoBodyWithoutAContentType() throws GeneralSecurityException {
        var page = postingPage("/orders");

        var refused = browser.request("POST", application.uri("/sso/return"), "state=s&code=c");

        assertPage(Reason.CONTENT_TYPE_NOT_SUPPORTED, refused);
        assertEquals(0, pool.count("/oauth2/token"));
        assertEquals(303, elsewhere().submitForm(page, Map.of()).status(), "AB-015: not spent by that");
    }

    @Test
    void takesTheContentTypeWithItsParametersInAnyCase() {
        var page = postingPage("/orders");
        var body = "state=" + hidden(page, "state") + "&code=" + hidden(page, "code");

        var end = browser.request(
                "POST",
                application.uri("/sso/return"),
                body,
                "Content-Type",
                "Application/X-WWW-Form-URLEncoded ;charset=UTF-8");

        assertEquals(303, end.status(), end.body());
    }

    /** The same browser over another connection: the container may close the one whose body nobody read. */
    private Browser elsewhere() throws GeneralSecurityException {
        var same = new Browser(trust());
        browser.cookies()
                .forEach((name, value) ->
                        same.addCookie(application.uri("/"), name + "=" + value + "; Path=/; Secure; SameSite=None"));
        return same;
    }

    private static String hidden(Answer page, String name) {
        var field = Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(page.body());
        assertTrue(field.find(), page.body());
        return field.group(1);
    }

    @Test
    @DisplayName("R-20 asks for https")
    void asksForHttps() {
        var refused = assertThrows(
                IllegalStateException.class, () -> Application.of(pool, "enableResponseModeFormPost", "true"));

        assertTrue(
                refused.getCause().getMessage().contains("enableResponseModeFormPost"), "R-20 " + refused.getCause());
    }
}
