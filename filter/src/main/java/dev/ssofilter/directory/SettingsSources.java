package dev.ssofilter.directory;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where settings come from, as functions, so that a test needs neither a container nor the machine's environment.
 *
 * @param initParams all init-params of the filter, by name
 * @param systemProperty a system property by name, empty where there is none
 * @param environment an environment variable by name, empty where there is none
 * @param webResource the text of a file of the web application by its path ({@code /WEB-INF/…}), empty where there is none
 */
public record SettingsSources(
        Map<String, String> initParams,
        Function<String, Optional<String>> systemProperty,
        Function<String, Optional<String>> environment,
        Function<String, Optional<String>> webResource) {
    public SettingsSources {
        initParams = Map.copyOf(initParams);
    }

    /** May hold a secret in an init-param: shows names alone. */
    @Override
    public String toString() {
        return "SettingsSources[initParams=" + initParams.keySet() + "]";
    }
}
