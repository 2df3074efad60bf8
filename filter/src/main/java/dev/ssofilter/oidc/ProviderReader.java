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
        var document = new DiscoveryDocument(members, loopbackAllowed);
        String issuer = issuer(document);
        var authorizationUrl = given(directory.authorizationUrl(), document, "authorization_endpoint");
        var tokenUrl = given(directory.tokenUrl(), document, "token_endpoint");
        requireDomain(issuer, authorizationUrl, tokenUrl);
        if (directory.enablePkce()) {
            document.requireS256();
        }
        return new Provider(
                issuer,
                required(authorizationUrl, "authorization_endpoint", "authorizationUrl"),
                required(tokenUrl, "token_endpoint", "tokenUrl"),
                given(directory.userinfoUrl(), document, "userinfo_endpoint"),
                required(given(directory.jwksUrl(), document, "jwks_uri"), "jwks_uri", "jwksUrl"),
                given(directory.logoutUrl(), document, "end_session_endpoint"),
                given(directory.revocationUrl(), document, "revocation_endpoint"),
                document.signatureAlgorithms(),
                document.isTrue("authorization_response_iss_parameter_supported"));
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
    private String issuer(DiscoveryDocument document) throws LoginFailedException {
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
        if (withoutFormat(found).equals(withoutFormat(expected))) {
            return DiscoveryDocument.refused(
                    what,
                    "this is the same user pool with its issuer in Cognito's other format (original or updated); Discover"
                            + " again, or set discoveryDomain and issuer to what the pool's Overview shows now");
        }
        return DiscoveryDocument.refused(
                what, "check discoveryDomain and issuer: both must be the provider's, character for character");
    }

    private static String withoutFormat(String issuer) {
        return issuer.replaceFirst("^https://issuer-cognito-idp\\.", "https://cognito-idp.")
                .replaceFirst("/$", "");
    }

    /** Cognito: discovery answers for a pool without a domain, too, with endpoints that are not there. */
    private static void requireDomain(String issuer, Optional<URI> authorizationUrl, Optional<URI> tokenUrl)
            throws LoginFailedException {
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
