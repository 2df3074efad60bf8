package dev.ssofilter.web.setup;

import dev.ssofilter.directory.Settings;
import dev.ssofilter.directory.SettingsSources;
import dev.ssofilter.oidc.Finding;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the placeholders of a record stand for, so that it is not shown: where it would stand, the placeholder does.
 *
 * @param placeholders the text with a placeholder, by what it comes to
 */
record Hidden(Map<String, String> placeholders) {
    /** Shorter texts are too likely to stand in a message by chance. */
    private static final int SHORTEST = 6;

    static Hidden of(Map<String, Object> members, Settings settings, SettingsSources sources) {
        var hidden = new LinkedHashMap<String, String>();
        members.forEach((name, value) -> {
            if (value instanceof String text && Members.isPlaceholder(text)) {
                Settings.resolved(sources, text).ifPresent(found -> hidden.put(found, text));
                if (name.equals("discoveryDomain")) {
                    settings.directory().discoveryDomain().ifPresent(found -> hidden.put(found.issuer(), text));
                }
            }
        });
        hidden.keySet().removeIf(value -> value.length() < SHORTEST);
        return new Hidden(hidden);
    }

    String in(String text) {
        var clean = text;
        for (var each : placeholders.entrySet()) {
            clean = clean.replace(each.getKey(), each.getValue());
        }
        return clean;
    }

    Finding in(Finding finding) {
        return new Finding(
                finding.check(),
                finding.status(),
                finding.setting(),
                in(finding.found()),
                finding.remedy().map(this::in));
    }

    /** Shows nothing: that is what it is for. */
    @Override
    public String toString() {
        return "Hidden[" + placeholders.size() + "]";
    }
}
