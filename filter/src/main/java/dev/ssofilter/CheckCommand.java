package dev.ssofilter;

import dev.ssofilter.directory.BaseUrl;
import dev.ssofilter.directory.Json;
import dev.ssofilter.directory.Settings;
import dev.ssofilter.directory.SettingsException;
import dev.ssofilter.directory.SettingsSources;
import dev.ssofilter.oidc.Doctor;
import dev.ssofilter.oidc.Finding;
import dev.ssofilter.oidc.Finding.Status;
import dev.ssofilter.oidc.Outbound;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code check RECORD}: what the doctor finds, for people or for other programs. */
final class CheckCommand {
    private static final String LINE = "%-8s %-26s %s%n";
    /** Every status, the one that weighs most first. */
    private static final List<Status> BY_WEIGHT = List.of(Status.FAILED, Status.WARNING, Status.UNKNOWN, Status.PASSED);

    private final String record;
    private final Optional<BaseUrl> baseUrl;

    /** @param record a file, or as the setting {@code directory} has it */
    CheckCommand(String record, Optional<BaseUrl> baseUrl) {
        this.record = place(record);
        this.baseUrl = baseUrl;
    }

    private static String place(String record) {
        if (record.startsWith("file:") || record.startsWith("classpath:")) {
            return record;
        }
        try {
            Path file = Path.of(record);
            // As in web.xml, in the folder of an unpacked WAR.
            boolean ofWar = record.startsWith("/WEB-INF/") && Files.notExists(file);
            return "file:"
                    + (ofWar ? Path.of("." + record) : file).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            return "file:" + record;
        }
    }

    int run(boolean json, PrintStream out) {
        List<Finding> findings = findings();
        Status worst = BY_WEIGHT.stream()
                .filter(status -> count(status, findings) > 0)
                .findFirst()
                .orElseThrow();
        if (json) {
            out.println(Json.write(object(worst, findings)));
        } else {
            findings.forEach(finding -> print(finding, out));
            out.println(BY_WEIGHT.stream()
                    .map(status -> count(status, findings) + " " + status.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", ")));
        }
        return worst == Status.FAILED ? SsoCommand.FAILED : SsoCommand.DONE;
    }

    private List<Finding> findings() {
        try {
            var settings = Settings.read(new SettingsSources(
                    Map.of("directory", record), this::property, CheckCommand::variable, path -> Optional.empty()));
            try (var outbound = new Outbound(settings)) {
                return new Doctor(settings, outbound, Clock.systemUTC()).examine();
            }
        } catch (SettingsException e) {
            return Doctor.refused(e.problems());
        }
    }

    /** What was typed here comes before what stands in other places. */
    private Optional<String> property(String name) {
        return switch (name) {
            case "sso.directory" -> Optional.empty();
            case "sso.baseUrl" -> baseUrl.map(BaseUrl::value).or(() -> Optional.ofNullable(System.getProperty(name)));
            default -> Optional.ofNullable(System.getProperty(name));
        };
    }

    private static Optional<String> variable(String name) {
        return name.equals("SSO_DIRECTORY") ? Optional.empty() : Optional.ofNullable(System.getenv(name));
    }

    private static long count(Status status, List<Finding> findings) {
        return findings.stream().filter(finding -> finding.status() == status).count();
    }

    private static void print(Finding finding, PrintStream out) {
        out.printf(LINE, finding.status(), finding.check().title(), finding.found());
        finding.remedy().ifPresent(remedy -> out.printf(LINE, "", "", "What to do: " + remedy));
    }

    private Map<String, Object> object(Status worst, List<Finding> findings) {
        var object = new LinkedHashMap<String, Object>();
        object.put("record", record);
        object.put("status", worst.name());
        object.put("findings", findings.stream().map(CheckCommand::object).toList());
        return object;
    }

    private static Map<String, Object> object(Finding finding) {
        var object = new LinkedHashMap<String, Object>();
        object.put("check", finding.check().name());
        object.put("title", finding.check().title());
        object.put("status", finding.status().name());
        object.put("setting", finding.setting());
        object.put("found", finding.found());
        object.put("remedy", finding.remedy());
        return object;
    }
}
