package dev.ssofilter.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes every page of the filter. What a page says stands in one resource bundle, {@code texts.properties}; nothing of a
 * request or of the provider's answer is ever on it.
 */
final class Page {
    /** The one thing that a page offers to do. Its text key names {@code KEY.label} in the bundle. */
    sealed interface Action {
        String textKey();

        String html(String label);

        String referrerPolicy();

        /** A way on that changes nothing. */
        record Link(String textKey, String href) implements Action {
            @Override
            public String html(String label) {
                return "<p><a class=\"action\" href=\"" + Html.escape(href) + "\">" + label + "</a></p>";
            }

            @Override
            public String referrerPolicy() {
                return NO_REFERRER;
            }
        }

        /** A button that posts, without fields. */
        record Form(String textKey, String action) implements Action {
            @Override
            public String html(String label) {
                return "<form method=\"post\" action=\"" + Html.escape(action) + "\"><button class=\"action\">" + label
                        + "</button></form>";
            }

            // Fetch, "append a request Origin header": under no-referrer a form posts "Origin: null",
            // and the logout that it asks for would be refused.
            @Override
            public String referrerPolicy() {
                return "same-origin";
            }
        }
    }

    private static final String NO_REFERRER = "no-referrer";
    private static final Pattern PLACE = Pattern.compile("\\{([a-z]+)}");

    // Our own loader, because the thread's may be another application's; the root locale, because a page must not
    // change
    // its language with the machine it runs on.
    private static final ResourceBundle TEXTS =
            ResourceBundle.getBundle("dev.ssofilter.web.texts", Locale.ROOT, Page.class.getClassLoader());

    private static final String TEMPLATE = PageFile.text(Page.class, "page.html");

    // No form-action: it would also stop the redirect from our logout to the provider's.
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src "
            + PageFile.hashSource(PageFile.STYLE) + "; frame-ancestors 'none'; base-uri 'none'";

    private Page() {}

    /**
     * Writes a whole page; the response must not be committed. Headers that are set already, cookies among them, stay.
     *
     * @param key names {@code KEY.title}, {@code KEY.text} and, where the operator can learn the remedy from the page,
     *     {@code KEY.operator} in the bundle: a {@link dev.ssofilter.user.Reason} by its name, {@code SIGN_OUT} or
     *     {@code SIGNED_OUT}
     * @param reference what the one log line about a failure repeats; shown together with the key, which is then the
     *     reason
     */
    static void write(
            HttpServletResponse response, int status, String key, Optional<Action> action, Optional<String> reference)
            throws IOException {
        write(response, status, key, Optional.empty(), action, reference);
    }

    /** The same, with the application's own words in place of {@code KEY.text}. */
    static void write(
            HttpServletResponse response,
            int status,
            String key,
            Optional<String> words,
            Optional<Action> action,
            Optional<String> reference)
            throws IOException {
        var page = html(key, words, action, reference);
        OwnAnswer.headers(response);
        response.setStatus(status);
        response.setContentType("text/html;charset=UTF-8");
        response.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        response.setHeader("Referrer-Policy", action.map(Action::referrerPolicy).orElse(NO_REFERRER));
        response.setHeader("X-Frame-Options", "DENY");
        OwnAnswer.body(response, page);
    }

    /** The title of a page, as plain text. */
    static String title(String key) {
        return TEXTS.getString(key + ".title");
    }

    private static String html(
            String key, Optional<String> words, Optional<Action> action, Optional<String> reference) {
        var parts = Map.of(
                "style", PageFile.STYLE,
                "title", text(key + ".title"),
                "text", paragraphs(words.map(Html::escape).orElseGet(() -> text(key + ".text"))),
                "action", action.map(a -> a.html(text(a.textKey() + ".label"))).orElse(""),
                "operator", operator(key + ".operator"),
                "reference", reference.map(r -> reference(r, key)).orElse(""));
        // One pass: what is put in is never read as template again.
        return PLACE.matcher(TEMPLATE).replaceAll(place -> Matcher.quoteReplacement(part(parts, place.group(1))));
    }

    private static String part(Map<String, String> parts, String name) {
        return Objects.requireNonNull(parts.get(name), () -> "page.html: no such part: {" + name + "}");
    }

    private static String paragraphs(String escaped) {
        return escaped.lines().map(line -> "<p>" + line + "</p>").collect(Collectors.joining("\n"));
    }

    private static String operator(String key) {
        if (!TEXTS.containsKey(key)) {
            return "";
        }
        return "<section><h2>" + text("OPERATOR.label") + "</h2>\n" + paragraphs(text(key)) + "</section>";
    }

    private static String reference(String reference, String reason) {
        return "<footer><p>" + text("REFERENCE.label") + ": " + Html.escape(reference) + "</p><p>"
                + text("REASON.label") + ": " + Html.escape(reason) + "</p></footer>";
    }

    private static String text(String key) {
        return Html.escape(TEXTS.getString(key));
    }
}
