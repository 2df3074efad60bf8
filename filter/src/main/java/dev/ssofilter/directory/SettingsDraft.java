package dev.ssofilter.directory;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** All settings as they were read, each good by itself; {@link SettingsRules} tells whether they are good together. */
final class SettingsDraft {
    final SettingsReader reader;
    final Value<String> name;
    final Value<DiscoveryDomain> discoveryDomain;
    final Value<URI> authorizationUrl;
    final Value<URI> tokenUrl;
    final Value<URI> userinfoUrl;
    final Value<String> issuer;
    final Value<URI> jwksUrl;
    final Value<URI> logoutUrl;
    final Value<URI> revocationUrl;
    final Value<List<String>> scopes;
    final Value<String> clientId;
    final Value<String> clientSecret;
    final Value<Boolean> pkce;
    final Value<Boolean> formPost;
    final Value<Boolean> basicAuth;
    final Value<List<ClaimMapping>> claims;
    final Value<BaseUrl> baseUrl;
    final Value<String> ssoPath;
    final Value<String> returnPath;
    final Value<String> healthPath;
    final Value<List<PathPattern>> publicPaths;
    final Value<PathRules> pathRoles;
    final Value<Map<String, List<String>>> roleMap;
    final Value<String> rolePrefix;
    final Value<String> defaultTarget;
    final Value<String> postLogoutTarget;
    final Value<String> failurePage;
    final Value<Set<String>> keepAttributes;
    final Value<Duration> sessionMaximum;
    final Value<Boolean> keepTokens;
    final Value<LogoutStyle> logoutStyle;
    final Value<List<String>> listeners;
    final Value<Duration> clockSkew;
    final Value<List<byte[]>> cookieKeys;
    final Value<Map<String, List<String>>> authorizationParameters;
    final Value<Set<String>> forwardParameters;
    final Value<Boolean> passPreflight;
    final Value<HostAndPort> proxy;
    final Value<List<X509Certificate>> authorities;
    final Value<String> setupRole;

    SettingsDraft(SettingsReader reader) {
        this.reader = reader;
        name = reader.read(Setting.NAME);
        discoveryDomain = reader.read(Setting.DISCOVERY_DOMAIN);
        authorizationUrl = reader.read(Setting.AUTHORIZATION_URL);
        tokenUrl = reader.read(Setting.TOKEN_URL);
        userinfoUrl = reader.read(Setting.USERINFO_URL);
        issuer = reader.read(Setting.ISSUER);
        jwksUrl = keys(reader.read(Setting.JWKS_URL));
        logoutUrl = reader.read(Setting.LOGOUT_URL);
        revocationUrl = reader.read(Setting.REVOCATION_URL);
        scopes = reader.read(Setting.SCOPES);
        clientId = reader.read(Setting.CLIENT_ID);
        clientSecret = reader.read(Setting.CLIENT_SECRET);
        pkce = reader.read(Setting.ENABLE_PKCE);
        formPost = reader.read(Setting.ENABLE_FORM_POST);
        basicAuth = reader.read(Setting.ENABLE_BASIC_AUTH);
        claims = reader.read(Setting.CLAIMS);
        baseUrl = reader.read(Setting.BASE_URL);
        ssoPath = reader.read(Setting.SSO_PATH);
        returnPath = reader.read(Setting.RETURN_PATH);
        healthPath = reader.read(Setting.HEALTH_PATH);
        publicPaths = reader.read(Setting.PUBLIC_PATHS);
        pathRoles = reader.read(Setting.PATH_ROLES);
        roleMap = reader.read(Setting.ROLE_MAP);
        rolePrefix = reader.read(Setting.ROLE_PREFIX);
        defaultTarget = reader.read(Setting.DEFAULT_TARGET);
        postLogoutTarget = signedOut(reader.read(Setting.POST_LOGOUT_TARGET));
        failurePage = reader.read(Setting.FAILURE_PAGE);
        keepAttributes = reader.read(Setting.KEEP_ATTRIBUTES);
        sessionMaximum = reader.read(Setting.SESSION_MAXIMUM);
        keepTokens = reader.read(Setting.KEEP_TOKENS);
        logoutStyle = reader.read(Setting.LOGOUT_STYLE);
        listeners = reader.read(Setting.LISTENERS);
        clockSkew = reader.read(Setting.CLOCK_SKEW);
        cookieKeys = reader.read(Setting.COOKIE_KEYS);
        authorizationParameters = reader.read(Setting.AUTHORIZATION_PARAMETERS);
        forwardParameters = reader.read(Setting.FORWARD_PARAMETERS);
        passPreflight = reader.read(Setting.PASS_PREFLIGHT);
        proxy = reader.read(Setting.PROXY);
        authorities = reader.read(Setting.CA_FILE);
        setupRole = reader.read(Setting.SETUP_ROLE);
    }

    /** Without discovery nobody else says where the keys are. */
    private Value<URI> keys(Value<URI> read) {
        if (!discoveryDomain.isAbsent() || issuer.value().isEmpty()) {
            return read;
        }
        String base = issuer.get().endsWith("/")
                ? issuer.get().substring(0, issuer.get().length() - 1)
                : issuer.get();
        return read.orDefault(URI.create(base + DiscoveryDomain.KEYS), base + DiscoveryDomain.KEYS);
    }

    /** The page after signing out moves with the filter's other pages. */
    private Value<String> signedOut(Value<String> read) {
        String signedOut = ssoPath.get() + OwnPaths.SIGNED_OUT;
        return read.orDefault(signedOut, signedOut);
    }

    OwnPaths ownPaths() {
        return new OwnPaths(ssoPath.get(), returnPath.get(), healthPath.value());
    }

    /** Every URL that is called or redirected to. */
    Stream<Value<URI>> urls() {
        return Stream.of(authorizationUrl, tokenUrl, userinfoUrl, jwksUrl, logoutUrl, revocationUrl);
    }

    /** Everything that is in effect, in the table's order. */
    Stream<Value<?>> all() {
        return Stream.of(Stream.of(reader.directory()), ofTheRecord(), ofTheApplication())
                .flatMap(values -> values);
    }

    private Stream<Value<?>> ofTheRecord() {
        return Stream.of(
                name,
                discoveryDomain,
                authorizationUrl,
                tokenUrl,
                userinfoUrl,
                issuer,
                jwksUrl,
                logoutUrl,
                revocationUrl,
                scopes,
                clientId,
                clientSecret,
                pkce,
                formPost,
                basicAuth,
                claims);
    }

    private Stream<Value<?>> ofTheApplication() {
        return Stream.of(
                baseUrl,
                ssoPath,
                returnPath,
                healthPath,
                publicPaths,
                pathRoles,
                roleMap,
                rolePrefix,
                defaultTarget,
                postLogoutTarget,
                failurePage,
                keepAttributes,
                sessionMaximum,
                keepTokens,
                logoutStyle,
                listeners,
                clockSkew,
                cookieKeys,
                authorizationParameters,
                forwardParameters,
                passPreflight,
                proxy,
                authorities,
                setupRole);
    }

    /** The settings; only once the rules found nothing. */
    Settings settings() {
        return new Settings(
                directory(),
                baseUrl.value(),
                ssoPath.get(),
                returnPath.get(),
                healthPath.value(),
                publicPaths.value().orElse(List.of()),
                pathRoles.value().orElse(PathRules.NONE),
                new RoleNames(
                        roleMap.value().orElse(Map.of()), rolePrefix.value().orElse("")),
                defaultTarget.get(),
                postLogoutTarget.get(),
                failurePage.value(),
                keepAttributes.value().orElse(Set.of()),
                sessionMaximum.get(),
                keepTokens.get(),
                logoutStyle.value(),
                listeners.value().orElse(List.of()),
                clockSkew.get(),
                cookieKeys.value().orElse(List.of()),
                authorizationParameters.value().orElse(Map.of()),
                forwardParameters.value().orElse(Set.of()),
                passPreflight.get(),
                proxy.value(),
                authorities.value().orElse(List.of()),
                setupRole.value(),
                Banner.of(this),
                reader.warnings());
    }

    private DirectoryRecord directory() {
        return new DirectoryRecord(
                name.get(),
                discoveryDomain.value(),
                authorizationUrl.value(),
                tokenUrl.value(),
                userinfoUrl.value(),
                issuer.value(),
                jwksUrl.value(),
                logoutUrl.value(),
                revocationUrl.value(),
                scopes.get(),
                clientId.get(),
                clientSecret.value(),
                pkce.get(),
                formPost.get(),
                basicAuth.get(),
                claims.get());
    }
}
