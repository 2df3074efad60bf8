package dev.ssofilter.directory;

import jakarta.json.bind.serializer.DeserializationContext;
import jakarta.json.bind.serializer.JsonbDeserializer;
import jakarta.json.stream.JsonLocation;
import jakarta.json.stream.JsonParser;
import java.io.Serial;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Reads one JSON object into plain maps and refuses what a lenient reader would let pass. Holds no state. */
final class JsonObjectReader implements JsonbDeserializer<JsonObjectReader.Content> {
    /** Far above what a token or a record needs, far below what a stack can bear. */
    private static final int MAX_DEPTH = 64;

    private static final int MAX_SHOWN_NAME = 64;

    /**
     * What was read. A type of its own, so that JSON-B calls this reader for it and for nothing else; no record, as
     * Yasson 3.0.4 wants to reach the accessors of one and cannot where it is not public.
     */
    static final class Content {
        private final Map<String, Object> members;

        private Content(Map<String, Object> members) {
            this.members = members;
        }

        Map<String, Object> members() {
            return members;
        }
    }

    /** Why the text is refused, in our words. */
    static final class Refusal extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        Refusal(String message) {
            super(message);
        }
    }

    @Override
    public Content deserialize(JsonParser parser, DeserializationContext context, Type type) {
        try {
            return new Content(object(parser, 1));
        } catch (NoSuchElementException ended) {
            throw new Refusal("not a JSON object");
        }
    }

    private static Map<String, Object> object(JsonParser parser, int depth) {
        var members = new LinkedHashMap<String, Object>();
        var names = new HashSet<String>();
        for (var event = parser.next(); event != JsonParser.Event.END_OBJECT; event = parser.next()) {
            // At the top the opening event is already consumed: a key or the end shows that it was a brace.
            if (event != JsonParser.Event.KEY_NAME) {
                throw new Refusal("not a JSON object");
            }
            String name = text(parser);
            if (!names.add(name)) {
                throw new Refusal(shown(name) + " stands twice, the second time at " + place(parser.getLocation()));
            }
            value(parser, parser.next(), depth).ifPresent(value -> members.put(name, value));
        }
        return members;
    }

    private static List<Object> array(JsonParser parser, int depth) {
        var elements = new ArrayList<>();
        for (var event = parser.next(); event != JsonParser.Event.END_ARRAY; event = parser.next()) {
            value(parser, event, depth).ifPresent(elements::add);
        }
        return elements;
    }

    private static Optional<Object> value(JsonParser parser, JsonParser.Event event, int depth) {
        if (depth >= MAX_DEPTH && (event == JsonParser.Event.START_OBJECT || event == JsonParser.Event.START_ARRAY)) {
            throw new Refusal("more than " + MAX_DEPTH + " levels deep at " + place(parser.getLocation()));
        }
        return switch (event) {
            case START_OBJECT -> Optional.of(object(parser, depth + 1));
            case START_ARRAY -> Optional.of(array(parser, depth + 1));
            case VALUE_STRING -> Optional.of(text(parser));
            case VALUE_NUMBER -> Optional.of(new Json.Num(parser.getString()));
            case VALUE_TRUE -> Optional.of(Boolean.TRUE);
            case VALUE_FALSE -> Optional.of(Boolean.FALSE);
            case VALUE_NULL -> Optional.empty();
            case KEY_NAME, END_OBJECT, END_ARRAY -> throw new Refusal("not a JSON object");
        };
    }

    private static String text(JsonParser parser) {
        String text = parser.getString();
        if (holdsHalfAPair(text)) {
            throw new Refusal("half of a surrogate pair at " + place(parser.getLocation()));
        }
        return text;
    }

    private static boolean holdsHalfAPair(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return !StandardCharsets.UTF_8.newEncoder().canEncode(text);
            }
        }
        return false;
    }

    private static String shown(String name) {
        boolean plain = name.length() <= MAX_SHOWN_NAME && name.chars().allMatch(c -> c >= ' ' && c < 0x7f);
        return plain ? "member \"" + name + "\"" : "a member";
    }

    static String place(JsonLocation location) {
        return "line " + location.getLineNumber() + ", column " + location.getColumnNumber();
    }
}
