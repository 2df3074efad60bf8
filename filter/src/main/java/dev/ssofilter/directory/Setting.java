package dev.ssofilter.directory;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * One setting: its name, its default as text, and how its text is read. The constants are the one table of all settings;
 * defaults go through the same parser as what a deployer writes.
 *
 * @param name the name in every source, in camelCase
 * @param defaultText what an absent setting means; empty: nothing
 * @param parser text to value; an {@link IllegalArgumentException}, best a {@link Refused}, says what is wrong
 * @param <T> what the setting is
 */
record Setting<T>(String name, String defaultText, Function<String, T> parser) {
    static final Setting<String> NAME = new Setting<>("name", "OpenID Provider", Parsers::oneLine);
    static final Setting<DiscoveryDomain> DISCOVERY_DOMAIN = optional("discoveryDomain", DiscoveryDomain::parse);
    static final Setting<URI> AUTHORIZATION_URL = optional("authorizationUrl", Parsers::url);
    static final Setting<URI> TOKEN_URL = optional("tokenUrl", Parsers::url);
    static final Setting<URI> USERINFO_URL = optional("userinfoUrl", Parsers::url);
    static final Setting<String> ISSUER = optional("issuer", Parsers::issuer);
    static final Setting<URI> JWKS_URL = optional("jwksUrl", Parsers::url);
    static final Setting<URI> LOGOUT_URL = optional("logoutUrl", Parsers::url);
    static final Setting<URI> REVOCATION_URL = optional("revocationUrl", Parsers::url);
    static final Setting<List<String>> SCOPES = new Setting<>("scopes", "openid profile email", Parsers::scopes);
    static final Setting<String> CLIENT_ID = optional("clientId", Parsers::clientId);
    static final Setting<String> CLIENT_SECRET = optional("clientSecret", Parsers::secret);
    static final Setting<Boolean> ENABLE_PKCE = new Setting<>("enablePkce", "true", Parsers::flag);
    static final Setting<Boolean> ENABLE_FORM_POST =
            new Setting<>("enableResponseModeFormPost", "false", Parsers::flag);
    static final Setting<Boolean> ENABLE_BASIC_AUTH =
            new Setting<>("enableTokenEndpointBasicAuth", "false", Parsers::flag);
    static final Setting<List<ClaimMapping>> CLAIMS =
            new Setting<>("claims", ClaimsReader.text(ClaimMapping.DEFAULTS), ClaimsReader::fromText);

    static final Setting<String> DIRECTORY = optional("directory", Parsers::oneLine);
    static final Setting<BaseUrl> BASE_URL = optional("baseUrl", BaseUrl::parse);
    static final Setting<String> SSO_PATH = new Setting<>("ssoPath", "/sso", Parsers::ownPath);
    static final Setting<String> RETURN_PATH = new Setting<>("returnPath", "/sso/return", Parsers::ownPath);
    static final Setting<String> HEALTH_PATH = optional("healthPath", Parsers::ownPath);
    static final Setting<List<PathPattern>> PUBLIC_PATHS = optional("publicPaths", PublicPaths::parse);
    static final Setting<PathRules> PATH_ROLES = optional("pathRoles", PathRules::parse);
    static final Setting<Map<String, List<String>>> ROLE_MAP = optional("roleMap", RoleNames::parse);
    static final Setting<String> ROLE_PREFIX = optional("rolePrefix", Parsers::oneLine);
    static final Setting<String> DEFAULT_TARGET = new Setting<>("defaultTarget", "/", Parsers::target);
    static final Setting<String> POST_LOGOUT_TARGET =
            new Setting<>("postLogoutTarget", "/sso/signed-out", Parsers::postLogoutTarget);
    static final Setting<String> FAILURE_PAGE = optional("failurePage", Parsers::failurePage);
    static final Setting<Set<String>> KEEP_ATTRIBUTES = optional("keepAttributes", Parsers::attributeNames);
    static final Setting<Duration> SESSION_MAXIMUM = new Setting<>("sessionMaximum", "PT8H", Parsers::sessionMaximum);
    static final Setting<Boolean> KEEP_TOKENS = new Setting<>("keepTokens", "false", Parsers::flag);
    static final Setting<LogoutStyle> LOGOUT_STYLE = optional("logoutStyle", LogoutStyle::parse);
    static final Setting<List<String>> LISTENERS = optional("listeners", Parsers::words);
    static final Setting<Duration> CLOCK_SKEW = new Setting<>("clockSkew", "PT60S", Parsers::clockSkew);
    static final Setting<List<byte[]>> COOKIE_KEYS = optional("cookieKeys", CookieKeys::parse);
    static final Setting<Map<String, List<String>>> AUTHORIZATION_PARAMETERS =
            optional("authorizationParameters", ExtraParameters::fixed);
    static final Setting<Set<String>> FORWARD_PARAMETERS = optional("forwardParameters", ExtraParameters::forwarded);
    static final Setting<Boolean> PASS_PREFLIGHT = new Setting<>("passPreflight", "false", Parsers::flag);
    static final Setting<HostAndPort> PROXY = optional("proxy", HostAndPort::parse);
    static final Setting<List<X509Certificate>> CA_FILE = optional("caFile", Authorities::read);
    static final Setting<String> SETUP_ROLE = optional("setupRole", Parsers::oneLine);

    /** The record's members, in the guide's order. */
    static final List<Setting<?>> MEMBERS = List.of(
            NAME,
            DISCOVERY_DOMAIN,
            AUTHORIZATION_URL,
            TOKEN_URL,
            USERINFO_URL,
            ISSUER,
            JWKS_URL,
            LOGOUT_URL,
            REVOCATION_URL,
            SCOPES,
            CLIENT_ID,
            CLIENT_SECRET,
            ENABLE_PKCE,
            ENABLE_FORM_POST,
            ENABLE_BASIC_AUTH,
            CLAIMS);

    /** The settings of the application, in the README's order. */
    static final List<Setting<?>> OF_THE_APPLICATION = List.of(
            DIRECTORY,
            BASE_URL,
            SSO_PATH,
            RETURN_PATH,
            HEALTH_PATH,
            PUBLIC_PATHS,
            PATH_ROLES,
            ROLE_MAP,
            ROLE_PREFIX,
            DEFAULT_TARGET,
            POST_LOGOUT_TARGET,
            FAILURE_PAGE,
            KEEP_ATTRIBUTES,
            SESSION_MAXIMUM,
            KEEP_TOKENS,
            LOGOUT_STYLE,
            LISTENERS,
            CLOCK_SKEW,
            COOKIE_KEYS,
            AUTHORIZATION_PARAMETERS,
            FORWARD_PARAMETERS,
            PASS_PREFLIGHT,
            PROXY,
            CA_FILE,
            SETUP_ROLE);

    /** A setting without a default: absent, or given. */
    private static <T> Setting<T> optional(String name, Function<String, T> parser) {
        return new Setting<>(name, "", parser);
    }

    /** Each constant is itself alone. Written out, for the reason in {@link PublicPaths}. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    boolean isSecret() {
        return equals(CLIENT_SECRET) || equals(COOKIE_KEYS);
    }

    boolean isFlag() {
        return defaultText.equals("true") || defaultText.equals("false");
    }
}
