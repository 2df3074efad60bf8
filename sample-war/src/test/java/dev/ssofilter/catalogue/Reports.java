package dev.ssofilter.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** What Surefire wrote down about the tests of a module. */
final class Reports {
    private static final Set<String> NOT_PASSED = Set.of("failure", "error", "skipped");

    private Reports() {}

    /** Class and name of each test that passed since then; those of an earlier build lie there, too. */
    static List<String> passed(Path folder, Instant since)
            throws IOException, ParserConfigurationException, SAXException {
        var passed = new ArrayList<String>();
        for (var report : reports(folder)) {
            if (!Files.getLastModifiedTime(report).toInstant().isBefore(since)) {
                passed.addAll(passed(report));
            }
        }
        return passed;
    }

    private static List<Path> reports(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
                    .toList();
        }
    }

    private static List<String> passed(Path report) throws IOException, ParserConfigurationException, SAXException {
        var tests = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(report.toFile())
                .getElementsByTagName("testcase");
        return IntStream.range(0, tests.getLength())
                .mapToObj(tests::item)
                .map(Element.class::cast)
                .filter(Reports::passed)
                .map(test ->
                        test.getAttribute("classname").replaceFirst(".*\\.", "") + ": " + test.getAttribute("name"))
                .toList();
    }

    private static boolean passed(Element test) {
        var told = test.getChildNodes();
        return Stream.iterate(0, i -> i < told.getLength(), i -> i + 1)
                .map(i -> told.item(i).getNodeName())
                .noneMatch(NOT_PASSED::contains);
    }
}
