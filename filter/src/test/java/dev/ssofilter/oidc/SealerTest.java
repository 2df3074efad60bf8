package dev.ssofilter.oidc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealerTest {
    private static final byte[] KEY = bytes("a key of this test, 32 bytes lon");
    private static final byte[] OTHER = bytes("another key, 32 bytes long as it");
    private static final byte[] CONTENT = bytes("what is sealed");

    private final Sealer sealer = Sealer.withKeys(List.of(KEY));

    @Test
    void opensWhatItSealed() {
        assertOpens(
                CONTENT,
                sealer.forPurpose("login").open(sealer.forPurpose("login").seal(CONTENT)));
        assertOpens(
                new byte[0], sealer.forPurpose("").open(sealer.forPurpose("").seal(new byte[0])));
    }

    @Test
    void sealsWithAes256GcmUnderAFreshNonceAndAKeyOfThePurpose() throws Exception {
        var sealed = Base64.getUrlDecoder().decode(sealer.forPurpose("login é").seal(CONTENT));
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        var key = hmac(KEY, bytes("login é\u0001")); // RFC 5869 §2.3
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, sealed, 0, 12));

        assertArrayEquals(CONTENT, cipher.doFinal(sealed, 12, sealed.length - 12));
        assertEquals(12 + CONTENT.length + 16, sealed.length);
    }

    @Test
    @DisplayName("AB-164 uses no nonce twice")
    void usesNoNonceTwice() {
        var seal = sealer.forPurpose("login");
        var nonces = new HashSet<String>();
        for (var i = 0; i < 1000; i++) {
            nonces.add(seal.seal(CONTENT).substring(0, 16));
        }

        assertEquals(1000, nonces.size());
    }

    @Test
    void sealsAndOpensInManyThreadsAtOnce() {
        var seal = sealer.forPurpose("login");
        var opened = IntStream.range(0, 2000)
                .parallel()
                .filter(i -> {
                    var content = bytes("content " + i);
                    var sealed = seal.seal(content);
                    var changed = (sealed.startsWith("A") ? "B" : "A") + sealed.substring(1);
                    return seal.open(changed).isEmpty()
                            && Arrays.equals(content, seal.open(sealed).orElseThrow());
                })
                .count();

        assertEquals(2000, opened);
    }

    @Test
    void keepsItsKeysWhateverBecomesOfTheArraysTheyCameIn() {
        var key = KEY.clone();
        var kept = Sealer.withKeys(List.of(key));
        Arrays.fill(key, (byte) 0);

        assertOpens(
                CONTENT,
                kept.forPurpose("login").open(sealer.forPurpose("login").seal(CONTENT)));
    }

    @Test
    void opensNothingForAnotherPurpose() {
        var sealed = sealer.forPurpose("login\nname").seal(CONTENT);

        for (var purpose : List.of("", "login", "login\nnam", "login\nnamE", "login\nname ", "login\nname\n")) {
            assertEquals(Optional.empty(), sealer.forPurpose(purpose).open(sealed), purpose);
        }
    }

    @Test
    void opensNothingOfAnotherKey() {
        assertEquals(
                Optional.empty(),
                Sealer.withKeys(List.of(OTHER))
                        .forPurpose("login")
                        .open(sealer.forPurpose("login").seal(CONTENT)));
        assertEquals(
                Optional.empty(),
                Sealer.random()
                        .forPurpose("login")
                        .open(Sealer.random().forPurpose("login").seal(CONTENT)));
        assertEquals(
                Optional.empty(),
                Sealer.fromClientSecret("secret2")
                        .forPurpose("login")
                        .open(Sealer.fromClientSecret("secret")
                                .forPurpose("login")
                                .seal(CONTENT)));
    }

    @Test
    @DisplayName("AB-225 seals with the first key and opens with every")
    void sealsWithTheFirstKeyAndOpensWithEvery() {
        var rotating = Sealer.withKeys(List.of(OTHER, KEY));

        assertOpens(
                CONTENT,
                rotating.forPurpose("login").open(sealer.forPurpose("login").seal(CONTENT)));
        assertOpens(
                CONTENT,
                Sealer.withKeys(List.of(OTHER))
                        .forPurpose("login")
                        .open(rotating.forPurpose("login").seal(CONTENT)));
        assertEquals(
                Optional.empty(),
                sealer.forPurpose("login").open(rotating.forPurpose("login").seal(CONTENT)));
    }

    @Test
    @DisplayName("AB-163 opens nothing of which a bit was changed")
    void opensNothingOfWhichABitWasChanged() {
        var seal = sealer.forPurpose("login");
        var sealed = Base64.getUrlDecoder().decode(seal.seal(CONTENT));
        for (var bit = 0; bit < sealed.length * 8; bit++) {
            var changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);

            assertEquals(Optional.empty(), seal.open(encoded(changed)), "bit " + bit);
        }
        assertOpens(CONTENT, seal.open(encoded(sealed)));
    }

    // The last character of base64url may hold bits that mean nothing.
    @Test
    @DisplayName("AB-163 opens no other text than it wrote")
    void opensNoOtherTextThanItWrote() {
        for (var length = 0; length < 6; length++) {
            var sealed = sealer.forPurpose("login").seal(new byte[length]);
            var open = 0;
            for (var c = '!'; c <= '~'; c++) {
                open += sealer.forPurpose("login")
                                .open(sealed.substring(0, sealed.length() - 1) + c)
                                .isPresent()
                        ? 1
                        : 0;
            }

            assertEquals(1, open, "of " + length + " bytes");
            for (var more : List.of("=", "==", "===", "A", "\n", " ", ".")) {
                assertEquals(Optional.empty(), sealer.forPurpose("login").open(sealed + more), length + more);
            }
        }
    }

    @Test
    @DisplayName("AB-163 opens nothing that was cut or rearranged")
    void opensNothingThatWasCutOrRearranged() {
        var sealed = Base64.getUrlDecoder().decode(sealer.forPurpose("login").seal(CONTENT));
        for (var length = 0; length < sealed.length; length++) {
            assertEquals(
                    Optional.empty(),
                    sealer.forPurpose("login").open(encoded(Arrays.copyOf(sealed, length))),
                    length + " bytes");
            assertEquals(
                    Optional.empty(),
                    sealer.forPurpose("login")
                            .open(encoded(Arrays.copyOfRange(sealed, sealed.length - length, sealed.length))));
        }
        var swapped = new ByteArrayOutputStream();
        swapped.write(sealed, sealed.length - 16, 16);
        swapped.write(sealed, 0, sealed.length - 16);
        assertEquals(Optional.empty(), sealer.forPurpose("login").open(encoded(swapped.toByteArray())));
        assertEquals(
                Optional.empty(), sealer.forPurpose("login").open(encoded(Arrays.copyOf(sealed, sealed.length + 1))));
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(strings = {"", " ", "A", "====", "é", "a+b/", "not base64url!", "\u0000", "%", "....", "\uD800"})
    void opensNothingElse(String text) {
        assertEquals(Optional.empty(), sealer.forPurpose("login").open(text));
        assertEquals(Optional.empty(), sealer.forPurpose("login").open(text.repeat(100)));
    }

    @Test
    void writesWhatACookieMayHold() {
        for (var length = 0; length < 100; length++) {
            var sealed = sealer.forPurpose("login").seal(new byte[length]);

            assertTrue(sealed.matches("[A-Za-z0-9_-]+"), sealed);
        }
    }

    @Test
    void derivesTheSameKeyOnEveryNode() {
        var sealed = Sealer.fromClientSecret("the secret").forPurpose("login").seal(CONTENT);

        assertOpens(
                CONTENT,
                Sealer.fromClientSecret("the secret").forPurpose("login").open(sealed));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "s",
                "the secret",
                "a secret of more than sixty-four bytes, which HMAC hashes before it uses it as a key",
                "schlüssel"
            })
    void derivesItsKeyAsRfc5869Says(String secret) throws Exception {
        var key = hkdf(bytes(secret), bytes("dev.ssofilter"), bytes("login cookie"), 32);

        assertOpens(
                CONTENT,
                Sealer.fromClientSecret(secret)
                        .forPurpose("login")
                        .open(Sealer.withKeys(List.of(key)).forPurpose("login").seal(CONTENT)));
        assertOpens(
                CONTENT,
                Sealer.withKeys(List.of(key))
                        .forPurpose("login")
                        .open(Sealer.fromClientSecret(secret)
                                .forPurpose("login")
                                .seal(CONTENT)));
    }

    // RFC 5869 A.1 and A.3: what the test above compares with is right.
    @Test
    void comparesWithTheFunctionOfTheRfc() throws Exception {
        var hex = HexFormat.of();
        var okm = hkdf(
                hex.parseHex("0b".repeat(22)),
                hex.parseHex("000102030405060708090a0b0c"),
                hex.parseHex("f0f1f2f3f4f5f6f7f8f9"),
                42);
        var bare = hkdf(hex.parseHex("0b".repeat(22)), new byte[32], new byte[0], 42);

        assertEquals(
                "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
                hex.formatHex(okm));
        assertEquals(
                "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
                hex.formatHex(bare));
    }

    /** RFC 5869 §2, with SHA-256, as many blocks as are asked for. */
    private static byte[] hkdf(byte[] secret, byte[] salt, byte[] info, int length) throws Exception {
        var prk = hmac(salt, secret);
        var okm = new ByteArrayOutputStream();
        var block = new byte[0];
        for (var counter = 1; okm.size() < length; counter++) {
            block = hmac(prk, block, info, new byte[] {(byte) counter});
            okm.write(block);
        }
        return Arrays.copyOf(okm.toByteArray(), length);
    }

    private static byte[] hmac(byte[] key, byte[]... parts) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        for (var part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }

    private static void assertOpens(byte[] expected, Optional<byte[]> opened) {
        assertArrayEquals(expected, opened.orElseThrow());
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
