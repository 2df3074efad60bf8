package dev.ssofilter.interop;

import dev.ssofilter.directory.Settings;
import dev.ssofilter.directory.SettingsException;
import dev.ssofilter.directory.SettingsSources;
import dev.ssofilter.oidc.Check;
import dev.ssofilter.oidc.Doctor;
import dev.ssofilter.oidc.Finding;
import dev.ssofilter.oidc.Finding.Status;
import dev.ssofilter.oidc.Outbound;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the doctor finds at a real provider. */
record Examination(List<Finding> findings) {
    /** The application that is registered there. */
    static final String BASE = "http://localhost:8080";

    /** @param settings name and value in turn, on top of a healthy set-up; an empty value takes one away */
    static Examination of(String issuer, String clientId, String clientSecret, String... settings) {
        var all = new LinkedHashMap<>(
                Map.of("discoveryDomain", issuer, "clientId", clientId, "clientSecret", clientSecret, "baseUrl", BASE));
        for (var i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        try {
            var read = Settings.read(new SettingsSources(
                    Map.of(),
                    property -> Optional.ofNullable(all.get(property.substring("sso.".length()))),
                    variable -> Optional.empty(),
                    path -> Optional.empty()));
            try (var outbound = new Outbound(read)) {
                return new Examination(new Doctor(read, outbound, Clock.systemUTC()).examine());
            }
        } catch (SettingsException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The checks that came out like this. */
    List<Check> that(Status... statuses) {
        return findings.stream()
                .filter(finding -> List.of(statuses).contains(finding.status()))
                .map(Finding::check)
                .toList();
    }

    String all() {
        return findings.stream().map(Finding::toString).collect(Collectors.joining("\n"));
    }
}
