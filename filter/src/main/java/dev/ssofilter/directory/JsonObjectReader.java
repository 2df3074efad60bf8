package dev.ssofilter.directory;

import dev.ssofilter.directory.Json.MalformedException;
import jakarta.json.stream.JsonLocation;
import jakarta.json.stream.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/** Reads one JSON object into plain maps and refuses what a lenient reader would let pass. */
final class JsonObjectReader {
    /** Far above what a token or a record needs, far below what a stack can bear. */
    private static final int MAX_DEPTH = 64;

    private static final int MAX_SHOWN_NAME = 64;

    private JsonObjectReader() {}

    /** The object, and nothing but it. */
    static Map<String, Object> read(JsonParser parser) throws MalformedException {
        try {
            parser.next(); // were it no opening brace, no key would follow
        } catch (NoSuchElementException ended) {
            throw new MalformedException("not a JSON object");
        }
        Map<String, Object> members = members(parser);
        requireEnd(parser);
        return members;
    }

    /** What follows an opening brace. */
    static Map<String, Object> members(JsonParser parser) throws MalformedException {
        try {
            return object(parser, 1);
        } catch (NoSuchElementException ended) {
            throw new MalformedException("not a JSON object");
        }
    }

    static void requireEnd(JsonParser parser) throws MalformedException {
        if (parser.hasNext()) {
            throw new MalformedException("text follows the closing brace");
        }
    }

    private static Map<String, Object> object(JsonParser parser, int depth) throws MalformedException {
        var members = new LinkedHashMap<String, Object>();
        Set<String> nulls = Set.of();
        for (var event = parser.next(); event != JsonParser.Event.END_OBJECT; event = parser.next()) {
            // At the top the opening event is already consumed: a key or the end shows that it was a brace.
            if (event != JsonParser.Event.KEY_NAME) {
                throw new MalformedException("not a JSON object");
            }
            String name = text(parser);
            if (members.containsKey(name) || nulls.contains(name)) {
                throw new MalformedException(
                        shown(name) + " stands twice, the second time at " + place(parser.getLocation()));
            }
            var value = parser.next();
            if (value == JsonParser.Event.VALUE_NULL) {
                nulls = nulls.isEmpty() ? new HashSet<>() : nulls;
                nulls.add(name);
            } else {
                members.put(name, value(parser, value, depth));
            }
        }
        return members;
    }

    private static List<Object> array(JsonParser parser, int depth) throws MalformedException {
        var elements = new ArrayList<>();
        for (var event = parser.next(); event != JsonParser.Event.END_ARRAY; event = parser.next()) {
            if (event != JsonParser.Event.VALUE_NULL) {
                elements.add(value(parser, event, depth));
            }
        }
        return elements;
    }

    private static Object value(JsonParser parser, JsonParser.Event event, int depth) throws MalformedException {
        if (depth >= MAX_DEPTH && (event == JsonParser.Event.START_OBJECT || event == JsonParser.Event.START_ARRAY)) {
            throw new MalformedException("more than " + MAX_DEPTH + " levels deep at " + place(parser.getLocation()));
        }
        return switch (event) {
            case START_OBJECT -> object(parser, depth + 1);
            case START_ARRAY -> array(parser, depth + 1);
            case VALUE_STRING -> text(parser);
            case VALUE_NUMBER -> new Json.Num(parser.getString());
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL, KEY_NAME, END_OBJECT, END_ARRAY -> throw new MalformedException("not a JSON object");
        };
    }

    private static String text(JsonParser parser) throws MalformedException {
        String text = parser.getString();
        if (holdsHalfAPair(text)) {
            throw new MalformedException("half of a surrogate pair at " + place(parser.getLocation()));
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
