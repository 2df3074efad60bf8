package dev.ssofilter.directory;

import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.SsoPrincipal;
import java.util.List;
import java.util.Map;

/** Turns verified claims into the principal. */
public final class ClaimMapper {
    private final List<ClaimMapping> mappings;

    public ClaimMapper(List<ClaimMapping> mappings) {
        this.mappings = List.copyOf(mappings);
    }

    public boolean reads(Location location) {
        return mappings.stream().anyMatch(mapping -> mapping.location() == location);
    }

    public SsoPrincipal principal(String issuer, Map<Location, Map<String, Object>> claims) throws LoginFailedException {
        throw new UnsupportedOperationException();
    }
}
