package dev.ssofilter.oidc;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text that came from outside, which is UTF-8 or nothing. */
final class Utf8 {
    private Utf8() {}

    /**
     * The text that the rest of a buffer with an array holds.
     *
     * @throws CharacterCodingException where it is none: a replacement character would make two different values equal
     */
    static String text(ByteBuffer bytes) throws CharacterCodingException {
        var text = new String(
                bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining(), StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0) {
            // Put there instead of what cannot be read, or by who wrote it: a decoder that refuses knows. It is slow.
            StandardCharsets.UTF_8.newDecoder().decode(bytes);
        }
        return text;
    }
}
