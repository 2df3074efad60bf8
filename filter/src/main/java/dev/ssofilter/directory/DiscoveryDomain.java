package dev.ssofilter.directory;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What was pasted into the guide's "Discovery Domain" field: Cognito's Token signing key URL, the URL of a discovery
 * document, an issuer or a bare host. All lead to one discovery document. Nothing is derived from a host name; hosts are
 * recognised only to say what to paste instead.
 *
 * @param issuer the pasted URL less its suffix, without a last slash
 */
public record DiscoveryDomain(String issuer) {
    private static final String WELL_KNOWN = "/.well-known/";
    private static final String DOCUMENT = WELL_KNOWN + "openid-configuration";
    /** Where Cognito serves its keys, beside the discovery document. */
    static final String KEYS = WELL_KNOWN + "jwks.json";

    /** Last segments of other providers' key URLs, in lower case. */
    private static final List<String> KEY_NAMES =
            List.of("certs", "certificates", "keys", "jwks", "jwk", "jwks_uri", "jwk_uri", "publickeys");

    private static final String PASTE = "in the user pool, go to Overview, then copy the Token signing key URL"
            + " (https://cognito-idp.REGION.amazonaws.com/POOL_ID" + KEYS + ")";

    public DiscoveryDomain {
        problem(uri(issuer)).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        if (issuer.endsWith("/")) {
            throw new IllegalArgumentException("ends in \"/\"");
        }
    }

    /** Reads what was pasted; an {@link IllegalArgumentException} says what is wrong with it and what to paste instead. */
    public static DiscoveryDomain parse(String pasted) {
        String url = pasted.contains("://") ? pasted : "https://" + pasted;
        problem(uri(url)).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        for (String suffix : List.of(KEYS, DOCUMENT, "/")) {
            if (url.endsWith(suffix)) {
                return new DiscoveryDomain(url.substring(0, url.length() - suffix.length()));
            }
        }
        return new DiscoveryDomain(url);
    }

    /** Where the discovery document is (OIDC Discovery §4). */
    public URI document() {
        return URI.create(issuer + DOCUMENT);
    }

    /** Whether this is the issuer that was pasted: the same to the letter, with or without one last slash. */
    public boolean names(String other) {
        return other.equals(issuer) || other.equals(issuer + "/");
    }

    private static URI uri(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException(
                    "is no URL (" + malformed.getReason() + "); for Cognito: " + PASTE, malformed);
        }
    }

    private static Optional<String> problem(URI url) {
        return EndpointUrl.problem(url, true)
                .map(problem -> problem + "; for Cognito: " + PASTE)
                .or(() -> {
                    if (url.getRawQuery() != null) {
                        return Optional.of("holds a query (\"?\"), as a page's address does; for Cognito: " + PASTE
                                + "; for others the issuer");
                    }
                    return hostProblem(url).or(() -> pathProblem(url.getRawPath()));
                });
    }

    private static Optional<String> hostProblem(URI url) {
        String host = url.getHost().toLowerCase(Locale.ROOT);
        if (host.endsWith(".amazoncognito.com") || host.endsWith(".amazoncognito.com.cn")) {
            return Optional.of(
                    "is the domain of the login pages, which serves no discovery document; instead, " + PASTE);
        }
        boolean cognito =
                List.of("cognito-idp.", "issuer-cognito-idp.", "cognito-idp-fips.", "issuer-cognito-idp-fips.").stream()
                                .anyMatch(host::startsWith)
                        && (host.endsWith(".amazonaws.com") || host.endsWith(".amazonaws.com.cn"));
        boolean pool = !url.getRawPath().isEmpty() && !url.getRawPath().startsWith(WELL_KNOWN);
        return cognito && !pool
                ? Optional.of("is Cognito without a user pool; the pool's id is missing after the host; " + PASTE)
                : Optional.empty();
    }

    private static Optional<String> pathProblem(String path) {
        if (PlainPath.shapeProblem(path.isEmpty() ? "/" : path).isPresent()) {
            return Optional.of("holds \"//\", \".\" or \"..\" in its path; for Cognito: " + PASTE);
        }
        if (path.endsWith(KEYS) || path.endsWith(DOCUMENT)) {
            return path.indexOf(WELL_KNOWN) == path.lastIndexOf(WELL_KNOWN) ? Optional.empty() : notAnIssuer();
        }
        String[] segments = path.toLowerCase(Locale.ROOT).split("/");
        String last = segments.length == 0 ? "" : segments[segments.length - 1];
        boolean keys = KEY_NAMES.contains(last) || last.endsWith(".json") || last.endsWith(".jwks");
        if (keys || path.contains(WELL_KNOWN)) {
            return notAnIssuer();
        }
        boolean endpoint = path.contains("/oauth2/")
                && List.of("authorize", "token", "userinfo", "logout", "login").contains(last);
        return endpoint
                ? Optional.of("is an endpoint of the directory and not its issuer; for Cognito: " + PASTE
                        + "; for others the issuer")
                : Optional.empty();
    }

    private static Optional<String> notAnIssuer() {
        return Optional.of(
                "is a key URL or document from which the issuer cannot be read; expected the issuer itself, or"
                        + " its URL that ends in " + DOCUMENT + ", or, for Cognito, in " + KEYS);
    }
}
