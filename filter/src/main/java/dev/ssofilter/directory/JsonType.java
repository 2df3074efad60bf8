package dev.ssofilter.directory;

import java.util.Collection;
import java.util.Map;

/** The name of what stood in the JSON, for messages that must not show the value. */
final class JsonType {
    private JsonType() {}

    static String of(Object value) {
        if (value instanceof Map<?, ?>) {
            return "an object";
        }
        if (value instanceof Collection<?>) {
            return "an array";
        }
        if (value instanceof String) {
            return "a text";
        }
        return value instanceof Boolean ? "a boolean" : isNumber(value) ? "a number" : "of an unknown type";
    }

    static boolean isNumber(Object value) {
        return value instanceof Json.Num || value instanceof Number;
    }
}
