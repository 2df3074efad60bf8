package dev.ssofilter.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README promises these settings, these defaults and these members of the record, and no others. */
class SettingsInReadmeTest {
    private static final Path README = Path.of("..", "README.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| ([^|]*) \\|");
    private static final Pattern MEMBERS = Pattern.compile("(?m)^\\| (`\\w+`(?:, `\\w+`)*) \\|");
    private static final Pattern NAME = Pattern.compile("`(\\w+)`");

    @Test
    void listsEverySettingWithItsDefault() throws IOException {
        var rows = ROW.matcher(table("| setting | default | meaning |"))
                .results()
                .map(row -> new Settings.Row(row.group(1), row.group(2).replace("`", "")))
                .toList();

        assertEquals(Settings.table(), rows);
    }

    @Test
    void listsEveryMemberOfTheRecord() throws IOException {
        var names = MEMBERS.matcher(table("| member | default | meaning |"))
                .results()
                .map(row -> row.group(1))
                .flatMap(cell -> NAME.matcher(cell).results().map(name -> name.group(1)))
                .sorted()
                .toList();

        assertEquals(Settings.members().stream().map(Settings.Row::name).sorted().toList(), names);
    }

    private static String table(String head) throws IOException {
        var readme = Files.readString(README);
        assertEquals(2, readme.split(Pattern.quote(head), -1).length, head);
        var table = readme.indexOf(head);
        return readme.substring(table, readme.indexOf("\n\n", table));
    }
}
