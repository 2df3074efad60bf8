package dev.ssofilter.oidc;

import com.nimbusds.jose.util.Base64URL;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;

/** The parts of a compact JWS, none of them looked at (RFC 7515 §7.1). */
final class CompactJws {
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    private final String header;
    private final byte[] signingInput;
    private final byte[] signature;

    private CompactJws(String header, byte[] signingInput, byte[] signature) {
        this.header = header;
        this.signingInput = signingInput;
        this.signature = signature;
    }

    /** Empty for anything but three parts with dots between, each of base64url letters and none empty. */
    static Optional<CompactJws> read(String token) {
        var first = token.indexOf('.');
        var second = token.indexOf('.', first + 1);
        var isWhole = first > 0 && second > first + 1 && second < token.length() - 1;
        if (!isWhole || !isBase64Url(token, first, second)) {
            return Optional.empty();
        }
        return Optional.of(new CompactJws(
                token.substring(0, first), ascii(token, 0, second), ascii(token, second + 1, token.length())));
    }

    /** The library's own parser skips characters that are not base64url; we do not. */
    private static boolean isBase64Url(String token, int first, int second) {
        for (var i = 0; i < token.length(); i++) {
            if (i != first && i != second && !isBase64Url(token.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    static boolean isBase64Url(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_';
    }

    private static byte[] ascii(String token, int begin, int end) {
        var bytes = new byte[end - begin];
        for (var i = begin; i < end; i++) {
            bytes[i - begin] = (byte) token.charAt(i);
        }
        return bytes;
    }

    String header() {
        return header;
    }

    /** What is signed: header and payload as they came, with the dot between. For reading alone. */
    byte[] signingInput() {
        return signingInput;
    }

    /** @throws IllegalArgumentException where it is no base64url after all: a letter is left over */
    ByteBuffer payload() {
        var payload = header.length() + 1;
        return DECODER.decode(ByteBuffer.wrap(signingInput, payload, signingInput.length - payload));
    }

    /** @throws IllegalArgumentException as {@link #payload} */
    Base64URL signature() {
        return new Signature(DECODER.decode(signature));
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
