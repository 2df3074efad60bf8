package dev.ssofilter.oidc;

import dev.ssofilter.directory.BaseUrl;
import dev.ssofilter.directory.ClaimMapper;
import dev.ssofilter.directory.Listeners;
import dev.ssofilter.directory.Location;
import dev.ssofilter.directory.Settings;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.SsoEvent;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The relying party's side of the authorization code flow (OIDC Core §3.1) for one directory record: everything of it
 * that is not HTTP between the browser and us. One record, one object graph; safe for all threads.
 */
public final class AuthorizationCodeFlow implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(AuthorizationCodeFlow.class.getName());

    private final Outbound outbound;
    private final ProviderMetadata metadata;
    private final ProviderKeys keys;
    private final RelyingParty relyingParty;
    private final ProviderLogout logout;
    private final IdTokenVerifier idTokens;
    private final AccessTokenVerifier accessTokens;
    private final UserinfoRequest userinfo;
    private final UserMapping mapping;
    private final TokenSeal seal;
    private final Optional<TokenRefresh> refresh;
    private final Clock clock;

    /** For who keeps no tokens and has nobody to tell. */
    public AuthorizationCodeFlow(Settings settings, Clock clock, LongSupplier nanoTime) {
        this(settings, Listeners.none(), sealOf(Node.start(), settings), clock, nanoTime);
    }

    private static TokenSeal sealOf(Node node, Settings settings) {
        return new TokenSeal(node.sealer(), settings.directory(), node);
    }

    /**
     * @param nanoTime measures durations, as {@link System#nanoTime} does: no jump of the clock changes one
     * @param seal for the tokens, where the settings have them kept
     */
    public AuthorizationCodeFlow(
            Settings settings, Listeners listeners, TokenSeal seal, Clock clock, LongSupplier nanoTime) {
        this.seal = seal;
        this.clock = clock;
        var directory = settings.directory();
        var loopback = settings.baseUrl().map(BaseUrl::isLoopback).orElse(true);
        outbound = new Outbound(settings, new Reachability(listeners));
        metadata = new ProviderMetadata(directory, loopback, outbound, nanoTime::getAsLong);
        relyingParty = new RelyingParty(directory, settings.authorizationParameters(), outbound);
        logout = new ProviderLogout(directory, settings.logoutStyle(), outbound);
        keys = new ProviderKeys(outbound, nanoTime::getAsLong, listeners);
        var signatures = new SignatureVerifier(keys);
        idTokens = new IdTokenVerifier(
                signatures, directory.clientId(), maximumAge(settings), settings.clockSkew(), clock);
        accessTokens = new AccessTokenVerifier(signatures, directory.clientId(), settings.clockSkew(), clock);
        userinfo = new UserinfoRequest(outbound);
        var mapper = new ClaimMapper(directory.claims(), settings.roleNames());
        mapping = new UserMapping(accessTokens, userinfo, mapper, listeners);
        var grant = new RefreshGrant(metadata, relyingParty, idTokens, mapping, seal, clock);
        refresh = settings.keepTokens()
                ? Optional.of(new TokenRefresh(outbound, grant, seal, clock, nanoTime::getAsLong))
                : Optional.empty();
    }

    private static Optional<Duration> maximumAge(Settings settings) {
        return settings.authorizationParameters().getOrDefault("max_age", List.of()).stream()
                .findFirst()
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
    }

    /**
     * Where the browser goes to sign in.
     *
     * @throws LoginFailedException USER_POOL_UNREACHABLE, METADATA_REFUSED: no metadata, no login
     */
    public String authenticationRequest(PendingLogin pending, URI returnUrl, Map<String, String> forwardedParameters)
            throws LoginFailedException {
        return relyingParty.authenticationRequest(pending, returnUrl, metadata.current(), forwardedParameters);
    }

    /** The response and its pending login become a user: one token request, Userinfo only if mapped. */
    public Identity identity(AuthorizationResponse response, PendingLogin pending, URI returnUrl)
            throws LoginFailedException {
        response.requireReadable(); // before anybody is asked anything
        var provider = metadata.current();
        var code = response.code(provider); // RFC 6749 §4.1.2, RFC 9207
        var tokens = relyingParty.redeem(code, pending, returnUrl, provider); // RFC 6749 §4.1.3, RFC 7636 §4.5
        var idToken = idTokens.verify(tokens, pending, provider); // OIDC Core §3.1.3.7
        var now = clock.instant();
        var user = mapping.user(tokens, idToken, provider, now);
        return new Identity(user, refresh.map(kept -> seal.seal(tokens, now)));
    }

    /** What keeps the tokens of sessions fresh; empty where none are kept. */
    public Optional<TokenRefresh> refresh() {
        return refresh;
    }

    /**
     * The same for an administrator who tries a record: what came, location by location, mapped or not. Nobody is signed in
     * by it.
     *
     * @throws LoginFailedException where there is no ID token that can be believed
     */
    public TestResult test(AuthorizationResponse response, PendingLogin pending, URI returnUrl)
            throws LoginFailedException {
        var provider = metadata.current();
        var tokens = relyingParty.redeem(response.code(provider), pending, returnUrl, provider);
        var idToken = idTokens.verify(tokens, pending, provider);
        var subject = idToken.requireSubject();
        var parts = new EnumMap<Location, TestResult.Part>(Location.class);
        parts.put(Location.ID_TOKEN, TestResult.part(Optional.of(tokens.idToken()), idToken::asMap));
        parts.put(Location.ACCESS_TOKEN, TestResult.part(Optional.of(tokens.accessToken()), () -> accessTokens
                .verify(tokens, subject, provider)
                .asMap()));
        parts.put(
                Location.USERINFO,
                TestResult.part(Optional.empty(), () -> userinfo.send(tokens.accessToken(), subject, provider)));
        return new TestResult(provider.issuer(), parts);
    }

    /**
     * Asks the provider to revoke the refresh token that a session kept, or the one that has come of it meanwhile.
     *
     * @return empty where the session kept none
     */
    public Optional<SsoEvent.Outcome> revoke(String kept) {
        return refresh.flatMap(tokens -> tokens.newest(kept))
                .flatMap(KeptTokens::refreshToken)
                .map(this::revoked);
    }

    private SsoEvent.Outcome revoked(String refreshToken) {
        try {
            return logout.revoke(metadata.current(), refreshToken)
                    ? SsoEvent.Outcome.DONE
                    : SsoEvent.Outcome.NOT_OFFERED;
        } catch (LoginFailedException failed) {
            LOG.log(Level.WARNING, "refresh token not revoked reason={0}; {1}", failed.reason(), failed.getMessage());
            return SsoEvent.Outcome.FAILED;
        }
    }

    /**
     * Where the browser goes to end the provider's own session; empty where the provider has no such place.
     *
     * @param kept the tokens of the session that has ended; empty where it kept none
     */
    public Optional<URI> logoutRequest(URI after, Optional<String> kept) throws LoginFailedException {
        return logout.request(
                metadata.current(), after, kept.flatMap(seal::open).map(KeptTokens::idToken));
    }

    /** Whether people can sign in, as far as is known; asks nobody. */
    public ProviderHealth health() {
        return ProviderHealth.of(metadata.standing(), keys.standing(), outbound.isLost());
    }

    /** Ends every thread of ours. */
    @Override
    public void close() {
        outbound.close();
    }
}
