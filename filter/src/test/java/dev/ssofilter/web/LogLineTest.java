package dev.ssofilter.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogLineTest {
    @ParameterizedTest(name = "AB-176 U+{0}")
    @ValueSource(
            strings = {
                "0000", "0007", "0008", "0009", "000A", "000B", "000C", "000D", "001B", "007F", "0085", "009B", "00AD",
                "061C", "200B", "200D", "200E", "200F", "2028", "2029", "202A", "202E", "2066", "2069", "FEFF", "E000",
                "D800", "E0001", "10FFFF"
            })
    void replacesWhatIsInvisibleOrBeginsALine(String codePoint) {
        var text = "a" + Character.toString(Integer.parseInt(codePoint, 16)) + "b";

        assertEquals("a?b", LogLine.of(text));
    }

    @Test
    void leavesWhatCanBeRead() {
        var text = "login failed reason=X \"é€ñ 日本 Ω😀\" ref=K3QX; 100%";

        assertEquals(text, LogLine.of(text));
    }

    @Test
    void showsTheBeginningOfAnIdentifierAlone() {
        assertEquals("8f2c…", LogLine.shortened("8f2c1d7e-0b1a-4c55-9d3e-2f6a7b8c9d0e"));
        assertEquals("anna…", LogLine.shortened("anna@example.org"));
        assertEquals("1042", LogLine.shortened("1042"));
        assertEquals("10421".substring(0, 4) + "…", LogLine.shortened("10421"));
        assertEquals("", LogLine.shortened(""));
    }
}
