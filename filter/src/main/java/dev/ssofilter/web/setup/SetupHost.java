package dev.ssofilter.web.setup;

import dev.ssofilter.directory.Settings;
import dev.ssofilter.directory.SettingsSources;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * What the setup screen needs of the filter that it belongs to.
 *
 * @param contextPath as deployed: empty, or a slash and a name
 * @param path where the screen is mapped, inside the context
 * @param sources where settings come from, to read them with the record that stands on the screen
 * @param settings those in effect; without a record, those of the application alone
 * @param look takes over a record file that has changed
 */
public record SetupHost(
        String contextPath,
        String path,
        SettingsSources sources,
        Supplier<Settings> settings,
        Runnable look,
        Clock clock) {}
