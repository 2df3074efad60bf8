package dev.ssofilter.oidc;

import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import dev.ssofilter.directory.DirectoryRecord;
import dev.ssofilter.oidc.Finding.Status;
import dev.ssofilter.oidc.PublishedChecks.Found;
import dev.ssofilter.user.LoginFailedException;
import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * The doctor on the authentication request that a login begins with: how the provider answers it tells of the Return URL,
 * the grant, the scopes and PKCE.
 */
final class RequestChecks {
    private static final String EDIT =
            "in Cognito: Applications > App clients > your app client > Login pages > Managed"
                    + " login pages configuration > Edit";
    /** OIDC Core §3.1.2.6: the request is good, but {@code prompt=none} in authorizationParameters lets nobody sign in. */
    private static final Set<String> ABOUT_USERS =
            Set.of("", "login_required", "interaction_required", "consent_required", "account_selection_required");

    private static final Set<String> ABOUT_GRANT = Set.of("unauthorized_client", "unsupported_response_type");

    private final DirectoryRecord directory;
    private final Found published;
    private final MadeUpLogin login;
    private final URI returnUrl;
    private final Probe probe;
    private final Findings findings;

    RequestChecks(
            DirectoryRecord directory,
            Found published,
            MadeUpLogin login,
            URI returnUrl,
            Probe probe,
            Findings findings) {
        this.directory = directory;
        this.published = published;
        this.login = login;
        this.returnUrl = returnUrl;
        this.probe = probe;
        this.findings = findings;
    }

    void examine(AuthorizeAnswer answer) {
        authorizationUrl(answer);
        returnUrl(answer);
        codeGrant(answer);
        scopes(answer);
        pkce(answer);
        loginPage(answer);
    }

    private void authorizationUrl(AuthorizeAnswer answer) {
        switch (answer.kind()) {
            case LOGIN, MISMATCH -> findings.passed(Check.AUTHORIZATION_URL, "an authorization endpoint answers there");
            case BACK -> {
                if (isExplained(answer)) {
                    findings.passed(Check.AUTHORIZATION_URL, "an authorization endpoint answers there");
                } else {
                    findings.unknown(
                            Check.AUTHORIZATION_URL,
                            answer.said(),
                            "compare authorizationParameters with what the provider takes, and see its log");
                }
            }
            case NO_ENDPOINT ->
                findings.failed(
                        Check.AUTHORIZATION_URL,
                        answer.said() + ": there is no authorization endpoint",
                        "leave authorizationUrl blank, or correct it; in Cognito it is"
                                + " https://YOUR_DOMAIN/oauth2/authorize");
            case REFUSED, UNCLEAR ->
                findings.unknown(
                        Check.AUTHORIZATION_URL,
                        answer.said() + ", which only a person can read",
                        findings.hasFailed(Check.CLIENT_ID) ? "" : "begin a login in a browser, and read the page");
        }
    }

    private static boolean isExplained(AuthorizeAnswer answer) {
        return ABOUT_USERS.contains(answer.error())
                || ABOUT_GRANT.contains(answer.error())
                || answer.error().equals("invalid_scope")
                || answer.error().equals("invalid_request");
    }

    private static boolean isGood(AuthorizeAnswer answer) {
        return answer.kind() == AuthorizeAnswer.Kind.LOGIN
                || answer.kind() == AuthorizeAnswer.Kind.BACK && ABOUT_USERS.contains(answer.error());
    }

    private void returnUrl(AuthorizeAnswer answer) {
        switch (answer.kind()) {
            case LOGIN, BACK -> findings.passed(Check.RETURN_URL, returnUrl + " is registered");
            case MISMATCH ->
                findings.failed(
                        Check.RETURN_URL,
                        "the provider does not know the Return URL " + returnUrl + " (redirect_mismatch)",
                        published.provider().registration("Allowed callback URLs", "Valid redirect URIs")
                                + " has to hold " + returnUrl + ", letter for letter: http or https, port, small and"
                                + " capital letters and a last slash count; or correct baseUrl");
            case NO_ENDPOINT, REFUSED, UNCLEAR -> notTold(Check.RETURN_URL, answer);
        }
    }

    private void notTold(Check check, AuthorizeAnswer answer) {
        findings.notTried(check, answer.said());
    }

    private void codeGrant(AuthorizeAnswer answer) {
        if (isGood(answer)) {
            findings.passed(Check.CODE_GRANT, "the client may use it");
        } else if (ABOUT_GRANT.contains(answer.error()) && answer.kind() == AuthorizeAnswer.Kind.BACK) {
            findings.failed(
                    Check.CODE_GRANT,
                    answer.said() + ": the app client may not use the authorization code grant",
                    EDIT + ": choose Authorization code grant under OAuth 2.0 grant types");
        } else {
            notTold(Check.CODE_GRANT, answer);
        }
    }

    private void scopes(AuthorizeAnswer answer) {
        String scopes = String.join(" ", directory.scopes());
        if (answer.error().equals("invalid_scope")) {
            findings.failed(
                    Check.SCOPES,
                    answer.said() + " for the scopes " + scopes,
                    EDIT
                            + ": tick OpenID, Email and Profile under OpenID Connect scopes (Profile is not ticked for a new"
                            + " app client), or take out of scopes what is not ticked there");
        } else if (!isGood(answer)) {
            notTold(Check.SCOPES, answer);
        } else if (unadvertised().isEmpty() || published.provider().logsOutLikeCognito()) {
            // Cognito: custom scopes are never advertised, and one that is not ticked ends in invalid_scope.
            findings.passed(Check.SCOPES, scopes + ": the provider takes them");
        } else {
            findings.unknown(
                    Check.SCOPES,
                    "the provider does not advertise " + String.join(" ", unadvertised())
                            + ", and may leave out what it does not know",
                    "if claims are missing at login, compare scopes with the provider's");
        }
    }

    private List<String> unadvertised() {
        var advertised = published.document().members().get("scopes_supported");
        return advertised instanceof List<?> all
                ? directory.scopes().stream()
                        .filter(scope -> !all.contains(scope))
                        .toList()
                : List.of();
    }

    private void pkce(AuthorizeAnswer answer) {
        try {
            if (directory.enablePkce()) {
                published.document().requireS256();
            }
            if (answer.error().equals("invalid_request") && answer.kind() == AuthorizeAnswer.Kind.BACK) {
                invalidRequest(answer);
            } else if (!directory.enablePkce()) {
                findings.warning(
                        Check.PKCE,
                        "enablePkce is off",
                        "switch Enable PKCE on, as the guide has it; Cognito takes it without saying so");
            } else if (isGood(answer)) {
                findings.passed(Check.PKCE, "the provider takes S256");
            } else {
                notTold(Check.PKCE, answer);
            }
        } catch (LoginFailedException lacksS256) {
            findings.failed(Check.PKCE, lacksS256);
        }
    }

    /** What is wrong with the request the provider does not say: the same once more, with PKCE the other way. */
    private void invalidRequest(AuthorizeAnswer answer) {
        boolean otherwiseGood = login.authorize(returnUrl, !directory.enablePkce())
                .filter(RequestChecks::isGood)
                .isPresent();
        if (!otherwiseGood) {
            findings.unknown(
                    Check.PKCE,
                    answer.said() + ", with PKCE and without",
                    "compare authorizationParameters with what the provider takes");
        } else if (directory.enablePkce()) {
            findings.failed(
                    Check.PKCE,
                    answer.said() + ", but takes the request without PKCE",
                    "have the provider allow S256 for this client; enablePkce=false signs in without this protection");
        } else {
            findings.failed(
                    Check.PKCE,
                    answer.said() + ", but takes the request with PKCE: it demands it",
                    "switch Enable PKCE on: enablePkce=true");
        }
    }

    private void loginPage(AuthorizeAnswer answer) {
        if (answer.kind() != AuthorizeAnswer.Kind.LOGIN) {
            notTold(Check.LOGIN_PAGE, answer);
        } else if (answer.next().isEmpty()) {
            findings.passed(Check.LOGIN_PAGE, "the provider shows it");
        } else {
            follow(answer.next().get());
        }
    }

    /** Cognito: authorize leads to /login of the same host, which needs no cookie to be seen. Nothing else is followed. */
    private void follow(URI next) {
        boolean cognito = "/login".equals(next.getPath())
                && next.getHost() != null
                && Provider.origin(next)
                        .equals(Provider.origin(published.provider().authorizationUrl()));
        if (!cognito) {
            findings.unknown(
                    Check.LOGIN_PAGE,
                    "the provider sends the browser to a page of " + AuthorizeAnswer.place(next) + ", not followed",
                    "");
            return;
        }
        probe.ask(Check.LOGIN_PAGE, Probe.page(next), Probe.PAGE_LIMIT, Status.UNKNOWN)
                .ifPresent(this::shown);
    }

    private void shown(HTTPResponse page) {
        if (String.valueOf(page.getBody()).contains("Login pages unavailable")) {
            findings.failed(
                    Check.LOGIN_PAGE,
                    "Cognito answers \"Login pages unavailable\": managed login has no style for this app client",
                    "in Cognito: Branding > Managed login > Create a style, and assign it to the app client");
        } else if (page.getStatusCode() == HTTPResponse.SC_OK) {
            findings.passed(Check.LOGIN_PAGE, "the provider shows it");
        } else {
            findings.unknown(
                    Check.LOGIN_PAGE,
                    "it is answered with status " + page.getStatusCode(),
                    "begin a login in a browser, and read the page");
        }
    }
}
