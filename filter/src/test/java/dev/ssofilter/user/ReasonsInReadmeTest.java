package dev.ssofilter.user;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ReasonsInReadmeTest {
    private static final Pattern HEADING =
            Pattern.compile("(?m)^### <a id=\"(\\w+)\"></a>`(.*)` · (\\d+)\n\n[^#\n]{20,}");

    @Test
    void tellsTheRemedyOfEveryReasonUnderItsName() throws IOException {
        var readme = Files.readString(Path.of("..", "README.md"));

        var told = HEADING.matcher(readme)
                .results()
                .map(heading -> heading.group(1) + " " + heading.group(2) + " " + heading.group(3))
                .toList();

        var reasons = Arrays.stream(Reason.values())
                .map(reason -> reason + " " + reason + " " + reason.status())
                .toList();
        assertEquals(reasons, told);
    }
}
