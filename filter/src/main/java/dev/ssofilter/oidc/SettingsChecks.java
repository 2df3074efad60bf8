package dev.ssofilter.oidc;

import dev.ssofilter.directory.BaseUrl;
import dev.ssofilter.directory.Settings;
import dev.ssofilter.oidc.Finding.Status;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** The doctor on what the administrator wrote, before anybody is asked. */
final class SettingsChecks {
    private final Settings settings;
    private final Findings findings;

    SettingsChecks(Settings settings, Findings findings) {
        this.settings = settings;
        this.findings = findings;
    }

    void examine() {
        settings.warnings().forEach(warning -> findings.ofSettings(Status.WARNING, warning));
        if (settings.warnings().isEmpty()) {
            findings.passed(Check.RECORD, "every member is known and has a value that it may have");
        }
        settings.baseUrl()
                .ifPresentOrElse(
                        this::baseUrl,
                        () -> findings.unknown(
                                Check.BASE_URL,
                                "baseUrl is not given, so Return URL and Sign-out URL are not known",
                                "give the application's address as browsers see it, such as"
                                        + " https://members.example.org/portal: the setting baseUrl, or --base-url"));
    }

    private void baseUrl(BaseUrl baseUrl) {
        Optional<String> oddity = oddity(baseUrl);
        if (oddity.isPresent()) {
            findings.warning(
                    Check.BASE_URL,
                    baseUrl + " " + oddity.get(),
                    "write it as the browser's address bar shows it, without the part that the filter adds;"
                            + " providers compare the Return URL letter by letter");
        } else {
            findings.passed(
                    Check.BASE_URL, baseUrl + (baseUrl.isHttps() ? "" : ", for browsers on this machine alone"));
        }
    }

    private Optional<String> oddity(BaseUrl baseUrl) {
        URI url = URI.create(baseUrl.value());
        if (baseUrl.path().endsWith(settings.returnPath())) {
            return Optional.of("ends in " + settings.returnPath() + ", as the Return URL does");
        }
        if (!url.getHost().equals(url.getHost().toLowerCase(Locale.ROOT))) {
            return Optional.of("has capital letters in its host, which browsers write in small ones");
        }
        boolean spelledOut = url.getPort() == (baseUrl.isHttps() ? 443 : 80);
        return spelledOut ? Optional.of("names the usual port, which browsers leave out") : Optional.empty();
    }
}
