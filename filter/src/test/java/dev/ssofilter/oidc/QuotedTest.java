package dev.ssofilter.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Text from outside in a message. */
class QuotedTest {
    @Test
    void cutsBehindTwoHundredCharacters() {
        assertEquals('"' + "x".repeat(200) + '"', Quoted.text("x".repeat(200)));
        assertEquals('"' + "x".repeat(200) + "…\"", Quoted.text("x".repeat(201)));
    }

    @Test
    void replacesWhatForgesOrTurnsALine() {
        assertEquals("\"a??b??c??é\"", Quoted.text("a\r\nb\u2028\u202ec\u0085\u0000é"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "https://idp.example.org/a?code=x#y, https://idp.example.org/a",
        "https://ana:pw@idp.example.org:8443/, https://idp.example.org:8443/",
        "http://idp.example.org:0, http://idp.example.org:0",
        "mailto:ana@site.example, mailto://"
    })
    void showsNoPartOfAUrlThatMayBeSecret(String url, String shown) {
        assertEquals(shown, Quoted.url(URI.create(url)));
    }
}
