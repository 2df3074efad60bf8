package dev.ssofilter.oidc;

import com.nimbusds.jose.util.Base64URL;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;

/** The parts of a compact JWS, none of them looked at (RFC 7515 §7.1). */
final class CompactJws {
    /** Whether a character, by its code, is one of RFC 4648 §5. */
    private static final boolean[] BASE64URL = base64Url();

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
        if (first <= 0 || second <= first + 1 || second >= token.length() - 1) {
            return Optional.empty();
        }
        var signingInput = new byte[second];
        var signature = new byte[token.length() - second - 1];
        signingInput[first] = '.';
        return copy(token, 0, first, signingInput, 0)
                        && copy(token, first + 1, second, signingInput, first + 1)
                        && copy(token, second + 1, token.length(), signature, 0)
                ? Optional.of(new CompactJws(token.substring(0, first), signingInput, signature))
                : Optional.empty();
    }

    /** False at a character that is not base64url: the library's own parser skips those; we do not. */
    private static boolean copy(String token, int begin, int end, byte[] into, int at) {
        for (var i = begin; i < end; i++) {
            var c = token.charAt(i);
            if (!isBase64Url(c)) {
                return false;
            }
            into[at + i - begin] = (byte) c;
        }
        return true;
    }

    static boolean isBase64Url(char c) {
        return c < BASE64URL.length && BASE64URL[c];
    }

    private static boolean[] base64Url() {
        var letters = new boolean[128];
        for (var c : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".toCharArray()) {
            letters[c] = true;
        }
        return letters;
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
