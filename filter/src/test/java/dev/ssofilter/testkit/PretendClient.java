package dev.ssofilter.testkit;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;

/**
 * An app client of the pretend user pool, as an administrator sets it up under "App clients". All its changes take
 * effect at once.
 *
 * <p>It begins with the scopes {@code openid profile email phone}. A client that the Cognito console made quickly
 * lacks {@code profile}: {@code client.onlyScopes("email", "openid", "phone")}.
 */
public final class PretendClient {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final String id;
    private final Collection<String> secrets = new CopyOnWriteArrayList<>();
    private final Collection<String> callbackUrls = new CopyOnWriteArraySet<>();
    private final Collection<String> signOutUrls = new CopyOnWriteArraySet<>();
    private final Collection<String> scopes =
            new CopyOnWriteArrayList<>(List.of("openid", "profile", "email", "phone"));
    private volatile boolean anyLoopbackUrl;
    private volatile boolean codeGrant = true;
    private volatile boolean tokenRevocation = true;
    private volatile Optional<Duration> rotation = Optional.empty();
    private volatile Duration accessTokenLifetime = Duration.ofHours(1);
    private volatile Duration idTokenLifetime = Duration.ofHours(1);
    private volatile Duration refreshTokenLifetime = Duration.ofDays(30);

    PretendClient(String id, Collection<String> secrets) {
        this.id = id;
        this.secrets.addAll(secrets);
    }

    /** Client ID. */
    public String id() {
        return id;
    }

    /** The newest client secret; throws IllegalStateException where the client is public. */
    public String secret() {
        return secrets.stream()
                .reduce((older, newer) -> newer)
                .orElseThrow(() -> new IllegalStateException("App client " + id + " is public: it has no secret"));
    }

    /** Registers a Return URL under "Allowed callback URLs", compared character by character. */
    public PretendClient allowCallback(String url) {
        callbackUrls.add(url);
        return this;
    }

    /** Registers a URL under "Allowed sign-out URLs", compared character by character. */
    public PretendClient allowSignOut(String url) {
        signOutUrls.add(url);
        return this;
    }

    /** Takes every callback and sign-out URL away. */
    public PretendClient forgetUrls() {
        callbackUrls.clear();
        signOutUrls.clear();
        anyLoopbackUrl = false;
        return this;
    }

    /**
     * Not Cognito's: takes any callback and sign-out URL on this machine, whatever its port and path, without
     * registration.
     */
    public PretendClient allowAnyLoopbackUrl() {
        anyLoopbackUrl = true;
        return this;
    }

    /** The scopes that are ticked, instead of those before. */
    public PretendClient onlyScopes(String... ticked) {
        scopes.clear();
        scopes.addAll(List.of(ticked));
        return this;
    }

    /** One secret more, as while secrets are rotated: all of them are taken. */
    public PretendClient addSecret(String secret) {
        secrets.add(secret);
        return this;
    }

    /** These secrets instead of those before; none makes it a public client. */
    public PretendClient onlySecrets(String... valid) {
        secrets.clear();
        secrets.addAll(List.of(valid));
        return this;
    }

    /** Takes the tick from "Authorization code grant". */
    public PretendClient withoutCodeGrant() {
        codeGrant = false;
        return this;
    }

    /**
     * Ticks "Enable refresh token rotation": each refresh brings a new refresh token that ends when the first one
     * would have, and the old one stays good for the grace period, 0 to 60 s at Cognito. With none a refresh token
     * works once. Default: a refresh token is good until it ends, and no new one comes.
     */
    public PretendClient rotation(Duration grace) {
        rotation = Optional.of(grace);
        return this;
    }

    /** Takes the tick from "Enable refresh token rotation". */
    public PretendClient withoutRotation() {
        rotation = Optional.empty();
        return this;
    }

    /** Life of access tokens, which token answers call expires_in. Default: one hour. */
    public PretendClient accessTokenLifetime(Duration lifetime) {
        accessTokenLifetime = lifetime;
        return this;
    }

    /** Life of ID tokens. Default: one hour. */
    public PretendClient idTokenLifetime(Duration lifetime) {
        idTokenLifetime = lifetime;
        return this;
    }

    /** Life of refresh tokens, from the redeemed code on; rotation does not make it longer. Default: 30 days. */
    public PretendClient refreshTokenLifetime(Duration lifetime) {
        refreshTokenLifetime = lifetime;
        return this;
    }

    /** Takes the tick from "Enable token revocation": nothing can be revoked, and tokens have no jti, origin_jti. */
    public PretendClient withoutTokenRevocation() {
        tokenRevocation = false;
        return this;
    }

    boolean hasTokenRevocation() {
        return tokenRevocation;
    }

    Duration accessTokenLifetime() {
        return accessTokenLifetime;
    }

    Duration idTokenLifetime() {
        return idTokenLifetime;
    }

    Duration refreshTokenLifetime() {
        return refreshTokenLifetime;
    }

    Optional<Duration> rotation() {
        return rotation;
    }

    boolean hasCodeGrant() {
        return codeGrant;
    }

    boolean isPublic() {
        return secrets.isEmpty();
    }

    boolean takesSecret(String secret) {
        return secrets.contains(secret);
    }

    boolean takesCallback(String url) {
        return callbackUrls.contains(url) || (anyLoopbackUrl && isLoopback(url));
    }

    boolean takesSignOut(String url) {
        return signOutUrls.contains(url) || (anyLoopbackUrl && isLoopback(url));
    }

    List<String> scopes() {
        return List.copyOf(scopes);
    }

    private static boolean isLoopback(String url) {
        try {
            URI uri = new URI(url);
            return uri.isAbsolute()
                    && uri.getHost() != null
                    && LOOPBACK.contains(uri.getHost())
                    && uri.getRawFragment() == null;
        } catch (URISyntaxException notOne) {
            return false;
        }
    }

    /** The client id; never a secret. */
    @Override
    public String toString() {
        return "app client " + id;
    }
}
