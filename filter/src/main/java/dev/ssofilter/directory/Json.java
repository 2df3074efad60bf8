package dev.ssofilter.directory;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.JsonbException;
import jakarta.json.bind.serializer.DeserializationContext;
import jakarta.json.bind.serializer.JsonbDeserializer;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import jakarta.json.stream.JsonParsingException;
import java.io.Serial;
import java.io.StringReader;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.parsson.JsonProviderImpl;
import org.eclipse.yasson.JsonBindingProvider;
import org.eclipse.yasson.YassonJsonb;
import org.jspecify.annotations.Nullable;

/**
 * JSON for the whole house, strict: RFC 8259 to the letter, no member twice, nothing after the closing brace, 64 levels
 * at most. Read into plain maps, as JSON-B's binding to a type of ours fails open: with Yasson 3.0.4 a boolean that is
 * absent or misspelt is false, a duplicate wins silently and text after the brace is ignored.
 */
public final class Json {
    // By its class, as the binding's below: a look-up would find whatever the container brings.
    private static final JsonProviderImpl PROVIDER = new JsonProviderImpl();
    private static final JsonParserFactory PARSERS = PROVIDER.createParserFactory(Map.of());

    /** Made for who first reads a record or writes: no login does. */
    private static final class Binding {
        static final Jsonb JSONB = new JsonBindingProvider()
                .create()
                .withProvider(PROVIDER)
                .withConfig(new JsonbConfig().withDeserializers(new Strict()).withFormatting(true))
                .build();
    }

    /**
     * What a record holds. A type of its own, so that JSON-B calls {@link Strict} for it and for nothing else; no record,
     * as Yasson 3.0.4 wants to reach the accessors of one and cannot where it is not public.
     */
    private static final class Content {
        private final Map<String, Object> members;

        Content(Map<String, Object> members) {
            this.members = members;
        }
    }

    private static final class Strict implements JsonbDeserializer<Content> {
        @Override
        public Content deserialize(JsonParser parser, DeserializationContext context, Type type) {
            try {
                return new Content(JsonObjectReader.members(parser));
            } catch (MalformedException refused) {
                throw new JsonbException(refused.getMessage(), refused);
            }
        }
    }

    private Json() {}

    /**
     * Reads an object: members in their order, each a String, a Boolean, a {@link Num}, a {@code List<Object>} or a
     * {@code Map<String, Object>}. Members and elements that are {@code null} are left out.
     *
     * @throws MalformedException if the text is anything but one object; it says where, and never shows a value
     */
    public static Map<String, Object> object(String text) throws MalformedException {
        try (JsonParser parser = PARSERS.createParser(new StringReader(text))) {
            return JsonObjectReader.read(parser);
        } catch (JsonParsingException malformed) {
            throw notWellFormed(malformed);
        }
    }

    /**
     * Reads a directory record, by JSON-B.
     *
     * @throws MalformedException as {@link #object}
     */
    public static Map<String, Object> record(String text) throws MalformedException {
        // JSON-B's own parser stops at the closing brace and hides what follows; the parser beneath it, which is why it
        // is made here, does not.
        try (JsonParser parser = PARSERS.createParser(new StringReader(text))) {
            var content = ((YassonJsonb) Binding.JSONB).<Content>fromJson(parser, Content.class);
            JsonObjectReader.requireEnd(parser);
            return content.members;
        } catch (JsonParsingException malformed) {
            throw notWellFormed(malformed);
        } catch (JsonbException refused) {
            throw reason(refused.getCause());
        }
    }

    private static MalformedException reason(@Nullable Throwable cause) {
        if (cause instanceof MalformedException refused) {
            return refused;
        }
        return cause instanceof JsonParsingException malformed
                ? notWellFormed(malformed)
                : new MalformedException("not a JSON object");
    }

    /** The library's message may show what it stumbled over, and that may be part of a secret: only the place is told. */
    private static MalformedException notWellFormed(JsonParsingException malformed) {
        return new MalformedException("not well-formed at " + JsonObjectReader.place(malformed.getLocation()));
    }

    /**
     * Writes an object, indented. Values are String, Boolean, Number, {@link Num}, Collection, Map, or an Optional of
     * these, which is left out where it is empty; an {@link IllegalArgumentException} for any other type.
     */
    public static String write(Map<String, ?> object) {
        return Binding.JSONB.toJson(plain(object));
    }

    /** The same as the JDK's types alone, numbers as BigDecimal; as {@link #write} takes them. */
    public static Map<String, Object> plain(Map<String, ?> object) {
        var members = new LinkedHashMap<String, Object>();
        object.forEach((name, member) -> {
            Optional<?> content = member instanceof Optional<?> optional ? optional : Optional.of(member);
            content.ifPresent(present -> members.put(name, plain(present)));
        });
        return members;
    }

    @SuppressWarnings("unchecked") // JSON: the names of an object's members are text.
    private static Object plain(Object value) {
        if (value instanceof Num number) {
            return new BigDecimal(number.text());
        }
        if (value instanceof Collection<?> all) {
            return all.stream().map(Json::plain).toList();
        }
        if (value instanceof Map<?, ?> map) {
            return plain((Map<String, ?>) map);
        }
        if (value instanceof String || value instanceof Boolean || value instanceof Number) {
            return value;
        }
        throw new IllegalArgumentException("JSON has no " + value.getClass().getName());
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
