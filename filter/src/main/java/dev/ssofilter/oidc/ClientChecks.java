package dev.ssofilter.oidc;

import dev.ssofilter.directory.DirectoryRecord;
import dev.ssofilter.oidc.PublishedChecks.Found;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The doctor on Client ID and Client Secret, proved by a code that was made up: {@code invalid_grant} comes only to a client
 * that is who it says (RFC 6749 §5.2).
 */
final class ClientChecks {
    private static final String CLIENT_ID = "copy the Client ID of App clients > your app client into clientId";

    private final DirectoryRecord directory;
    private final Found published;
    private final MadeUpLogin login;
    private final URI returnUrl;
    private final Findings findings;

    ClientChecks(DirectoryRecord directory, Found published, MadeUpLogin login, URI returnUrl, Findings findings) {
        this.directory = directory;
        this.published = published;
        this.login = login;
        this.returnUrl = returnUrl;
        this.findings = findings;
    }

    /** @param asked what the authorization endpoint said of this client; empty where it was not asked */
    void examine(Optional<AuthorizeAnswer> asked) {
        var kind = asked.map(AuthorizeAnswer::kind);
        var answer = login.redeem(returnUrl, directory.clientSecret());
        answer.ifPresent(this::tokenUrl);
        if (!clientId(kind, answer.map(TokenAnswer::kind))) {
            findings.notTried(Check.CLIENT_SECRET, "the provider does not know the Client ID");
        } else if (answer.isEmpty()) {
            findings.notTried(Check.CLIENT_SECRET, "the token endpoint did not answer");
        } else {
            secret(answer.get(), kind.isPresent());
        }
    }

    private void tokenUrl(TokenAnswer answer) {
        switch (answer.kind()) {
            case CODE_REFUSED, CLIENT_REFUSED -> findings.passed(Check.TOKEN_URL, "a token endpoint answers there");
            case NO_ENDPOINT ->
                findings.failed(
                        Check.TOKEN_URL,
                        answer.said() + ": there is no token endpoint",
                        "leave tokenUrl blank, or correct it; in Cognito it is https://YOUR_DOMAIN/oauth2/token");
            case UNCLEAR -> findings.unknown(Check.TOKEN_URL, answer.said(), "try again, or see the provider's log");
        }
    }

    /** Whether the secret is worth a look. */
    private boolean clientId(Optional<AuthorizeAnswer.Kind> asked, Optional<TokenAnswer.Kind> redeemed) {
        boolean known = redeemed.filter(TokenAnswer.Kind.CODE_REFUSED::equals).isPresent()
                || asked.filter(kind -> switch (kind) {
                            case LOGIN, BACK, MISMATCH -> true;
                            case NO_ENDPOINT, REFUSED, UNCLEAR -> false;
                        })
                        .isPresent();
        if (known) {
            findings.passed(Check.CLIENT_ID, "the provider knows the client " + directory.clientId());
            return true;
        }
        boolean refused = asked.filter(AuthorizeAnswer.Kind.REFUSED::equals).isPresent()
                && redeemed.filter(TokenAnswer.Kind.CLIENT_REFUSED::equals).isPresent();
        if (refused) {
            findings.failed(
                    Check.CLIENT_ID,
                    "the provider knows no client " + directory.clientId() + ": it refuses both to sign in for it and"
                            + " its token request",
                    CLIENT_ID + "; it belongs to one user pool alone");
            return false;
        }
        findings.unknown(Check.CLIENT_ID, "no answer tells whether the provider knows this client", "");
        return true;
    }

    private void secret(TokenAnswer answer, boolean clientSeen) {
        switch (answer.kind()) {
            case CODE_REFUSED ->
                findings.passed(
                        Check.CLIENT_SECRET,
                        directory.clientSecret().isPresent()
                                ? "the provider takes it"
                                : "none, and the provider asks for none: a public client");
            case CLIENT_REFUSED -> refused(answer, clientSeen);
            case NO_ENDPOINT -> findings.notTried(Check.CLIENT_SECRET, "there is no token endpoint");
            case UNCLEAR -> findings.unknown(Check.CLIENT_SECRET, "could not tell: " + answer.said(), unclear(answer));
        }
    }

    private static String unclear(TokenAnswer answer) {
        return answer.error().equals("unauthorized_client")
                ? "in Cognito: tick Authorization code grant under OAuth grant types of the app client"
                : "";
    }

    private void refused(TokenAnswer answer, boolean clientSeen) {
        if (directory.clientSecret().isEmpty()) {
            findings.failed(
                    Check.CLIENT_SECRET,
                    answer.said() + " to a request without a secret: the app client has one",
                    "copy the Client secret of App clients > your app client into clientSecret, best as"
                            + " ${env:SSO_CLIENT_SECRET}");
            return;
        }
        boolean publicClient = login.redeem(returnUrl, Optional.empty())
                .filter(bare -> bare.kind() == TokenAnswer.Kind.CODE_REFUSED)
                .isPresent();
        if (publicClient) {
            findings.failed(
                    Check.CLIENT_SECRET,
                    answer.said() + ", but takes the client without a secret: it is a public client, and has none",
                    "leave clientSecret blank (and give cookieKeys), or create an app client of the type Traditional"
                            + " web application, which has a secret");
            return;
        }
        findings.failed(
                Check.CLIENT_SECRET,
                answer.said() + ": the secret is not that of this client",
                "copy the Client secret of App clients > your app client again, whole and without line breaks"
                        + (clientSeen ? "" : ", or " + CLIENT_ID)
                        + otherPlace());
    }

    private String otherPlace() {
        boolean header = directory.enableTokenEndpointBasicAuth();
        if (header) {
            // Cognito: what is percent-encoded in the header, as RFC 6749 §2.3.1 asks, is taken as it stands.
            return "; or switch Enable Token Endpoint Basic Auth off, as the guide has it: Cognito takes no secret with + in"
                    + " the header";
        }
        boolean unheard =
                published.document().members().get("token_endpoint_auth_methods_supported") instanceof List<?> methods
                        && !methods.contains("client_secret_post");
        return unheard ? "; or switch Enable Token Endpoint Basic Auth on: the provider advertises no other way" : "";
    }
}
