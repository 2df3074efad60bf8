package dev.ssofilter.oidc;

import dev.ssofilter.directory.BaseUrl;
import dev.ssofilter.directory.Settings;
import dev.ssofilter.oidc.Finding.Status;
import dev.ssofilter.oidc.PublishedChecks.Found;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Proves a set-up without a user: every mistake of record, app client and network that can be found from this machine is
 * found before anybody meets it. Each check has its own finding, also where an earlier one failed; then it says that it
 * was not tried, and why.
 *
 * <p>It asks each endpoint once, one after the other, and twice only to tell two mistakes apart: discovery document, keys,
 * the authentication request that a login would begin with, a token request with a code that nobody was given, Userinfo
 * without a token, and the request that a logout would end with. Nobody is signed in or out. No redirect is followed; how
 * the provider answers is enough: Cognito sends the browser to {@code /login} or to {@code /error}, refuses the code with
 * {@code invalid_grant} or the client with {@code invalid_client}. What another provider answers otherwise is recognised,
 * or {@link Status#UNKNOWN}.
 */
public final class Doctor {
    /** What one authentication request tells, besides its endpoint. */
    private static final List<Check> REQUEST =
            List.of(Check.RETURN_URL, Check.CODE_GRANT, Check.SCOPES, Check.PKCE, Check.LOGIN_PAGE);
    /** What is asked of the token endpoint. */
    private static final List<Check> CLIENT = List.of(Check.TOKEN_URL, Check.CLIENT_ID, Check.CLIENT_SECRET);
    /** What needs the provider's endpoints. */
    private static final List<Check> LOGIN = List.of(
            Check.TOKEN_URL,
            Check.CLIENT_ID,
            Check.CLIENT_SECRET,
            Check.AUTHORIZATION_URL,
            Check.RETURN_URL,
            Check.CODE_GRANT,
            Check.SCOPES,
            Check.PKCE,
            Check.LOGIN_PAGE,
            Check.FORM_POST,
            Check.USERINFO_URL,
            Check.LOGOUT_STYLE,
            Check.SIGN_OUT_URL);

    private final Settings settings;
    private final Outbound outbound;
    private final Clock clock;
    private final String code = UUID.randomUUID().toString();
    private final Findings findings;

    /**
     * @param settings of a record that may be unsaved; one that cannot be read at all is for {@link #refused}
     * @param outbound the way out, as the filter with these settings has it; stays open
     */
    public Doctor(Settings settings, Outbound outbound, Clock clock) {
        this.settings = settings;
        this.outbound = outbound;
        this.clock = clock;
        this.findings = new Findings(Findings.secretsOf(settings, code));
    }

    /**
     * What there is to say where the settings cannot be used.
     *
     * @param problems of the {@code SettingsException}
     */
    public static List<Finding> refused(List<String> problems) {
        var findings = new Findings(List.of());
        problems.forEach(problem -> findings.ofSettings(Status.FAILED, problem));
        for (Check check : Check.values()) {
            if (check != Check.RECORD) {
                findings.notTried(check, "the directory record is not valid");
            }
        }
        return findings.all();
    }

    /** Examines all there is; takes seconds, and a minute where the provider answers slowly. To be called once. */
    public List<Finding> examine() {
        new SettingsChecks(settings, findings).examine();
        var probe = new Probe(outbound, clock, findings);
        boolean loopbackAllowed = settings.baseUrl().map(BaseUrl::isLoopback).orElse(true);
        new PublishedChecks(settings.directory(), loopbackAllowed, outbound, probe, findings)
                .examine()
                .ifPresentOrElse(
                        published -> login(published, probe),
                        () -> findings.notTried(LOGIN, "the provider's endpoints are not known"));
        clock(probe.clocks());
        return findings.all();
    }

    private void login(Found published, Probe probe) {
        var directory = settings.directory();
        var login = new MadeUpLogin(settings, published.provider(), probe, clock, code);
        var registered = settings.baseUrl().map(base -> URI.create(base.value() + settings.returnPath()));
        // Of no matter where none is known: the code is refused before it is looked at.
        URI returnUrl = registered.orElse(URI.create("http://localhost" + settings.returnPath()));
        var asked = registered.flatMap(url -> login.authorize(url, directory.enablePkce()));
        if (findings.hasFailed(Check.ISSUER) && directory.tokenUrl().isEmpty()) {
            // As the filter: a document that is refused names nobody who may have the secret.
            findings.notTried(CLIENT, "the discovery document is another issuer's, and so is its token endpoint");
        } else {
            new ClientChecks(directory, published, login, returnUrl, findings).examine(asked);
        }
        asked.ifPresentOrElse(
                answer -> new RequestChecks(directory, published, login, returnUrl, probe, findings).examine(answer),
                () -> notAsked(registered.isPresent()));
        var endpoints = new EndpointChecks(settings, published, probe, findings);
        endpoints.formPost();
        endpoints.userinfo();
        endpoints.logoutStyle();
        signOutUrl()
                .ifPresentOrElse(
                        endpoints::signOut, () -> findings.notTried(Check.SIGN_OUT_URL, "baseUrl is not given"));
    }

    private void notAsked(boolean baseUrlGiven) {
        if (baseUrlGiven) {
            findings.notTried(REQUEST, "the authorization endpoint did not answer");
        } else {
            findings.notTried(Check.AUTHORIZATION_URL, "baseUrl is not given");
            findings.notTried(REQUEST, "baseUrl is not given");
        }
    }

    private Optional<URI> signOutUrl() {
        String after = settings.postLogoutTarget();
        return after.startsWith("/")
                ? settings.baseUrl().map(base -> URI.create(base.value() + after))
                : Optional.of(URI.create(after));
    }

    private void clock(ClockDifference clocks) {
        if (clocks.ahead().isEmpty()) {
            findings.unknown(Check.CLOCK, "no answer of the provider says what time it is there", "");
        } else if (clocks.exceeds(settings.clockSkew())) {
            findings.told(Check.CLOCK, Status.FAILED, Check.CLOCK.setting(), clocks.toString());
        } else {
            findings.passed(
                    Check.CLOCK,
                    "this machine's and the provider's are "
                            + clocks.ahead().get().abs().toSeconds() + " s apart, within clockSkew ("
                            + settings.clockSkew() + ")");
        }
    }
}
