package dev.ssofilter.directory;

import java.net.URI;

/** What was pasted into the guide's Discovery Domain field. */
public record DiscoveryDomain(String issuer) {
    public static DiscoveryDomain parse(String pasted) {
        return new DiscoveryDomain(pasted);
    }

    public URI document() {
        return URI.create(issuer + "/.well-known/openid-configuration");
    }

    public boolean names(String other) {
        return other.equals(issuer) || other.equals(issuer + "/");
    }
}
