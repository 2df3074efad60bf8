package dev.ssofilter.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A provider that can be signed in with: the directory record's own values, and the discovery document's where the
 * record left one blank. Every URL has passed {@code EndpointUrl}.
 *
 * @param issuer what {@code iss} of every token must be, exactly
 * @param authorizationUrl may have a query of its own, which stays
 * @param tokenUrl where codes are redeemed
 * @param userinfoUrl absent where the provider has none
 * @param jwksUrl where {@link ProviderKeys} reads the keys
 * @param logoutUrl Cognito's {@code /logout} or a standard {@code end_session_endpoint}
 * @param revocationUrl RFC 7009
 * @param signatureAlgorithms what tokens may be signed with: asymmetric algorithms alone, at least one
 * @param responseIssuerSupported the authorization response must carry {@code iss} (RFC 9207 §2.4)
 */
public record Provider(
        String issuer,
        URI authorizationUrl,
        URI tokenUrl,
        Optional<URI> userinfoUrl,
        URI jwksUrl,
        Optional<URI> logoutUrl,
        Optional<URI> revocationUrl,
        Set<JWSAlgorithm> signatureAlgorithms,
        boolean responseIssuerSupported) {
    /** Cognito: {@code us-east-1_Ab3dEfGhI}, {@code us-gov-west-1_…}. */
    private static final Pattern POOL_ID = Pattern.compile("[a-z]{2,3}(-[a-z]+)+-[0-9]+_[A-Za-z0-9]+");

    public Provider {
        signatureAlgorithms = Set.copyOf(signatureAlgorithms);
    }

    /**
     * Whether the logout URL takes {@code client_id} and {@code logout_uri} instead of what OIDC RP-Initiated Logout
     * asks for. Told from the paths, never from a host name: a custom domain has any name.
     */
    public boolean logsOutLikeCognito() {
        // Cognito: authorize is DOMAIN/oauth2/authorize, logout DOMAIN/logout, though advertised as
        // end_session_endpoint.
        return "/oauth2/authorize".equals(authorizationUrl.getPath())
                && logoutUrl
                        .filter(url ->
                                "/logout".equals(url.getPath()) && origin(url).equals(origin(authorizationUrl)))
                        .isPresent();
    }

    /** Whether the issuer ends in the id of a Cognito user pool: asks for more of its tokens, never for less. */
    boolean isUserPool() {
        return isUserPool(issuer);
    }

    static boolean isUserPool(String issuer) {
        var pool = issuer.replaceFirst("/$", "");
        return POOL_ID.matcher(pool.substring(pool.lastIndexOf('/') + 1)).matches();
    }

    /**
     * Where an administrator registers something, for messages.
     *
     * @param cognito the list's name there; the others' is Keycloak's
     */
    String registration(String cognito, String others) {
        return isUserPool() || logsOutLikeCognito()
                ? "in Cognito: Applications > App clients > your app client > Login pages > Managed login pages"
                        + " configuration > Edit: " + cognito
                : "at the provider: the client's list of such URLs (Keycloak: " + others + ")";
    }

    /** RFC 6454 §4: scheme, host and port, as far as they can be compared as text. */
    static String origin(URI url) {
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        int standardPort = "https".equals(scheme) ? 443 : 80;
        int port = url.getPort() < 0 ? standardPort : url.getPort();
        return scheme + "://" + url.getHost().toLowerCase(Locale.ROOT) + ":" + port;
    }
}
