package dev.ssofilter.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/** What the README tells people to write is what was tried. */
class WebXmlTest {
    private static final Pattern FENCE = Pattern.compile("```xml\\n(.*?)```", Pattern.DOTALL);

    @Test
    void theReadmeShowsTheSamplesFilterAndAddsOnlyBaseUrl() throws Exception {
        var sample = parts(sample(), "filter");

        var shown = parts(fenceOfTheReadme("<filter-class>dev.ssofilter.SsoFilter"), "filter");

        assertEquals(
                sample,
                shown.stream().filter(line -> !line.startsWith("baseUrl=")).toList());
        assertTrue(shown.stream().anyMatch(line -> line.startsWith("baseUrl=")), "baseUrl is missing in " + shown);
    }

    @Test
    void theReadmeMapsTheSetupScreenAsTheSampleDoes() throws Exception {
        var sample = parts(sample(), "servlet");

        var shown = parts(fenceOfTheReadme("dev.ssofilter.SsoSetupServlet"), "servlet");

        assertEquals(shown, sample.subList(0, shown.size()));
        assertEquals(4, shown.size(), shown.toString());
    }

    private static String sample() throws IOException {
        return Files.readString(Path.of("src/main/webapp/WEB-INF/web.xml"));
    }

    private static String fenceOfTheReadme(String held) throws IOException {
        return FENCE.matcher(Files.readString(Path.of("../README.md")))
                .results()
                .map(fence -> fence.group(1))
                .filter(xml -> xml.contains(held))
                .map(xml -> "<web-app>" + xml + "</web-app>")
                .findFirst()
                .orElseThrow(() -> new AssertionError("README.md has no ```xml block with " + held));
    }

    /** A line for each element of the filters or servlets and their mappings, in order; an init-param is one of them. */
    private static List<String> parts(String xml, String kind) throws Exception {
        var root = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)))
                .getDocumentElement();
        return elements(root).stream()
                .filter(part -> part.getTagName().startsWith(kind))
                .flatMap(part -> elements(part).stream())
                .map(WebXmlTest::line)
                .toList();
    }

    private static String line(Element part) {
        var texts = elements(part).stream()
                .map(inner -> inner.getTextContent().strip())
                .toList();
        return texts.isEmpty() ? part.getTagName() + " " + part.getTextContent().strip() : String.join("=", texts);
    }

    private static List<Element> elements(Node parent) {
        var children = parent.getChildNodes();
        return IntStream.range(0, children.getLength())
                .mapToObj(children::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast)
                .toList();
    }
}
