package dev.ssofilter.directory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Reads one setting after the other: looks it up, puts placeholders in, parses; gathers problems and never stops. */
final class SettingsReader {
    /** Shorter texts are too likely to stand in a message by chance. */
    private static final int SHORTEST_SCRUBBED = 6;

    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<String> secrets = new ArrayList<>();
    private final Placeholders placeholders;
    private final SettingsLookup lookup;
    private final Value<String> directory;
    private final boolean recordMissing;

    private SettingsReader(SettingsSources sources, Predicate<SettingsReader> record) {
        placeholders = new Placeholders(sources);
        lookup = new SettingsLookup(sources, problems);
        directory = read(Setting.DIRECTORY);
        recordMissing = !record.test(this);
    }

    /** With the record that {@code directory} names. */
    static SettingsReader of(SettingsSources sources) {
        return new SettingsReader(sources, reader -> reader.directory
                .value()
                .map(place -> reader.addRecord(place, sources))
                .orElse(!reader.directory.refused()));
    }

    /** With this record, whatever stands where {@code directory} points to. */
    static SettingsReader of(SettingsSources sources, Map<String, Object> record) {
        return new SettingsReader(sources, reader -> {
            var place = reader.directory.value();
            reader.lookup.add(
                    place.map(Shown::line).orElse("on the screen"),
                    record,
                    place.map(RecordFile::isShared).orElse(true));
            return true;
        });
    }

    private boolean addRecord(String place, SettingsSources sources) {
        try {
            lookup.add(Shown.line(place), RecordFile.read(place, sources), RecordFile.isShared(place));
            return true;
        } catch (IllegalArgumentException refusal) {
            problems.add(directory.where() + ": got " + Shown.quoted(place) + ", which " + refusal.getMessage());
            return false;
        }
    }

    <T> Value<T> read(Setting<T> setting) {
        Optional<SettingsLookup.Given> given = lookup.find(setting);
        if (given.isEmpty()) {
            return new Value<>(
                    setting, defaultOf(setting), Value.DEFAULT, setting.defaultText(), lookup.isRefused(setting));
        }
        return read(setting, given.get());
    }

    private <T> Value<T> read(Setting<T> setting, SettingsLookup.Given given) {
        String shown = setting.isSecret() ? Shown.MASK : String.valueOf(given.content());
        try {
            if (given.content() instanceof List<?> rows) {
                return claims(setting, rows, given.source());
            }
            var resolved = placeholders.resolve((String) given.content(), setting.isSecret());
            if (setting.isSecret()) {
                secret(setting, given, resolved);
            } else {
                shown = resolved.shown();
            }
            T value = setting.parser().apply(resolved.value());
            return new Value<>(setting, Optional.of(value), given.source(), Shown.line(shown), false);
        } catch (IllegalArgumentException refusal) {
            String found = setting.isSecret()
                    ? "a value that is not shown here"
                    : given.content() instanceof List<?> ? "an array" : Shown.quoted(Shown.withoutUserInfo(shown));
            Refused.reasonsOf(refusal)
                    .forEach(reason -> problems.add(
                            setting.name() + " (" + given.source() + "): got " + found + ", which " + reason));
            return new Value<>(setting, defaultOf(setting), given.source(), "", true);
        }
    }

    // The lookup hands out a list for claims alone.
    @SuppressWarnings("unchecked")
    private <T> Value<T> claims(Setting<T> setting, List<?> rows, String source) {
        var mappings = ClaimsReader.fromRecord(resolvedRows(rows));
        return new Value<>(setting, Optional.of((T) mappings), source, Shown.line(ClaimsReader.text(mappings)), false);
    }

    private List<Object> resolvedRows(List<?> rows) {
        var resolved = new ArrayList<>();
        for (Object row : rows) {
            if (row instanceof Map<?, ?> members) {
                var copy = new LinkedHashMap<Object, Object>();
                members.forEach((name, text) -> copy.put(
                        name,
                        text instanceof String string
                                ? placeholders.resolve(string).value()
                                : text));
                resolved.add(copy);
            } else {
                resolved.add(row);
            }
        }
        return resolved;
    }

    private static <T> Optional<T> defaultOf(Setting<T> setting) {
        return Optional.of(setting.defaultText())
                .filter(text -> !text.isEmpty())
                .map(setting.parser());
    }

    private void secret(Setting<?> setting, SettingsLookup.Given given, Placeholders.Resolved resolved) {
        secrets.add(resolved.value());
        secrets.addAll(Parsers.words(resolved.value()));
        if (given.filed() && !resolved.placed()) {
            warnings.add(
                    setting.name() + " (" + given.source() + ") is written there in plain text, for everybody who can"
                            + " read that file; write ${env:NAME} or ${file:/run/secrets/NAME} in its place");
        }
        resolved.openFiles()
                .forEach(
                        file -> warnings.add(
                                setting.name() + " (" + given.source() + ") comes from " + Shown.line(file)
                                        + ", which every user of this machine can read; take that permission away (chmod o-r)"));
    }

    /** Tells of a problem that one setting alone does not show. */
    void problem(String problem) {
        problems.add(problem);
    }

    void warning(String warning) {
        warnings.add(warning);
    }

    /** Whether a record file was named and could not be read: what it may hold is then not missing. */
    boolean isRecordMissing() {
        return recordMissing;
    }

    Value<String> directory() {
        return directory;
    }

    List<String> warnings() {
        return scrubbed(warnings.stream());
    }

    void throwIfAnyProblem() throws SettingsException {
        if (!problems.isEmpty()) {
            throw new SettingsException(scrubbed(problems.stream()));
        }
    }

    /** Lines indeed, without any secret, wherever somebody has written one: a secret set as {@code clientId} too, say. */
    List<String> scrubbed(Stream<String> lines) {
        return lines.map(line -> {
                    String clean = line;
                    for (String secret : secrets) {
                        clean = secret.length() < SHORTEST_SCRUBBED ? clean : clean.replace(secret, Shown.MASK);
                    }
                    return Shown.plain(clean);
                })
                .toList();
    }
}
