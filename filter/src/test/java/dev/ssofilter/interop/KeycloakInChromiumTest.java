package dev.ssofilter.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.ExpectedCondition;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A real browser between a real provider, which posts its response from its site, and the application at https. */
@Tag("interop")
@ExtendWith(KeycloakExtension.class)
class KeycloakInChromiumTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String POSTED = "POST /sso/return cross-site";

    private final Portal portal;
    private final Keycloak keycloak;
    private ChromeDriver chromium;

    KeycloakInChromiumTest(Keycloak keycloak, @TempDir Path folder)
            throws IOException, InterruptedException, GeneralSecurityException, ServletException {
        this.keycloak = keycloak;
        portal = Portal.startSecure(TlsCertificate.in(folder), keycloak, "enableResponseModeFormPost", "true");
    }

    @BeforeEach
    void start() {
        var options = new ChromeOptions();
        options.setBinary(path("chromium.binary", "/usr/bin/chromium").toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox", // it refuses to run as root with one
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--ignore-certificate-errors",
                "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost");
        var service = new ChromeDriverService.Builder()
                .usingDriverExecutable(
                        path("chromium.driver", "/usr/bin/chromedriver").toFile())
                .usingAnyFreePort()
                .build();
        chromium = new ChromeDriver(service, options);
    }

    private static Path path(String property, String usual) {
        return Path.of(System.getProperty(property, usual));
    }

    @AfterEach
    void stop() {
        try (portal) {
            if (chromium != null) {
                chromium.quit();
            }
        }
    }

    @Test
    void keepsThePendingLoginInACookieThatIsSentAlongWithThePost() {
        open("/orders");
        awaitLoginPage();

        var cookies = cookies("__Host-sso-login-");

        assertEquals(1, cookies.size(), cookies::toString);
        assertEquals("localhost", cookies.get(0).get("domain")); // without a dot: for this host alone
        assertEquals("/", cookies.get(0).get("path"));
        assertEquals("None", cookies.get(0).get("sameSite"));
        assertEquals(true, cookies.get(0).get("secure"));
        assertEquals(true, cookies.get(0).get("httpOnly"));
    }

    @Test
    void signsInByAResponseThatIsPostedFromAnotherSite() {
        signIn();

        assertEquals(List.of(POSTED), responses());
        assertEquals(List.of(), cookies("__Host-sso-login-"));
    }

    @Test
    void staysSignedInAfterReload() {
        signIn();

        chromium.navigate().refresh();

        awaitOrders();
        assertEquals(1, responses().size());
    }

    /** Keycloak posts the same response again, which says nothing of the session: its cookie is not sent along with it. */
    @Test
    void staysSignedInAfterBackToKeycloakAlthoughTheResponseIsPostedAgain() {
        signIn();

        chromium.navigate().back();
        await(ExpectedConditions.titleContains("Please sign in again"));
        open("/orders");

        awaitOrders();
        assertEquals(List.of(POSTED, POSTED), responses());
    }

    @Test
    void signsOutHereAndAtKeycloak() {
        signIn();

        chromium.executeScript("location.assign('/sso/logout')");
        await(ExpectedConditions.urlContains(keycloak.endpoint("logout")));
        press("#kc-logout");

        await(ExpectedConditions.urlContains(portal.uri("/sso/signed-out") + "?state="));
        open("/orders");
        awaitLoginPage();
    }

    private List<String> responses() {
        return portal.requests().stream()
                .filter(request -> request.contains(" /sso/return "))
                .toList();
    }

    private void signIn() {
        open("/orders");
        awaitLoginPage();
        chromium.findElement(By.id("username")).sendKeys(Keycloak.USER);
        chromium.findElement(By.id("password")).sendKeys(Keycloak.PASSWORD);
        press("[type=submit]");
        awaitOrders();
    }

    private void open(String path) {
        chromium.get(portal.uri(path).toString());
    }

    private void press(String selector) {
        await(ExpectedConditions.elementToBeClickable(By.cssSelector(selector))).click();
    }

    private void awaitLoginPage() {
        await(ExpectedConditions.elementToBeClickable(By.cssSelector("#kc-form-login [type=submit]")));
        assertTrue(chromium.getCurrentUrl().startsWith(keycloak.issuer()), chromium::getCurrentUrl);
    }

    private void awaitOrders() {
        await(ExpectedConditions.urlToBe(portal.uri("/orders").toString()));
        assertTrue(text().startsWith("page /orders of ana@example.org"), this::text);
    }

    private String text() {
        return chromium.findElement(By.tagName("body")).getText();
    }

    private <T> T await(ExpectedCondition<T> condition) {
        try {
            return new WebDriverWait(chromium, PATIENCE).until(condition);
        } catch (TimeoutException never) {
            throw new AssertionError("still at " + chromium.getCurrentUrl() + ":\n" + text(), never);
        }
    }

    /** Names and attributes, of all sites. */
    private List<Map<String, Object>> cookies(String name) {
        return chromium.executeCdpCommand("Network.getAllCookies", Map.of()).get("cookies") instanceof List<?> all
                ? all.stream()
                        .map(KeycloakInChromiumTest::members)
                        .filter(cookie -> String.valueOf(cookie.get("name")).startsWith(name))
                        .toList()
                : List.of();
    }

    @SuppressWarnings("unchecked") // JSON objects
    private static Map<String, Object> members(Object object) {
        return (Map<String, Object>) object;
    }
}
