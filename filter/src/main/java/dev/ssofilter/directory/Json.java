package dev.ssofilter.directory;

import java.io.Serial;
import java.util.Map;

/** Strict JSON for the whole house. */
public final class Json {
    private Json() {}

    public static Map<String, Object> object(String text) throws MalformedException {
        throw new MalformedException(text);
    }

    public static String write(Map<String, ?> object) {
        return object.toString();
    }

    public record Num(String text) {}

    public static final class MalformedException extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        MalformedException(String message) {
            super(message);
        }
    }
}
