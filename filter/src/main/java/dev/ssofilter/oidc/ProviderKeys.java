package dev.ssofilter.oidc;

import com.github.benmanes.caffeine.cache.Ticker;
import com.nimbusds.jose.JWSHeader;
import dev.ssofilter.directory.Listeners;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import dev.ssofilter.user.SsoEvent;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;

/**
 * The provider's public keys: asked for when first needed, then as long as they are fresh, while asking again fails for a day.
 *
 * <p>A token that names an unknown key has them asked for again, once a minute at most: a provider may rotate its keys at
 * any time, and anybody may send us tokens with invented key ids.
 */
public final class ProviderKeys {
    private static final System.Logger LOG = System.getLogger(ProviderKeys.class.getName());
    private static final Duration HARD_AGE = Duration.ofHours(24);
    private static final Duration BETWEEN_REFETCHES = Duration.ofMinutes(1);

    private final Outbound outbound;
    private final Ticker ticker;
    private final LastGood<VerificationKeys> keys;
    private final Object turn = new Object();
    private Optional<Refetch> last = Optional.empty();

    /** @param known before it */
    private record Refetch(URI url, VerificationKeys known, Future<VerificationKeys> answer, long since) {}

    ProviderKeys(Outbound outbound, Ticker ticker, Listeners listeners) {
        this.ticker = ticker;
        this.outbound = outbound;
        this.keys = new LastGood<>(outbound, ticker, HARD_AGE, new Jwks(published(outbound), listeners));
    }

    private record Jwks(PublishedJson json, Listeners listeners) implements LastGood.Source<VerificationKeys> {
        @Override
        public Published<VerificationKeys> fetch(URI url) throws LoginFailedException {
            var jwks = json.get(url);
            return jwks.as(VerificationKeys.read(jwks.value(), Quoted.url(url)));
        }

        @Override
        public Published<VerificationKeys> fetchAgain(URI url, VerificationKeys known) throws LoginFailedException {
            var fetched = fetch(url);
            if (!fetched.value().published().equals(known.published())) {
                LOG.log(Level.INFO, "provider keys rotated url={0}", Quoted.url(url));
                listeners.tell(new SsoEvent.KeysRotated(url));
            }
            return fetched;
        }
    }

    static PublishedJson published(Outbound outbound) {
        return new PublishedJson(
                outbound,
                Outbound.JWKS_LIMIT,
                Reason.PROVIDER_ANSWER_REFUSED,
                "expected the provider's JWKS (RFC 7517 §5); check jwksUrl in the directory record, or leave it blank");
    }

    /**
     * What may have made a signature.
     *
     * @param latest false where there are none, and newer ones could not be had
     */
    record Candidates(List<VerificationKey> keys, boolean latest) {}

    /**
     * The keys that may have made a signature with this header: the one with its {@code kid}, or without a {@code kid}
     * all that fit the algorithm. None where the algorithm is none of the provider's (nothing is asked then), or the key
     * is unknown even to a new set. Touches the network for the first token, after an hour, and for an unknown key.
     *
     * @throws LoginFailedException where no keys can be had, nor were any within the last 24 hours
     */
    @SuppressWarnings("ReferenceEquality") // A set that was asked for anew is another one, whatever it holds.
    Candidates candidates(JWSHeader header, Provider provider) throws LoginFailedException {
        if (!provider.signatureAlgorithms().contains(header.getAlgorithm())) {
            return new Candidates(List.of(), true);
        }
        var known = keys.get(provider.jwksUrl());
        var matching = known.matching(header);
        if (!matching.isEmpty()) {
            return new Candidates(matching, true);
        }
        var refetch = refetch(provider.jwksUrl(), known);
        var newer = outbound.sharedAnswers().await(refetch.answer());
        return new Candidates(newer.matching(header), newer != refetch.known());
    }

    Standing standing() {
        return keys.standing();
    }

    /** The one call of this minute: its outcome is everybody's, also of those who come when it is over. */
    private Refetch refetch(URI url, VerificationKeys known) throws LoginFailedException {
        synchronized (turn) {
            var recent = last.filter(refetch ->
                    refetch.url().equals(url) && ticker.read() - refetch.since() < BETWEEN_REFETCHES.toNanos());
            if (recent.isEmpty()) {
                last = Optional.of(new Refetch(url, known, keys.refetch(url, known), ticker.read()));
            }
            return last.orElseThrow();
        }
    }
}
