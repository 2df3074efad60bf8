package dev.ssofilter.oidc;

import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How the authorization endpoint answered an authentication request, as far as that can be told without a user.
 *
 * @param error the provider's error code, empty where there is none
 * @param said what came, for a message
 * @param next where the browser is sent, where it is sent on to sign in
 */
record AuthorizeAnswer(Kind kind, String error, String said, Optional<URI> next) {
    enum Kind {
        /** The browser is shown a login page, or sent on to one: the request is good. */
        LOGIN,
        /** The browser is sent back to the Return URL, with an error or without. */
        BACK,
        /** The provider does not know this Return URL. */
        MISMATCH,
        /** Nothing of this kind is there. */
        NO_ENDPOINT,
        /** The provider's own error page, which does not say why in words for machines. */
        REFUSED,
        /** Anything else, an outage among it. */
        UNCLEAR
    }

    /** Keycloak shows its login page at once; a page without such a field may be one of error, whatever its status. */
    private static final Pattern LOGIN_FORM =
            Pattern.compile("type=[\"']?password\\b|name=[\"']?username\\b", Pattern.CASE_INSENSITIVE);
    /**
     * Keycloak and oidc-provider name the parameter on a page of status 400 (in signing out, too). A page that only repeats
     * the query says nothing of it.
     */
    private static final Pattern NAMES_URL =
            Pattern.compile("redirect[_ ]uri(?!=|%3D|&#61;|&equals;)", Pattern.CASE_INSENSITIVE);

    static AuthorizeAnswer read(HTTPResponse answer, URI asked, URI returnUrl) {
        int status = answer.getStatusCode();
        String said = "the authorization endpoint answered with status " + status;
        if (status >= 300 && status < 400) {
            return location(answer, asked)
                    .map(to -> redirect(to, returnUrl))
                    .orElseGet(() -> new AuthorizeAnswer(
                            Kind.UNCLEAR, "", said + ", a redirect that leads nowhere", Optional.empty()));
        }
        return new AuthorizeAnswer(
                page(status, Optional.ofNullable(answer.getBody()).orElse("")), "", said, Optional.empty());
    }

    private static Kind page(int status, String body) {
        if (OutboundFailures.isOutage(status)) {
            return Kind.UNCLEAR;
        }
        if (status == HTTPResponse.SC_NOT_FOUND || status == 405) {
            return Kind.NO_ENDPOINT;
        }
        if (status >= HTTPResponse.SC_BAD_REQUEST) {
            return namesUrl(body) ? Kind.MISMATCH : Kind.REFUSED;
        }
        return LOGIN_FORM.matcher(body).find() ? Kind.LOGIN : Kind.UNCLEAR;
    }

    /** Whether an error page speaks of the URL that the browser is to come back to. */
    static boolean namesUrl(String page) {
        return NAMES_URL.matcher(page).find();
    }

    private static AuthorizeAnswer redirect(URI to, URI returnUrl) {
        var parameters = Parameters.parse(Optional.ofNullable(to.getRawQuery()).orElse(""));
        String error = parameters.single("error").orElse("");
        String said = "the provider answered error=" + Quoted.text(error)
                + parameters
                        .single("error_description")
                        .map(text -> " error_description=" + Quoted.text(text))
                        .orElse("");
        if (isSamePlace(to, returnUrl)) {
            return new AuthorizeAnswer(Kind.BACK, error, said, Optional.empty());
        }
        if (!error.isEmpty()) {
            // Cognito: 302 to its own /error page, for what no application ever hears of.
            var kind = error.equals("redirect_mismatch") ? Kind.MISMATCH : Kind.REFUSED;
            return new AuthorizeAnswer(kind, error, said, Optional.empty());
        }
        String path = Optional.ofNullable(to.getPath()).orElse("");
        boolean errorPage = path.endsWith("/error");
        return new AuthorizeAnswer(
                errorPage ? Kind.UNCLEAR : Kind.LOGIN,
                "",
                "the provider sends the browser to " + place(to),
                errorPage ? Optional.empty() : Optional.of(to));
    }

    /** Without its path, which may be of one login alone. */
    static String place(URI to) {
        return Quoted.text(to.getScheme() + "://" + to.getRawAuthority());
    }

    /** Where a redirect leads; empty where that is no URL. */
    static Optional<URI> location(HTTPResponse answer, URI asked) {
        try {
            return Optional.ofNullable(answer.getHeaderValue("Location")).isEmpty()
                    ? Optional.empty()
                    : Optional.of(asked.resolve(new URI(answer.getHeaderValue("Location"))));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Whether one address is the other to the letter, whatever was put behind it as a query. */
    static boolean isSamePlace(URI to, URI expected) {
        return to.toString().split("[?#]", 2)[0].equals(expected.toString());
    }
}
