package dev.ssofilter.oidc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * One authentication request in flight: what the browser must bring back, and what we compare and redeem with. Lives
 * ten minutes, twice what a Cognito code does. It travels as bytes in a sealed cookie.
 *
 * <p>State, nonce and code verifier are made of one random seed, each under its own name (HMAC-SHA256): none tells
 * anything of the others, and the cookie stays short. A browser that opens thirty tabs at once sends thirty of them with
 * every request, and servers allow 8 KB.
 *
 * @param seed 256 random bits, base64url
 * @param target where the user was going, as the web floor wrote it
 */
public record PendingLogin(String seed, String target, Instant begun) {
    public static final Duration LIFE = Duration.ofMinutes(10);

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SEED_BYTES = 32;
    private static final int FORMAT = 1;

    public static PendingLogin begin(String target, Instant now) {
        var seed = new byte[SEED_BYTES];
        RANDOM.nextBytes(seed);
        return new PendingLogin(encoded(seed), target, now);
    }

    /** Opaque base64url, 256 bits (RFC 6749 §10.12). */
    public String state() {
        return derived("state");
    }

    /** Ties the ID token to this request (OIDC Core §3.1.2.1). */
    public String nonce() {
        return derived("nonce");
    }

    /** Ties the code to this request (RFC 7636 §4.1); used where the directory record has PKCE on. */
    public String codeVerifier() {
        return derived("code_verifier");
    }

    private String derived(String name) {
        return encoded(Sealer.hmac(Base64.getUrlDecoder().decode(seed), name));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    public boolean expired(Instant now) {
        return now.isAfter(begun.plus(LIFE));
    }

    public boolean answers(String state) {
        return MessageDigest.isEqual(state.getBytes(StandardCharsets.UTF_8), state().getBytes(StandardCharsets.UTF_8));
    }

    public byte[] toBytes() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.write(Base64.getUrlDecoder().decode(seed));
            out.writeLong(begun.toEpochMilli());
            out.writeUTF(target);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** Empty for bytes of another format: another version of this filter shares the keys. */
    public static Optional<PendingLogin> fromBytes(byte[] bytes) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readByte() != FORMAT) {
                return Optional.empty();
            }
            var seed = in.readNBytes(SEED_BYTES);
            var begun = Instant.ofEpochMilli(in.readLong());
            return Optional.of(new PendingLogin(encoded(seed), in.readUTF(), begun));
        } catch (IOException anotherFormat) {
            return Optional.empty();
        }
    }

    /** Shows nothing: the seed is a secret, the target may be personal. */
    @Override
    public String toString() {
        return "PendingLogin[begun=" + begun + "]";
    }
}
