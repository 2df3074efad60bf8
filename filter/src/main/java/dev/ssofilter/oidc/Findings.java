package dev.ssofilter.oidc;

import dev.ssofilter.directory.Settings;
import dev.ssofilter.oidc.Finding.Status;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Gathers what the doctor finds, in the order of the examination, and keeps secrets out of it. */
final class Findings {
    private static final String MASK = "********";
    /** Shorter texts are too likely to stand in a message by chance. */
    private static final int SHORTEST_SCRUBBED = 6;

    private final List<String> secrets;
    private final List<Finding> all = new ArrayList<>();

    /** @param secrets what no finding may show, even where a provider repeats it */
    Findings(List<String> secrets) {
        this.secrets = secrets.stream()
                .filter(secret -> secret.length() >= SHORTEST_SCRUBBED)
                .toList();
    }

    /** All that the settings hold, as it stands and as a form or a header has it; and the code that is made up. */
    static List<String> secretsOf(Settings settings, String code) {
        var secrets = new ArrayList<String>(List.of(code));
        settings.directory().clientSecret().ifPresent(secret -> {
            secrets.add(secret);
            secrets.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
        });
        return secrets;
    }

    void passed(Check check, String found) {
        add(check, Status.PASSED, check.setting(), found, "");
    }

    void warning(Check check, String found, String remedy) {
        add(check, Status.WARNING, check.setting(), found, remedy);
    }

    void failed(Check check, String found, String remedy) {
        add(check, Status.FAILED, check.setting(), found, remedy);
    }

    /** A refusal of the house's own, whose message says what was found, and behind a semicolon what to do. */
    void failed(Check check, Exception refusal) {
        told(check, Status.FAILED, check.setting(), Objects.requireNonNull(refusal.getMessage()));
    }

    void unknown(Check check, String found, String remedy) {
        add(check, Status.UNKNOWN, check.setting(), found, remedy);
    }

    /** The same as a refusal that need not be one to users. */
    void unknown(Check check, Exception refusal) {
        told(check, Status.UNKNOWN, check.setting(), Objects.requireNonNull(refusal.getMessage()));
    }

    void notTried(Check check, String because) {
        add(check, Status.UNKNOWN, check.setting(), "not tried, because " + because, "");
    }

    void notTried(List<Check> checks, String because) {
        checks.forEach(check -> notTried(check, because));
    }

    /** A line of the settings' own: {@code setting (source): found; remedy}. */
    void ofSettings(Status status, String line) {
        String name = line.split("[ :]", 2)[0];
        boolean known = Stream.concat(Settings.members().stream(), Settings.table().stream())
                .anyMatch(row -> row.name().equals(name));
        told(Check.RECORD, status, known ? name : "", line);
    }

    void told(Check check, Status status, String setting, String message) {
        // What was got stands in quotation marks, and may hold a semicolon, too.
        int end = message.indexOf("; ", Math.max(0, message.indexOf("\", which ")));
        add(
                check,
                status,
                setting,
                end < 0 ? message : message.substring(0, end),
                end < 0 ? "" : message.substring(end + 2));
    }

    /** An empty text for setting or remedy: there is none. */
    void add(Check check, Status status, String setting, String found, String remedy) {
        all.add(new Finding(
                check,
                status,
                Optional.of(setting).filter(name -> !name.isEmpty()),
                scrubbed(found),
                Optional.of(remedy).filter(text -> !text.isEmpty()).map(this::scrubbed)));
    }

    private String scrubbed(String text) {
        String clean = text;
        for (String secret : secrets) {
            clean = clean.replace(secret, MASK);
        }
        return clean;
    }

    boolean hasFailed(Check check) {
        return all.stream().anyMatch(finding -> finding.check() == check && finding.status() == Status.FAILED);
    }

    List<Finding> all() {
        return List.copyOf(all);
    }
}
