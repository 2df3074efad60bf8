package dev.ssofilter.oidc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import dev.ssofilter.directory.Json;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import java.nio.charset.CharacterCodingException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A compact JWS, signed by one of the provider's keys, becomes claims; anything else is refused (RFC 7515, RFC 8725).
 * The algorithm is one the discovery document lists, never just the header's word; keys in the header are ignored.
 */
final class SignatureVerifier {
    private static final int MOST_KEYS_TRIED = 3;
    private static final int MOST_HEADERS = 32;
    private static final Pattern ENCRYPTED = Pattern.compile("[\\w-]++(?:\\.[\\w-]*+){4}");

    private final ProviderKeys keys;
    /** As they were read: whoever signs with one key writes the same header each time. */
    private final Cache<String, JWSHeader> headers = Caffeine.newBuilder()
            .maximumSize(MOST_HEADERS)
            .expireAfterWrite(Duration.ofHours(1))
            .executor(Runnable::run) // its upkeep is a moment's work; the JVM's shared threads are not ours
            .build();

    SignatureVerifier(ProviderKeys keys) {
        this.keys = keys;
    }

    record Verified(JWSAlgorithm algorithm, Map<String, Object> claims) {}

    /**
     * What a token is for: how a message names it, how a failure is told, which {@code typ} it may have, what to do where
     * it is no JWS.
     */
    record Use(String name, Reason refused, Set<String> types, String remedy) {
        LoginFailedException refuse(String found) {
            return new LoginFailedException(refused, name + ": " + found);
        }
    }

    Verified verify(String token, Provider provider, Use use) throws LoginFailedException {
        var jws = read(token, use);
        var header = header(jws, use);
        requireHeader(header, provider, use);
        for (var key : candidates(header, provider, use)) {
            if (signed(jws, header, key)) {
                return new Verified(header.getAlgorithm(), claims(jws, use));
            }
        }
        throw use.refuse("the signature does not fit the provider's key; the token was changed or made by others");
    }

    private List<VerificationKey> candidates(JWSHeader header, Provider provider, Use use) throws LoginFailedException {
        var candidates = keys.candidates(header, provider);
        var number = candidates.keys().size();
        if (number > 0 && number <= MOST_KEYS_TRIED) {
            return candidates.keys();
        }
        var found = "kid " + Quoted.text(Optional.ofNullable(header.getKeyID()).orElse("(none)")) + " fits " + number
                + " keys of " + Quoted.url(provider.jwksUrl()) + "; expected one";
        throw candidates.latest()
                ? use.refuse(found)
                : new LoginFailedException(
                        use.refused(),
                        use.name() + ": " + found,
                        new LoginFailedException(Reason.USER_POOL_UNREACHABLE, "newer keys could not be had"));
    }

    /** The claims of a token that this has verified when it came, and that nobody could change since. */
    static Map<String, Object> claimsVerifiedBefore(String token, Use use) throws LoginFailedException {
        return claims(read(token, use), use);
    }

    private static CompactJws read(String token, Use use) throws LoginFailedException {
        var jws = CompactJws.read(token);
        if (jws.isPresent()) {
            return jws.get();
        }
        if (ENCRYPTED.matcher(token).matches()) {
            throw use.refuse("it is encrypted; expected it signed alone: turn encryption off at the provider");
        }
        throw use.refuse("not a compact JWS; expected header.payload.signature in base64url; " + use.remedy());
    }

    private JWSHeader header(CompactJws jws, Use use) throws LoginFailedException {
        var known = headers.getIfPresent(jws.header());
        if (known != null) {
            return known;
        }
        try {
            var header = JWSHeader.parse(new Base64URL(jws.header()));
            headers.put(jws.header(), header);
            return header;
        } catch (ParseException e) {
            throw new LoginFailedException(use.refused(), use.name() + ": its header cannot be read", e);
        }
    }

    private static void requireHeader(JWSHeader header, Provider provider, Use use) throws LoginFailedException {
        if (!provider.signatureAlgorithms().contains(header.getAlgorithm())) {
            throw use.refuse("alg " + Quoted.text(header.getAlgorithm().getName()) + "; expected one of "
                    + provider.signatureAlgorithms() + ", which the discovery document lists");
        }
        var type = Optional.ofNullable(header.getType()).map(Object::toString).orElse("JWT");
        if (!use.types().contains(type.toLowerCase(Locale.ROOT))) {
            throw use.refuse("typ " + Quoted.text(type) + "; expected none or one of " + use.types());
        }
        // RFC 7515 §4.1.11: we understand no extension, so none can be critical.
        if (header.getCriticalParams() != null) {
            throw use.refuse("crit names header extensions; expected none");
        }
        if (!header.isBase64URLEncodePayload()) { // RFC 7797 §3, without the crit that it needs
            throw use.refuse("b64 is false; expected the payload in base64url");
        }
    }

    private static boolean signed(CompactJws jws, JWSHeader header, VerificationKey key) {
        try {
            return key.verifier().isPresent()
                    ? key.verifier().get().verify(header, jws.signingInput(), jws.signature())
                    : signedByEd25519(jws, key.publicKey());
        } catch (JOSEException | GeneralSecurityException | IllegalArgumentException keyAndAlgorithmDisagree) {
            return false;
        }
    }

    // The JDK has it since 15.
    private static boolean signedByEd25519(CompactJws jws, PublicKey key) throws GeneralSecurityException {
        var signature = Signature.getInstance("Ed25519");
        signature.initVerify(key);
        signature.update(jws.signingInput());
        return signature.verify(jws.signature().decode());
    }

    private static Map<String, Object> claims(CompactJws jws, Use use) throws LoginFailedException {
        try {
            return Json.object(Utf8.text(jws.payload()));
        } catch (IllegalArgumentException | CharacterCodingException | Json.MalformedException e) {
            throw new LoginFailedException(use.refused(), use.name() + ": payload is not a JSON object", e);
        }
    }
}
