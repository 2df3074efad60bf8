package dev.ssofilter.directory;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sources of settings for one test. */
final class Sources {
    static final String POOL = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Ab3dEfGhI";

    private final Map<String, String> initParams = new HashMap<>();
    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> files = new HashMap<>();

    /** Nothing at all. */
    static Sources none() {
        return new Sources();
    }

    /** The least that works, as init-params. */
    static Sources least() {
        return new Sources()
                .init("discoveryDomain", POOL + "/.well-known/jwks.json")
                .init("clientId", "4n8h2k7m")
                .env("SECRET", "s3cr3t-of-the-client")
                .init("clientSecret", "${env:SECRET}");
    }

    /** A record file with these members and nothing else. */
    static Sources record(String json) {
        return new Sources().init("directory", "/WEB-INF/sso.json").file("/WEB-INF/sso.json", json);
    }

    /** A record file that works, with these members besides, each with its comma. */
    static Sources recordWith(String members) {
        return record("{\"discoveryDomain\": \"" + POOL + "\", \"clientId\": \"4n8h2k7m\"," + members
                + " \"name\": \"AWS Cognito\"}");
    }

    Sources init(String name, String value) {
        initParams.put(name, value);
        return this;
    }

    Sources property(String name, String value) {
        properties.put(name, value);
        return this;
    }

    Sources env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Sources file(String path, String content) {
        files.put(path, content);
        return this;
    }

    Settings read() throws SettingsException {
        return Settings.read(new SettingsSources(
                initParams,
                name -> Optional.ofNullable(properties.get(name)),
                name -> Optional.ofNullable(environment.get(name)),
                path -> Optional.ofNullable(files.get(path))));
    }

    List<String> problems() {
        return assertThrows(SettingsException.class, this::read).problems();
    }

    /** The only problem, which must hold all of these texts. */
    String onlyProblem(String... parts) {
        var problems = problems();
        assertTrue(problems.size() == 1, () -> String.join("\n", problems));
        for (String part : parts) {
            assertTrue(problems.get(0).contains(part), () -> problems.get(0) + "\nlacks: " + part);
        }
        return problems.get(0);
    }
}
