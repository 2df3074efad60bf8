package dev.ssofilter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ssofilter.directory.Json;
import dev.ssofilter.testkit.PretendUserPool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jar that holds all it needs: nothing in it that an application or a container may have, too, and nothing missing.
 * Runs where the tests of what the filter does run again, with this jar in place of our classes.
 */
class AllJarCheck {
    private static final long MOST_BYTES = 5_000_000;

    /** Everything else is below dev/ssofilter. */
    private static final Set<String> OUTSIDE = Set.of(
            "META-INF/LICENSE",
            "META-INF/MANIFEST.MF",
            "META-INF/NOTICE",
            "META-INF/maven/dev.ssofilter/sso-filter/pom.properties",
            "META-INF/maven/dev.ssofilter/sso-filter/pom.xml");

    /** A library by the name that others know it by: a class, package or resource; not one that a message speaks of. */
    private static final Pattern FOREIGN = Pattern.compile(
            "(?<!dev[./]ssofilter[./]shaded[./]|provider )(com[./]nimbusds|com[./]github[./]benmanes|net[./]minidev"
                    + "|net[./]jcip|org[./]objectweb|org[./]eclipse[./](yasson|parsson)|jakarta[./]json)\\b[\\w./$]*");

    /** A class in it; asm asks whether a name begins as its utilities' do, and needs none of them. */
    private static final Pattern OWN =
            Pattern.compile("dev/ssofilter/(?!shaded/org/objectweb/asm/(util/|\\W))[\\w/$-]+");

    private static JarFile jar;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() throws Exception {
        var source = SsoFilter.class.getProtectionDomain().getCodeSource().getLocation();
        jar = new JarFile(Path.of(source.toURI()).toFile());
    }

    @AfterAll
    static void close() throws IOException {
        jar.close();
    }

    @Test
    void isTheOneThatIsTested() {
        assertTrue(jar.getName().endsWith("-all.jar"), jar.getName());
    }

    @Test
    void isSmall() throws IOException {
        var size = Files.size(Path.of(jar.getName()));

        assertTrue(size <= MOST_BYTES, size + " bytes");
    }

    @Test
    void keepsToItsOwnPackages() {
        var outside = jar.stream()
                .filter(entry -> !entry.isDirectory())
                .map(ZipEntry::getName)
                .filter(name -> !name.startsWith("dev/ssofilter/"))
                .collect(Collectors.toSet());

        assertEquals(OUTSIDE, outside);
    }

    @Test
    void callsNoLibraryByTheNameThatOthersKnowItBy() throws IOException {
        assertEquals(Set.of(), named(FOREIGN));
    }

    @Test
    void holdsEveryClassThatItsClassesName() throws IOException {
        var missing = named(OWN);

        missing.removeIf(name -> jar.getEntry(name + ".class") != null);

        assertEquals(Set.of(), missing);
    }

    @Test
    void bringsLicenceAndNotice() throws IOException {
        assertEquals(
                -1, Arrays.mismatch(bytes("META-INF/LICENSE"), Files.readAllBytes(Path.of("src/license/LICENSE"))));
        assertEquals(-1, Arrays.mismatch(bytes("META-INF/NOTICE"), Files.readAllBytes(Path.of("../NOTICE"))));
    }

    @Test
    void theNoticeNamesEachLibraryOfTheBillOfMaterials() throws Exception {
        var file = Path.of(jar.getName().replace("-all.jar", "-cyclonedx.json"));
        assumeTrue(Files.exists(file), "none is made offline");
        var bill = Json.object(Files.readString(file));
        var notice = Files.readString(Path.of("../NOTICE"));

        var libraries = ((List<?>) bill.get("components"))
                .stream()
                        .map(Map.class::cast)
                        .map(library -> library.get("group") + ":" + library.get("name"))
                        .collect(Collectors.toSet());

        assertTrue(libraries.size() > 4, libraries::toString);
        assertEquals(
                List.of(),
                libraries.stream()
                        .filter(library -> !notice.contains("\n" + library + " "))
                        .toList());
    }

    @Test
    void isTheModuleThatThePlainJarIs() throws IOException {
        var manifest = jar.getManifest().getMainAttributes();

        assertEquals("dev.ssofilter", manifest.getValue("Automatic-Module-Name"));
    }

    @Test
    void startsTheCommand() throws Exception {
        try (var pool = PretendUserPool.start()) {
            var out = folder.resolve("out");
            var process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-jar",
                            jar.getName(),
                            "discover",
                            pool.tokenSigningKeyUrl().toString())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();

            assertTrue(process.waitFor(2, TimeUnit.MINUTES));

            var said = Files.readAllLines(out);
            assertEquals(0, process.exitValue(), said::toString);
            assertTrue(said.contains("    \"name\": \"AWS Cognito\","), said::toString);
        }
    }

    /** What the class files hold that looks like this, in their constants. */
    private static Set<String> named(Pattern pattern) throws IOException {
        var names = new TreeSet<String>();
        for (var entry : Collections.list(jar.entries())) {
            if (entry.getName().endsWith(".class")) {
                pattern.matcher(new String(bytes(entry), StandardCharsets.ISO_8859_1))
                        .results()
                        .map(MatchResult::group)
                        .forEach(names::add);
            }
        }
        return names;
    }

    private static byte[] bytes(String name) throws IOException {
        return bytes(jar.getEntry(name));
    }

    private static byte[] bytes(ZipEntry entry) throws IOException {
        try (var in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }
}
