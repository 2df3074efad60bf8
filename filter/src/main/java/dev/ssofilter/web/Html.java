package dev.ssofilter.web;

import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A piece of a page. Whoever holds one can put it between tags or into a quoted attribute: what came from outside has been
 * escaped on its way in, and there is no other way in.
 *
 * @param text HTML
 */
public record Html(String text) {
    public static final Html NOTHING = new Html("");

    private static final Pattern PLACE = Pattern.compile("\\{}");

    /**
     * The template with its places, {@code {}}, filled in turn: another piece as it is, anything else escaped.
     *
     * @param template written in the code, never from outside
     */
    public static Html of(String template, Object... parts) {
        var filled = new StringBuilder();
        var place = PLACE.matcher(template);
        for (var part : parts) {
            if (!place.find()) {
                throw new IllegalArgumentException("more parts than places: " + template);
            }
            place.appendReplacement(filled, Matcher.quoteReplacement(html(part)));
        }
        if (place.find()) {
            throw new IllegalArgumentException("more places than parts: " + template);
        }
        return new Html(place.appendTail(filled).toString());
    }

    private static String html(Object part) {
        return part instanceof Html piece ? piece.text() : escape(part.toString());
    }

    public static Html join(Collection<Html> pieces) {
        return new Html(pieces.stream().map(Html::text).collect(Collectors.joining("\n")));
    }

    /** This one where it is wanted, nothing otherwise. */
    public Html onlyIf(boolean wanted) {
        return wanted ? this : NOTHING;
    }

    /** Makes any text safe both between tags and inside a quoted attribute. */
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    @Override
    public String toString() {
        return text;
    }
}
