package dev.ssofilter.web.setup;

import java.util.Locale;
import java.util.ResourceBundle;

/** The words beside the fields. */
final class Words {
    // Our own loader, because the thread's may be another application's.
    private static final ResourceBundle WORDS =
            ResourceBundle.getBundle("dev.ssofilter.web.setup.setup", Locale.ROOT, Words.class.getClassLoader());

    private Words() {}

    static String label(String member) {
        var key = member + ".label";
        return WORDS.containsKey(key) ? WORDS.getString(key) : member;
    }

    static String hint(String member) {
        return WORDS.getString(member + ".hint");
    }
}
