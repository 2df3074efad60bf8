package dev.ssofilter.directory;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.JsonbException;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import jakarta.json.stream.JsonParsingException;
import java.io.Serial;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.parsson.JsonProviderImpl;
import org.eclipse.yasson.JsonBindingProvider;
import org.eclipse.yasson.YassonJsonb;

/**
 * JSON for the whole house, strict: RFC 8259 to the letter, no member twice, nothing after the closing brace, 64 levels
 * at most. JSON-B reads into plain maps, as binding to a type of ours fails open: with Yasson 3.0.4 a boolean that is
 * absent or misspelt is false, a duplicate wins silently and text after the brace is ignored.
 */
public final class Json {
    // Both by their provider classes: a look-up would find whatever the container brings.
    private static final JsonProviderImpl PROVIDER = new JsonProviderImpl();
    private static final JsonParserFactory PARSERS = PROVIDER.createParserFactory(Map.of());
    private static final Jsonb JSONB = new JsonBindingProvider()
            .create()
            .withProvider(PROVIDER)
            .withConfig(
                    new JsonbConfig().withDeserializers(new JsonObjectReader()).withFormatting(true))
            .build();

    private Json() {}

    /**
     * Reads an object: members in their order, each a String, a Boolean, a {@link Num}, a {@code List<Object>} or a
     * {@code Map<String, Object>}. Members and elements that are {@code null} are left out.
     *
     * @throws MalformedException if the text is anything but one object; it says where, and never shows a value
     */
    public static Map<String, Object> object(String text) throws MalformedException {
        // JSON-B's own parser stops at the closing brace and hides what follows; the parser beneath it, which is why it
        // is made here, does not.
        try (JsonParser parser = PARSERS.createParser(new StringReader(text))) {
            var object =
                    ((YassonJsonb) JSONB).<JsonObjectReader.Content>fromJson(parser, JsonObjectReader.Content.class);
            if (parser.hasNext()) {
                throw new MalformedException("text follows the closing brace");
            }
            return object.members();
        } catch (JsonParsingException malformed) {
            throw new MalformedException(where(malformed));
        } catch (JsonbException refused) {
            throw new MalformedException(reason(refused));
        }
    }

    /**
     * Writes an object, indented. Values are String, Boolean, Number, {@link Num}, Collection, Map, or an Optional of
     * these, which is left out where it is empty; an {@link IllegalArgumentException} for any other type.
     */
    public static String write(Map<String, ?> object) {
        return JSONB.toJson(writable(object));
    }

    private static Object writable(Object value) {
        if (value instanceof Num number) {
            return new BigDecimal(number.text());
        }
        if (value instanceof Collection<?> all) {
            return all.stream().map(Json::writable).toList();
        }
        if (value instanceof Map<?, ?> map) {
            var members = new LinkedHashMap<String, Object>();
            map.forEach((name, member) -> {
                Optional<?> content = member instanceof Optional<?> optional ? optional : Optional.of(member);
                content.ifPresent(present -> members.put((String) name, writable(present)));
            });
            return members;
        }
        if (value instanceof String || value instanceof Boolean || value instanceof Number) {
            return value;
        }
        throw new IllegalArgumentException("JSON has no " + value.getClass().getName());
    }

    private static String reason(JsonbException refused) {
        Throwable cause = refused.getCause();
        if (cause instanceof JsonObjectReader.Refusal refusal) {
            return String.valueOf(refusal.getMessage());
        }
        // The library's message may show what it stumbled over, and that may be part of a secret: only the place is
        // told.
        return cause instanceof JsonParsingException malformed ? where(malformed) : "not a JSON object";
    }

    private static String where(JsonParsingException malformed) {
        return "not well-formed at " + JsonObjectReader.place(malformed.getLocation());
    }

    /**
     * A number.
     *
     * @param text the number as it stood in the JSON, digit by digit: {@code 1.00} stays {@code 1.00}
     */
    public record Num(String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    /** The text is not the JSON object that was expected. The message says where, never what a value was. */
    public static final class MalformedException extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        // Without the library's exception as its cause: that one's message may show a value.
        MalformedException(String message) {
            super(message);
        }
    }
}
