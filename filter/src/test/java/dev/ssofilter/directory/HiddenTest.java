package dev.ssofilter.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What these show of themselves, wherever somebody puts one into a message. */
class HiddenTest {
    private static final String SECRET = "s3cr3t-of-the-client";

    @Test
    void settingsShowWhatIsSetWithoutWhatIsSecret() throws Exception {
        var shown = Sources.least()
                .init("baseUrl", "https://members.example.org")
                .read()
                .toString();

        assertTrue(shown.contains("baseUrl = https://members.example.org"), shown);
        assertFalse(shown.contains(SECRET), shown);
    }

    @Test
    void sourcesShowNamesAlone() {
        var sources = new SettingsSources(
                Map.of("clientSecret", SECRET),
                name -> Optional.empty(),
                name -> Optional.empty(),
                path -> Optional.empty());

        assertEquals("SettingsSources[initParams=[clientSecret]]", sources.toString());
    }

    @Test
    void whatWasGivenShowsItsSourceAlone() {
        assertEquals(
                "Given[init-param clientSecret]",
                new SettingsLookup.Given(SECRET, "init-param clientSecret", true).toString());
    }

    @Test
    void whatWasPutInIsShownAsForLogs() {
        assertEquals(
                "Resolved[${file:/run/secrets/x}]",
                new Placeholders.Resolved(SECRET, "${file:/run/secrets/x}", true, List.of()).toString());
    }

    @Test
    void aClaimThatWasFoundShowsNothing() {
        var found = ClaimPath.find(Map.of("email", "ana@site.example"), "email").orElseThrow();

        assertEquals("ClaimPath[…]", found.toString());
    }

    @Test
    void aMappingAndAnAddressShowThemselvesAsTheyAreWritten() {
        assertEquals("Email = email @ ID Token", new ClaimMapping("Email", "email", Location.ID_TOKEN).toString());
        assertEquals(
                "https://members.example.org",
                BaseUrl.parse("https://members.example.org/").toString());
    }
}
