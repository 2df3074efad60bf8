package dev.ssofilter.oidc;

import dev.ssofilter.directory.DirectoryRecord;
import dev.ssofilter.directory.Settings;
import dev.ssofilter.oidc.Finding.Status;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** The requests of a login that nobody began: they are those of a real one, but for a code that was made up. */
final class MadeUpLogin {
    private final Settings settings;
    private final DirectoryRecord directory;
    private final Provider provider;
    private final Probe probe;
    private final PendingLogin pending;
    private final String code;

    MadeUpLogin(Settings settings, Provider provider, Probe probe, Clock clock, String code) {
        this.settings = settings;
        this.directory = settings.directory();
        this.provider = provider;
        this.probe = probe;
        this.pending = PendingLogin.begin("/", clock.instant());
        this.code = code;
    }

    /** Asks to sign in; empty where no answer came, which is told. */
    Optional<AuthorizeAnswer> authorize(URI returnUrl, boolean pkce) {
        var asking = relyingParty(directory.clientSecret(), pkce);
        URI url = URI.create(asking.authenticationRequest(pending, returnUrl, provider, Map.of()));
        return probe.ask(Check.AUTHORIZATION_URL, Probe.page(url), Probe.PAGE_LIMIT, Status.UNKNOWN)
                .map(answer -> AuthorizeAnswer.read(answer, url, returnUrl));
    }

    /** Redeems the code, with this secret or as a public client; empty where no answer came, which is told. */
    Optional<TokenAnswer> redeem(URI returnUrl, Optional<String> secret) {
        var request = relyingParty(secret, directory.enablePkce()).tokenRequest(code, pending, returnUrl, provider);
        return probe.ask(Check.TOKEN_URL, request, Outbound.TOKEN_LIMIT, Status.UNKNOWN)
                .map(TokenAnswer::read);
    }

    /** By query always: an error that comes as a form is nothing that a program could read with certainty. */
    private RelyingParty relyingParty(Optional<String> secret, boolean pkce) {
        var otherwise = new DirectoryRecord(
                directory.name(),
                directory.discoveryDomain(),
                directory.authorizationUrl(),
                directory.tokenUrl(),
                directory.userinfoUrl(),
                directory.issuer(),
                directory.jwksUrl(),
                directory.logoutUrl(),
                directory.revocationUrl(),
                directory.scopes(),
                directory.clientId(),
                secret,
                pkce,
                false,
                directory.enableTokenEndpointBasicAuth(),
                directory.claims());
        return new RelyingParty(otherwise, settings.authorizationParameters(), probe.outbound());
    }
}
