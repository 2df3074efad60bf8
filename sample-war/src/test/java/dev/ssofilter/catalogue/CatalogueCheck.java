package dev.ssofilter.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Runs when all tests of both modules have run, in an execution of its own: writes the list of abuse cases and requirements,
 * and fails the build where one is missing.
 */
class CatalogueCheck {
    @Test
    void everyCaseHasATestThatPassedOrAReason() throws Exception {
        assumeTrue(System.getProperty("test") == null, "these are only the tests that somebody asked for");
        var begun = Instant.parse(System.getProperty("catalogue.begun"));
        var passed = new ArrayList<>(Reports.passed(Path.of(System.getProperty("catalogue.filter")), begun));
        assumeTrue(!passed.isEmpty(), "the filter's own tests were not part of this build");
        passed.addAll(Reports.passed(Path.of(System.getProperty("catalogue.sample")), begun));

        var catalogue = Catalogue.of(passed, reasons());

        Files.writeString(Path.of(System.getProperty("catalogue.list")), catalogue.table());
        assertEquals(List.of(), catalogue.problems(), () -> String.join("\n", catalogue.problems()));
    }

    private static Map<String, String> reasons() throws IOException {
        var reasons = new Properties();
        try (var in = CatalogueCheck.class.getResourceAsStream("reasons.properties")) {
            reasons.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        }
        return reasons.stringPropertyNames().stream().collect(Collectors.toMap(id -> id, reasons::getProperty));
    }
}
