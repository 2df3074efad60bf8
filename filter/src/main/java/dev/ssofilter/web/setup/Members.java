package dev.ssofilter.web.setup;

import dev.ssofilter.directory.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The record's members, as they stand in JSON, to what is on the screen, and back. */
final class Members {
    static final String SECRET = "clientSecret";
    static final String CLAIMS = "claims";

    /** Settings of the application that are on the screen to be copied. */
    static final String RETURN = "returnPath";

    static final String SIGN_OUT = "postLogoutTarget";

    /** The guide's fields in the guide's order, then those that are best left blank. */
    static final List<String> TEXTS = List.of(
            "name",
            "discoveryDomain",
            "authorizationUrl",
            "tokenUrl",
            "userinfoUrl",
            "issuer",
            "scopes",
            "clientId",
            "jwksUrl",
            "logoutUrl",
            "revocationUrl");

    static final List<String> FLAGS =
            List.of("enablePkce", "enableResponseModeFormPost", "enableTokenEndpointBasicAuth");

    private static final List<String> FLAG_VALUES = List.of("true", "false");
    private static final List<String> CELLS = List.of("field", "claim", "location");
    private static final String PLACEHOLDER = "${";

    private Members() {}

    static boolean isPlaceholder(Object value) {
        return value instanceof String text && text.contains(PLACEHOLDER);
    }

    /** Whether a secret is nothing but the name of a place: part of one beside a placeholder is not to be shown. */
    static boolean isPlaceAlone(Object value) {
        return value instanceof String text && text.matches("\\$\\{(?:env|sys|file):[^${}]+}");
    }

    /** What the screen shows of a record; where a member is absent, the default. */
    static Draft draft(RecordStore.State state) {
        var inFile = state.members();
        var texts = TEXTS.stream().collect(Collectors.toMap(name -> name, name -> text(inFile, name)));
        var flags = FLAGS.stream().collect(Collectors.toMap(name -> name, name -> flag(inFile, name)));
        return new Draft(texts, flags, rows(inFile), new Draft.Secret.Kept(), Map.of(), state.digest());
    }

    private static String text(Map<String, Object> inFile, String name) {
        return inFile.get(name) instanceof String text ? text : name.equals("scopes") ? preset(name) : "";
    }

    /** As the settings read it; the default, too, where they refuse what stands there. */
    private static boolean flag(Map<String, Object> inFile, String name) {
        var stands = String.valueOf(inFile.getOrDefault(name, "")).strip();
        return Boolean.parseBoolean(FLAG_VALUES.contains(stands) ? stands : preset(name));
    }

    private static String preset(String name) {
        return Settings.members().stream()
                .filter(member -> member.name().equals(name))
                .map(Settings.Row::defaultText)
                .findFirst()
                .orElseThrow();
    }

    private static List<Draft.Row> rows(Map<String, Object> inFile) {
        if (!(inFile.get(CLAIMS) instanceof List<?> rows)) {
            return Stream.of(preset(CLAIMS).split("; "))
                    .map(row -> row.split(" [=@] "))
                    .map(cells -> new Draft.Row(cells[0], cells[1], cells[2]))
                    .toList();
        }
        return rows.stream()
                .map(row -> row instanceof Map<?, ?> cells
                        ? new Draft.Row(cell(cells, 0), cell(cells, 1), cell(cells, 2))
                        : Draft.Row.EMPTY)
                .toList();
    }

    private static String cell(Map<?, ?> cells, int which) {
        return cells.get(CELLS.get(which)) instanceof String text ? text : "";
    }

    /** The record to be used or saved. What the screen does not show stays; what nobody knows goes. */
    static Map<String, Object> of(Draft draft, Map<String, Object> inFile) {
        var members = new LinkedHashMap<String, Object>();
        for (var member : Settings.members()) {
            value(member.name(), draft, inFile).ifPresent(value -> members.put(member.name(), value));
        }
        members.putAll(ofTheApplication(inFile));
        return members;
    }

    /** The settings of the application that stand in the record: the screen does not change them. */
    static Map<String, Object> ofTheApplication(Map<String, Object> inFile) {
        var members = new LinkedHashMap<>(inFile);
        members.keySet()
                .retainAll(Settings.table().stream().map(Settings.Row::name).collect(Collectors.toSet()));
        return members;
    }

    private static Optional<Object> value(String name, Draft draft, Map<String, Object> inFile) {
        if (name.equals(SECRET)) {
            return secret(draft.secret(), inFile);
        }
        if (name.equals(CLAIMS)) {
            return Optional.of(cells(draft.claims()));
        }
        if (FLAGS.contains(name)) {
            return Optional.of(inFile.getOrDefault(name, ""))
                    .filter(Members::isPlaceholder)
                    .or(() -> Optional.of(draft.flag(name)));
        }
        return Optional.<Object>of(draft.text(name)).filter(text -> !text.equals(""));
    }

    private static Optional<Object> secret(Draft.Secret secret, Map<String, Object> inFile) {
        if (secret instanceof Draft.Secret.Typed typed) {
            return Optional.of(typed.value());
        }
        return secret instanceof Draft.Secret.Kept ? Optional.ofNullable(inFile.get(SECRET)) : Optional.empty();
    }

    private static List<Object> cells(List<Draft.Row> rows) {
        var all = new ArrayList<>();
        for (var row : rows) {
            if (!row.isBlank()) {
                var cells = new LinkedHashMap<String, Object>();
                cells.put("field", row.field());
                cells.put("claim", row.claim());
                cells.put("location", row.location());
                all.add(cells);
            }
        }
        return all;
    }

    /** The record to be taken away in a browser: a secret that is no placeholder alone stays here. */
    static Map<String, Object> withoutSecret(Map<String, Object> members) {
        var open = new LinkedHashMap<>(members);
        for (var secret : List.of(SECRET, "cookieKeys")) {
            open.computeIfPresent(secret, (name, value) -> isPlaceAlone(value) ? value : placeholder(name));
        }
        return open;
    }

    private static String placeholder(String name) {
        return name.equals(SECRET) ? "${env:SSO_CLIENT_SECRET}" : "${env:SSO_COOKIE_KEYS}";
    }
}
