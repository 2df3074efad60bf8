package dev.ssofilter.oidc;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.ssofilter.directory.DirectoryRecord;
import dev.ssofilter.directory.DiscoveryDomain;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The provider as directory record and discovery document together have it. The document is asked for by the first login,
 * not at start, and again when it is no longer fresh; while that fails, the last good one stays in use, however long.
 */
public final class ProviderMetadata {
    private static final Duration FOREVER = Duration.ofNanos(Long.MAX_VALUE);

    private final Optional<URI> document;
    private final ProviderReader reader;
    private final PublishedJson json;
    private final LastGood<Provider> discovered;

    /**
     * @param loopbackAllowed whether endpoints may be http on this machine: only where {@code baseUrl} is loopback, or is
     *     left out, which serves this machine alone
     */
    public ProviderMetadata(DirectoryRecord directory, boolean loopbackAllowed, Outbound outbound) {
        this(directory, loopbackAllowed, outbound, Ticker.systemTicker());
    }

    ProviderMetadata(DirectoryRecord directory, boolean loopbackAllowed, Outbound outbound, Ticker ticker) {
        this.document = directory.discoveryDomain().map(DiscoveryDomain::document);
        this.reader = new ProviderReader(directory, loopbackAllowed);
        this.json = published(outbound);
        this.discovered = new LastGood<>(outbound, ticker, FOREVER, new Discovery());
    }

    static PublishedJson published(Outbound outbound) {
        return new PublishedJson(
                outbound,
                Outbound.METADATA_LIMIT,
                Reason.METADATA_REFUSED,
                "discoveryDomain: expected the user pool's Token signing key URL (Overview in the Cognito console),"
                        + " https://cognito-idp.REGION.amazonaws.com/POOL_ID/.well-known/jwks.json; a domain of"
                        + " Branding > Domain serves no discovery document");
    }

    /**
     * The provider to sign in with. Asks the network for the first login, and an hour later unless the provider
     * says when else; never, where the record has no {@code discoveryDomain}.
     *
     * @throws LoginFailedException {@link Reason#METADATA_REFUSED} where the document cannot be used,
     *     {@link Reason#USER_POOL_UNREACHABLE} or {@link Reason#PROVIDER_ANSWER_REFUSED} as {@link Outbound#send}
     */
    public Provider current() throws LoginFailedException {
        return document.isPresent() ? discovered.get(document.get()) : reader.read(Map.of());
    }

    /** As it is known; where the record has no {@code discoveryDomain}, nobody is ever asked. */
    Standing standing() {
        return discovered.standing();
    }

    private final class Discovery implements LastGood.Source<Provider> {
        @Override
        public Published<Provider> fetch(URI url) throws LoginFailedException {
            var document = json.get(url);
            return document.as(reader.read(document.value()));
        }

        /** Another host in the middle of the day is more likely an attack than a move, which a restart takes over. */
        @Override
        public Published<Provider> fetchAgain(URI url, Provider known) throws LoginFailedException {
            Published<Provider> fetched = fetch(url);
            Set<String> added = origins(fetched.value()).collect(Collectors.toSet());
            added.removeAll(origins(known).toList());
            if (!added.isEmpty()) {
                throw DiscoveryDocument.refused(
                        "since it was first read, endpoints have moved to " + String.join(", ", added),
                        "if the provider means it, restart the application");
            }
            return fetched;
        }

        private Stream<String> origins(Provider provider) {
            return Stream.of(
                            Optional.of(provider.authorizationUrl()),
                            Optional.of(provider.tokenUrl()),
                            provider.userinfoUrl(),
                            Optional.of(provider.jwksUrl()),
                            provider.logoutUrl(),
                            provider.revocationUrl())
                    .flatMap(Optional::stream)
                    .map(Provider::origin);
        }
    }
}
