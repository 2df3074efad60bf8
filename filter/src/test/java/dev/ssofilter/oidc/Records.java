package dev.ssofilter.oidc;

import dev.ssofilter.directory.ClaimMapping;
import dev.ssofilter.directory.DirectoryRecord;
import dev.ssofilter.directory.DiscoveryDomain;
import dev.ssofilter.directory.Location;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Directory records for tests: the guide's, with what a test gives otherwise. */
final class Records {
    private Records() {}

    static DirectoryRecord discovering(String pasted) {
        return record(pasted, Map.of(), true);
    }

    static DirectoryRecord discoveringWithoutPkce(String pasted) {
        return record(pasted, Map.of(), false);
    }

    /** @param given URLs and issuer by the record's member names */
    static DirectoryRecord discovering(String pasted, Map<String, String> given) {
        return record(pasted, given, true);
    }

    static DirectoryRecord manual(Map<String, String> given) {
        return record("", given, true);
    }

    private static DirectoryRecord record(String pasted, Map<String, String> given, boolean enablePkce) {
        var members = new TreeMap<>(given);
        var record = new DirectoryRecord(
                "test",
                pasted.isEmpty() ? Optional.empty() : Optional.of(DiscoveryDomain.parse(pasted)),
                url(members.remove("authorizationUrl")),
                url(members.remove("tokenUrl")),
                url(members.remove("userinfoUrl")),
                Optional.ofNullable(members.remove("issuer")),
                url(members.remove("jwksUrl")),
                url(members.remove("logoutUrl")),
                url(members.remove("revocationUrl")),
                List.of("openid", "profile", "email"),
                "client",
                Optional.of("secret"),
                enablePkce,
                false,
                false,
                List.of(new ClaimMapping("External ID", "sub", Location.ACCESS_TOKEN)));
        if (!members.isEmpty()) {
            throw new IllegalArgumentException("no such member: " + members.keySet());
        }
        return record;
    }

    private static Optional<URI> url(String text) {
        return Optional.ofNullable(text).map(URI::create);
    }
}
