package dev.ssofilter.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParametersTest {
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a=1                 | 1
            b=2&a=1&c=3         | 1
            a=                  | ``
            a                   | ``
            a=b=c               | b=c
            a=x+y               | x y
            a=x%20y%2B%26       | x y+&
            a=%C3%A9            | é
            %61=1               | 1
            &&a=1&&             | 1
            a=1&A=2             | 1
            a=1&aa=2            | 1
            b=%zz&a=1           | 1
            """)
    void readsWhatStandsThereOnce(String encoded, String value) {
        var parameters = Parameters.parse(encoded);

        assertEquals(Optional.of(value), parameters.single("a"));
        assertEquals(false, parameters.repeats("a"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a=1&a=1
            a=1&a=2
            a=1&b=2&a=
            a&a
            a=1&%61=2
            a=1&a=1&a=1
            """)
    void readsNothingThatIsRepeated(String encoded) {
        var parameters = Parameters.parse(encoded);

        assertEquals(Optional.empty(), parameters.single("a"));
        assertEquals(true, parameters.repeats("a"));
    }

    @ParameterizedTest(name = "\"{0}\"")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``
            ` `
            &
            =
            =1
            b=1
            A=1
            a[]=1
            a%00=1
            a;b=1
            %
            a=%zz
            """)
    void readsNothingThatIsNotThere(String encoded) {
        var parameters = Parameters.parse(encoded);

        assertEquals(Optional.empty(), parameters.single("a"));
        assertEquals(false, parameters.repeats("a"));
    }

    @Test
    void appendsBehindAnEndpointsOwnQuery() {
        var parameters = Map.of("client_id", "a b", "logout_uri", "https://x.example/?y=1&z");

        assertEquals(
                "https://idp.example/logout?client_id=a+b&logout_uri=https%3A%2F%2Fx.example%2F%3Fy%3D1%26z",
                Parameters.appendTo(URI.create("https://idp.example/logout"), parameters)
                        .toString());
        assertEquals(
                "https://idp.example/logout?p=B2C%20x&client_id=a+b&logout_uri=https%3A%2F%2Fx.example%2F%3Fy%3D1%26z",
                Parameters.appendTo(URI.create("https://idp.example/logout?p=B2C%20x"), parameters)
                        .toString());
    }
}
