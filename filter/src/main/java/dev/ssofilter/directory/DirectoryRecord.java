package dev.ssofilter.directory;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * One OpenID Provider as an administrator describes it: the guide's fields under the guide's names. What is empty is left
 * to discovery, or is not there.
 *
 * @param name for people: it stands in the log at start
 * @param discoveryDomain what was pasted for discovery; empty: the URLs are used as they stand
 * @param issuer what the document's {@code issuer} and the tokens' {@code iss} must be, to the letter; empty: the
 *     document's, which must be the pasted URL less its suffix
 * @param jwksUrl never empty where there is no discovery
 * @param scopes what is asked for; holds {@code openid}
 * @param clientSecret empty: a public client
 * @param enablePkce whether S256 is sent
 * @param enableResponseModeFormPost whether the response is to come by POST
 * @param enableTokenEndpointBasicAuth whether the secret goes into the header and not into the body
 * @param claims which claim becomes which field
 */
public record DirectoryRecord(
        String name,
        Optional<DiscoveryDomain> discoveryDomain,
        Optional<URI> authorizationUrl,
        Optional<URI> tokenUrl,
        Optional<URI> userinfoUrl,
        Optional<String> issuer,
        Optional<URI> jwksUrl,
        Optional<URI> logoutUrl,
        Optional<URI> revocationUrl,
        List<String> scopes,
        String clientId,
        Optional<String> clientSecret,
        boolean enablePkce,
        boolean enableResponseModeFormPost,
        boolean enableTokenEndpointBasicAuth,
        List<ClaimMapping> claims) {
    public DirectoryRecord {
        scopes = List.copyOf(scopes);
        claims = List.copyOf(claims);
        require(!clientId.isBlank(), "clientId is blank");
        require(clientSecret.filter(String::isBlank).isEmpty(), "clientSecret is blank");
        require(scopes.contains("openid"), "scopes lack openid");
        require(
                discoveryDomain.isPresent()
                        || issuer.isPresent()
                                && authorizationUrl.isPresent()
                                && tokenUrl.isPresent()
                                && jwksUrl.isPresent(),
                "without discoveryDomain, issuer, authorizationUrl, tokenUrl and jwksUrl are needed");
        require(
                claims.stream().anyMatch(claim -> claim.field().equals(ClaimMapping.EXTERNAL_ID)),
                "claims lack External ID");
    }

    /**
     * What a login must end with as it began: client, provider and way of redeeming. A code that another provider has
     * issued is none of this one's business.
     */
    public String bound() {
        return registration() + "\npkce=" + enablePkce;
    }

    /** Client and provider: to whom tokens are issued, and by whom. */
    public String registration() {
        return clientId + "\n"
                + discoveryDomain.map(DiscoveryDomain::issuer).or(() -> issuer).orElseThrow();
    }

    private static void require(boolean rule, String broken) {
        if (!rule) {
            throw new IllegalArgumentException(broken);
        }
    }

    /** Shows which directory and client this is; the secret only as being there. */
    @Override
    public String toString() {
        return "DirectoryRecord[name=" + name
                + ", discoveryDomain="
                + discoveryDomain.map(DiscoveryDomain::issuer).orElse("")
                + ", issuer=" + issuer.orElse("")
                + ", clientId=" + clientId
                + ", clientSecret=" + (clientSecret.isPresent() ? "********" : "")
                + "]";
    }
}
