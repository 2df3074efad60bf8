package dev.ssofilter.oidc;

import dev.ssofilter.directory.DirectoryRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Tokens as text for a session, and back: {@code REFRESH_FROM.NODE.SEALED}. What stands in front is no secret; it saves
 * every request the opening. The rest is sealed for this client of this provider alone: no other is ever sent a token.
 */
public final class TokenSeal {
    private static final long NEVER = Long.MAX_VALUE;

    private final Seal seal;
    private final String node;

    public TokenSeal(Sealer sealer, DirectoryRecord directory, Node node) {
        this.seal = sealer.forPurpose("tokens\n" + directory.registration());
        this.node = node.name();
    }

    /** To be refreshed a minute before the access token's end, and of short lives in the last fifth. */
    String seal(Tokens tokens, Instant now) {
        var early =
                Collections.min(List.of(Duration.ofMinutes(1), tokens.lifetime().dividedBy(5)));
        var kept = KeptTokens.of(tokens, now);
        return seal(kept, kept.expires().minus(early));
    }

    String seal(KeptTokens kept, Instant refreshFrom) {
        var from = kept.refreshToken().isPresent() ? refreshFrom.toEpochMilli() : NEVER;
        return from + "." + node + "." + seal.seal(kept.toBytes());
    }

    /** Empty for what was sealed with another key, or for another client. */
    Optional<KeptTokens> open(String kept) {
        return seal.open(kept.substring(kept.lastIndexOf('.') + 1)).flatMap(KeptTokens::fromBytes);
    }

    /** Whether it is time to refresh them. */
    boolean isDue(String kept, Instant now) {
        try {
            return Long.parseLong(kept, 0, Math.max(0, kept.indexOf('.')), 10) <= now.toEpochMilli();
        } catch (NumberFormatException notOurs) {
            return true; // cannot be opened either, and is refused then
        }
    }

    /** Whether another node has written them. */
    boolean isForeign(String kept) {
        return !kept.startsWith(node, kept.indexOf('.') + 1);
    }
}
