package dev.ssofilter.web;

import static dev.ssofilter.web.PageServer.between;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageLookTest {
    private static String page;

    @BeforeAll
    static void fetch() throws Exception {
        var server = new PageServer();
        page = server.get(response -> Page.write(response, 200, "SIGNED_OUT", Optional.empty(), Optional.empty()))
                .body();
        server.stop();
    }

    @Test
    void needsNothingFromElsewhere() {
        assertFalse(
                Pattern.compile("<script|<img|<link|@import|url\\(| style=")
                        .matcher(page)
                        .find(),
                page);
    }

    @Test
    void canBeHeardAndReadOnAPhone() {
        assertTrue(page.startsWith("<!DOCTYPE html>\n<html lang=\"en\">"), page);
        assertTrue(page.contains("<title>You are signed out</title>"), page);
        assertTrue(page.contains("<main>\n<h1>You are signed out</h1>"), page);
        assertTrue(page.contains("name=\"viewport\" content=\"width=device-width, initial-scale=1\""), page);
    }

    @ParameterizedTest(name = "{0} on {1}")
    @CsvSource({
        "ink, card",
        "quiet, card",
        "quiet, ground",
        "ink, ground",
        "on-accent, accent",
        "on-accent, accent-strong"
    })
    void canBeReadWithWeakEyesByDayAndNight(String ink, String ground) {
        var day = between(page, ":root {", "}");
        var night = between(page, "(prefers-color-scheme: dark)", "}");

        // WCAG 2.2, 1.4.3: 4.5 to 1
        assertTrue(contrast(colour(day, ink), colour(day, ground)) >= 4.5, "by day");
        assertTrue(contrast(colour(night, ink), colour(night, ground)) >= 4.5, "by night");
    }

    private static int colour(String style, String name) {
        return Integer.parseInt(between(style, "--" + name + ": #", ";"), 16);
    }

    private static double contrast(int one, int other) {
        double brighter = Math.max(luminance(one), luminance(other));
        double darker = Math.min(luminance(one), luminance(other));
        return (brighter + 0.05) / (darker + 0.05);
    }

    // WCAG 2.2, "relative luminance"
    private static double luminance(int colour) {
        return 0.2126 * linear(colour >> 16) + 0.7152 * linear(colour >> 8) + 0.0722 * linear(colour);
    }

    private static double linear(int channel) {
        double value = (channel & 0xFF) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
}
