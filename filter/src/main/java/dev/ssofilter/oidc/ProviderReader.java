package dev.ssofilter.oidc;

import dev.ssofilter.directory.DirectoryRecord;
import dev.ssofilter.directory.DiscoveryDomain;
import dev.ssofilter.user.LoginFailedException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Directory record + discovery document → {@link Provider}, or what is wrong with them. */
record ProviderReader(DirectoryRecord directory, boolean loopbackAllowed) {
    /** Decides nothing but how a refusal is explained. */
    private static final Pattern POOL_HOST = Pattern.compile("(issuer-)?cognito-idp(-fips)?\\..+");

    /**
     * @param members of the discovery document; none where there is no discovery
     * @throws LoginFailedException METADATA_REFUSED
     */
    Provider read(Map<String, Object> members) throws LoginFailedException {
        var document = document(members);
        String issuer = issuer(document);
        requireDomain(issuer, document);
        requirePkce(document);
        return provider(issuer, document);
    }

    DiscoveryDocument document(Map<String, Object> members) {
        return new DiscoveryDocument(members, loopbackAllowed);
    }

    void requirePkce(DiscoveryDocument document) throws LoginFailedException {
        if (directory.enablePkce()) {
            document.requireS256();
        }
    }

    /** With its endpoints, once it is known that the document is the provider's. */
    Provider provider(String issuer, DiscoveryDocument document) throws LoginFailedException {
        return new Provider(
                issuer,
                required(authorizationUrl(document), "authorization_endpoint", "authorizationUrl"),
                required(tokenUrl(document), "token_endpoint", "tokenUrl"),
                given(directory.userinfoUrl(), document, "userinfo_endpoint"),
                jwksUrl(document),
                given(directory.logoutUrl(), document, "end_session_endpoint"),
                given(directory.revocationUrl(), document, "revocation_endpoint"),
                document.signatureAlgorithms(),
                document.isTrue("authorization_response_iss_parameter_supported"));
    }

    Optional<URI> authorizationUrl(DiscoveryDocument document) throws LoginFailedException {
        return given(directory.authorizationUrl(), document, "authorization_endpoint");
    }

    Optional<URI> tokenUrl(DiscoveryDocument document) throws LoginFailedException {
        return given(directory.tokenUrl(), document, "token_endpoint");
    }

    URI jwksUrl(DiscoveryDocument document) throws LoginFailedException {
        return required(given(directory.jwksUrl(), document, "jwks_uri"), "jwks_uri", "jwksUrl");
    }

    /** The record wins, and what it overrules need not even be a URL. */
    private static Optional<URI> given(Optional<URI> ours, DiscoveryDocument document, String member)
            throws LoginFailedException {
        return ours.isPresent() ? ours : document.endpoint(member);
    }

    private static URI required(Optional<URI> url, String member, String setting) throws LoginFailedException {
        return url.orElseThrow(() ->
                DiscoveryDocument.refused("it has no " + member, "enter " + setting + " in the directory record"));
    }

    /** OIDC Discovery §4.3: whoever could put another issuer here could sign anybody in. */
    String issuer(DiscoveryDocument document) throws LoginFailedException {
        Optional<DiscoveryDomain> domain = directory.discoveryDomain();
        if (domain.isEmpty()) {
            return directory.issuer().orElseThrow();
        }
        String found = document.text("issuer")
                .orElseThrow(() -> DiscoveryDocument.refused("it has no issuer", "check discoveryDomain"));
        boolean expected = directory.issuer().map(found::equals).orElseGet(() -> domain.get()
                .names(found));
        if (!expected) {
            throw otherIssuer(directory.issuer().orElse(domain.get().issuer()), found);
        }
        return found;
    }

    private static LoginFailedException otherIssuer(String expected, String found) {
        String what = "its issuer is " + Quoted.text(found) + ", expected " + Quoted.text(expected);
        // Cognito: a pool can be switched from https://cognito-idp.… to https://issuer-cognito-idp.… and back.
        if (withoutFormat(found).equals(withoutFormat(expected)) && !sameButSlash(found, expected)) {
            return DiscoveryDocument.refused(
                    what,
                    "this is the same user pool with its issuer in Cognito's other format (original or updated); Discover"
                            + " again, or set discoveryDomain and issuer to what the pool's Overview shows now");
        }
        return DiscoveryDocument.refused(
                what, "check discoveryDomain and issuer: both must be the provider's, character for character");
    }

    private static boolean sameButSlash(String one, String other) {
        return one.replaceFirst("/$", "").equals(other.replaceFirst("/$", ""));
    }

    private static String withoutFormat(String issuer) {
        return issuer.replaceFirst("^https://issuer-cognito-idp\\.", "https://cognito-idp.")
                .replaceFirst("/$", "");
    }

    /** Cognito: discovery answers for a pool without a domain, too, with endpoints that are not there. */
    void requireDomain(String issuer, DiscoveryDocument document) throws LoginFailedException {
        var authorizationUrl = authorizationUrl(document);
        var tokenUrl = tokenUrl(document);
        String pool = issuer.replaceFirst("/$", "");
        boolean unusable = tokenUrl.isEmpty()
                || authorizationUrl.isEmpty()
                || authorizationUrl
                        .filter(url -> url.toString().startsWith(pool + "/"))
                        .isPresent()
                || authorizationUrl.filter(url -> isPoolHost(url.getHost())).isPresent();
        if (Provider.isUserPool(issuer) && unusable) {
            throw DiscoveryDocument.refused(
                    "the user pool has no domain",
                    "in the Cognito console set one up (either a free Cognito domain or a Custom domain) under"
                            + " Branding > Domain");
        }
    }

    private static boolean isPoolHost(String host) {
        return POOL_HOST.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }
}
