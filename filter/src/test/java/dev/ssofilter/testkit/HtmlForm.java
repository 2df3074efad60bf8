package dev.ssofilter.testkit;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A form of an HTML page as far as {@link Browser} needs it: where it goes, how, and what its inputs hold. */
record HtmlForm(String action, boolean post, Map<String, String> fields, boolean asksForPassword) {
    private static final Pattern FORM =
            Pattern.compile("<form\\b([^>]*)>(.*?)</form>", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern INPUT = Pattern.compile("<input\\b([^>]*)>", Pattern.CASE_INSENSITIVE);
    private static final Pattern ATTRIBUTE =
            Pattern.compile("([a-zA-Z-]+)\\s*(?:=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s\"'>]+)))?");

    /** The page's form: the one that asks for a password, else the first. */
    static Optional<HtmlForm> of(String html) {
        Optional<HtmlForm> first = Optional.empty();
        Matcher forms = FORM.matcher(html);
        while (forms.find()) {
            HtmlForm form = read(forms.group(1), forms.group(2));
            if (form.asksForPassword()) {
                return Optional.of(form);
            }
            first = first.or(() -> Optional.of(form));
        }
        return first;
    }

    private static HtmlForm read(String head, String content) {
        Map<String, String> attributes = attributes(head);
        Map<String, String> fields = new LinkedHashMap<>();
        boolean password = false;
        Matcher inputs = INPUT.matcher(content);
        while (inputs.find()) {
            Map<String, String> input = attributes(inputs.group(1));
            String type = input.getOrDefault("type", "text").toLowerCase(Locale.ROOT);
            password |= type.equals("password");
            boolean sent = !type.equals("submit")
                    && !type.equals("button")
                    && (!type.equals("checkbox") || input.containsKey("checked"));
            if (sent && input.containsKey("name")) {
                fields.put(input.get("name"), input.getOrDefault("value", ""));
            }
        }
        boolean post = attributes.getOrDefault("method", "get").equalsIgnoreCase("post");
        return new HtmlForm(attributes.getOrDefault("action", ""), post, fields, password);
    }

    private static Map<String, String> attributes(String text) {
        Map<String, String> found = new LinkedHashMap<>();
        Matcher matcher = ATTRIBUTE.matcher(text);
        while (matcher.find()) {
            String value = Optional.ofNullable(matcher.group(2))
                    .or(() -> Optional.ofNullable(matcher.group(3)))
                    .or(() -> Optional.ofNullable(matcher.group(4)))
                    .orElse("");
            found.putIfAbsent(matcher.group(1).toLowerCase(Locale.ROOT), unescape(value));
        }
        return found;
    }

    private static String unescape(String text) {
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&#43;", "+")
                .replace("&#61;", "=")
                .replace("&#x2F;", "/")
                .replace("&amp;", "&");
    }
}
