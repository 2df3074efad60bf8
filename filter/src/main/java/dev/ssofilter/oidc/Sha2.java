package dev.ssofilter.oidc;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Digests (FIPS 180-4), which every Java has. */
public final class Sha2 {
    private static final Spares<MessageDigest> SHA_256 = new Spares<>(() -> digest("SHA-256"));
    private static final Spares<MessageDigest> SHA_384 = new Spares<>(() -> digest("SHA-384"));
    private static final Spares<MessageDigest> SHA_512 = new Spares<>(() -> digest("SHA-512"));

    private Sha2() {}

    public static byte[] sha256(byte[] bytes) {
        return digest(SHA_256, bytes);
    }

    static byte[] sha384(byte[] bytes) {
        return digest(SHA_384, bytes);
    }

    static byte[] sha512(byte[] bytes) {
        return digest(SHA_512, bytes);
    }

    private static byte[] digest(Spares<MessageDigest> spares, byte[] bytes) {
        var digest = spares.take();
        var made = digest.digest(bytes);
        spares.giveBack(digest);
        return made;
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("This Java has no " + algorithm, impossible);
        }
    }
}
