package dev.ssofilter.directory;

import java.util.regex.Pattern;

/** Text from outside, fit for one line of a message. */
final class Shown {
    /** What stands where a secret would. */
    static final String MASK = "********";

    private static final int LONGEST = 400;
    private static final Pattern BREAKS = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");

    private Shown() {}

    static String quoted(String text) {
        return "\"" + line(text) + "\"";
    }

    /** Without the user and password that people put before the host of a URL or of a proxy. */
    static String withoutUserInfo(String text) {
        return text.replaceAll("\\S*:\\S*@", MASK + "@");
    }

    static String line(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return plain(cut);
    }

    /** Without the characters that would begin another line, or hide or turn what stands in this one. */
    static String plain(String text) {
        return BREAKS.matcher(text).replaceAll(" ");
    }
}
