package dev.ssofilter.chromium;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The setup screen for who has no mouse, no script, or bad intentions. */
@InChromium
class SetupScreenInChromiumTest {
    private static final List<String> TEXTS = List.of(
            "name",
            "discoveryDomain",
            "authorizationUrl",
            "tokenUrl",
            "userinfoUrl",
            "issuer",
            "scopes",
            "clientId",
            "clientSecret",
            "claim-0-field",
            "claim-0-claim");

    private final Chromium chromium;
    private SetupScreen screen;

    SetupScreenInChromiumTest(Chromium chromium) {
        this.chromium = chromium;
    }

    @BeforeEach
    void start(@TempDir Path folder) {
        screen = new SetupScreen(chromium, folder);
        screen.open();
        screen.unlock();
    }

    @AfterEach
    void stop() {
        chromium.allowScripts(true);
        screen.close();
    }

    private void assertNothingWasRefusedByThePolicy() {
        var said = chromium.console().stream()
                .filter(line -> line.contains("Content Security Policy") || line.contains("Uncaught"))
                .toList();
        assertEquals(List.of(), said);
    }

    private void fillIn() {
        screen.enter("discoveryDomain", screen.pool.tokenSigningKeyUrl().toString());
        screen.enter("clientId", screen.client.id());
        screen.enter("clientSecret", screen.client.secret());
    }

    @Test
    void leadsTheTabKeyToEveryControlInOrderAndShowsWhereItIs() {
        fillIn();
        screen.press("check");
        var expected = chromium.script("""
                return [...document.querySelectorAll('a[href], input, select, textarea, button, summary, [tabindex="0"]')]
                    .filter(each => each.type !== 'hidden' && !each.disabled && each.checkVisibility())
                    .map((each, i) => each.dataset.order = String(i));""");

        var reached = new ArrayList<String>();
        for (var i = 0; i < ((List<?>) expected).size(); i++) {
            chromium.tabOn();
            reached.add(String.valueOf(chromium.script("return document.activeElement.dataset.order")));
            var outline = chromium.script("""
                    const style = getComputedStyle(document.activeElement);
                    return style.outlineStyle + ' ' + style.outlineWidth;""");
            assertEquals("solid 3px", outline, () -> "focus on " + active());
        }

        assertEquals(expected, reached);
    }

    private String active() {
        return String.valueOf(chromium.script("return document.activeElement.outerHTML"));
    }

    @Test
    void leadsFromWhatIsWrongToItsField() {
        screen.press("save");

        chromium.press("#outcome a[href='#clientId']");

        assertEquals("clientId", chromium.script("""
                return document.querySelector(':target').id"""));
        assertEquals("clientId-hint clientId-about", chromium.script("""
                return document.querySelector(':target').getAttribute('aria-describedby')"""));
    }

    @Test
    void worksWithoutScriptsButForCopy() throws IOException {
        chromium.allowScripts(false);
        screen.open();
        assertFalse(chromium.isShown("#copy-returnPath"));

        fillIn();
        screen.press("discover");
        assertEquals(screen.pool.domain() + "/oauth2/token", screen.value("tokenUrl"));
        screen.press("add-claim");
        screen.press("remove-claim-6");
        screen.press("save");

        assertTrue(screen.outcome().contains("Saved."), screen.outcome());
        assertTrue(Files.readString(screen.record).contains(screen.client.id()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<script>window.hacked = 1</script>", "\"><img src=x onerror=\"window.hacked = 1\">"})
    void runsNothingThatWasEnteredAndRefusesItBesideItsField(String attack) {
        TEXTS.forEach(field -> screen.enter(field, attack));

        screen.press("save");

        for (var field : TEXTS) {
            assertTrue(screen.about(field).toString().contains("Problem: holds < or >"), field + screen.about(field));
        }
        assertEquals(null, chromium.script("return window.hacked"));
        assertEquals(0L, chromium.script("return document.querySelectorAll('img, main script:not([src])').length"));
        assertFalse(Files.exists(screen.record));
        assertNothingWasRefusedByThePolicy();
        Look.examine(chromium, "setup-refused");
    }

    @Test
    void refusesAMegabyteBesideItsField() {
        chromium.script("document.getElementById('issuer').value = 'x'.repeat(1024 * 1024)");

        screen.press("save");

        assertEquals(List.of("Problem: has 1048576 characters; expected at most 2000"), screen.about("issuer"));
        assertFalse(Files.exists(screen.record));
    }

    @Test
    void runsNothingThatAUserIsCalled() {
        var eve = screen.pool
                .user("eve@example.org", "Pretend-1")
                .named("<script>window.hacked = 1</script>", "<img src=x onerror='window.hacked = 1'>");
        fillIn();
        screen.client.allowCallback(screen.value("returnPath"));

        chromium.press("#test");
        chromium.signIn(eve);

        chromium.awaitPage("Test sign-in");
        assertTrue(chromium.text().contains("<script>window.hacked = 1</script>"), chromium.text());
        assertEquals(null, chromium.script("return window.hacked"));
        assertNothingWasRefusedByThePolicy();
    }
}
