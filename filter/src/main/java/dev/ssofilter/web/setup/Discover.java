package dev.ssofilter.web.setup;

import dev.ssofilter.directory.BaseUrl;
import dev.ssofilter.directory.Settings;
import dev.ssofilter.directory.SettingsSources;
import dev.ssofilter.oidc.Outbound;
import dev.ssofilter.oidc.Provider;
import dev.ssofilter.oidc.ProviderMetadata;
import dev.ssofilter.user.LoginFailedException;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The guide's "Discover…": fills in what the provider says about itself. What stands in a field and is not known to come
 * from an earlier Discover stays, unless it is told otherwise; each field says what became of it.
 */
final class Discover {
    /** The box that lets it replace what it would leave. */
    static final String REPLACE = "replaceHandEdits";

    private static final String DOMAIN = "discoveryDomain";
    private static final String ISSUER = "issuer";

    private final Trial trial;
    private final SettingsSources sources;

    Discover(Trial trial, SettingsSources sources) {
        this.trial = trial;
        this.sources = sources;
    }

    Work of(Draft draft, Map<String, Object> inFile, boolean replaceHandEdits, BaseUrl base) {
        if (draft.text(DOMAIN).isEmpty()) {
            return failed(draft, "is empty; in the user pool, go to Overview, then copy the Token signing key URL");
        }
        var members = members(draft, inFile);
        try {
            return of(draft, trial.settings(members, base), members, replaceHandEdits);
        } catch (Trial.RefusedException refused) {
            return new Work(Optional.of(draft), Report.refused("Nothing was discovered.", refused.problems()));
        }
    }

    /** What a login would reach the provider with; what is wrong with other fields is no matter here. */
    private static Map<String, Object> members(Draft draft, Map<String, Object> inFile) {
        var members = Members.ofTheApplication(inFile);
        members.put(DOMAIN, draft.text(DOMAIN));
        members.put("clientId", "none");
        members.put(Members.SECRET, "none");
        return members;
    }

    private Work of(Draft draft, Settings settings, Map<String, Object> members, boolean replaceHandEdits) {
        try {
            return filled(draft, found(provider(settings)), replaceHandEdits);
        } catch (LoginFailedException refused) {
            var hidden = Hidden.of(members, settings, sources);
            return failed(draft, hidden.in(String.valueOf(refused.getMessage())));
        }
    }

    private static Provider provider(Settings settings) throws LoginFailedException {
        try (var outbound = new Outbound(settings)) {
            var loopback = settings.baseUrl().map(BaseUrl::isLoopback).orElse(true);
            return new ProviderMetadata(settings.directory(), loopback, outbound).current();
        }
    }

    private static Work failed(Draft draft, String why) {
        return new Work(Optional.of(draft), Report.problem("Nothing was discovered.", DOMAIN, why));
    }

    private static Map<String, String> found(Provider provider) {
        var found = new LinkedHashMap<String, String>();
        found.put("authorizationUrl", provider.authorizationUrl().toString());
        found.put("tokenUrl", provider.tokenUrl().toString());
        found.put("userinfoUrl", text(provider.userinfoUrl()));
        found.put(ISSUER, provider.issuer());
        found.put("jwksUrl", provider.jwksUrl().toString());
        found.put("logoutUrl", text(provider.logoutUrl()));
        found.put("revocationUrl", text(provider.revocationUrl()));
        return found;
    }

    private static String text(Optional<URI> url) {
        return url.map(URI::toString).orElse("");
    }

    private static String left(String before, String found) {
        // Cognito: /oauth2/userInfo answers, /oauth2/userinfo, which the guide has for a manual value, does not.
        var caseAlone = before.equalsIgnoreCase(found);
        return "Left as it stands" + (caseAlone ? ", but large and small letters differ, which matters." : ".")
                + " Discover found " + found;
    }

    private Work filled(Draft draft, Map<String, String> found, boolean replaceHandEdits) {
        var texts = new HashMap<>(draft.texts());
        var notes = new LinkedHashMap<String, String>();
        found.forEach((name, value) -> {
            var before = draft.text(name);
            var byHand = !before.isEmpty() && !before.equals(draft.discovered().get(name));
            if (before.equals(value)) {
                notes.put(name, value.isEmpty() ? "The provider names none." : "Already what Discover found.");
            } else if (value.isEmpty()) {
                notes.put(name, "Left as it is: the provider names none.");
            } else if (byHand && !replaceHandEdits) {
                notes.put(name, left(before, value));
            } else {
                texts.put(name, value);
                notes.put(name, before.isEmpty() ? "Filled in by Discover." : "Changed by Discover. It was " + before);
            }
        });
        var problems = problems(texts.getOrDefault(ISSUER, ""), found.getOrDefault(ISSUER, ""));
        notes.keySet().removeAll(problems.keySet());
        var changed = notes.values().stream()
                .filter(note -> note.startsWith("Filled") || note.startsWith("Changed"))
                .count();
        return new Work(
                Optional.of(draft.withTexts(texts, found)),
                new Report(
                        "Discover changed " + changed + (changed == 1 ? " field." : " fields."),
                        problems,
                        notes,
                        List.of()));
    }

    /** OIDC Core §3.1.3.7(2): an issuer matches exactly or not at all, while another endpoint may be meant. */
    private Map<String, List<String>> problems(String issuer, String found) {
        var good = Settings.resolved(sources, issuer).filter(found::equals).isPresent()
                || Settings.overruled(sources).containsKey(ISSUER);
        return good
                ? Map.of()
                : Map.of(
                        ISSUER,
                        List.of(left(issuer, found) + "; no login can work with another issuer. Tick \""
                                + Words.label(REPLACE) + "\" and press Discover again, or empty this field."));
    }
}
