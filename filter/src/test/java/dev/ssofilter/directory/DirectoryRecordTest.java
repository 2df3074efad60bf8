package dev.ssofilter.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DirectoryRecordTest {
    private static final Optional<DiscoveryDomain> DOMAIN = Optional.of(new DiscoveryDomain(Sources.POOL));

    private static DirectoryRecord record(
            Optional<DiscoveryDomain> domain,
            Optional<URI> tokenUrl,
            List<String> scopes,
            String clientId,
            Optional<String> secret,
            List<ClaimMapping> claims) {
        Optional<URI> url = Optional.of(URI.create("https://idp.example.org/x"));
        return new DirectoryRecord(
                "x",
                domain,
                url,
                tokenUrl,
                Optional.empty(),
                Optional.of("https://idp.example.org"),
                url,
                Optional.empty(),
                Optional.empty(),
                scopes,
                clientId,
                secret,
                true,
                false,
                false,
                claims);
    }

    @Test
    void anInstanceThatExistsIsValid() {
        var scopes = List.of("openid");
        var none = Optional.<String>empty();
        var all = ClaimMapping.DEFAULTS;
        var noUrl = Optional.<URI>empty();

        assertEquals("app", record(DOMAIN, noUrl, scopes, "app", none, all).clientId());
        refuses(() -> record(DOMAIN, noUrl, scopes, " ", none, all));
        refuses(() -> record(DOMAIN, noUrl, List.of("profile"), "app", none, all));
        refuses(() -> record(DOMAIN, noUrl, scopes, "app", Optional.of(" "), all));
        refuses(() -> record(DOMAIN, noUrl, scopes, "app", none, all.subList(1, 6)));
        refuses(() -> record(Optional.empty(), noUrl, scopes, "app", none, all));
    }

    @Test
    void bindsALoginToClientProviderAndPkce() throws Exception {
        var found = Sources.least().read().directory();
        var byHand = Sources.none()
                .init("issuer", "https://idp.example.org")
                .init("authorizationUrl", "https://idp.example.org/authorize")
                .init("tokenUrl", "https://idp.example.org/token")
                .init("clientId", "app")
                .init("enablePkce", "false")
                .read()
                .directory();

        assertEquals("4n8h2k7m\n" + Sources.POOL + "\npkce=true", found.bound());
        assertEquals("4n8h2k7m\n" + Sources.POOL, found.registration());
        assertEquals("app\nhttps://idp.example.org\npkce=false", byHand.bound());
    }

    private static void refuses(Runnable making) {
        assertThrows(IllegalArgumentException.class, making::run);
    }

    @Test
    void copiesItsLists() {
        var scopes = new ArrayList<>(List.of("openid"));
        var record = record(DOMAIN, Optional.empty(), scopes, "app", Optional.empty(), ClaimMapping.DEFAULTS);

        scopes.clear();

        assertEquals(List.of("openid"), record.scopes());
    }
}
