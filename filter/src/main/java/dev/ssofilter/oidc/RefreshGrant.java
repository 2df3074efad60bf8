package dev.ssofilter.oidc;

import dev.ssofilter.oidc.TokenRefresh.Outcome.Renewed;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import dev.ssofilter.user.SsoPrincipal;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/** One refresh: the tokens of a session and its user become newer ones, or a refusal (RFC 6749 §6, OIDC Core §12). */
final class RefreshGrant {
    private static final System.Logger LOG = System.getLogger(RefreshGrant.class.getName());
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(30);

    /** These tell of the network, of our settings or of a listener that threw, and nothing of the user. */
    private static final Set<Reason> PASSING = Set.of(
            Reason.USER_POOL_UNREACHABLE,
            Reason.PROVIDER_ANSWER_REFUSED,
            Reason.METADATA_REFUSED,
            Reason.TOKEN_REQUEST_REFUSED,
            Reason.INTERNAL_ERROR);

    private final ProviderMetadata metadata;
    private final RelyingParty relyingParty;
    private final IdTokenVerifier idTokens;
    private final UserMapping mapping;
    private final TokenSeal seal;
    private final Clock clock;

    RefreshGrant(
            ProviderMetadata metadata,
            RelyingParty relyingParty,
            IdTokenVerifier idTokens,
            UserMapping mapping,
            TokenSeal seal,
            Clock clock) {
        this.metadata = metadata;
        this.relyingParty = relyingParty;
        this.idTokens = idTokens;
        this.mapping = mapping;
        this.seal = seal;
        this.clock = clock;
    }

    /** Whether the session need not end because of it, or of what led to it. */
    static boolean isPassing(LoginFailedException failure) {
        return PASSING.contains(failure.reason())
                || failure.getCause() instanceof LoginFailedException cause && isPassing(cause);
    }

    /** @throws LoginFailedException LOGIN_REQUIRED where the refresh token is worth nothing any more */
    Renewed send(KeptTokens before, SsoPrincipal user) throws LoginFailedException {
        var provider = metadata.current();
        var tokens = relyingParty.refresh(before, provider);
        try {
            var idToken = idTokens.renewed(tokens, before, provider);
            var signedInAt = Objects.requireNonNull(user.signedInAt(), "of a user who has signed in");
            var renewed = mapping.user(tokens, idToken, provider, signedInAt);
            if (!renewed.equals(user)) {
                throw new LoginFailedException(
                        Reason.CLAIMS_REFUSED, "after a refresh External ID is another; expected that of the login");
            }
            return new Renewed(renewed, seal.seal(tokens, clock.instant()), true);
        } catch (LoginFailedException notVerified) {
            if (!isPassing(notVerified)) {
                throw notVerified;
            }
            // The old refresh token may be used up: what cannot be verified now must not be lost with it.
            LOG.log(
                    Level.WARNING,
                    "tokens refreshed, the user will be mapped later: " + notVerified.getMessage(),
                    notVerified.getCause());
            var later = clock.instant().plus(BETWEEN_ATTEMPTS);
            return new Renewed(user, seal.seal(before.with(tokens.refreshToken()), later), false);
        }
    }
}
