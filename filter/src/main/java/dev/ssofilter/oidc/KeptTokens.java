package dev.ssofilter.oidc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;

/**
 * The tokens that a session keeps. They travel as bytes, sealed by {@link TokenSeal}.
 *
 * @param idToken verified when it came: what a later one is compared with, and the hint at sign-out
 * @param expires of the access token
 */
record KeptTokens(String accessToken, Optional<String> refreshToken, String idToken, Instant expires) {
    private static final int FORMAT = 1;

    static KeptTokens of(Tokens tokens, Instant now) {
        return new KeptTokens(
                tokens.accessToken(), tokens.refreshToken(), tokens.idToken(), now.plus(tokens.lifetime()));
    }

    /** The same with the refresh token of a later answer, of which nothing else could be verified yet. */
    KeptTokens with(Optional<String> laterRefreshToken) {
        return new KeptTokens(accessToken, laterRefreshToken, idToken, expires);
    }

    boolean expired(Instant now) {
        return !now.isBefore(expires);
    }

    byte[] toBytes() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeLong(expires.toEpochMilli());
            out.writeUTF(accessToken);
            out.writeUTF(idToken);
            out.writeUTF(refreshToken.orElse(""));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** Empty for bytes of another format: another version of this filter shares the keys. */
    static Optional<KeptTokens> fromBytes(byte[] bytes) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readByte() != FORMAT) {
                return Optional.empty();
            }
            var expires = Instant.ofEpochMilli(in.readLong());
            var accessToken = in.readUTF();
            var idToken = in.readUTF();
            var refreshToken = Optional.of(in.readUTF()).filter(token -> !token.isEmpty());
            return Optional.of(new KeptTokens(accessToken, refreshToken, idToken, expires));
        } catch (IOException anotherFormat) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "KeptTokens[expires=" + expires + "]";
    }
}
