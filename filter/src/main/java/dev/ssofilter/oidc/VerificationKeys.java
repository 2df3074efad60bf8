package dev.ssofilter.oidc;

import static java.lang.System.Logger.Level.WARNING;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import dev.ssofilter.directory.Json;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Of a JWKS (RFC 7517 §5) what signatures may be verified with: public keys of a signature algorithm, strong enough, each
 * {@code kid} once. One key that is none of these does not spoil the others.
 */
record VerificationKeys(List<VerificationKey> keys) {
    private static final System.Logger LOG = System.getLogger("dev.ssofilter.oidc");
    /** Cognito has two, a large provider in the middle of a rotation a dozen. */
    private static final int MOST_KEYS = 100;
    /** RFC 7518 §3.3. */
    private static final int LEAST_RSA_BITS = 2048;

    VerificationKeys {
        keys = List.copyOf(keys);
    }

    /**
     * @param jwks the document
     * @param source where it came from, for messages
     * @throws LoginFailedException where it is no JWKS, holds too many keys, or none to verify with
     */
    static VerificationKeys read(Map<String, Object> jwks, String source) throws LoginFailedException {
        if (!(jwks.get("keys") instanceof List<?> members)) {
            throw refused(source, "it has no array \"keys\"");
        }
        if (members.isEmpty()) {
            // Not refused as wrong: a provider that has lost its keys for a moment is down.
            throw new LoginFailedException(
                    Reason.USER_POOL_UNREACHABLE,
                    "the JWKS of " + source + " is empty; expected a key at least; look at the provider's status");
        }
        if (members.size() > MOST_KEYS) {
            throw refused(source, "it holds " + members.size() + " keys, expected at most " + MOST_KEYS);
        }
        var usable = new ArrayList<VerificationKey>();
        var ignored = new ArrayList<String>();
        for (Object member : members) {
            take(member, usable, ignored);
        }
        removeAmbiguous(usable, ignored);
        if (!ignored.isEmpty()) {
            LOG.log(WARNING, "keys of {0} are not used: {1}", source, String.join(", ", ignored));
        }
        if (usable.isEmpty()) {
            throw refused(source, "it holds no key that a signature could be verified with");
        }
        return new VerificationKeys(usable);
    }

    private static void take(Object member, List<VerificationKey> usable, List<String> ignored) {
        Optional<JWK> parsed = parse(member);
        Optional<String> problem =
                parsed.map(VerificationKeys::problem).orElse(Optional.of("malformed or of unknown type"));
        if (problem.isPresent()) {
            ignored.add(problem.get());
            return;
        }
        try {
            var forVerifying = parsed.filter(VerificationKeys::isForVerifying);
            if (forVerifying.isPresent()) {
                usable.add(VerificationKey.of(forVerifying.get()));
            }
        } catch (GeneralSecurityException none) {
            ignored.add(id(parsed.get()) + " is no key, or of a curve that this Java does not know");
        }
    }

    private static String id(JWK key) {
        return Quoted.text(Optional.ofNullable(key.getKeyID()).orElse(""));
    }

    @SuppressWarnings("unchecked") // JSON: the names of an object's members are text.
    private static Optional<JWK> parse(Object member) {
        try {
            // Not the library's own parser, which is a lenient one.
            return member instanceof Map<?, ?> key
                    ? Optional.of(JWK.parse(Json.plain((Map<String, Object>) key)))
                    : Optional.empty();
        } catch (ParseException | IllegalArgumentException | NullPointerException malformed) {
            // The last: the library's own word for a key that lacks parts of its "oth" (RFC 7518 §6.3.2.7).
            return Optional.empty();
        }
    }

    /** What is wrong with a key that nobody should publish. */
    private static Optional<String> problem(JWK key) {
        if (key.isPrivate()) {
            return Optional.of(id(key) + " is a private or symmetric key, which is to be made public nowhere");
        }
        if (!(key instanceof RSAKey rsa)) {
            return Optional.empty();
        }
        // Not JWK.size(), which counts leading zeros as bits.
        int bits = rsa.getModulus().decodeToBigInteger().bitLength();
        return bits < LEAST_RSA_BITS
                ? Optional.of(id(key) + " is an RSA key of " + bits + " bits, expected " + LEAST_RSA_BITS + " or more")
                : Optional.empty();
    }

    /** RFC 7517 §4.2, §4.3: a key without {@code use} and {@code key_ops} is for everything. */
    private static boolean isForVerifying(JWK key) {
        boolean use = Optional.ofNullable(key.getKeyUse())
                .map(KeyUse.SIGNATURE::equals)
                .orElse(true);
        boolean operations = Optional.ofNullable(key.getKeyOperations())
                .map(allowed -> allowed.contains(KeyOperation.VERIFY))
                .orElse(true);
        return use && operations;
    }

    /** Which of two keys with one {@code kid} is meant, nobody can know: neither. */
    private static void removeAmbiguous(List<VerificationKey> usable, List<String> ignored) {
        var count = new HashMap<String, Integer>();
        for (VerificationKey key : usable) {
            Optional.ofNullable(key.jwk().getKeyID()).ifPresent(id -> count.merge(id, 1, Integer::sum));
        }
        count.values().removeIf(times -> times == 1);
        count.keySet().forEach(id -> ignored.add("kid " + Quoted.text(id) + " stands there more than once"));
        usable.removeIf(key -> count.containsKey(key.jwk().getKeyID()));
    }

    /** As the provider published them: these are compared, for the reason in PublicPaths. */
    Set<JWK> published() {
        return keys.stream().map(VerificationKey::jwk).collect(Collectors.toSet());
    }

    /** Those that fit the algorithm of the header, and its {@code kid} where it has one. */
    List<VerificationKey> matching(JWSHeader header) {
        var matching = new ArrayList<VerificationKey>();
        for (VerificationKey key : keys) {
            if (key.fits(header)) {
                matching.add(key);
            }
        }
        return matching;
    }

    private static LoginFailedException refused(String source, String found) {
        return new LoginFailedException(
                Reason.PROVIDER_ANSWER_REFUSED,
                "the JWKS of " + source + " is refused: " + found
                        + "; check jwksUrl in the directory record, or ask the" + " provider");
    }
}
