package dev.ssofilter.oidc;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One authentication request in flight: what the browser must bring back, and what we compare and redeem with. Lives
 * ten minutes, twice what a Cognito code does. It travels as bytes in a sealed cookie.
 *
 * @param state opaque base64url, 256 bits (RFC 6749 §10.12)
 * @param nonce ties the ID token to this request (OIDC Core §3.1.2.1)
 * @param codeVerifier ties the code to this request (RFC 7636 §4.1); used where the directory record has PKCE on
 * @param target where the user was going, as the web floor wrote it
 */
public record PendingLogin(String state, String nonce, String codeVerifier, String target, Instant begun) {
    public static final Duration LIFE = Duration.ofMinutes(10);

    private static final int BYTES_OF_RANDOMNESS = 32;
    private static final int FORMAT = 1;

    public static PendingLogin begin(String target, Instant now) {
        return new PendingLogin(
                new State(BYTES_OF_RANDOMNESS).getValue(),
                new Nonce(BYTES_OF_RANDOMNESS).getValue(),
                new CodeVerifier().getValue(),
                target,
                now);
    }

    public boolean expired(Instant now) {
        return now.isAfter(begun.plus(LIFE));
    }

    public boolean answers(String state) {
        return MessageDigest.isEqual(
                state.getBytes(StandardCharsets.UTF_8), this.state.getBytes(StandardCharsets.UTF_8));
    }

    public byte[] toBytes() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeUTF(state);
            out.writeUTF(nonce);
            out.writeUTF(codeVerifier);
            out.writeUTF(target);
            out.writeLong(begun.toEpochMilli());
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
            return Optional.of(new PendingLogin(
                    in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF(), Instant.ofEpochMilli(in.readLong())));
        } catch (IOException anotherFormat) {
            return Optional.empty();
        }
    }

    /** Shows nothing: state, nonce and verifier are secrets, the target may be personal. */
    @Override
    public String toString() {
        return "PendingLogin[begun=" + begun + "]";
    }
}
