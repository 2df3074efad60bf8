package dev.ssofilter.web;

import java.util.regex.Pattern;

/** One event, one line: text from outside cannot begin another, nor hide or turn what stands in it. */
public final class LogLine {
    private static final Pattern INVISIBLE =
            Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]"); // controls, bidi overrides, unassigned, U+2028
    private static final int ENOUGH = 4;

    private LogLine() {}

    public static String of(String text) {
        return INVISIBLE.matcher(text).replaceAll("?");
    }

    /** The beginning of an identifier: enough to find a user whom one knows, too little to learn one (it may be an e-mail). */
    static String shortened(String identifier) {
        return identifier.length() <= ENOUGH ? identifier : identifier.substring(0, ENOUGH) + "…";
    }
}
