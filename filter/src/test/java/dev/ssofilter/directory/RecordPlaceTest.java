package dev.ssofilter.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the record is, and settings with a record that stands nowhere yet. */
class RecordPlaceTest {
    private static final Map<String, Object> RECORD = Map.of(
            "discoveryDomain", Sources.POOL, "clientId", "of-the-record", "clientSecret", "a secret of this test");

    @ParameterizedTest(name = "{0}")
    @CsvSource({"file:/etc/sso.json, /etc/sso.json", "file:///etc/s%20so.json, /etc/s so.json"})
    void isAFileOfThisMachineWhereDirectorySaysSo(String directory, String path) {
        assertEquals(Optional.of(Path.of(path)), recordFile(Map.of("directory", directory)));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "/WEB-INF/sso.json",
                "classpath:sso.json",
                "file:sso.json",
                "file://server/sso.json",
                "file:///a b.json",
                "file:/\0",
                "sso.json",
                "disk:/etc/sso.json"
            })
    void isNoFileOfThisMachineElsewhere(String directory) {
        assertEquals(Optional.empty(), recordFile(Map.of("directory", directory)));
        assertEquals(Optional.empty(), recordFile(Map.of()));
    }

    @Test
    void aRecordThatStandsNowhereIsReadInThePlaceOfTheFile() throws Exception {
        var settings = Settings.read(sources(Map.of("directory", "file:/nowhere.json")), RECORD);

        assertEquals("of-the-record", settings.directory().clientId());
        assertTrue(
                settings.banner().contains("clientId = of-the-record (record file file:/nowhere.json)"),
                () -> String.join("\n", settings.banner()));
    }

    @Test
    void aRecordThatStandsNowhereIsToldOfAsOnTheScreen() throws Exception {
        var settings = Settings.read(sources(Map.of()), RECORD);
        assertTrue(
                settings.banner().contains("clientId = of-the-record (record file on the screen)"),
                () -> String.join("\n", settings.banner()));

        var refused = assertThrows(
                SettingsException.class, () -> Settings.read(sources(Map.of("clientId", "mine")), Map.of()));
        assertTrue(refused.problems().get(0).startsWith("issuer: is not given"), refused.getMessage());
    }

    @Test
    void aRecordThatStandsNowhereIsAsPrivateAsTheFileItIsReadInThePlaceOf(@TempDir Path folder) throws Exception {
        var file = Files.createFile(folder.resolve("sso.json"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        assertEquals(List.of(), warnings("file:" + file));
        assertEquals(1, warnings("file:/nowhere.json").size());
        assertEquals(1, warnings("/WEB-INF/sso.json").size());
    }

    private static List<String> warnings(String directory) throws SettingsException {
        return Settings.read(sources(Map.of("directory", directory)), RECORD).warnings();
    }

    private static Optional<Path> recordFile(Map<String, String> initParams) {
        return Settings.recordFile(sources(initParams));
    }

    private static SettingsSources sources(Map<String, String> initParams) {
        return new SettingsSources(
                initParams, name -> Optional.empty(), name -> Optional.empty(), path -> Optional.empty());
    }
}
