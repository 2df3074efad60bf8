package dev.ssofilter.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonTest {
    @Test
    void readsEveryKindOfValueInItsOrder() throws Exception {
        var read = Json.object("""
                {"z": "text", "a": 1.00, "big": 12345678901234567890.10e400, "yes": true, "no": false,
                 "list": ["x", 2, [true], {"k": "v"}], "object": {"inner": {}}, "escape": "\\u00e9\\/\\n\\ud83d\\ude00"}
                """);

        assertEquals(List.of("z", "a", "big", "yes", "no", "list", "object", "escape"), List.copyOf(read.keySet()));
        assertEquals("text", read.get("z"));
        assertEquals(new Json.Num("1.00"), read.get("a"));
        assertEquals(new Json.Num("12345678901234567890.10e400"), read.get("big"));
        assertEquals(true, read.get("yes"));
        assertEquals(false, read.get("no"));
        assertEquals(List.of("x", new Json.Num("2"), List.of(true), Map.of("k", "v")), read.get("list"));
        assertEquals(Map.of("inner", Map.of()), read.get("object"));
        assertEquals("é/\n😀", read.get("escape"));
    }

    @Test
    void leavesOutNullMembersAndElements() throws Exception {
        assertEquals(Map.of("b", List.of("x")), Json.object("{\"a\": null, \"b\": [null, \"x\", null]}"));
    }

    @Test
    void takesWhiteSpaceAroundTheObject() throws Exception {
        assertEquals(Map.of(), Json.object(" \r\n\t{ } \n"));
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                Arguments.of("nothing", ""),
                Arguments.of("white space alone", "  "),
                Arguments.of("text after the object", "{} x"),
                Arguments.of("a second object", "{}{}"),
                Arguments.of("a comma after the object", "{},"),
                Arguments.of("a bracket after the object", "{}]"),
                Arguments.of("a brace after the object", "{}}"),
                Arguments.of("a number after the object", "{\"a\":[1]} 3"),
                Arguments.of("a null after the object", "{} null"),
                Arguments.of("a byte order mark", "\uFEFF{}"),
                Arguments.of("a block comment", "{/* x */}"),
                Arguments.of("a line comment", "{} // x"),
                Arguments.of("NaN", "{\"a\": NaN}"),
                Arguments.of("Infinity", "{\"a\": -Infinity}"),
                Arguments.of("a comma before the closing brace", "{\"a\": 1,}"),
                Arguments.of("a comma before the closing bracket", "{\"a\": [1,]}"),
                Arguments.of("a leading zero", "{\"a\": 01}"),
                Arguments.of("a plus sign", "{\"a\": +1}"),
                Arguments.of("a number without digits after the point", "{\"a\": 1.}"),
                Arguments.of("an escaped lone high surrogate", "{\"a\": \"\\ud800\"}"),
                Arguments.of("an escaped lone low surrogate", "{\"a\": \"\\udc00x\"}"),
                Arguments.of("a lone surrogate in a name", "{\"\\ud800\": 1}"),
                Arguments.of("a raw lone surrogate", "{\"a\": \"\ud800\"}"),
                Arguments.of("a raw control character", "{\"a\": \"\u0001\"}"),
                Arguments.of("single quotes", "{'a': 1}"),
                Arguments.of("a bare name", "{a: 1}"),
                Arguments.of("a misspelt literal", "{\"a\": tru}"),
                Arguments.of("a literal in capitals", "{\"a\": TRUE}"),
                Arguments.of("an unclosed object", "{\"a\": 1"),
                Arguments.of("an unclosed text", "{\"a\": \"x}"),
                Arguments.of("an array", "[1]"),
                Arguments.of("an empty array", "[]"),
                Arguments.of("an array of objects", "[{\"a\": 1}]"),
                Arguments.of("a text", "\"x\""),
                Arguments.of("a number", "1"),
                Arguments.of("null", "null"),
                Arguments.of("true", "true"),
                Arguments.of("HTML", "<!DOCTYPE html><p>no</p>"),
                Arguments.of("65 levels", nested(65)),
                Arguments.of("10 000 levels", nested(10_000)),
                Arguments.of("10 000 levels of objects", "{\"a\":".repeat(10_000)));
    }

    @ParameterizedTest(name = "AB-127 refuses {0}")
    @MethodSource
    void malformed(String what, String text) {
        assertThrows(Json.MalformedException.class, () -> Json.object(text));
    }

    private static String nested(int levels) {
        return "{\"a\":" + "[".repeat(levels - 1) + "]".repeat(levels - 1) + "}";
    }

    @Test
    @DisplayName("AB-088 reads 64 levels and no more")
    void readsSixtyFourLevels() throws Exception {
        assertTrue(Json.object(nested(64)).containsKey("a"));
    }

    @Test
    void refusesAMemberThatStandsTwiceAndNamesIt() {
        var refusal = assertThrows(
                Json.MalformedException.class, () -> Json.object("{\"enablePkce\": true,\n \"enablePkce\": false}"));

        assertTrue(refusal.getMessage().contains("\"enablePkce\" stands twice"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("line 2"), refusal.getMessage());
    }

    @Test
    void refusesAMemberThatStandsTwiceWhereOneIsNull() {
        assertThrows(Json.MalformedException.class, () -> Json.object("{\"a\": null, \"a\": 1}"));
        assertThrows(Json.MalformedException.class, () -> Json.object("{\"a\": 1, \"a\": null}"));
        assertThrows(Json.MalformedException.class, () -> Json.object("{\"a\": null, \"a\": null}"));
        assertThrows(Json.MalformedException.class, () -> Json.object("{\"a\": {\"b\": null, \"b\": null}}"));
        assertThrows(Json.MalformedException.class, () -> Json.object("{\"a\": 1, \"\\u0061\": 1}"));
    }

    @Test
    void doesNotShowAStrangersMemberName() {
        var refusal = assertThrows(Json.MalformedException.class, () -> Json.object("{\"\\n\": 1, \"\\n\": 1}"));

        assertTrue(refusal.getMessage().startsWith("a member stands twice"), refusal.getMessage());
    }

    @Test
    void saysWhereItStumbledAndNeverOnWhat() {
        var refusal = assertThrows(Json.MalformedException.class, () -> Json.object("{\n \"clientSecret\": hunter2 }"));

        assertTrue(refusal.getMessage().contains("line 2"), refusal.getMessage());
        assertFalse(refusal.getMessage().contains("hunter"), refusal.getMessage());
        assertEquals(null, refusal.getCause());
    }

    @Test
    void readsOnManyThreadsAtOnce() {
        var same = IntStream.range(0, 2_000).parallel().allMatch(i -> {
            try {
                return Json.object("{\"n\": " + i + "}").equals(Map.of("n", new Json.Num(Integer.toString(i))));
            } catch (Json.MalformedException refused) {
                return false;
            }
        });

        assertTrue(same);
    }

    @Test
    void writesWhatItReadsAgain() throws Exception {
        var object = new LinkedHashMap<String, Object>();
        object.put("z", "text \" \\ \u0001 é </script>");
        object.put("absent", Optional.empty());
        object.put("present", Optional.of("here"));
        object.put("number", new Json.Num("1.00"));
        object.put("int", 7);
        object.put("flag", false);
        object.put("list", new ArrayList<>(List.of("x", new Json.Num("2"), List.of(), Map.of("k", Optional.of("v")))));

        var written = Json.write(object);

        var expected = new LinkedHashMap<>(object);
        expected.remove("absent");
        expected.put("present", "here");
        expected.put("int", new Json.Num("7"));
        expected.put("list", List.of("x", new Json.Num("2"), List.of(), Map.of("k", "v")));
        assertEquals(expected, Json.object(written));
        assertEquals(
                List.copyOf(expected.keySet()), List.copyOf(Json.object(written).keySet()));
        assertTrue(written.startsWith("{") && written.contains("\n"), written);
    }

    @Test
    void refusesToWriteWhatIsNoJson() {
        assertThrows(IllegalArgumentException.class, () -> Json.write(Map.of("a", new Object())));
    }
}
