package dev.ssofilter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes into the product from elsewhere is fixed to the last digit. */
class DependenciesTest {
    private static final Pattern VERSION = Pattern.compile("<(version|[a-z0-9.]+\\.version)>([^<]*)</\\1>");
    private static final Pattern EXACT =
            Pattern.compile("[0-9]+(\\.[0-9]+)*(\\.Final)?|\\$\\{[a-z0-9.]+\\}|1\\.0\\.0-SNAPSHOT");

    @ParameterizedTest(name = "AB-221 every version in {0} is exact")
    @ValueSource(strings = {"../pom.xml", "pom.xml", "../sample-war/pom.xml"})
    void areExact(String pom) throws IOException {
        var versions = VERSION.matcher(Files.readString(Path.of(pom)))
                .results()
                .map(MatchResult::group)
                .filter(element -> !element.startsWith("<version>[")) // of the Maven and Java that build it
                .toList();

        assertEquals(
                List.of(),
                versions.stream()
                        .filter(element -> !EXACT.matcher(element.replaceAll("<[^>]*>", ""))
                                .matches())
                        .toList());
        assertTrue(versions.size() > 2, versions::toString);
    }

    @Test
    @DisplayName("AB-221 the build fails where two libraries want a third in two versions")
    void converge() throws IOException {
        var pom = Files.readString(Path.of("../pom.xml"));

        assertTrue(pom.contains("<dependencyConvergence/>") && pom.contains("<requirePluginVersions/>"));
    }
}
