package dev.ssofilter.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of cases notices what is missing. */
class CatalogueTest {
    private static final Instant BEGUN = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    Path folder;

    private static List<String> allBut(String... left) {
        var out = List.of(left);
        return Catalogue.ids().stream()
                .filter(id -> !out.contains(id))
                .map(id -> "AnyTest: " + id + " does as it should")
                .toList();
    }

    @Test
    void isContentWhereEachIdHasATestOrAReason() {
        var catalogue = Catalogue.of(allBut("AB-107", "R-26"), Map.of("AB-107", "no refresh", "R-26", "no refresh"));

        assertEquals(List.of(), catalogue.problems());
        assertTrue(catalogue.table().contains("| AB-107 | no refresh |\n"), catalogue::table);
        assertTrue(catalogue.table().contains("| AB-225 | AnyTest: AB-225 does as it should |\n"), catalogue::table);
    }

    @Test
    void missesAnIdWithoutEither() {
        var problems = Catalogue.of(allBut("AB-107"), Map.of()).problems();

        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.get(0).startsWith("AB-107: no test that passed"), problems::toString);
    }

    @Test
    void wantsNoReasonWhereThereIsATest() {
        var problems = Catalogue.of(allBut(), Map.of("AB-107", "no refresh")).problems();

        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.get(0).startsWith("AB-107: there is a test"), problems::toString);
    }

    @Test
    void knowsNoCaseThatTheCatalogueDoesNotHave() {
        var problems = Catalogue.of(allBut("AB-001"), Map.of("AB-226", "invented", "AB-001", "any"))
                .problems();

        assertEquals(List.of("AB-226: there is no such case"), problems);
    }

    @Test
    void isNotContentWithReasonsAlone() {
        var reasons = Catalogue.ids().stream().limit(36).collect(Collectors.toMap(id -> id, id -> "too much work"));

        var problems = Catalogue.of(allBut(reasons.keySet().toArray(String[]::new)), reasons)
                .problems();

        assertEquals(List.of("only 189 cases are tested, expected at least 190"), problems);
    }

    @Test
    void countsOnlyWhatPassedInThisBuild() throws Exception {
        report("TEST-a.XTest.xml", BEGUN, """
                <testsuite>
                  <testcase classname="a.XTest" name="AB-001 passed"/>
                  <testcase classname="a.XTest" name="AB-002 passed, and said something"><system-out>x</system-out></testcase>
                  <testcase classname="a.XTest" name="AB-003 failed"><failure/></testcase>
                  <testcase classname="a.XTest" name="AB-004 broke"><error/></testcase>
                  <testcase classname="a.XTest" name="AB-005 did not run"><skipped/></testcase>
                </testsuite>""");
        report(
                "TEST-a.DeletedTest.xml",
                BEGUN.minusSeconds(1),
                "<testsuite><testcase classname=\"a.DeletedTest\" name=\"AB-006\"/></testsuite>");

        var passed = Reports.passed(folder, BEGUN);

        assertEquals(List.of("XTest: AB-001 passed", "XTest: AB-002 passed, and said something"), passed);
        assertEquals(List.of(), Reports.passed(folder.resolve("of-a-module-that-was-not-built"), BEGUN));
    }

    private void report(String name, Instant written, String xml) throws IOException {
        var file = Files.writeString(folder.resolve(name), xml);
        Files.setLastModifiedTime(file, FileTime.from(written));
    }
}
