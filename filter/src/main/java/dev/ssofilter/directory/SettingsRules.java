package dev.ssofilter.directory;

import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What must hold between settings. Each rule tells of its own problems; none stops the others. */
final class SettingsRules {
    private final SettingsDraft draft;

    private SettingsRules(SettingsDraft draft) {
        this.draft = draft;
    }

    static void check(SettingsDraft draft) {
        var rules = new SettingsRules(draft);
        rules.required();
        rules.loopback();
        rules.protocol();
        rules.cookieKeys();
        rules.paths();
        rules.publicPaths();
        rules.pathRoles();
        rules.advice();
    }

    private void required() {
        if (draft.reader.isRecordMissing()) {
            return;
        }
        if (draft.clientId.isAbsent()) {
            problem(
                    draft.clientId,
                    "is not given; expected the Client ID of the app client, in the record file that"
                            + " directory names or in any other source of settings");
        }
        if (draft.discoveryDomain.isAbsent()) {
            withoutDiscovery();
        }
    }

    private void withoutDiscovery() {
        Stream.of(draft.issuer, draft.authorizationUrl, draft.tokenUrl)
                .filter(Value::isAbsent)
                .forEach(missing -> problem(
                        missing,
                        "is not given, and neither is discoveryDomain; expected either discoveryDomain (for Cognito the"
                                + " Token signing key URL) or all of issuer, authorizationUrl and tokenUrl"));
        boolean userinfo = draft.claims.get().stream().anyMatch(claim -> claim.location() == Location.USERINFO);
        if (userinfo && draft.userinfoUrl.isAbsent()) {
            problem(
                    draft.userinfoUrl,
                    "is not given, and neither is discoveryDomain, while claims maps a claim from"
                            + " Userinfo; expected the URL, or another location for the claim");
        }
    }

    private void loopback() {
        Optional<BaseUrl> remote = draft.baseUrl.value().filter(Predicate.not(BaseUrl::isLoopback));
        if (remote.isEmpty()) {
            return;
        }
        draft.urls().forEach(url -> url.value().ifPresent(uri -> remote(url, uri)));
        draft.issuer.value().ifPresent(issuer -> remote(draft.issuer, URI.create(issuer)));
        draft.discoveryDomain.value().ifPresent(pasted -> remote(draft.discoveryDomain, pasted.document()));
    }

    private void remote(Value<?> value, URI uri) {
        EndpointUrl.problem(uri, false)
                .ifPresent(problem -> problem(value, "got " + Shown.quoted(value.shown()) + ", which " + problem));
    }

    private void protocol() {
        boolean https = draft.baseUrl.refused()
                || draft.baseUrl.value().filter(BaseUrl::isHttps).isPresent();
        if (draft.formPost.get() && !https) {
            problem(
                    draft.formPost,
                    "is true, which needs an https baseUrl, as browsers send a cookie along with another"
                            + " site's POST only over https; set baseUrl to an https URL, or this to false");
        }
        if (draft.basicAuth.get() && draft.clientSecret.isAbsent() && !draft.reader.isRecordMissing()) {
            problem(
                    draft.basicAuth,
                    "is true, but there is no clientSecret to send; give clientSecret, or set this to" + " false");
        }
        List<String> both = draft.forwardParameters.value().stream()
                .flatMap(names -> names.stream())
                .filter(name -> draft.authorizationParameters
                        .value()
                        .filter(map -> map.containsKey(name))
                        .isPresent())
                .toList();
        both.forEach(name -> problem(
                draft.forwardParameters,
                "names " + Shown.quoted(name)
                        + ", which authorizationParameters fixes; expected it in one of the two"));
    }

    private void cookieKeys() {
        boolean same = draft.cookieKeys.value().isPresent()
                && draft.clientSecret
                        .value()
                        .filter(secret -> CookieKeys.anyEquals(draft.cookieKeys.get(), secret))
                        .isPresent();
        if (same) {
            problem(
                    draft.cookieKeys,
                    "has a key that is the client secret, which the directory knows too; make keys of"
                            + " their own, or leave this out");
        }
    }

    private void paths() {
        OwnPaths own = draft.ownPaths();
        if (List.of(own.login(), own.logout(), own.signedOut(), own.me()).contains(own.returnPath())) {
            problem(
                    draft.returnPath,
                    "got " + Shown.quoted(own.returnPath()) + ", which is another of the filter's own"
                            + " paths; expected one that nothing else answers");
        }
        draft.healthPath
                .value()
                .filter(health -> Collections.frequency(own.all(), health) > 1)
                .ifPresent(health -> problem(
                        draft.healthPath,
                        "got " + Shown.quoted(health)
                                + ", which is another of the filter's own paths; expected one that"
                                + " nothing else answers"));
        String target = draft.defaultTarget.get();
        notOwn(draft.defaultTarget, target.contains("?") ? target.substring(0, target.indexOf('?')) : target);
        draft.failurePage.value().ifPresent(page -> notOwn(draft.failurePage, page));
        if (!draft.postLogoutTarget.get().equals(own.signedOut())) {
            notOwn(draft.postLogoutTarget, draft.postLogoutTarget.get());
        }
    }

    private void notOwn(Value<?> value, String path) {
        if (draft.ownPaths().all().contains(path)) {
            problem(
                    value,
                    "got " + Shown.quoted(path) + ", which is one of the filter's own paths; expected a path of the"
                            + " application");
        }
    }

    // A prefix that only happens to take own paths in, such as /*, is fine: own paths are looked at first.
    private void publicPaths() {
        for (PathPattern pattern : draft.publicPaths.value().orElse(List.of())) {
            notOwn(draft.publicPaths, pattern);
        }
    }

    private void pathRoles() {
        var open = draft.publicPaths.value().orElse(List.of()).stream()
                .map(pattern -> pattern.loose().toString())
                .toList();
        for (PathRule rule : draft.pathRoles.value().orElse(PathRules.NONE).all()) {
            notOwn(draft.pathRoles, rule.pattern());
            if (open.contains(rule.loose().toString())) {
                problem(
                        draft.pathRoles,
                        "names " + Shown.quoted(rule.pattern().toString())
                                + ", which is in publicPaths, too; expected it in" + " one of the two");
            }
        }
    }

    private void notOwn(Value<?> value, PathPattern pattern) {
        boolean own = draft.ownPaths().all().contains(pattern.path())
                || pattern.prefix() && pattern.path().equals(draft.ssoPath.get());
        if (own) {
            problem(
                    value,
                    "names " + Shown.quoted(pattern.toString()) + ", which is the filter's own;"
                            + " expected paths of the application");
        }
    }

    private void advice() {
        String after = draft.postLogoutTarget.get();
        boolean open = !after.startsWith("/")
                || after.equals(draft.ownPaths().signedOut())
                || draft.publicPaths.value().orElse(List.of()).stream().anyMatch(pattern -> pattern.matches(after));
        if (!open) {
            draft.reader.warning(draft.postLogoutTarget.where() + " is " + Shown.quoted(after) + ", which is not among"
                    + " publicPaths: who signs out is sent to sign in again at once; add it to publicPaths");
        }
        if (draft.cookieKeys.isAbsent() && draft.clientSecret.isAbsent()) {
            draft.reader.warning("cookieKeys is not given, and there is no clientSecret to derive them from: they are"
                    + " random, so a login that began on one node, or before a restart, cannot end on another; give"
                    + " cookieKeys");
        }
        draft.claims.get().stream()
                .filter(claim -> claim.field().equals(ClaimMapping.ROLES)
                        && claim.claim().startsWith("custom:"))
                .forEach(claim -> draft.reader.warning(draft.claims.where() + " takes Roles from "
                        + Shown.quoted(claim.claim())
                        + ", which users of the pool can write themselves if the app client"
                        + " has write permission for it; take that permission away"));
    }

    private void problem(Value<?> value, String problem) {
        draft.reader.problem(value.where() + ": " + problem);
    }
}
