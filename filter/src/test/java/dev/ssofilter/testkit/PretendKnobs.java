package dev.ssofilter.testkit;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

/**
 * How the whole pool is set up, where user pools differ from one another or other providers from Cognito. Each stays
 * as set until {@link PretendUserPool#undo()}. The values at the start are Cognito's; what Cognito never does says
 * so.
 */
public final class PretendKnobs {
    private final Set<String> suppressedClaims = new CopyOnWriteArraySet<>();
    private volatile State state = new State();

    private static final class State {
        private volatile boolean stateInErrors = true;
        private volatile boolean formPost;
        private volatile boolean iss;
        private volatile boolean domain = true;
        private volatile boolean managedLogin = true;
        private volatile boolean style = true;
        private volatile String redirectMismatch = "unauthorized_client";
        private volatile List<String> pkceMethods = List.of();
        private volatile Optional<String> documentIssuer = Optional.empty();
        private volatile Duration clockOffset = Duration.ZERO;
        private volatile Optional<Duration> rotation = Optional.empty();
        private volatile Optional<Duration> tokenLifetime = Optional.empty();
        private volatile boolean nonceKept;
        private volatile boolean revocation = true;
        private volatile boolean bodyAtRevocation;
        private volatile boolean standardLogout;
        private volatile String issuerName = PoolState.POOL_ID;
    }

    PretendKnobs() {}

    /** Leaves state out of error responses, as AWS's documents show them. Default: it is echoed. */
    public PretendKnobs leaveStateOutOfErrors() {
        state.stateInErrors = false;
        return this;
    }

    /**
     * Not Cognito's: answers {@code response_mode=form_post} by a page that posts itself. Default: the parameter is
     * ignored.
     */
    public PretendKnobs formPost() {
        state.formPost = true;
        return this;
    }

    /** Not Cognito's: sends iss in authorization responses and advertises that (RFC 9207). */
    public PretendKnobs sendIss() {
        state.iss = true;
        return this;
    }

    /**
     * Not Cognito's: advertises these PKCE methods; others are then refused. Default: nothing advertised, S256 taken.
     */
    public PretendKnobs pkceMethods(String... methods) {
        state.pkceMethods = List.of(methods);
        return this;
    }

    /**
     * A pool whose domain was never set up: endpoints under the issuer, where nothing answers, and no token_endpoint.
     */
    public PretendKnobs withoutDomain() {
        state.domain = false;
        return this;
    }

    /** The discovery document's issuer alone; tokens keep the pool's. */
    public PretendKnobs documentIssuer(String issuer) {
        state.documentIssuer = Optional.of(issuer);
        return this;
    }

    /** The classic hosted UI: prompt has no effect, other words for a missing parameter. Default: managed login. */
    public PretendKnobs classicHostedUi() {
        state.managedLogin = false;
        return this;
    }

    /** Managed login without a style for the app client: its login pages are not available. */
    public PretendKnobs withoutStyle() {
        state.style = false;
        return this;
    }

    /**
     * What the token endpoint says to another redirect_uri than the authentication request's. Default:
     * unauthorized_client.
     */
    public PretendKnobs redirectMismatch(String error) {
        state.redirectMismatch = error;
        return this;
    }

    /** Moves the pool's clock: times in tokens, and the age of codes, sessions and tokens. Negative is behind. */
    public PretendKnobs clockOffset(Duration offset) {
        state.clockOffset = offset;
        return this;
    }

    /**
     * Not Cognito's: an ID token that a refresh brings has the nonce of the sign-in, as OIDC Core §12.2 permits.
     * Default: it has none.
     */
    public PretendKnobs keepNonce() {
        state.nonceKept = true;
        return this;
    }

    /** Not Cognito's: no revocation endpoint, neither advertised nor answering. */
    public PretendKnobs withoutRevocationEndpoint() {
        state.revocation = false;
        return this;
    }

    /** The revocation endpoint takes a client secret in the body too, as it may at Cognito. Default: by Basic alone. */
    public PretendKnobs secretInBodyAtRevocation() {
        state.bodyAtRevocation = true;
        return this;
    }

    /**
     * Not Cognito's: OIDC RP-Initiated Logout 1.0 at {@code /session/end}, and nothing at {@code /logout}. It sends
     * the browser on to a registered sign-out URL, with state, and asks the user first where no id_token_hint came.
     */
    public PretendKnobs standardLogout() {
        state.standardLogout = true;
        return this;
    }

    /** Not Cognito's where it is no pool id: the issuer's path, as {@code members}. Default: us-east-1_PretendPl. */
    public PretendKnobs issuerName(String name) {
        state.issuerName = name;
        return this;
    }

    /** {@link PretendClient#rotation} of every app client, whatever it says itself. */
    public PretendKnobs rotateRefreshTokens(Duration grace) {
        state.rotation = Optional.of(grace);
        return this;
    }

    /** Life of every app client's ID and access tokens, whatever it says itself. */
    public PretendKnobs tokenLifetime(Duration lifetime) {
        state.tokenLifetime = Optional.of(lifetime);
        return this;
    }

    /** Leaves a claim out of ID tokens, as a pre-token-generation Lambda does. */
    public PretendKnobs suppressClaim(String claim) {
        suppressedClaims.add(claim);
        return this;
    }

    void undo() {
        suppressedClaims.clear();
        state = new State();
    }

    boolean isStateInErrors() {
        return state.stateInErrors;
    }

    boolean isFormPost() {
        return state.formPost;
    }

    boolean isIssSent() {
        return state.iss;
    }

    boolean hasDomain() {
        return state.domain;
    }

    boolean isManagedLogin() {
        return state.managedLogin;
    }

    boolean hasStyle() {
        return state.style;
    }

    String redirectMismatch() {
        return state.redirectMismatch;
    }

    List<String> pkceMethods() {
        return state.pkceMethods;
    }

    Optional<String> documentIssuer() {
        return state.documentIssuer;
    }

    Duration clockOffset() {
        return state.clockOffset;
    }

    boolean hasRevocation() {
        return state.revocation;
    }

    boolean isBodyTakenAtRevocation() {
        return state.bodyAtRevocation;
    }

    boolean isStandardLogout() {
        return state.standardLogout;
    }

    Optional<Duration> rotation(PretendClient client) {
        return state.rotation.or(client::rotation);
    }

    Duration accessTokenLifetime(PretendClient client) {
        return state.tokenLifetime.orElseGet(client::accessTokenLifetime);
    }

    Duration idTokenLifetime(PretendClient client) {
        return state.tokenLifetime.orElseGet(client::idTokenLifetime);
    }

    String issuerName() {
        return state.issuerName;
    }

    boolean isNonceKept() {
        return state.nonceKept;
    }

    Set<String> suppressedClaims() {
        return Set.copyOf(suppressedClaims);
    }
}
