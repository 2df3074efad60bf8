package dev.ssofilter.web;

import dev.ssofilter.directory.Settings;
import dev.ssofilter.directory.SettingsException;
import dev.ssofilter.directory.SettingsSources;
import java.util.LinkedHashMap;
import java.util.Optional;

/** Settings read as in an application, from init-params alone. */
final class SettingsOf {
    private SettingsOf() {}

    /** A record for a user pool, and these, name and value in turn, on top. */
    static Settings params(String... also) {
        var params = new LinkedHashMap<String, String>();
        params.put("discoveryDomain", "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab3dEfGhI");
        params.put("clientId", "4n8h2k7m1p5q9r3s6t0u2v4w6x");
        params.put("clientSecret", "a secret of this test");
        params.put("baseUrl", "https://members.example.org/members");
        for (var i = 0; i < also.length; i += 2) {
            params.put(also[i], also[i + 1]);
        }
        try {
            return Settings.read(new SettingsSources(
                    params, name -> Optional.empty(), name -> Optional.empty(), path -> Optional.empty()));
        } catch (SettingsException problems) {
            throw new IllegalArgumentException(String.join("\n", problems.problems()), problems);
        }
    }
}
