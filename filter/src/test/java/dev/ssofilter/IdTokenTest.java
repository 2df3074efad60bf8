package dev.ssofilter;

import static dev.ssofilter.Refusals.assertLogged;
import static dev.ssofilter.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendUserPool;
import dev.ssofilter.user.Reason;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
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
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The claims of a rightly signed ID token (OIDC Core §3.1.3.7), one bent at a time. No claim is mapped from the access
 * token, so that no check of that stands in for a missing one here.
 */
@TestInstance(Lifecycle.PER_CLASS)
class IdTokenTest {
    private static final String OTHER = "anotherclient";

    private final Scene scene = Scene.with("claims", Scene.ID_TOKEN_ALONE);

    @BeforeEach
    void renew() {
        scene.renew();
    }

    @AfterAll
    void stop() {
        scene.close();
    }

    private static Arguments claims(String name, String logged, UnaryOperator<JWTClaimsSet.Builder> bend) {
        return arguments(name, logged, (Consumer<PretendUserPool>) pool -> pool.nextIdToken(bend));
    }

    private static Arguments claim(String name, String logged, String claim, Object value) {
        return claims(name, logged, token -> token.claim(claim, value));
    }

    /** In the payload's text, for what a claims set cannot hold. */
    private static Arguments text(String name, String logged, String pattern, String replacement) {
        return arguments(name, logged, (Consumer<PretendUserPool>)
                pool -> pool.next().idTokenPayload(payload -> payload.replaceFirst(pattern, replacement)));
    }

    private static Arguments issuer(String name, UnaryOperator<String> bend) {
        return claims(
                name,
                "iss \"",
                token -> token.issuer(bend.apply(token.getClaims().get("iss").toString())));
    }

    private static Date inSeconds(long seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    static Stream<Arguments> issuers() {
        return Stream.of(
                issuer("AB-093 of another pool", iss -> iss.replace("PretendPl", "PretendPm")),
                issuer("AB-093 of another region", iss -> iss.replace("us-east-1", "us-east-2")),
                issuer("AB-093 with another scheme", iss -> iss.replace("http://", "https://")),
                issuer("AB-093 with a last slash", iss -> iss + "/"),
                issuer("AB-093 in upper case", iss -> iss.toUpperCase(Locale.ROOT)),
                issuer("AB-093 with ours as its beginning", iss -> iss + "x"),
                issuer("AB-093 with ours as its end", iss -> "x" + iss),
                claim("AB-093 without iss", "iss is missing", "iss", null),
                text("AB-093 with a number as iss", "iss is missing", "\"iss\":\"[^\"]*\"", "\"iss\":7"));
    }

    static Stream<Arguments> audiences() {
        var ours = PretendUserPool.CLIENT_ID;
        return Stream.of(
                claims("AB-079 for another app client of the pool", "aud does not hold", t -> t.audience(OTHER)),
                claim("AB-094 without aud", "aud does not hold", "aud", null),
                text("AB-094 with an empty aud", "aud does not hold", "\"aud\":\"[^\"]*\"", "\"aud\":[]"),
                text("AB-094 with null as aud", "aud does not hold", "\"aud\":\"[^\"]*\"", "\"aud\":null"),
                text("AB-094 with a number as aud", "aud does not hold", "\"aud\":\"[^\"]*\"", "\"aud\":7"),
                text("AB-094 with an object as aud", "aud does not hold", "\"aud\":(\"[^\"]*\")", "\"aud\":{$1:$1}"),
                text("AB-094 with ours beside a number", "aud does not hold", "\"aud\":(\"[^\"]*\")", "\"aud\":[$1,7]"),
                claims("AB-094 with ours as its beginning", "aud does not hold", t -> t.audience(ours + "x")),
                claims("AB-094 with a part of ours", "aud does not hold", t -> t.audience(ours.substring(1))),
                claims("AB-095 for several, without azp", "azp is missing", t -> t.audience(List.of(ours, OTHER))),
                claims("AB-095 for several, azp another", "azp differs", t -> t.audience(List.of(ours, OTHER))
                        .claim("azp", OTHER)),
                claim("AB-096 for us, azp another", "azp differs", "azp", OTHER),
                claim("AB-096 for us, azp a number", "azp differs", "azp", 7));
    }

    static Stream<Arguments> times() {
        return Stream.of(
                claims("AB-099 expired", "expired at", t -> t.expirationTime(inSeconds(-61))),
                claim("AB-099 without exp", "exp is missing", "exp", null),
                claim("AB-099 with a text as exp", "exp is missing", "exp", "4102444800"),
                claims("AB-100 not valid yet", "nbf ", t -> t.notBeforeTime(inSeconds(65))),
                claim("AB-100 with a text as nbf", "nbf is missing", "nbf", "0"),
                claims("AB-100 issued in the future", "iat ", t -> t.issueTime(inSeconds(65))),
                claim("AB-100 without iat", "iat is missing", "iat", null),
                claims(
                        "AB-100 issued eleven minutes and a second ago",
                        "issued at",
                        t -> t.issueTime(inSeconds(-661))));
    }

    static Stream<Arguments> others() {
        return Stream.of(
                claim("AB-097 that is an access token", "token_use", "token_use", "access"),
                claim("AB-098 with token_use in upper case", "token_use", "token_use", "ID"),
                claim("AB-098 without token_use, of a user pool", "token_use", "token_use", null),
                claim("AB-098 with a number as token_use", "token_use", "token_use", 1),
                claim("AB-102 without nonce", "nonce is missing", "nonce", null),
                claim("AB-102 with an empty nonce", "nonce differs", "nonce", ""),
                claim("AB-102 with another nonce", "nonce differs", "nonce", "other"),
                claim("AB-102 with a number as nonce", "nonce differs", "nonce", 7),
                claim("AB-103 without sub", "sub is missing", "sub", null),
                claim("AB-103 with an empty sub", "sub has 0 characters", "sub", ""),
                claim("AB-103 with a sub of 256 characters", "sub has 256 characters", "sub", "s".repeat(256)),
                text("AB-099 that expired before time began", "expired at", "\"exp\":[0-9]+", "\"exp\":-1e300"),
                text("AB-100 issued before time began", "issued at", "\"iat\":[0-9]+", "\"iat\":-1e300"),
                text("AB-103 with a number as sub", "sub is missing", "\"sub\":\"[^\"]*\"", "\"sub\":7"),
                claim("AB-103 with a line break in sub", "sub has 3 characters, or control characters", "sub", "a\nb"),
                claim("AB-104 with the hash of another access token", "at_hash", "at_hash", "AAAAAAAAAAAAAAAAAAAAAA"),
                claim("AB-104 with a number as at_hash", "at_hash is no text", "at_hash", 7),
                text("AB-127 with a claim twice", "payload is not a JSON object", "\\{", "{\"sub\":\"a\","));
    }

    @ParameterizedTest(name = "refuses an ID token {0}")
    @MethodSource({"issuers", "audiences", "times", "others"})
    void refusesAnIdToken(String fault, String logged, Consumer<PretendUserPool> bend) {
        bend.accept(scene.pool);

        var answer = scene.logIn();

        assertRefused(scene, answer, Reason.ID_TOKEN_REFUSED, "ID token: " + logged);
        assertEquals(1, scene.tokenRequests());
    }

    static Stream<Arguments> good() {
        var ours = PretendUserPool.CLIENT_ID;
        return Stream.of(
                claims("AB-095 for several, azp ours", "", t -> t.audience(List.of(OTHER, ours))
                        .claim("azp", ours)),
                text("for us alone in an array", "", "\"aud\":(\"[^\"]*\")", "\"aud\":[$1]"),
                claims("AB-099 expired within the skew", "", t -> t.expirationTime(inSeconds(-50))),
                claims("AB-100 valid and issued in the future, within the skew", "", t -> t.notBeforeTime(inSeconds(50))
                        .issueTime(inSeconds(50))),
                claims("AB-100 issued ten minutes ago", "", t -> t.issueTime(inSeconds(-610))),
                claims("AB-101 that lives ten years", "", t -> t.expirationTime(inSeconds(315_360_000))),
                text("AB-101 that lives until the end of time", "", "\"exp\":[0-9]+", "\"exp\":1e300"),
                text("with exp as a fraction", "", "\"exp\":([0-9]+)", "\"exp\":$1.5"),
                claim("AB-103 with a sub of 255 characters", "", "sub", "s".repeat(255)),
                claim("AB-104 without at_hash", "", "at_hash", null));
    }

    @ParameterizedTest(name = "takes an ID token {0}")
    @MethodSource("good")
    void takesAnIdToken(String what, String nothing, Consumer<PretendUserPool> bend) {
        bend.accept(scene.pool);

        var answer = scene.logIn();

        assertEquals(200, answer.status(), () -> scene.log.failures().toString());
        assertEquals(1, scene.reached());
    }

    @Test
    @DisplayName("AB-102 refuses an ID token with the nonce of another tab's login")
    void refusesAnotherTabsNonce() {
        scene.begin();
        var otherNonce = new String[1];
        var other = scene.begin();
        otherNonce[0] = other.locationParameters().get("nonce");
        scene.pool.nextIdToken(token -> token.claim("nonce", otherNonce[0]));

        var answer = scene.logIn();

        assertRefused(scene, answer, Reason.ID_TOKEN_REFUSED, "nonce differs");
    }

    @Test
    @DisplayName("AB-104 refuses an ID token whose access token was exchanged on the way")
    void refusesAnExchangedAccessToken() {
        scene.pool.next().tokenAnswer(answer -> {
            answer.put("access_token", "another");
            return answer;
        });

        assertRefused(scene, scene.logIn(), Reason.ID_TOKEN_REFUSED, "at_hash is not that");
    }

    @Test
    @DisplayName("AB-031 refuses on nonce where a provider without PKCE redeems another login's code")
    void refusesASwappedCode() {
        try (var plain = Scene.with("enablePkce", "false", "claims", Scene.ID_TOKEN_ALONE)) {
            var victims = plain.response(new Browser(), plain.pool.user()).getRawQuery();
            var own = plain.response().getRawQuery();
            var code = victims.replaceAll(".*(code=[^&]*).*", "$1");

            var answer = plain.browser.navigate(plain.returnUrl(own.replaceAll("code=[^&]*", code)));

            assertRefused(plain, answer, Reason.ID_TOKEN_REFUSED, "nonce differs");
        }
    }

    @Test
    void maxAgeIsSentAndTheSignInsTimeIsChecked() {
        try (var other = Scene.with("authorizationParameters", "max_age=300", "claims", Scene.ID_TOKEN_ALONE)) {
            assertEquals("300", other.begin().locationParameters().get("max_age"));
            assertEquals(200, other.logIn().status());
        }
    }

    @ParameterizedTest(name = "AB-105 refuses an ID token whose auth_time is {0}")
    @ValueSource(strings = {"missing", "longer ago than max_age"})
    void checksAuthTime(String fault) {
        try (var other = Scene.with("authorizationParameters", "max_age=300", "claims", Scene.ID_TOKEN_ALONE)) {
            var then = fault.equals("missing") ? null : Instant.now().getEpochSecond() - 361;
            other.pool.nextIdToken(token -> token.claim("auth_time", then));

            assertRefused(other, other.logIn(), Reason.ID_TOKEN_REFUSED, "auth_time");
            assertLogged(other, fault);
        }
    }
}
