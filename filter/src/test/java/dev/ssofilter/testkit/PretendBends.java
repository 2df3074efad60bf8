package dev.ssofilter.testkit;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Bends one thing at a time: for the next answer alone with {@link PretendUserPool#next()}, for every answer until
 * {@link PretendUserPool#undo()} with {@link PretendUserPool#always()}. Several changes of one kind under {@code
 * next()} are used up one answer each. A map that is handed in may be changed and returned, or another one returned.
 *
 * <pre>{@code
 * pool.next().idToken(claims -> claims.audience("another client"));
 * pool.always().answer("/oauth2/token", PretendAnswer.throttled(Duration.ofSeconds(30)));
 * }</pre>
 */
public final class PretendBends {
    private final Bends bends;
    private final Wire wire;
    private final String poolPath;
    private final boolean once;

    PretendBends(Bends bends, Wire wire, String poolPath, boolean once) {
        this.bends = bends;
        this.wire = wire;
        this.poolPath = poolPath;
        this.once = once;
    }

    /** Changes the ID token's claims before it is signed. */
    public void idToken(UnaryOperator<JWTClaimsSet.Builder> change) {
        bends.idToken().claims().add(once, change);
    }

    /**
     * Changes the ID token's payload as JSON text before it is signed: for what a claims set cannot hold, such as a
     * claim twice.
     */
    public void idTokenPayload(UnaryOperator<String> change) {
        bends.idToken().payload().add(once, change);
    }

    /** Changes the ID token's header, which is signed; the signature stays RS256 whatever it then says. */
    public void idTokenHeader(UnaryOperator<Map<String, Object>> change) {
        bends.idToken().header().add(once, change);
    }

    /** Signs the ID token with another key and algorithm; kid and alg are those of the key and algorithm given. */
    public void idTokenSignedBy(JWK key, JWSAlgorithm algorithm) {
        bends.idToken().signer().add(once, usual -> new Keys.Signer(key, algorithm));
    }

    /**
     * Changes the signed ID token as it goes into the token answer: cut it, swap its parts, or put anything in its
     * place.
     */
    public void idTokenRaw(UnaryOperator<String> change) {
        bends.idToken().raw().add(once, change);
    }

    /** Changes the access token's claims before it is signed. */
    public void accessToken(UnaryOperator<JWTClaimsSet.Builder> change) {
        bends.accessToken().claims().add(once, change);
    }

    /** Changes the access token's payload as JSON text before it is signed. */
    public void accessTokenPayload(UnaryOperator<String> change) {
        bends.accessToken().payload().add(once, change);
    }

    /** Changes the access token's header, which is signed; the signature stays RS256. */
    public void accessTokenHeader(UnaryOperator<Map<String, Object>> change) {
        bends.accessToken().header().add(once, change);
    }

    /** Signs the access token with another key and algorithm. */
    public void accessTokenSignedBy(JWK key, JWSAlgorithm algorithm) {
        bends.accessToken().signer().add(once, usual -> new Keys.Signer(key, algorithm));
    }

    /** Changes the signed access token; at_hash and Userinfo go by what comes out. */
    public void accessTokenRaw(UnaryOperator<String> change) {
        bends.accessToken().raw().add(once, change);
    }

    /** An access token that is no JWT, as many other providers have it; Userinfo takes it. */
    public void opaqueAccessToken() {
        accessTokenRaw(jwt -> UUID.randomUUID().toString());
    }

    /** Changes the members of a successful token answer. */
    public void tokenAnswer(UnaryOperator<Map<String, Object>> change) {
        bends.tokenAnswer().add(once, change);
    }

    /** Changes the members of a successful Userinfo answer. */
    public void userinfo(UnaryOperator<Map<String, Object>> change) {
        bends.userinfo().add(once, change);
    }

    /** Changes the members of the discovery document. */
    public void discovery(UnaryOperator<Map<String, Object>> change) {
        bends.discovery().add(once, change);
    }

    /** Changes the published key set, whose only member is {@code keys}. */
    public void keys(UnaryOperator<Map<String, Object>> change) {
        bends.keys().add(once, change);
    }

    /** Changes the parameters that go to the Return URL, of errors too; their order is that on the wire. */
    public void authorizationResponse(UnaryOperator<Map<String, String>> change) {
        bends.authorizationResponse().add(once, change);
    }

    /**
     * Lets signing in fail as behind a broken provider or Lambda: invalid_request, with error_description before it.
     */
    public void identityProviderFailure(String description) {
        authorizationResponse(usual -> failure(usual, "invalid_request", description));
    }

    /** Lets signing in end with this error instead of a code, as {@code access_denied}. */
    public void authorizationError(String error) {
        authorizationResponse(usual -> failure(usual, error, ""));
    }

    /**
     * Answers requests to a path otherwise than usual: {@code /oauth2/token}, or {@code /.well-known/jwks.json} and
     * {@code /.well-known/openid-configuration} of this pool.
     */
    public void answer(String path, PretendAnswer answer) {
        wire.fault(path.startsWith("/.well-known/") ? poolPath + path : path, once, answer);
    }

    /** Answers refreshes otherwise than usual; the logins, which ask the same endpoint, are answered as ever. */
    public void refresh(PretendAnswer answer) {
        wire.fault(Wire.REFRESH, once, answer);
    }

    private static Map<String, String> failure(Map<String, String> usual, String error, String description) {
        Map<String, String> failed = new LinkedHashMap<>();
        if (!description.isEmpty()) {
            failed.put("error_description", description);
        }
        failed.put("error", error);
        usual.forEach((name, value) -> {
            if (!name.equals("code")) {
                failed.putIfAbsent(name, value);
            }
        });
        return failed;
    }
}
