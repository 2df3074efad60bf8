package dev.ssofilter;

import static dev.ssofilter.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.ssofilter.testkit.PretendBends;
import dev.ssofilter.testkit.PretendUserPool;
import dev.ssofilter.user.Reason;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** External ID comes from the access token, as in the guide: so that is verified by itself. */
@TestInstance(Lifecycle.PER_CLASS)
class AccessTokenTest {
    private static final String OPAQUE = "not a compact JWS; expected header.payload.signature in base64url;"
            + " where the provider's access tokens are opaque, map the claim from the ID Token or Userinfo in `claims`";
    private static final String OTHER = "anotherclient";
    private static final String NOT_OURS = "neither client_id, azp nor aud is our client id";

    private final Scene scene = Scene.with();

    @BeforeEach
    void renew() {
        scene.renew();
    }

    @AfterAll
    void stop() {
        scene.close();
    }

    private static Arguments bent(String name, String logged, Consumer<PretendBends> bend) {
        return arguments(name, logged, (Consumer<PretendUserPool>) pool -> bend.accept(pool.next()));
    }

    private static Arguments claims(String name, String logged, UnaryOperator<JWTClaimsSet.Builder> bend) {
        return bent(name, logged, next -> next.accessToken(bend));
    }

    private static Arguments claim(String name, String logged, String claim, Object value) {
        return claims(name, logged, token -> token.claim(claim, value));
    }

    private static Date inSeconds(long seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    static Stream<Arguments> claims() {
        return Stream.of(
                claims("of another issuer", "iss \"", t -> t.issuer("https://evil.example")),
                claim("without iss", "iss is missing", "iss", null),
                claims("that has expired", "expired at", t -> t.expirationTime(inSeconds(-61))),
                claim("without exp", "exp is missing", "exp", null),
                claims("not valid yet", "nbf ", t -> t.notBeforeTime(inSeconds(65))),
                claims("issued in the future", "iat ", t -> t.issueTime(inSeconds(65))),
                claim("AB-097 that is an ID token by token_use", "token_use is missing or another", "token_use", "id"),
                claim("with a number as token_use", "token_use is missing or another", "token_use", 1),
                claim("of another app client of the pool", NOT_OURS, "client_id", OTHER),
                claim("with a number as client_id", NOT_OURS, "client_id", 7),
                claim("without client_id, azp and aud", NOT_OURS, "client_id", null),
                claims("of another app client by azp", NOT_OURS, t -> t.claim("client_id", null)
                        .claim("azp", OTHER)),
                claim("whose azp disagrees with client_id", NOT_OURS, "azp", OTHER),
                claims("of another app client by client_id, though aud is ours", NOT_OURS, t -> t.claim(
                                "client_id", OTHER)
                        .audience(PretendUserPool.CLIENT_ID)),
                claims("for another audience alone", NOT_OURS, t -> t.claim("client_id", null)
                        .audience(OTHER)),
                claims("of another user", "sub differs", t -> t.subject("another user")),
                claim("without sub", "sub is missing", "sub", null),
                claim("with a number as sub", "sub differs", "sub", 7));
    }

    static Stream<Arguments> forms() {
        return Stream.of(
                bent("that is opaque", OPAQUE, PretendBends::opaqueAccessToken),
                bent(
                        "with alg none",
                        "its header cannot be read",
                        next -> next.accessTokenRaw(
                                t -> Base64URL.encode("{\"alg\":\"none\"}") + t.substring(t.indexOf('.')))),
                bent(
                        "with a changed payload",
                        "the signature does not fit",
                        next -> next.accessTokenRaw(
                                t -> t.replaceFirst("\\.[^.]*\\.", "." + Base64URL.encode("{}") + "."))),
                bent(
                        "by a key that nobody published",
                        "kid \"nobodys\" fits 0 keys",
                        next -> next.accessTokenSignedBy(Forgery.rsa("nobodys"), JWSAlgorithm.RS256)),
                bent(
                        "with RS512, which is not listed",
                        "alg \"RS512\"",
                        next -> next.accessTokenSignedBy(Forgery.rsa("nobodys"), JWSAlgorithm.RS512)),
                bent(
                        "that is a logout token by its type",
                        "typ \"logout+jwt\"",
                        next -> next.accessTokenHeader(header -> {
                            header.put("typ", "logout+jwt");
                            return header;
                        })),
                bent(
                        "with a critical extension",
                        "crit",
                        next -> next.accessTokenHeader(header -> {
                            header.put("crit", List.of("exp2"));
                            return header;
                        })));
    }

    @ParameterizedTest(name = "R-29 refuses an access token {0}")
    @MethodSource({"claims", "forms"})
    void refusesAnAccessToken(String fault, String logged, Consumer<PretendUserPool> bend) {
        bend.accept(scene.pool);

        var answer = scene.logIn();

        assertRefused(scene, answer, Reason.ACCESS_TOKEN_REFUSED, "access token: " + logged);
        assertEquals(1, scene.tokenRequests());
    }

    static Stream<Arguments> good() {
        var ours = PretendUserPool.CLIENT_ID;
        return Stream.of(
                claims("of Cognito, without aud", "", t -> t),
                claims("for a resource server, with our client_id", "", t -> t.audience("https://api.example.org")),
                claims("of Keycloak, with our azp", "", t -> t.claim("client_id", null)
                        .claim("azp", ours)
                        .audience("account")),
                claims("with aud alone, ours", "", t -> t.claim("client_id", null)
                        .audience(ours)),
                claims("expired within the skew", "", t -> t.expirationTime(inSeconds(-50))),
                bent(
                        "of RFC 9068 by its type",
                        "",
                        next -> next.accessTokenHeader(header -> {
                            header.put("typ", "at+jwt");
                            return header;
                        })));
    }

    @ParameterizedTest(name = "takes an access token {0}")
    @MethodSource("good")
    void takesAnAccessToken(String what, String nothing, Consumer<PretendUserPool> bend) {
        bend.accept(scene.pool);

        assertEquals(200, scene.logIn().status(), () -> scene.log.failures().toString());
        assertEquals(scene.pool.user().sub(), scene.me().get("externalId"));
    }

    @Test
    void verifiesTheAccessTokenByItsOwnKey() {
        var used = new String[2];
        scene.pool.next().accessTokenRaw(token -> used[0] = token);
        scene.pool.nextIdTokenRaw(token -> used[1] = token);

        assertEquals(200, scene.logIn().status());
        assertNotEquals(Forgery.kid(used[0]), Forgery.kid(used[1]));
    }

    @Test
    @DisplayName("AB-097 refuses an ID token in the place of the access token")
    void refusesAnIdTokenInItsPlace() {
        scene.pool.next().idToken(token -> token.claim("at_hash", null));
        scene.pool.next().tokenAnswer(answer -> {
            answer.put("access_token", answer.get("id_token"));
            return answer;
        });

        assertRefused(scene, scene.logIn(), Reason.ACCESS_TOKEN_REFUSED, "token_use is missing or another");
    }

    @Test
    @DisplayName("an access token that is no JWT is as good as any where no claim is mapped from it")
    void takesAnOpaqueTokenWhereNothingIsMappedFromIt() {
        try (var other = Scene.with("claims", Scene.ID_TOKEN_ALONE)) {
            other.pool.next().opaqueAccessToken();

            assertEquals(200, other.logIn().status(), () -> other.log.failures().toString());
        }
    }
}
