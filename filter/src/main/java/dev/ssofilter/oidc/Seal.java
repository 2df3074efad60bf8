package dev.ssofilter.oidc;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals for one purpose, so that nobody can read or change it: AES-256-GCM with a fresh random nonce (NIST SP 800-38D),
 * base64url. The first key seals, every key opens. {@link Sealer} makes it.
 */
public final class Seal {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final Spares<Cipher> ciphers = new Spares<>(Seal::cipher);
    private final List<SecretKeySpec> keys;
    private final SecureRandom random = new SecureRandom();

    Seal(List<SecretKeySpec> keys) {
        this.keys = keys;
    }

    public String seal(byte[] content) {
        var whole = new byte[NONCE_BYTES + content.length + TAG_BITS / 8];
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        System.arraycopy(nonce, 0, whole, 0, NONCE_BYTES);
        var cipher = ciphers.take();
        try {
            begin(cipher, Cipher.ENCRYPT_MODE, keys.get(0), whole);
            cipher.doFinal(content, 0, content.length, whole, NONCE_BYTES);
            ciphers.giveBack(cipher);
            return BASE64.encodeToString(whole);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("This Java has no AES-256-GCM", impossible);
        }
    }

    /** Empty for whatever was not sealed by one of our keys for this very purpose; says no more about why. */
    public Optional<byte[]> open(String sealed) {
        byte[] whole;
        try {
            whole = Base64.getUrlDecoder().decode(sealed);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        // The decoder takes padding, and bits behind the last octet that mean nothing (RFC 4648 §3.5): one text alone
        // is ours.
        if (whole.length < NONCE_BYTES + TAG_BITS / 8
                || !BASE64.encodeToString(whole).equals(sealed)) {
            return Optional.empty();
        }
        for (var key : keys) {
            var content = open(key, whole);
            if (content.isPresent()) {
                return content;
            }
        }
        return Optional.empty();
    }

    private Optional<byte[]> open(SecretKeySpec key, byte[] whole) {
        var cipher = ciphers.take();
        try {
            begin(cipher, Cipher.DECRYPT_MODE, key, whole);
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
    private static void begin(Cipher cipher, int mode, SecretKeySpec key, byte[] whole)
            throws GeneralSecurityException {
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, whole, 0, NONCE_BYTES));
    }

    private static Cipher cipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("This Java has no AES-GCM", impossible);
        }
    }
}
