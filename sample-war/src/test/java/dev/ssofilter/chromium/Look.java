package dev.ssofilter.chromium;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What a page is looked at with. */
public enum Look {
    DESKTOP_LIGHT(1280, 800, false),
    DESKTOP_DARK(1280, 800, true),
    PHONE_LIGHT(390, 844, false),
    PHONE_DARK(390, 844, true);

    private static final Path PICTURES = Path.of(System.getProperty("chromium.pictures", "target/pictures"));
    private static final String AXE = axe();

    private final int width;
    private final int height;
    private final boolean dark;

    Look(int width, int height, boolean dark) {
        this.width = width;
        this.height = height;
        this.dark = dark;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    boolean dark() {
        return dark;
    }

    boolean phone() {
        return width < height;
    }

    /** Takes pictures of the page that is open, and lets axe-core look at it, in every look. */
    public static void examine(Chromium chromium, String name) {
        for (var look : values()) {
            chromium.show(look);
            look.keepPicture(chromium, name);
            look.assertAccessible(chromium, name);
        }
        chromium.show(DESKTOP_LIGHT);
    }

    private void keepPicture(Chromium chromium, String name) {
        var file = PICTURES.resolve(name + "-" + name().toLowerCase(Locale.ROOT).replace('_', '-') + ".png");
        try {
            Files.createDirectories(PICTURES);
            Files.write(file, chromium.picture());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nothing that axe-core calls serious or critical, and nothing that has to be scrolled sideways. */
    void assertAccessible(Chromium chromium, String name) {
        chromium.script(AXE);
        var found = chromium.scriptThatCalls("""
                const done = arguments[arguments.length - 1];
                axe.run().then(result => done(result.violations
                    .filter(one => one.impact === 'serious' || one.impact === 'critical')
                    .map(one => one.id + ': ' + one.nodes.map(node => node.html).join(' ; '))),
                  failure => done(['axe: ' + failure]));""");
        assertEquals(List.of(), found, () -> name + " by " + this);
        var over = chromium.script("return document.documentElement.scrollWidth - arguments[0]", width);
        assertEquals(true, over instanceof Long pixels && pixels <= 0, () -> name + " by " + this + " is too wide");
    }

    private static String axe() {
        try (InputStream script = Look.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(script, "axe.min.js").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
