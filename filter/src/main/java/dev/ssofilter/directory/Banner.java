package dev.ssofilter.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the log says at start: each setting in effect, where it came from, and what to register in the directory. */
final class Banner {
    static final Set<String> MUTABLE_NAMES = Set.of("email", "preferred_username", "phone_number", "nickname");

    private Banner() {}

    static List<String> of(SettingsDraft draft) {
        var lines = new ArrayList<String>();
        draft.all()
                .filter(value -> !value.shown().isEmpty())
                .map(Value::toString)
                .forEach(lines::add);
        if (draft.cookieKeys.isAbsent()) {
            lines.add("cookieKeys = "
                    + (draft.clientSecret.isAbsent() ? "random, for this process alone" : "derived from clientSecret")
                    + " (default)");
        }
        if (draft.clientSecret.isAbsent()) {
            lines.add("clientSecret = none: a public client (default)");
        }
        String base = draft.baseUrl.value().map(BaseUrl::value).orElse("http://localhost:PORT + context path + ");
        String hint = draft.baseUrl.isAbsent() ? " (baseUrl is not set: only this machine is served)" : "";
        lines.add("Return URL to register: " + base + draft.returnPath.get() + hint);
        String after = draft.postLogoutTarget.get();
        lines.add("Sign-out URL to register: " + (after.startsWith("/") ? base + after + hint : after));
        draft.claims.get().stream()
                .filter(claim -> claim.field().equals(ClaimMapping.USERNAME) && MUTABLE_NAMES.contains(claim.claim()))
                .forEach(claim -> lines.add("Note: Username comes from " + Shown.quoted(claim.claim())
                        + ", which can change or pass to somebody else; key your data by directory and External ID"));
        return draft.reader.scrubbed(lines.stream());
    }
}
