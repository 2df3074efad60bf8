package dev.ssofilter.web.setup;

import dev.ssofilter.directory.BaseUrl;
import dev.ssofilter.directory.Settings;
import dev.ssofilter.directory.SettingsException;
import dev.ssofilter.directory.SettingsSources;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads all settings with the record on the screen in the place of the one in effect, and says what is wrong where. */
final class Trial {
    private static final List<String> KNOWN = Stream.concat(Settings.members().stream(), Settings.table().stream())
            .map(Settings.Row::name)
            .toList();

    private final SettingsSources sources;

    Trial(SettingsSources sources) {
        this.sources = sources;
    }

    /** The settings cannot be used; the problems by member. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Map<String, List<String>> problems;

        private RefusedException(Map<String, List<String>> problems) {
            this.problems = problems;
        }

        Map<String, List<String>> problems() {
            return problems;
        }
    }

    /** @param base the address of this request, in effect where no source has a {@code baseUrl} */
    Settings settings(Map<String, Object> members, BaseUrl base) throws RefusedException {
        var all = new LinkedHashMap<>(members);
        all.putIfAbsent("baseUrl", base.value());
        try {
            return Settings.read(sources, all);
        } catch (SettingsException refused) {
            var problems = new Report.Problems();
            refused.problems().forEach(problem -> add(problems, problem, members));
            throw new RefusedException(problems.all());
        }
    }

    /** Every problem begins with the name of its setting. What a placeholder stands for is not for the screen. */
    private static void add(Report.Problems problems, String problem, Map<String, Object> members) {
        var name = problem.split("[ :]", 2)[0];
        if (!KNOWN.contains(name)) {
            problems.add(Report.GENERAL, problem);
        } else if (holdsPlaceholder(members.getOrDefault(name, ""))) {
            problems.add(
                    name,
                    "what its ${…} stands for, or that itself, is no good; look at the file and at where it points");
        } else {
            problems.add(name, problem.substring(name.length()).replaceFirst("^(?: \\([^)]*\\))?: ", ""));
        }
    }

    private static boolean holdsPlaceholder(Object value) {
        return Members.isPlaceholder(value)
                || value instanceof List<?> list && list.stream().anyMatch(Trial::holdsPlaceholder)
                || value instanceof Map<?, ?> map && map.values().stream().anyMatch(Trial::holdsPlaceholder);
    }
}
