package dev.ssofilter.sample;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Markup that is safe to send: every value that is not markup itself has been escaped. */
record Html(String markup) {
    private static final Pattern PLACE = Pattern.compile("\\{}");

    /** Fills each <code>{}</code> of a pattern that we wrote with the next value. */
    static Html of(String pattern, Object... values) {
        var next = List.of(values).iterator();
        return new Html(PLACE.matcher(pattern).replaceAll(place -> Matcher.quoteReplacement(escaped(next.next()))));
    }

    static Html joined(List<Html> parts) {
        return new Html(String.join("\n", parts.stream().map(Html::markup).toList()));
    }

    private static String escaped(Object value) {
        if (value instanceof Html html) {
            return html.markup();
        }
        return value.toString()
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
