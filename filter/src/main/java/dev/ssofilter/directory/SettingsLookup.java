package dev.ssofilter.directory;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds what was given for a setting: system property, environment, init-param, member of the record file; the first that
 * is given and not blank. Tells of every name that nobody knows.
 *
 * <p>System properties and environment variables are asked for by name and never listed: others own most of them, so a
 * misspelt one cannot be told from a stranger's.
 */
final class SettingsLookup {
    static final String PREFIX_NAME = "settingsPrefix";

    private static final String DEFAULT_PREFIX = "sso";
    private static final Pattern WORD_END = Pattern.compile("([a-z0-9])([A-Z])");

    private final SettingsSources sources;
    private final List<String> problems;
    private final String prefix;
    private final Map<String, Object> members = new LinkedHashMap<>();
    private final Set<String> refusedMembers = new HashSet<>();
    private String recordName = "record file";
    private boolean recordShared = true;

    /**
     * What was given.
     *
     * @param content a text, or the claims array of the record
     * @param source where, for messages
     * @param filed whether it stands in a file that is often shared: web.xml, or a record that is not its owner's alone
     */
    record Given(Object content, String source, boolean filed) {
        @Override
        public String toString() {
            return "Given[" + source + "]";
        }
    }

    SettingsLookup(SettingsSources sources, List<String> problems) {
        this.sources = sources;
        this.problems = problems;
        prefix = readPrefix();
        checkInitParams();
    }

    /**
     * Makes the members of the record file the last source.
     *
     * @param shared whether others than the file's owner may read it
     */
    void add(String place, Map<String, Object> record, boolean shared) {
        recordName = "record file " + place;
        recordShared = shared;
        record.forEach((name, content) -> {
            memberProblem(name, content)
                    .ifPresentOrElse(
                            problem -> {
                                problems.add(recordName + ": " + problem);
                                refusedMembers.add(name);
                            },
                            () -> members.put(name, content));
        });
    }

    Optional<Given> find(Setting<?> setting) {
        String name = setting.name();
        String property = prefix + "." + name;
        String variable = upperSnake(prefix) + "_" + upperSnake(name);
        return given(sources.systemProperty().apply(property), "system property " + property, false)
                .or(() -> given(sources.environment().apply(variable), "environment " + variable, false))
                .or(() -> given(Optional.ofNullable(sources.initParams().get(name)), "init-param " + name, true))
                .or(() -> given(Optional.ofNullable(members.get(name)), recordName, recordShared));
    }

    /** Whether the record has the member, but of a type that is already told as a problem. */
    boolean isRefused(Setting<?> setting) {
        return refusedMembers.contains(setting.name());
    }

    private static Optional<Given> given(Optional<?> content, String source, boolean filed) {
        return content.map(found ->
                        found instanceof List<?> ? found : found.toString().strip())
                .filter(found -> !found.equals(""))
                .map(found -> new Given(found, source, filed));
    }

    private String readPrefix() {
        String given = sources.initParams().getOrDefault(PREFIX_NAME, "").strip();
        if (!given.isEmpty() && !given.matches("[A-Za-z][A-Za-z0-9]*")) {
            problems.add(PREFIX_NAME + " (init-param " + PREFIX_NAME + "): got " + Shown.quoted(given)
                    + "; expected a letter, then letters and digits, such as portal");
            return DEFAULT_PREFIX;
        }
        return given.isEmpty() ? DEFAULT_PREFIX : given;
    }

    private void checkInitParams() {
        var known = new ArrayList<>(names(Setting.MEMBERS.stream()));
        known.addAll(names(Setting.OF_THE_APPLICATION.stream()));
        known.add(PREFIX_NAME);
        sources.initParams().keySet().stream()
                .filter(name -> !known.contains(name))
                .sorted()
                .map(name -> "init-param " + Shown.quoted(name) + " is not known" + DidYouMean.hint(name, known)
                        + "; correct the name or take it out")
                .forEach(problems::add);
    }

    private static Optional<String> memberProblem(String name, Object content) {
        var members = Stream.concat(Setting.MEMBERS.stream(), Setting.OF_THE_APPLICATION.stream())
                .filter(setting -> !setting.equals(Setting.DIRECTORY))
                .toList();
        if (name.equals(PREFIX_NAME)) {
            return Optional.of("member \"" + name + "\" can only be an init-param");
        }
        Optional<Setting<?>> setting = members.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst();
        if (setting.isEmpty()) {
            return Optional.of("member " + Shown.quoted(name) + " is not known"
                    + DidYouMean.hint(name, names(members.stream())) + "; correct the name or take it out");
        }
        String expected = setting.get().equals(Setting.CLAIMS)
                ? "an array of objects"
                : setting.get().isFlag() ? "true or false" : "a text";
        boolean good = setting.get().equals(Setting.CLAIMS)
                ? content instanceof List<?>
                : content instanceof String || setting.get().isFlag() && content instanceof Boolean;
        return good
                ? Optional.empty()
                : Optional.of("member \"" + name + "\" is " + JsonType.of(content) + "; expected " + expected);
    }

    private static List<String> names(Stream<Setting<?>> settings) {
        return settings.map(Setting::name).toList();
    }

    private static String upperSnake(String camelCase) {
        return WORD_END.matcher(camelCase).replaceAll("$1_$2").toUpperCase(Locale.ROOT);
    }
}
