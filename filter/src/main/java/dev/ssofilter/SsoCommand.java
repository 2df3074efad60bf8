package dev.ssofilter;

import dev.ssofilter.directory.BaseUrl;
import dev.ssofilter.directory.ClaimMapping;
import dev.ssofilter.directory.DirectoryRecord;
import dev.ssofilter.directory.Json;
import dev.ssofilter.directory.Settings;
import dev.ssofilter.directory.SettingsException;
import dev.ssofilter.directory.SettingsSources;
import dev.ssofilter.oidc.Outbound;
import dev.ssofilter.oidc.Provider;
import dev.ssofilter.oidc.ProviderMetadata;
import dev.ssofilter.user.LoginFailedException;
import java.io.PrintStream;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The administrator's command. {@code discover URL} is the guide's "Discover…": it takes what the guide has pasted into the
 * Discovery Domain field and prints the directory record with every URL filled in. {@code check RECORD} proves a set-up
 * without a user: record, network, provider, app client and the URLs registered there.
 *
 * <pre>{@code
 * java -cp 'WEB-INF/lib/*' dev.ssofilter.SsoCommand discover \
 *     https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Ab3dEfGhI/.well-known/jwks.json \
 *     --base-url https://members.example.org/portal > sso-directory.json
 * java -cp 'WEB-INF/lib/*' dev.ssofilter.SsoCommand check sso-directory.json \
 *     --base-url https://members.example.org/portal
 * }</pre>
 *
 * <p>{@code discover} prints the record to standard output and what to register at the provider to standard error, and asks
 * for the discovery document alone. {@code check} prints a line for each check, {@code PASSED}, {@code WARNING},
 * {@code FAILED} or {@code UNKNOWN}, and below it what to do; with {@code --json} an object for other programs. System
 * properties and environment variables apply as they do to the filter, for {@code discover} those of {@code proxy} and
 * {@code caFile}; init-params of a web.xml do not, so give {@code --base-url}. No secret is printed, nobody is signed in or out.
 *
 * <p>Exit status 0: done, nothing failed; 1: the provider cannot be used or reached, or a check failed; 2: the command was
 * not understood.
 */
public final class SsoCommand {
    static final int DONE = 0;
    static final int FAILED = 1;
    private static final int NOT_UNDERSTOOD = 2;

    private static final String CLIENT_ID = "CLIENT_ID_OF_YOUR_APP_CLIENT";

    /** The settings that are no part of the record which is to be made. */
    private static final Set<String> OF_THE_ROUTE = Set.of("sso.proxy", "sso.caFile", "SSO_PROXY", "SSO_CA_FILE");

    private static final String USAGE = """
            Usage: SsoCommand discover URL [--base-url URL]
                   SsoCommand check RECORD [--base-url URL] [--json]

            discover reads the provider's discovery document, prints the directory record to
            standard output, and what to register at the provider to standard error.

              URL         Cognito: the Token signing key URL (user pool > Overview)
                            https://cognito-idp.REGION.amazonaws.com/POOL_ID/.well-known/jwks.json
                          others: the issuer, or its .well-known/openid-configuration

            check looks at everything that can be wrong before a user signs in, and says what
            to do. Exit status 1: something failed.

              RECORD      the record file, or as the setting directory has it
              --json      an object for other programs instead of lines for people

              --base-url  the application's address as browsers see it, context path included
            """;

    private SsoCommand() {}

    /** Runs the command and ends the JVM with its exit status. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        if (arguments.size() <= 2 && arguments.contains("--help")) {
            out.print(USAGE);
            return DONE;
        }
        var line = CommandLine.read(arguments);
        if (line.isEmpty()) {
            err.print(USAGE);
            return NOT_UNDERSTOOD;
        }
        Optional<BaseUrl> baseUrl;
        try {
            baseUrl = line.get().baseUrl().map(BaseUrl::parse);
        } catch (IllegalArgumentException e) {
            err.println(CommandLine.BASE_URL + " " + e.getMessage());
            return NOT_UNDERSTOOD;
        }
        return line.get().verb().equals(CommandLine.CHECK)
                ? new CheckCommand(line.get().operand(), baseUrl).run(line.get().json(), out)
                : discover(line.get().operand(), baseUrl, out, err);
    }

    private static int discover(String pasted, Optional<BaseUrl> baseUrl, PrintStream out, PrintStream err) {
        try {
            Settings settings = settings(pasted);
            boolean loopbackAllowed = baseUrl.map(BaseUrl::isLoopback).orElse(true);
            Provider provider = provider(settings, loopbackAllowed);
            out.println(Json.write(members(pasted, settings.directory(), provider)));
            tellWhatToRegister(settings, baseUrl, provider, err);
            return DONE;
        } catch (SettingsException e) {
            e.problems().forEach(err::println);
            return FAILED;
        } catch (LoginFailedException e) {
            err.println(e.getMessage());
            return FAILED;
        }
    }

    private static Provider provider(Settings settings, boolean loopbackAllowed) throws LoginFailedException {
        try (var outbound = new Outbound(settings)) {
            return new ProviderMetadata(settings.directory(), loopbackAllowed, outbound).current();
        }
    }

    /**
     * The guide's record, with nothing entered but the Discovery Domain and a client id to be replaced; and the filter's way
     * to the provider.
     */
    private static Settings settings(String pasted) throws SettingsException {
        return Settings.read(new SettingsSources(
                Map.of("discoveryDomain", pasted, "clientId", CLIENT_ID),
                property -> given(property, System::getProperty),
                variable -> given(variable, System::getenv),
                path -> Optional.empty()));
    }

    private static Optional<String> given(String name, UnaryOperator<String> source) {
        var isAnother = (name.startsWith("sso.") || name.startsWith("SSO_")) && !OF_THE_ROUTE.contains(name);
        return Optional.of(name).filter(any -> !isAnother).map(source);
    }

    private static Map<String, Object> members(String pasted, DirectoryRecord defaults, Provider provider) {
        var members = new LinkedHashMap<String, Object>();
        members.put("name", provider.logsOutLikeCognito() ? "AWS Cognito" : host(provider.issuer()));
        members.put("discoveryDomain", pasted);
        members.put("authorizationUrl", provider.authorizationUrl().toString());
        members.put("tokenUrl", provider.tokenUrl().toString());
        members.put("userinfoUrl", text(provider.userinfoUrl()));
        members.put("issuer", provider.issuer());
        members.put("jwksUrl", provider.jwksUrl().toString());
        members.put("logoutUrl", text(provider.logoutUrl()));
        members.put("revocationUrl", text(provider.revocationUrl()));
        members.put("scopes", String.join(" ", defaults.scopes()));
        members.put("clientId", defaults.clientId());
        members.put("clientSecret", "${env:SSO_CLIENT_SECRET}");
        members.put("enablePkce", defaults.enablePkce());
        members.put("enableResponseModeFormPost", defaults.enableResponseModeFormPost());
        members.put("enableTokenEndpointBasicAuth", defaults.enableTokenEndpointBasicAuth());
        members.put("claims", defaults.claims().stream().map(SsoCommand::row).toList());
        return members;
    }

    private static Map<String, Object> row(ClaimMapping claim) {
        var row = new LinkedHashMap<String, Object>();
        row.put("field", claim.field());
        row.put("claim", claim.claim());
        row.put("location", claim.location().label());
        return row;
    }

    private static String host(String issuer) {
        return URI.create(issuer).getHost();
    }

    /** A blank member means the same as an absent one; printed, it shows that there is something to enter. */
    private static String text(Optional<URI> url) {
        return url.map(URI::toString).orElse("");
    }

    private static void tellWhatToRegister(
            Settings settings, Optional<BaseUrl> baseUrl, Provider provider, PrintStream err) {
        String base = baseUrl.map(BaseUrl::value).orElse("BASE_URL");
        err.println("Return URL: " + base + settings.returnPath());
        err.println("Sign-out URL: " + base + settings.postLogoutTarget());
        if (baseUrl.isEmpty()) {
            err.println("BASE_URL is the application's address as browsers see it, such as"
                    + " https://members.example.org/portal; give it with " + CommandLine.BASE_URL + ".");
        }
        err.println("In the record, replace " + CLIENT_ID + "; put the client secret into the environment variable"
                + " SSO_CLIENT_SECRET, or leave clientSecret out for a public client.");
        if (provider.logsOutLikeCognito()) {
            err.println("In Cognito: Applications > App clients > your app client > Login pages > Managed login pages"
                    + " configuration > Edit. Add the Return URL to Allowed callback URLs and the Sign-out URL to Allowed"
                    + " sign-out URLs, letter for letter.");
            // Cognito: a new app client has email, openid and phone; without profile every login ends in invalid_scope.
            err.println("There, too, tick the scope profile besides openid and email: it is not ticked for a new app"
                    + " client.");
        } else {
            err.println("Register both with the provider, letter for letter, and allow the scopes "
                    + String.join(" ", settings.directory().scopes()) + ".");
        }
    }
}
