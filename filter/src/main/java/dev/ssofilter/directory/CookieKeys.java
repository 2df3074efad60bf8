package dev.ssofilter.directory;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Reads {@code cookieKeys}. Says of a bad key which one it is and never what it was. */
final class CookieKeys {
    /** 256 bits. */
    private static final int BYTES = 32;

    private static final String EXPECTED = "; expected 256-bit keys in base64url (43 letters each) with white space"
            + " between, such as `openssl rand -base64 32 | tr '+/' '-_'` makes";

    private CookieKeys() {}

    static List<byte[]> parse(String text) {
        var problems = new ArrayList<String>();
        var keys = new ArrayList<byte[]>();
        for (String word : text.strip().split("\\s+")) {
            String which = "has a key (number " + (keys.size() + 1) + ") that ";
            byte[] key = decode(word);
            if (key.length == 0) {
                problems.add(which + "is not base64url" + EXPECTED);
            } else if (key.length != BYTES) {
                problems.add(which + "is of " + key.length * 8 + " bits" + EXPECTED);
            } else if (MessageDigest.isEqual(key, new byte[BYTES])) {
                problems.add(which + "is all zero" + EXPECTED);
            } else if (keys.stream().anyMatch(other -> MessageDigest.isEqual(other, key))) {
                problems.add(which + "stands there twice; expected each once");
            }
            keys.add(key);
        }
        Refused.ifAny(problems);
        return List.copyOf(keys);
    }

    /** Whether one of the keys is the client secret, as bytes or as the text of the key. */
    static boolean anyEquals(List<byte[]> keys, String clientSecret) {
        byte[] asText = clientSecret.getBytes(StandardCharsets.UTF_8);
        byte[] decoded = decode(clientSecret);
        return keys.stream().anyMatch(key -> MessageDigest.isEqual(key, asText) || MessageDigest.isEqual(key, decoded));
    }

    private static byte[] decode(String word) {
        try {
            return Base64.getUrlDecoder().decode(word);
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }
}
