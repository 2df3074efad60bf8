package dev.ssofilter;

import dev.ssofilter.directory.Settings;
import dev.ssofilter.directory.SettingsException;
import dev.ssofilter.directory.SettingsSources;
import dev.ssofilter.oidc.Check;
import dev.ssofilter.oidc.Doctor;
import dev.ssofilter.oidc.Finding;
import dev.ssofilter.oidc.Finding.Status;
import dev.ssofilter.oidc.Outbound;
import dev.ssofilter.testkit.PretendUserPool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A set-up that a doctor looks at: a pool, settings that are all right for it, and a clock. */
final class Patient implements AutoCloseable {
    static final String BASE = "http://localhost:8080/portal";

    final PretendUserPool pool = PretendUserPool.start();
    final MovingClock clock = new MovingClock();
    private final Map<String, String> settings = new LinkedHashMap<>();

    Patient() {
        set("discoveryDomain", pool.tokenSigningKeyUrl().toString());
        set("clientId", PretendUserPool.CLIENT_ID);
        set("clientSecret", PretendUserPool.CLIENT_SECRET);
        set("baseUrl", BASE);
        register(BASE);
    }

    /** Registers the two URLs of an application at this address, and no other. */
    void register(String base) {
        pool.client().forgetUrls().allowCallback(base + "/sso/return").allowSignOut(base + "/sso/signed-out");
    }

    /** An empty value takes the setting away. */
    void set(String name, String value) {
        settings.put(name, value);
    }

    List<Finding> examine() {
        try {
            var read = Settings.read(new SettingsSources(
                    Map.of(),
                    property -> Optional.ofNullable(settings.get(property.replaceFirst("^sso\\.", "")))
                            .filter(value -> property.startsWith("sso.")),
                    variable -> Optional.empty(),
                    path -> Optional.empty()));
            try (var outbound = new Outbound(read)) {
                return new Doctor(read, outbound, clock).examine();
            }
        } catch (SettingsException e) {
            return Doctor.refused(e.problems());
        }
    }

    /** What somebody should look at. */
    static List<Finding> complaints(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.status() == Status.FAILED || finding.status() == Status.WARNING)
                .toList();
    }

    static Finding of(Check check, List<Finding> findings) {
        return findings.stream()
                .filter(finding -> finding.check() == check)
                .reduce((one, other) -> {
                    throw new AssertionError("several: " + one + "\n" + other);
                })
                .orElseThrow(() -> new AssertionError("no finding of " + check + " among " + findings));
    }

    @Override
    public void close() {
        pool.close();
    }
}
