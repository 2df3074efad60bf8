package dev.ssofilter.oidc;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * One authentication request in flight: what the browser must bring back, and what we compare and redeem with. Lives
 * ten minutes, twice what a Cognito code does. It travels as bytes in a sealed cookie.
 *
 * <p>All of it is one random seed, so that the cookie stays short: a browser that opens eight tabs at once sends eight of
 * them with every request, and servers allow 8 KB. The code verifier is the seed; state and nonce are the halves of its
 * SHA-512 as text, so that who knows both of them, as everybody does who sees the authentication request, knows nothing of it.
 */
public final class PendingLogin {
    public static final Duration LIFE = Duration.ofMinutes(10);

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SEED_BYTES = 32;
    private static final int STATE_LENGTH = 43;
    private static final int FORMAT = 2;
    private static final int BEFORE_TARGET = 1 + SEED_BYTES + Long.BYTES + Short.BYTES;

    private final byte[] seed;
    private final String target;
    private final Instant begun;
    private final byte[] derived;
    private final String state;

    /**
     * @param seed 256 random bits, which nobody changes afterwards
     * @param target where the user was going, as the web floor wrote it
     */
    public PendingLogin(byte[] seed, String target, Instant begun) {
        this.seed = seed;
        this.target = target;
        this.begun = begun;
        this.derived = BASE64.encode(Sha2.sha512(seed));
        this.state = new String(derived, 0, STATE_LENGTH, StandardCharsets.US_ASCII);
    }

    public static PendingLogin begin(String target, Instant now) {
        var seed = new byte[SEED_BYTES];
        RANDOM.nextBytes(seed);
        return new PendingLogin(seed, target, now);
    }

    public byte[] seed() {
        return seed.clone();
    }

    public String target() {
        return target;
    }

    public Instant begun() {
        return begun;
    }

    /** Opaque text of base64url letters, 256 bits (RFC 6749 §10.10, §10.12). */
    public String state() {
        return state;
    }

    /** Ties the ID token to this request (OIDC Core §3.1.2.1). */
    public String nonce() {
        return new String(derived, STATE_LENGTH, derived.length - STATE_LENGTH, StandardCharsets.US_ASCII);
    }

    /** Ties the code to this request (RFC 7636 §4.1); used where the directory record has PKCE on. */
    public String codeVerifier() {
        return BASE64.encodeToString(seed);
    }

    /** What the provider compares it with, by the method S256 (RFC 7636 §4.2). */
    public String codeChallenge() {
        return BASE64.encodeToString(Sha2.sha256(BASE64.encode(seed)));
    }

    public boolean expired(Instant now) {
        return now.isAfter(begun.plus(LIFE));
    }

    public boolean answers(String state) {
        return MessageDigest.isEqual(
                state.getBytes(StandardCharsets.UTF_8), this.state.getBytes(StandardCharsets.UTF_8));
    }

    public byte[] toBytes() {
        var going = target.getBytes(StandardCharsets.UTF_8);
        var bytes = new byte[BEFORE_TARGET + going.length];
        ByteBuffer.wrap(bytes)
                .put((byte) FORMAT)
                .put(seed)
                .putLong(begun.toEpochMilli())
                .putShort((short) going.length)
                .put(going);
        return bytes;
    }

    /** Empty for bytes of another format: another version of this filter shares the keys. */
    public static Optional<PendingLogin> fromBytes(byte[] bytes) {
        var in = ByteBuffer.wrap(bytes);
        if (bytes.length < BEFORE_TARGET || in.get() != FORMAT) {
            return Optional.empty();
        }
        var seed = new byte[SEED_BYTES];
        in.get(seed);
        var begun = Instant.ofEpochMilli(in.getLong());
        return Short.toUnsignedInt(in.getShort()) == in.remaining()
                ? Optional.of(new PendingLogin(
                        seed, new String(bytes, in.position(), in.remaining(), StandardCharsets.UTF_8), begun))
                : Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PendingLogin login
                && Arrays.equals(seed, login.seed)
                && target.equals(login.target)
                && begun.equals(login.begun);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(seed);
    }

    /** Shows nothing: the seed is a secret, the target may be personal. */
    @Override
    public String toString() {
        return "PendingLogin[begun=" + begun + "]";
    }
}
