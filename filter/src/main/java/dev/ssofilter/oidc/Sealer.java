package dev.ssofilter.oidc;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys for what we give to a browser or a session to carry. Nothing is sealed with one of them: each use has its own
 * {@link Seal}, under keys derived for its purpose, so that what was sealed for one purpose cannot be opened for another.
 */
public final class Sealer {
    private static final String MAC = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    /** RFC 5869 §2.3: the number of the first block, which is long enough. */
    private static final String FIRST_BLOCK = "\u0001";

    private final List<byte[]> keys;

    private Sealer(List<byte[]> keys) {
        this.keys = keys.stream().map(byte[]::clone).toList();
    }

    /** Keys as configured, each of 256 bits. The first seals, every key opens. */
    public static Sealer withKeys(List<byte[]> keys) {
        return new Sealer(keys);
    }

    /** A key that every node with the same client secret derives alike (HKDF-SHA256, RFC 5869, one block). */
    public static Sealer fromClientSecret(String clientSecret) {
        var extracted = hmac("dev.ssofilter".getBytes(StandardCharsets.UTF_8), clientSecret);
        return withKeys(List.of(expanded(extracted, "login cookie")));
    }

    /** A key that this process alone has: one node can open what it sealed, until it is restarted. */
    public static Sealer random() {
        var key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return withKeys(List.of(key));
    }

    /** What is sealed and opened for this purpose alone (RFC 5869 §2.3: the purpose is the derived keys' info). */
    public Seal forPurpose(String purpose) {
        return new Seal(keys.stream()
                .map(key -> new SecretKeySpec(expanded(key, purpose), "AES"))
                .toList());
    }

    private static byte[] expanded(byte[] key, String info) {
        return hmac(key, info + FIRST_BLOCK);
    }

    private static byte[] hmac(byte[] key, String message) {
        try {
            var mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key, MAC));
            return mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
        } catch (InvalidKeyException impossible) {
            throw new IllegalStateException(impossible);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("This Java has no HmacSHA256", impossible);
        }
    }
}
