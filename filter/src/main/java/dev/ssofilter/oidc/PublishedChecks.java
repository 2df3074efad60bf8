package dev.ssofilter.oidc;

import com.nimbusds.jose.JWSHeader;
import dev.ssofilter.directory.DirectoryRecord;
import dev.ssofilter.oidc.Finding.Status;
import dev.ssofilter.user.LoginFailedException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The doctor on what the provider publishes: discovery document and keys. */
final class PublishedChecks {
    private final DirectoryRecord directory;
    private final ProviderReader reader;
    private final PublishedJson document;
    private final PublishedJson keys;
    private final Probe probe;
    private final Findings findings;

    PublishedChecks(
            DirectoryRecord directory, boolean loopbackAllowed, Outbound outbound, Probe probe, Findings findings) {
        this.directory = directory;
        this.reader = new ProviderReader(directory, loopbackAllowed);
        this.document = ProviderMetadata.published(outbound);
        this.keys = ProviderKeys.published(outbound);
        this.probe = probe;
        this.findings = findings;
    }

    /**
     * What is published, as far as it can be used at all.
     *
     * @param provider where to go; its issuer is what the document says, be it right or not
     */
    record Found(DiscoveryDocument document, Provider provider) {}

    Optional<Found> examine() {
        Optional<DiscoveryDocument> discovered = discover();
        if (discovered.isEmpty()) {
            findings.notTried(
                    List.of(Check.ISSUER, Check.DOMAIN, Check.ENDPOINTS, Check.KEYS), "there is no discovery document");
            return Optional.empty();
        }
        String issuer = issuer(discovered.get());
        boolean domain = domain(issuer, discovered.get());
        Optional<Provider> provider = domain ? provider(issuer, discovered.get()) : Optional.empty();
        if (!domain) {
            findings.notTried(Check.ENDPOINTS, "the user pool has no domain");
        }
        keys(discovered.get());
        return provider.map(found -> new Found(discovered.get(), found));
    }

    private Optional<DiscoveryDocument> discover() {
        if (directory.discoveryDomain().isEmpty()) {
            findings.unknown(
                    Check.DISCOVERY,
                    "discoveryDomain is not given: nothing is discovered, the record's own URLs are used",
                    "");
            return Optional.of(reader.document(Map.of()));
        }
        URI url = directory.discoveryDomain().get().document();
        return probe.ask(Check.DISCOVERY, document.request(url), Outbound.METADATA_LIMIT, Status.FAILED)
                .flatMap(answer -> {
                    try {
                        var read = reader.document(document.read(url, answer));
                        findings.passed(Check.DISCOVERY, Quoted.url(url) + " is a discovery document");
                        return Optional.of(read);
                    } catch (LoginFailedException e) {
                        findings.failed(Check.DISCOVERY, e);
                        return Optional.empty();
                    }
                });
    }

    private String issuer(DiscoveryDocument found) {
        try {
            String issuer = reader.issuer(found);
            if (directory.discoveryDomain().isEmpty()) {
                findings.unknown(
                        Check.ISSUER,
                        Quoted.text(issuer) + " is compared with the tokens alone, as nothing is discovered",
                        "");
            } else {
                findings.passed(Check.ISSUER, Quoted.text(issuer) + ", as expected");
            }
            return issuer;
        } catch (LoginFailedException e) {
            findings.failed(Check.ISSUER, e);
            return found.members().get("issuer") instanceof String other ? other : "";
        }
    }

    private boolean domain(String issuer, DiscoveryDocument found) {
        if (!areUrls(found)) {
            findings.notTried(Check.DOMAIN, "an endpoint cannot be used");
            return true;
        }
        try {
            reader.requireDomain(issuer, found);
            findings.passed(
                    Check.DOMAIN,
                    Provider.isUserPool(issuer)
                            ? "the user pool has a domain"
                            : "none is needed: this is no Cognito user pool");
            return true;
        } catch (LoginFailedException e) {
            findings.failed(Check.DOMAIN, e);
            return false;
        }
    }

    private boolean areUrls(DiscoveryDocument found) {
        try {
            reader.authorizationUrl(found);
            reader.tokenUrl(found);
            return true;
        } catch (LoginFailedException e) {
            return false;
        }
    }

    private Optional<Provider> provider(String issuer, DiscoveryDocument found) {
        try {
            var provider = reader.provider(issuer, found);
            findings.passed(
                    Check.ENDPOINTS,
                    Quoted.url(provider.authorizationUrl()) + ", " + Quoted.url(provider.tokenUrl()) + " and what else"
                            + " is named are URLs that may be used");
            return Optional.of(provider);
        } catch (LoginFailedException e) {
            findings.failed(Check.ENDPOINTS, e);
            return Optional.empty();
        }
    }

    private void keys(DiscoveryDocument found) {
        try {
            URI url = reader.jwksUrl(found);
            var answer = probe.ask(Check.KEYS, keys.request(url), Outbound.JWKS_LIMIT, Status.FAILED);
            if (answer.isPresent()) {
                tellFitting(url, found, VerificationKeys.read(keys.read(url, answer.get()), Quoted.url(url)));
            }
        } catch (LoginFailedException e) {
            findings.failed(Check.KEYS, e);
        }
    }

    private void tellFitting(URI url, DiscoveryDocument found, VerificationKeys read) throws LoginFailedException {
        var algorithms = found.signatureAlgorithms();
        boolean fit = algorithms.stream().map(JWSHeader::new).anyMatch(header -> !read.matching(header)
                .isEmpty());
        String what = Quoted.url(url) + ", usable keys: " + read.keys().size();
        if (fit) {
            findings.passed(Check.KEYS, what);
        } else {
            findings.failed(
                    Check.KEYS, what + ", of which none fits " + algorithms, "check jwksUrl, or ask the provider");
        }
    }
}
