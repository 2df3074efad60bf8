package dev.ssofilter.directory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that can be set, from every source, valid one by one and together.
 *
 * <p>Sources, the first that is given and not blank wins: system property {@code sso.NAME}, environment
 * {@code SSO_NAME} (upper snake case), init-param {@code NAME}, the member of the record file that {@code directory}
 * names. The init-param {@code settingsPrefix} puts another word in the place of {@code sso}. Every member of the
 * directory record can be given in each of them, so a record file is not needed; {@code claims} is then written as
 * {@code field = claim @ location}, one per line or {@code ;} between. Any text may hold <code>${env:NAME}</code>,
 * <code>${sys:NAME}</code> and <code>${file:/PATH}</code>.
 *
 * <p>An unknown init-param or member of the record file is a problem. A system property or environment variable of an
 * unknown name is not seen: they are asked for by name.
 *
 * @param baseUrl empty: only requests from this machine are served
 * @param healthPath where anybody may ask whether signing in works; empty: nowhere
 * @param publicPaths compared with decoded paths inside the context
 * @param pathRoles the roles that users need, by decoded path inside the context
 * @param roleNames {@code roleMap} and {@code rolePrefix}
 * @param postLogoutTarget a path inside the context, or an absolute https URL; by default the filter's own page
 * @param keepTokens whether a session keeps its user's tokens, sealed, and refreshes them
 * @param logoutStyle empty: told from the provider's URLs
 * @param listeners class names of the application's {@code SsoListener}s, in their order
 * @param cookieKeys 32 bytes each, the first seals, all open; empty: to be derived from the client secret, or random
 * @param authorizationParameters by name, in their order; {@code max_age}, where it is there, is a number of seconds
 * @param proxy for calls to the provider; empty: the JVM's own
 * @param authorities whose certificates the provider may have besides those that the JVM knows
 * @param setupRole who has it may use the setup screen, where that is mapped; empty: nobody by a role
 * @param banner the lines of the INFO block at start; secrets masked
 * @param warnings what works but should be looked at, a WARNING each at start; without secrets
 */
public record Settings(
        DirectoryRecord directory,
        Optional<BaseUrl> baseUrl,
        String ssoPath,
        String returnPath,
        Optional<String> healthPath,
        List<PathPattern> publicPaths,
        PathRules pathRoles,
        RoleNames roleNames,
        String defaultTarget,
        String postLogoutTarget,
        Optional<String> failurePage,
        Set<String> keepAttributes,
        Duration sessionMaximum,
        boolean keepTokens,
        Optional<LogoutStyle> logoutStyle,
        List<String> listeners,
        Duration clockSkew,
        List<byte[]> cookieKeys,
        Map<String, List<String>> authorizationParameters,
        Set<String> forwardParameters,
        boolean passPreflight,
        Optional<HostAndPort> proxy,
        List<X509Certificate> authorities,
        Optional<String> setupRole,
        List<String> banner,
        List<String> warnings) {

    /** One row of the README's table: a setting and its default, a dash where it has none. */
    public record Row(String name, String defaultText) {}

    /** Reads the settings; the exception lists every problem of every source at once. */
    public static Settings read(SettingsSources sources) throws SettingsException {
        return read(SettingsReader.of(sources));
    }

    /** The same with this record, whatever stands where {@code directory} points to; its members as they stand in JSON. */
    public static Settings read(SettingsSources sources, Map<String, Object> record) throws SettingsException {
        return read(SettingsReader.of(sources, record));
    }

    /**
     * The settings of the application without those of its record, in whose place stands one that leads nowhere.
     *
     * @throws SettingsException with the problems that no record can mend
     */
    public static Settings ofTheApplication(SettingsSources sources) throws SettingsException {
        return read(
                sources,
                Map.of("discoveryDomain", "https://directory.invalid", "clientId", "none", "clientSecret", "none"));
    }

    private static Settings read(SettingsReader reader) throws SettingsException {
        var draft = new SettingsDraft(reader);
        SettingsRules.check(draft);
        reader.throwIfAnyProblem();
        return draft.settings();
    }

    /** The file of this machine that holds the record; empty where {@code directory} names another place, or none. */
    public static Optional<Path> recordFile(SettingsSources sources) {
        return SettingsReader.of(sources, Map.of()).directory().value().flatMap(RecordFile::onThisMachine);
    }

    /**
     * The record as it stands where {@code directory} points to, placeholders and all; empty where it points nowhere.
     *
     * @throws SettingsException that says why it cannot be read
     */
    public static Optional<String> recordText(SettingsSources sources) throws SettingsException {
        var place = SettingsReader.of(sources, Map.of()).directory();
        try {
            return place.value().isEmpty() ? Optional.empty() : Optional.of(RecordFile.text(place.get(), sources));
        } catch (IllegalArgumentException | IOException | UncheckedIOException unreadable) {
            throw new SettingsException(List.of(place.where() + ": got " + Shown.quoted(place.get()) + ", which "
                    + (unreadable instanceof IllegalArgumentException
                            ? unreadable.getMessage()
                            : "cannot be read as UTF-8 text")));
        }
    }

    /** What a text of the record comes to once its placeholders are put in; empty where they lead nowhere. */
    public static Optional<String> resolved(SettingsSources sources, String text) {
        try {
            return Optional.of(new Placeholders(sources).resolve(text).value());
        } catch (IllegalArgumentException unresolved) {
            return Optional.empty();
        }
    }

    /** The members of the record that another source overrules, and which. */
    public static Map<String, String> overruled(SettingsSources sources) {
        var lookup = new SettingsLookup(sources, new ArrayList<>());
        var overruled = new LinkedHashMap<String, String>();
        for (Setting<?> member : Setting.MEMBERS) {
            lookup.find(member).ifPresent(given -> overruled.put(member.name(), given.source()));
        }
        return overruled;
    }

    /** The settings of the application in the order of the README's table. */
    public static List<Row> table() {
        return rows(Setting.OF_THE_APPLICATION);
    }

    /** The members of the directory record, in the guide's order. */
    public static List<Row> members() {
        return rows(Setting.MEMBERS);
    }

    private static List<Row> rows(List<Setting<?>> settings) {
        return settings.stream()
                .map(setting -> new Row(setting.name(), defaultText(setting)))
                .toList();
    }

    private static String defaultText(Setting<?> setting) {
        if (setting.equals(Setting.COOKIE_KEYS)) {
            return "from the client secret (HKDF-SHA256)";
        }
        return setting.defaultText().isEmpty() ? "–" : setting.defaultText();
    }

    /** The filter's own paths. */
    public OwnPaths ownPaths() {
        return new OwnPaths(ssoPath, returnPath, healthPath);
    }

    /** Shows what is set without what is secret. */
    @Override
    public String toString() {
        return "Settings" + banner;
    }
}
