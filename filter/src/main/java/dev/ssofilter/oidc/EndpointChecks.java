package dev.ssofilter.oidc;

import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import dev.ssofilter.directory.ClaimMapper;
import dev.ssofilter.directory.DirectoryRecord;
import dev.ssofilter.directory.Location;
import dev.ssofilter.directory.LogoutStyle;
import dev.ssofilter.directory.Settings;
import dev.ssofilter.oidc.Finding.Status;
import dev.ssofilter.oidc.PublishedChecks.Found;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The doctor on what comes after the login, Userinfo and signing out, and on how the response is to come. */
final class EndpointChecks {
    private final DirectoryRecord directory;
    private final Optional<LogoutStyle> setting;
    private final Found published;
    private final Probe probe;
    private final Findings findings;

    EndpointChecks(Settings settings, Found published, Probe probe, Findings findings) {
        this.directory = settings.directory();
        this.setting = settings.logoutStyle();
        this.published = published;
        this.probe = probe;
        this.findings = findings;
    }

    void formPost() {
        boolean advertised = published.document().members().get("response_modes_supported") instanceof List<?> modes
                && modes.contains("form_post");
        if (!directory.enableResponseModeFormPost()) {
            findings.passed(Check.FORM_POST, "off: the response comes by query");
        } else if (advertised) {
            findings.passed(Check.FORM_POST, "on, and the provider advertises form_post");
        } else {
            findings.warning(
                    Check.FORM_POST,
                    "on, but the provider does not advertise form_post; Cognito cannot do it, and ignores it",
                    "switch Enable Response Mode Form Post off, as the guide has it");
        }
    }

    void userinfo() {
        boolean needed = new ClaimMapper(directory.claims()).reads(Location.USERINFO);
        Optional<URI> url = published.provider().userinfoUrl();
        if (url.isEmpty()) {
            if (needed) {
                findings.failed(
                        Check.USERINFO_URL,
                        "claims maps a claim from Userinfo, but no Userinfo URL is discovered or given",
                        "enter userinfoUrl, or map the claim from the ID Token");
            } else {
                findings.passed(Check.USERINFO_URL, "there is none, and no claim is mapped from Userinfo");
            }
            return;
        }
        var request = OutboundRequest.get(url.get(), "application/json");
        probe.ask(Check.USERINFO_URL, request, Outbound.USERINFO_LIMIT, Status.UNKNOWN)
                .ifPresent(answer -> userinfo(url.get(), answer.getStatusCode(), needed));
    }

    private void userinfo(URI url, int status, boolean needed) {
        String found = Quoted.url(url) + " answered with status " + status;
        if (status == HTTPResponse.SC_NOT_FOUND || status == 405) {
            findings.add(
                    Check.USERINFO_URL,
                    needed ? Status.FAILED : Status.WARNING,
                    Check.USERINFO_URL.setting(),
                    found + (needed ? "" : "; it is not needed, as no claim is mapped from Userinfo"),
                    url.getPath().endsWith("/oauth2/userinfo")
                            ? "Cognito's path is /oauth2/userInfo with a capital I: leave userinfoUrl blank, or correct"
                                    + " it"
                            : "leave userinfoUrl blank, or correct it");
        } else if (status >= HTTPResponse.SC_BAD_REQUEST && !OutboundFailures.isOutage(status)) {
            findings.passed(Check.USERINFO_URL, found + " to a request without a token, as it should");
        } else {
            findings.unknown(Check.USERINFO_URL, found + " to a request without a token", "");
        }
    }

    void logoutStyle() {
        if (setting.isEmpty() && findings.hasFailed(Check.AUTHORIZATION_URL)) {
            findings.notTried(Check.LOGOUT_STYLE, "the Authorization URL, by which Cognito's is told, is wrong");
            return;
        }
        switch (style()) {
            case NONE ->
                findings.passed(
                        Check.LOGOUT_STYLE, "none, as logoutStyle has it: signing out ends the session here alone");
            case COGNITO ->
                ifLogoutUrl(() -> findings.passed(Check.LOGOUT_STYLE, "Cognito's: client_id and logout_uri"));
            case STANDARD -> ifLogoutUrl(this::standardStyle);
        }
    }

    private LogoutStyle style() {
        return ProviderLogout.style(setting, published.provider());
    }

    private void standardStyle() {
        if (!published.provider().isUserPool()) {
            findings.passed(
                    Check.LOGOUT_STYLE,
                    "the standard's (OpenID Connect RP-Initiated Logout): post_logout_redirect_uri");
        } else if (setting.isPresent()) {
            findings.add(
                    Check.LOGOUT_STYLE,
                    Status.FAILED,
                    "logoutStyle",
                    "logoutStyle is standard, but the issuer is a Cognito user pool, which knows client_id and"
                            + " logout_uri alone",
                    "leave logoutStyle out, or set it to cognito");
        } else {
            findings.warning(
                    Check.LOGOUT_STYLE,
                    "the issuer is a Cognito user pool, but authorizationUrl and logoutUrl are not /oauth2/authorize and"
                            + " /logout of one host, so that other parameters are sent than Cognito knows",
                    "leave both blank, or enter https://YOUR_DOMAIN/oauth2/authorize and https://YOUR_DOMAIN/logout");
        }
    }

    private void ifLogoutUrl(Runnable check) {
        if (published.provider().logoutUrl().isEmpty()) {
            noLogoutUrl();
        } else {
            check.run();
        }
    }

    private void noLogoutUrl() {
        if (directory.discoveryDomain().isPresent()) {
            findings.passed(
                    Check.LOGOUT_STYLE, "the provider has no logout URL: signing out ends the session here alone");
        } else {
            findings.warning(
                    Check.LOGOUT_STYLE,
                    "logoutUrl is not given: the provider's own session outlives a sign-out, so that the next login needs"
                            + " no password",
                    "enter logoutUrl; in Cognito it is https://YOUR_DOMAIN/logout");
        }
    }

    /** @param after where the browser is to come back to */
    void signOut(URI after) {
        var provider = published.provider();
        var url = new ProviderLogout(directory, setting, probe.outbound()).request(provider, after, Optional.empty());
        if (url.isEmpty()) {
            findings.notTried(
                    Check.SIGN_OUT_URL, style() == LogoutStyle.NONE ? "logoutStyle is none" : "there is no logout URL");
        } else if (findings.hasFailed(Check.CLIENT_ID)) {
            findings.notTried(Check.SIGN_OUT_URL, "the provider does not know the Client ID");
        } else if (provider.isUserPool() && style() == LogoutStyle.STANDARD) {
            findings.notTried(Check.SIGN_OUT_URL, "Cognito is not asked in its own way");
        } else {
            probe.ask(Check.SIGN_OUT_URL, Probe.page(url.get()), Probe.PAGE_LIMIT, Status.UNKNOWN)
                    .ifPresent(answer -> signOut(after, url.get(), answer));
        }
    }

    private void signOut(URI after, URI asked, HTTPResponse answer) {
        int status = answer.getStatusCode();
        String said = "the logout endpoint answered with status " + status;
        boolean back = status >= 300
                && status < 400
                && AuthorizeAnswer.location(answer, asked)
                        .filter(to -> AuthorizeAnswer.isSamePlace(to, after))
                        .isPresent();
        if (back) {
            findings.passed(Check.SIGN_OUT_URL, after + " is registered");
        } else if (OutboundFailures.isOutage(status)) {
            findings.unknown(Check.SIGN_OUT_URL, said, "try again, then look at the provider's status");
        } else if (isRefused(answer)) {
            findings.failed(
                    Check.SIGN_OUT_URL,
                    said + ": the provider does not know the Sign-out URL " + after,
                    published.provider().registration("Allowed sign-out URLs", "Valid post logout redirect URIs")
                            + " has to hold " + after + ", letter for letter");
        } else if (status == HTTPResponse.SC_OK && isKeycloak()) {
            findings.passed(Check.SIGN_OUT_URL, after + " is registered; Keycloak asks the user first");
        } else {
            findings.unknown(
                    Check.SIGN_OUT_URL, said + ", which does not tell whether " + after + " is registered", "");
        }
    }

    private boolean isRefused(HTTPResponse answer) {
        // Cognito: a page "Required String parameter 'redirect_uri' is not present", or a redirect to its error page.
        return style() == LogoutStyle.COGNITO
                || answer.getStatusCode() == HTTPResponse.SC_BAD_REQUEST
                        && AuthorizeAnswer.namesUrl(String.valueOf(answer.getBody()));
    }

    /** Keycloak: a Sign-out URL that is not registered is refused before the user is asked. */
    private boolean isKeycloak() {
        return published
                .provider()
                .logoutUrl()
                .filter(url -> url.getPath().endsWith("/protocol/openid-connect/logout"))
                .isPresent();
    }
}
