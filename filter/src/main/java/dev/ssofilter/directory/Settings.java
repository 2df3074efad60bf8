package dev.ssofilter.directory;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Everything that can be set, valid. */
public record Settings(
        DirectoryRecord directory,
        Optional<BaseUrl> baseUrl,
        String ssoPath,
        String returnPath,
        List<PathPattern> publicPaths,
        String defaultTarget,
        String postLogoutTarget,
        Optional<String> failurePage,
        Set<String> keepAttributes,
        Duration sessionMaximum,
        Duration clockSkew,
        List<byte[]> cookieKeys,
        Map<String, List<String>> authorizationParameters,
        Set<String> forwardParameters,
        boolean passPreflight,
        List<String> banner,
        List<String> warnings) {
    public static Settings read(SettingsSources sources) throws SettingsException {
        throw new SettingsException(List.of());
    }
}
