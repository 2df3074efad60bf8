package dev.ssofilter.oidc;

import dev.ssofilter.directory.BaseUrl;
import dev.ssofilter.directory.ClaimMapper;
import dev.ssofilter.directory.Location;
import dev.ssofilter.directory.Settings;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.SsoPrincipal;
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
    private final Outbound outbound;
    private final ProviderMetadata metadata;
    private final ProviderKeys keys;
    private final RelyingParty relyingParty;
    private final IdTokenVerifier idTokens;
    private final AccessTokenVerifier accessTokens;
    private final UserinfoRequest userinfo;
    private final ClaimMapper mapper;

    /** @param nanoTime measures durations, as {@link System#nanoTime} does: no jump of the clock changes one */
    public AuthorizationCodeFlow(Settings settings, Clock clock, LongSupplier nanoTime) {
        var directory = settings.directory();
        var loopback = settings.baseUrl().map(BaseUrl::isLoopback).orElse(true);
        outbound = new Outbound(settings);
        metadata = new ProviderMetadata(directory, loopback, outbound, nanoTime::getAsLong);
        relyingParty = new RelyingParty(directory, settings.authorizationParameters(), outbound);
        keys = new ProviderKeys(outbound, nanoTime::getAsLong);
        var signatures = new SignatureVerifier(keys);
        idTokens = new IdTokenVerifier(
                signatures, directory.clientId(), maximumAge(settings), settings.clockSkew(), clock);
        accessTokens = new AccessTokenVerifier(signatures, directory.clientId(), settings.clockSkew(), clock);
        userinfo = new UserinfoRequest(outbound);
        mapper = new ClaimMapper(directory.claims(), settings.roleNames());
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
    public URI authenticationRequest(PendingLogin pending, URI returnUrl, Map<String, String> forwardedParameters)
            throws LoginFailedException {
        return relyingParty.authenticationRequest(pending, returnUrl, metadata.current(), forwardedParameters);
    }

    /** The response and its pending login become a principal: one token request, Userinfo only if mapped. */
    public SsoPrincipal principal(AuthorizationResponse response, PendingLogin pending, URI returnUrl)
            throws LoginFailedException {
        response.requireReadable(); // before anybody is asked anything
        var provider = metadata.current();
        var code = response.code(provider); // RFC 6749 §4.1.2, RFC 9207
        var tokens = relyingParty.redeem(code, pending, returnUrl, provider); // RFC 6749 §4.1.3, RFC 7636 §4.5
        var claims = new EnumMap<Location, Map<String, Object>>(Location.class);
        var idToken = idTokens.verify(tokens, pending, provider); // OIDC Core §3.1.3.7
        claims.put(Location.ID_TOKEN, idToken.asMap());
        if (mapper.reads(Location.ACCESS_TOKEN)) {
            var accessToken = accessTokens.verify(tokens, idToken.requireSubject(), provider);
            claims.put(Location.ACCESS_TOKEN, accessToken.asMap());
        }
        if (mapper.reads(Location.USERINFO)) {
            claims.put(Location.USERINFO, userinfo.send(tokens.accessToken(), idToken.requireSubject(), provider));
        }
        return mapper.principal(provider.issuer(), claims);
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

    /** Where the browser goes to end the provider's own session; empty where the provider has no such place. */
    public Optional<URI> logoutRequest(URI after) throws LoginFailedException {
        return relyingParty.logoutRequest(metadata.current(), after);
    }

    /** Whether people can sign in, as far as is known; asks nobody. */
    public ProviderHealth health() {
        return ProviderHealth.of(metadata.standing(), keys.standing());
    }

    /** Ends every thread of ours. */
    @Override
    public void close() {
        outbound.close();
    }
}
