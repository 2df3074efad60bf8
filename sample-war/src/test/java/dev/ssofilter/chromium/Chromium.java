package dev.ssofilter.chromium;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ssofilter.testkit.PretendUser;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;
import org.openqa.selenium.Keys;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The installed Chromium, without a window and without a way to anything but this machine. */
public final class Chromium implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Path BINARY = path("chromium.binary", "/usr/bin/chromium");
    private static final Path DRIVER = path("chromium.driver", "/usr/bin/chromedriver");

    private final ChromeDriver driver;

    private Chromium(ChromeDriver driver) {
        this.driver = driver;
    }

    private static Path path(String property, String usual) {
        return Path.of(System.getProperty(property, usual));
    }

    static boolean isInstalled() {
        return Files.isExecutable(BINARY) && Files.isExecutable(DRIVER);
    }

    static Chromium start() {
        var console = new LoggingPreferences();
        console.enable(LogType.BROWSER, Level.ALL);
        var options = new ChromeOptions();
        options.setBinary(BINARY.toFile());
        options.setAcceptInsecureCerts(true); // the tests make their own
        options.setCapability(ChromeOptions.LOGGING_PREFS, console);
        options.addArguments(
                "--headless=new",
                "--no-sandbox", // it refuses to run as root with one
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                // What most people's browsers do by now: no-store pages too are kept for the back button.
                "--enable-features=CacheControlNoStoreEnterBackForwardCache",
                "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost");
        var service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .build();
        return new Chromium(new ChromeDriver(service, options));
    }

    /** As if it had just been installed. */
    void beginAnew() {
        var old = driver.getWindowHandles();
        driver.switchTo().newWindow(WindowType.TAB);
        var fresh = driver.getWindowHandle();
        for (var tab : old) {
            driver.switchTo().window(tab).close();
        }
        driver.switchTo().window(fresh);
        driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
        driver.executeCdpCommand("Network.clearBrowserCache", Map.of());
        console();
    }

    /** Goes there as from the address bar. */
    public void open(URI uri) {
        driver.get(uri.toString());
    }

    /** A second tab beside this one, and from now on this one. */
    Tab newTab() {
        driver.switchTo().newWindow(WindowType.TAB);
        return tab();
    }

    Tab tab() {
        return new Tab(driver.getWindowHandle());
    }

    record Tab(String handle) {}

    void turnTo(Tab tab) {
        driver.switchTo().window(tab.handle());
    }

    URI at() {
        return URI.create(driver.getCurrentUrl());
    }

    void back() {
        driver.navigate().back();
    }

    void reload() {
        driver.navigate().refresh();
    }

    public void press(String selector) {
        driver.findElement(By.cssSelector(selector)).click();
    }

    void type(String selector, String text) {
        driver.findElement(By.cssSelector(selector)).sendKeys(text);
    }

    /** On the pretend pool's page, once it is there. */
    public void signIn(PretendUser user) {
        awaitPage("Sign in to the pretend user pool");
        type("#username", user.email());
        type("#password", user.password());
        press("[type=submit]");
    }

    /** By its title. */
    public void awaitPage(String title) {
        try {
            new WebDriverWait(driver, PATIENCE).until(any -> title.equals(driver.getTitle()));
        } catch (TimeoutException never) {
            throw new AssertionError(
                    "expected the page \"" + title + "\", got " + at() + ", \"" + driver.getTitle() + "\":\n" + text(),
                    never);
        }
    }

    <T> T await(String what, Supplier<Optional<T>> found) {
        return new WebDriverWait(driver, PATIENCE).withMessage(what).until(any -> found.get()
                .orElse(null));
    }

    String text() {
        return driver.findElement(By.tagName("body")).getText();
    }

    /** What a script of this page gets. */
    Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** The same for a script that hands its result to its last argument, a function. */
    Object scriptThatCalls(String script, Object... arguments) {
        return driver.executeAsyncScript(script, arguments);
    }

    /** What the console has said since it was last asked. */
    List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    /** The cookie that this page's site has, HttpOnly ones too. */
    Optional<Cookie> cookie(String name) {
        return Optional.ofNullable(driver.manage().getCookieNamed(name));
    }

    /** The one of this page's site whose name begins so. */
    void forgetCookie(String prefix) {
        var found = driver.manage().getCookies().stream()
                .filter(cookie -> cookie.getName().startsWith(prefix))
                .toList();
        assertEquals(1, found.size(), found::toString);
        driver.manage().deleteCookie(found.get(0));
    }

    /** Names and attributes of all cookies of all sites. */
    List<Map<String, Object>> cookies() {
        return driver.executeCdpCommand("Network.getAllCookies", Map.of()).get("cookies") instanceof List<?> all
                ? all.stream().map(Chromium::members).toList()
                : List.of();
    }

    /** The addresses that Back and Forward lead to. */
    List<String> history() {
        return driver.executeCdpCommand("Page.getNavigationHistory", Map.of()).get("entries") instanceof List<?> all
                ? all.stream()
                        .map(entry -> String.valueOf(members(entry).get("url")))
                        .toList()
                : List.of();
    }

    @SuppressWarnings("unchecked") // JSON objects
    private static Map<String, Object> members(Object object) {
        return (Map<String, Object>) object;
    }

    public void show(Look look) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of(
                        "width", look.width(),
                        "height", look.height(),
                        "deviceScaleFactor", 1,
                        "mobile", look.phone()));
        var scheme = Map.of("name", "prefers-color-scheme", "value", look.dark() ? "dark" : "light");
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme)));
    }

    /** Of the whole page, as far as it reaches. */
    byte[] picture() {
        var picture = driver.executeCdpCommand(
                "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true, "clip", page()));
        return Base64.getDecoder().decode(String.valueOf(picture.get("data")));
    }

    private Map<String, Object> page() {
        var size = members(
                driver.executeCdpCommand("Page.getLayoutMetrics", Map.of()).get("cssContentSize"));
        return Map.of("x", 0, "y", 0, "width", size.get("width"), "height", size.get("height"), "scale", 1);
    }

    /** What a page's own scripts may do; the driver's work all the same. */
    void allowScripts(boolean allowed) {
        driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !allowed));
    }

    /** Lets scripts read what was copied, which people are asked for. */
    void allowReadingTheClipboard() {
        driver.executeCdpCommand(
                "Browser.grantPermissions",
                Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
    }

    /** To the next element, by the Tab key. */
    void tabOn() {
        new Actions(driver).sendKeys(Keys.TAB).perform();
    }

    /** Presses what leads to another page, or to the same one anew, and waits until it is there. */
    void pressAndArrive(String selector) {
        script("document.documentElement.dataset.left = ''");
        press(selector);
        await("the page after " + selector, () -> Optional.of(script(
                        "return document.readyState === 'complete' && !('left' in document.documentElement.dataset)"))
                .filter(Boolean.TRUE::equals));
    }

    /** Instead of what the field holds. */
    void fill(String selector, String text) {
        driver.findElement(By.cssSelector(selector)).clear();
        type(selector, text);
    }

    void choose(String selector, String option) {
        new Select(driver.findElement(By.cssSelector(selector))).selectByVisibleText(option);
    }

    /** What the field holds. */
    String value(String selector) {
        return driver.findElement(By.cssSelector(selector)).getDomProperty("value");
    }

    /** What the fields hold, in the page's order. */
    List<String> values(String selector) {
        return driver.findElements(By.cssSelector(selector)).stream()
                .map(field -> field.getDomProperty("value"))
                .toList();
    }

    boolean isTicked(String selector) {
        return driver.findElement(By.cssSelector(selector)).isSelected();
    }

    boolean isShown(String selector) {
        return driver.findElement(By.cssSelector(selector)).isDisplayed();
    }

    /** What the elements say, in the page's order. */
    List<String> texts(String selector) {
        return driver.findElements(By.cssSelector(selector)).stream()
                .map(WebElement::getText)
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
