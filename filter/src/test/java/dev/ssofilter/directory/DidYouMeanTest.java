package dev.ssofilter.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DidYouMeanTest {
    private static final List<String> KNOWN =
            List.of("clientId", "clientSecret", "enablePkce", "baseUrl", "publicPaths", "claims");

    @ParameterizedTest(name = "{0} was meant as {1}")
    @CsvSource({
        "client_id, clientId",
        "Client ID, clientId",
        "clientid, clientId",
        "clientSecrt, clientSecret",
        "enablePKCE, enablePkce",
        "enablePcke, enablePkce",
        "base-url, baseUrl",
        "publicPath, publicPaths",
        "claim, claims"
    })
    void findsTheNearestName(String name, String meant) {
        assertEquals(Optional.of(meant), DidYouMean.nearest(name, KNOWN));
    }

    @Test
    void findsNothingWhereNothingIsNear() {
        assertEquals(Optional.empty(), DidYouMean.nearest("proxy", KNOWN));
        assertEquals(Optional.empty(), DidYouMean.nearest("", KNOWN));
        assertEquals(Optional.empty(), DidYouMean.nearest("x".repeat(100_000), KNOWN));
    }
}
