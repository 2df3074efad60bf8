package dev.ssofilter.oidc;

import com.nimbusds.jose.util.Base64URL;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** The parts of a compact JWS, none of them looked at (RFC 7515 §7.1). */
final class CompactJws {
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private final String header;
    private final byte[] token;
    private final int payload;
    private final int signature;

    private CompactJws(String token, int payload, int signature) {
        this.header = token.substring(0, payload - 1);
        this.token = token.getBytes(StandardCharsets.US_ASCII);
        this.payload = payload;
        this.signature = signature;
    }

    /** Empty for anything but three parts with dots between, each of base64url letters and none empty. */
    static Optional<CompactJws> read(String token) {
        // The library's own parser skips characters that are not base64url; we do not.
        var parts = 1;
        var begun = 0;
        for (var i = 0; i < token.length(); i++) {
            var c = token.charAt(i);
            if (c == '.' && i > begun) {
                parts++;
                begun = i + 1;
            } else if (!isBase64Url(c)) {
                return Optional.empty();
            }
        }
        return parts == 3 && token.length() > begun
                ? Optional.of(new CompactJws(token, token.indexOf('.') + 1, begun))
                : Optional.empty();
    }

    private static boolean isBase64Url(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_';
    }

    String header() {
        return header;
    }

    /** What is signed: header and payload as they came, with the dot between. */
    byte[] signingInput() {
        return Arrays.copyOf(token, signature - 1);
    }

    /** @throws IllegalArgumentException where it is no base64url after all: a letter is left over */
    ByteBuffer payload() {
        return decoded(payload, signature - 1);
    }

    /** @throws IllegalArgumentException as {@link #payload} */
    Base64URL signature() {
        return new Signature(decoded(signature, token.length).array());
    }

    /** In an array of its own that has its length. */
    private ByteBuffer decoded(int begin, int end) {
        return DECODER.decode(ByteBuffer.wrap(token, begin, end - begin));
    }

    /** Decoded by the JDK: the library's decoder takes as long for every text, a care that a signature does not need. */
    private static final class Signature extends Base64URL {
        private static final long serialVersionUID = 1L;

        private final byte[] decoded;

        Signature(byte[] decoded) {
            super(""); // nobody asks for the text
            this.decoded = decoded;
        }

        @Override
        public byte[] decode() {
            return decoded;
        }
    }
}
