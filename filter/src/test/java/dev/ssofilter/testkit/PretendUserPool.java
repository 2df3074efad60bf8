package dev.ssofilter.testkit;

import com.nimbusds.jwt.JWTClaimsSet;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A stand-in for an AWS Cognito user pool, for tests and demonstrations on one machine: an HTTP server on 127.0.0.1
 * with discovery, keys, authorize, login page, token, userInfo, revoke and logout, that behaves like Cognito down to
 * its quirks and is strict where Cognito is. It guards nothing: keys, secrets and passwords are for everybody to
 * read. An application's own test signs a user in like this:
 *
 * <pre>{@code
 * try (PretendUserPool pool = PretendUserPool.start()) {
 *     pool.client().allowCallback("http://localhost:8080/sso/return");
 *     System.setProperty("sso.discoveryDomain", pool.tokenSigningKeyUrl().toString());
 *     System.setProperty("sso.clientId", pool.client().id());
 *     System.setProperty("sso.clientSecret", pool.client().secret());
 *     startTheApplicationOn(8080);
 *
 *     Browser.Answer page = new Browser().logInFrom(URI.create("http://localhost:8080/members"), pool.user());
 *
 *     assertEquals(200, page.status());
 * }
 * }</pre>
 *
 * <p>There is one app client, {@link #client()}, and two users: {@link #user()}, {@code ana@example.org} of the group
 * members, and {@link #admin()}, {@code max@example.org} of members and admins. The pool records what it was asked
 * ({@link #requests()}); a test bends one thing at a time ({@link #next()}, {@link #always()}) or sets the pool up
 * otherwise ({@link #knobs()}). All methods may be called from any thread while requests come in.
 *
 * <p>For what comes after the login: {@code client().rotation(Duration.ZERO)} and the token lives beside it set
 * refreshes up, {@code user().groups("staff")} and {@code user().disable()} show in the next one, {@link
 * #nextRefresh} lets it fail or wait, {@link #start(Clock)} and {@code knobs().clockOffset(…)} move the time, {@link
 * #refreshes()} and {@code requests("/oauth2/revoke")} tell what came, and {@code
 * knobs().standardLogout().issuerName("members")} makes it a provider that is not Cognito.
 */
public final class PretendUserPool implements AutoCloseable {
    /** ID of {@link #client()}. */
    public static final String CLIENT_ID = "pretendappclient0000000001";

    /** Secret of {@link #client()}, with the + and _ that Cognito allows and that are easily encoded wrongly. */
    public static final String CLIENT_SECRET = "pretendsecret+for_loopback_only0000000000000000000000";

    private static final String PASSWORD = "Pretend-1";

    private final Wire wire;
    private final PoolState state;
    private final PretendClient client;
    private final PretendUser user;
    private final PretendUser admin;

    private PretendUserPool(Wire wire, Clock clock) {
        this.wire = wire;
        this.state = PoolState.at(wire.base(), clock);
        this.client = client(CLIENT_ID, CLIENT_SECRET);
        this.user = user("ana@example.org", PASSWORD)
                .named("Ana", "Ruiz")
                .groups("members")
                .custom("member_no", "00417");
        this.admin = user("max@example.org", PASSWORD).named("Max", "Okoye").groups("members", "admins");
    }

    /** Starts a pool on a free port of 127.0.0.1. */
    public static PretendUserPool start() {
        return start(0);
    }

    /** Starts a pool on this port of 127.0.0.1; throws UncheckedIOException where it is taken. */
    public static PretendUserPool start(int port) {
        return start(port, Clock.systemUTC());
    }

    /** Starts a pool on a free port that reads the time from this clock, so that a test moves both sides at once. */
    public static PretendUserPool start(Clock clock) {
        return start(0, clock);
    }

    private static PretendUserPool start(int port, Clock clock) {
        Wire wire = Wire.bind(port);
        PretendUserPool pool = new PretendUserPool(wire, clock);
        wire.serve(new Endpoints(pool.state)::answer);
        return pool;
    }

    /** The issuer, whose path is the pool's id; discovery and keys lie below it. */
    public String issuer() {
        return state.issuer();
    }

    /** What the console shows as Token signing key URL, and the directory record takes as its discoveryDomain. */
    public URI tokenSigningKeyUrl() {
        return URI.create(issuer() + "/.well-known/jwks.json");
    }

    /** The pool's domain, without a last slash; {@code /oauth2/authorize} and the rest lie below it. */
    public URI domain() {
        return URI.create(state.domain());
    }

    /** The app client that is there from the start: confidential, and without any URL registered yet. */
    public PretendClient client() {
        return client;
    }

    /** One more app client, replacing one with the same id; without a secret it is public. */
    public PretendClient client(String id, String... secrets) {
        PretendClient made = new PretendClient(id, List.of(secrets));
        state.clients().put(id, made);
        return made;
    }

    /** Ana Ruiz, ana@example.org, group members, custom:member_no 00417. */
    public PretendUser user() {
        return user;
    }

    /** Max Okoye, max@example.org, groups members and admins. */
    public PretendUser admin() {
        return admin;
    }

    /** One more user, replacing one with the same e-mail address, whose case does not matter. */
    public PretendUser user(String email, String password) {
        PretendUser made = new PretendUser(email, password);
        state.users().put(email.toLowerCase(Locale.ROOT), made);
        return made;
    }

    /** Deletes a user: neither signs in any more, nor are codes, refresh tokens and access tokens good. */
    public void delete(PretendUser gone) {
        state.users().values().remove(gone.disable());
    }

    /** Everything asked so far, in order of arrival, with parameters and headers. */
    public List<PretendRequest> requests() {
        return wire.requests();
    }

    /**
     * The requests to one path; {@code /.well-known/jwks.json} and {@code /.well-known/openid-configuration} are this
     * pool's.
     */
    public List<PretendRequest> requests(String path) {
        String whole = path.startsWith("/.well-known/") ? URI.create(issuer()).getPath() + path : path;
        return requests().stream()
                .filter(request -> request.path().equals(whole))
                .toList();
    }

    /** How often a path was asked; see {@link #requests(String)}. */
    public int count(String path) {
        return requests(path).size();
    }

    /** The refreshes that were asked for, refused ones too; the other requests to the token endpoint are logins. */
    public List<PretendRequest> refreshes() {
        return requests().stream().filter(PretendRequest::isRefresh).toList();
    }

    /** Forgets what was asked so far. */
    public void resetRequests() {
        wire.forgetRequests();
    }

    /** What was asked since the last call of this, which is forgotten: for a run too long to keep it all. */
    public List<PretendRequest> takeRequests() {
        return wire.takeRequests();
    }

    /** Forgets access and refresh tokens, and codes older than a minute: for a run too long to keep them all. */
    public void forgetTokens() {
        state.grants().forget();
    }

    /** What to bend in the next answer alone. */
    public PretendBends next() {
        return new PretendBends(state.bends(), wire, URI.create(issuer()).getPath(), true);
    }

    /** What to bend in every answer until {@link #undo()}. */
    public PretendBends always() {
        return new PretendBends(state.bends(), wire, URI.create(issuer()).getPath(), false);
    }

    /** How the pool is set up. */
    public PretendKnobs knobs() {
        return state.knobs();
    }

    /**
     * Straightens every bend, takes every fault away and turns every knob back; users, clients, keys and records
     * stay.
     */
    public void undo() {
        state.bends().undo();
        state.knobs().undo();
        wire.undoFaults();
    }

    /** Signs everybody out of the pool itself, as if each browser had gone to /logout. */
    public void endSessions() {
        state.sessions().endAll();
    }

    /** New keys for both kinds of token; the old ones stay published where {@code keepOld}. */
    public void rotateKeys(boolean keepOld) {
        state.keys().rotate(keepOld);
    }

    /** Same as {@code next().idToken(change)}. */
    public void nextIdToken(UnaryOperator<JWTClaimsSet.Builder> change) {
        next().idToken(change);
    }

    /** Same as {@code next().idTokenRaw(change)}. */
    public void nextIdTokenRaw(UnaryOperator<String> change) {
        next().idTokenRaw(change);
    }

    /** Same as {@code next().accessToken(change)}. */
    public void nextAccessToken(UnaryOperator<JWTClaimsSet.Builder> change) {
        next().accessToken(change);
    }

    /** Same as {@code next().discovery(change)}. */
    public void nextDiscovery(UnaryOperator<Map<String, Object>> change) {
        next().discovery(change);
    }

    /** Same as {@code next().userinfo(change)}. */
    public void nextUserinfo(UnaryOperator<Map<String, Object>> change) {
        next().userinfo(change);
    }

    /** Same as {@code next().answer(path, answer)}. */
    public void next(String path, PretendAnswer answer) {
        next().answer(path, answer);
    }

    /** Answers the next refreshes with these, one each; logins are answered as ever. */
    public void nextRefresh(PretendAnswer... answers) {
        for (PretendAnswer answer : answers) {
            next().refresh(answer);
        }
    }

    /** Stops at once; answers under way break off. */
    @Override
    public void close() {
        wire.close();
    }
}
