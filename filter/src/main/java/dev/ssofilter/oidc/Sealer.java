package dev.ssofilter.oidc;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what we give to a browser to carry, so that nobody can read or change it: AES-256-GCM with a fresh random nonce
 * (NIST SP 800-38D), base64url. What it is for is bound in as associated data: sealed for one purpose, it cannot be
 * opened for another. The first key seals, every key opens.
 */
public final class Sealer {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final String MAC = "HmacSHA256";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;

    private static final Spares<Mac> MACS = new Spares<>(Sealer::mac);

    private final Spares<Cipher> ciphers = new Spares<>(Sealer::cipher);
    private final List<SecretKeySpec> keys;
    private final SecureRandom random = new SecureRandom();

    private Sealer(List<SecretKeySpec> keys) {
        this.keys = List.copyOf(keys);
    }

    /** Keys as configured, each of 256 bits. */
    public static Sealer withKeys(List<byte[]> keys) {
        return new Sealer(
                keys.stream().map(key -> new SecretKeySpec(key, "AES")).toList());
    }

    /** A key that every node with the same client secret derives alike (HKDF-SHA256, RFC 5869, one block). */
    public static Sealer fromClientSecret(String clientSecret) {
        var extracted = hmac("dev.ssofilter".getBytes(StandardCharsets.UTF_8), clientSecret);
        return withKeys(List.of(hmac(extracted, "login cookie\u0001")));
    }

    /** A key that this process alone has: one node can open what it sealed, until it is restarted. */
    public static Sealer random() {
        var key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return withKeys(List.of(key));
    }

    public String seal(String purpose, byte[] content) {
        var whole = new byte[NONCE_BYTES + content.length + TAG_BITS / 8];
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        System.arraycopy(nonce, 0, whole, 0, NONCE_BYTES);
        var cipher = ciphers.take();
        try {
            begin(cipher, Cipher.ENCRYPT_MODE, keys.get(0), whole, purpose);
            cipher.doFinal(content, 0, content.length, whole, NONCE_BYTES);
            ciphers.giveBack(cipher);
            return encoded(whole);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("This Java has no AES-256-GCM", impossible);
        }
    }

    /** Empty for whatever was not sealed by one of our keys for this very purpose; says no more about why. */
    public Optional<byte[]> open(String purpose, String sealed) {
        byte[] whole;
        try {
            whole = Base64.getUrlDecoder().decode(sealed);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        // The decoder takes padding, and bits behind the last octet that mean nothing (RFC 4648 §3.5): one text alone
        // is ours.
        if (whole.length < NONCE_BYTES + TAG_BITS / 8 || !encoded(whole).equals(sealed)) {
            return Optional.empty();
        }
        return keys.stream()
                .map(key -> open(key, purpose, whole))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<byte[]> open(SecretKeySpec key, String purpose, byte[] whole) {
        var cipher = ciphers.take();
        try {
            begin(cipher, Cipher.DECRYPT_MODE, key, whole, purpose);
            var content = cipher.doFinal(whole, NONCE_BYTES, whole.length - NONCE_BYTES);
            ciphers.giveBack(cipher);
            return Optional.of(content);
        } catch (AEADBadTagException notOurs) {
            ciphers.giveBack(cipher);
            return Optional.empty();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("This Java has no AES-256-GCM", impossible);
        }
    }

    /** The nonce stands in the first bytes of {@code whole}. */
    private static void begin(Cipher cipher, int mode, SecretKeySpec key, byte[] whole, String purpose)
            throws GeneralSecurityException {
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, whole, 0, NONCE_BYTES));
        cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
    }

    private static Cipher cipher() {
        try {
            return Cipher.getInstance(CIPHER);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("This Java has no AES-GCM", impossible);
        }
    }

    private static Mac mac() {
        try {
            return Mac.getInstance(MAC);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("This Java has no HmacSHA256", impossible);
        }
    }

    private static String encoded(byte[] bytes) {
        return BASE64.encodeToString(bytes);
    }

    /** HMAC-SHA256: a key or a random value of 256 bits, made of another under a name. */
    static byte[] hmac(byte[] key, String message) {
        var mac = MACS.take();
        try {
            mac.init(new SecretKeySpec(key, MAC));
            var made = mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
            MACS.giveBack(mac);
            return made;
        } catch (InvalidKeyException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
