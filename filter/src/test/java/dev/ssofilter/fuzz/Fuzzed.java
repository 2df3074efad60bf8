package dev.ssofilter.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;
import java.util.regex.Pattern;

/**
 * What every fuzz target has in common. A target takes bytes: a text, so that a person can read and write a seed. In
 * {@code mvn verify} each runs over its committed inputs, in {@code -Pfuzz} over whatever the fuzzer makes of them.
 */
public final class Fuzzed {
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\u202A-\\u202E\\u2066-\\u2069]");

    private Fuzzed() {}

    /** Millions of executions would fill the disk with log lines. The tests beside which inputs are replayed need theirs. */
    public static void quiet() {
        if (System.getenv("JAZZER_FUZZ") != null) {
            LogManager.getLogManager().reset();
        }
    }

    public static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }

    /** A refusal of a login as it should be: not our own fault, and told in one plain line. */
    public static void assertRefusal(LoginFailedException refusal) {
        assertNotEquals(Reason.INTERNAL_ERROR, refusal.reason());
        assertOneLine(refusal.getMessage());
    }

    public static void assertRefusal(Reason expected, LoginFailedException refusal) {
        assertEquals(expected, refusal.reason(), refusal.getMessage());
        assertOneLine(refusal.getMessage());
    }

    public static void assertOneLine(String message) {
        assertFalse(message.isBlank(), "a message says nothing");
        assertFalse(UNPRINTABLE.matcher(message).find(), () -> "a message holds a control character: " + message);
    }
}
