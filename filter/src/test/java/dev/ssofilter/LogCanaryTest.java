package dev.ssofilter;

import static dev.ssofilter.Answers.logIn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendAnswer;
import dev.ssofilter.testkit.PretendRequest;
import dev.ssofilter.testkit.PretendUserPool;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** AB-181: whatever a log holds after logins, refusals, failures and sign-outs, it is none of what went over the wire. */
class LogCanaryTest {
    private static final List<String> SECRET = List.of(
            "state",
            "nonce",
            "code",
            "code_verifier",
            "code_challenge",
            "client_secret",
            "password",
            "username",
            "_csrf",
            "refresh_token",
            "token",
            "id_token_hint");
    private static final String SECRET_OF_LETTERS = "anothersecretoflettersalone";
    private static final String CLAIMS = "External ID = sub @ Access Token; Username = email @ ID Token;"
            + " Email = email @ Userinfo; First Name = given_name @ ID Token; Last Name = family_name @ Userinfo";

    private final MovingClock clock = new MovingClock();
    private final PretendUserPool pool = PretendUserPool.start(clock);
    private final Set<String> secrets = ConcurrentHashMap.newKeySet();
    private final Browser browser = new Browser();

    @AfterEach
    void stop() {
        pool.close();
    }

    /** Every token that the pool makes. */
    private void listen() {
        pool.always().idTokenRaw(this::secret);
        pool.always().accessTokenRaw(this::secret);
        pool.always().tokenAnswer(answer -> {
            secret(String.valueOf(answer.get("refresh_token")));
            return answer;
        });
    }

    private String secret(String value) {
        secrets.add(value);
        return value;
    }

    @ParameterizedTest(name = "AB-181 R-41 secret in the header: {0}")
    @ValueSource(booleans = {false, true})
    void holdNoSecretAndNothingOfTheUser(boolean basic) {
        try (var logs = Logs.ofTheFilter();
                var application = Application.with(pool)
                        .clock(clock)
                        .set("claims", CLAIMS, "clientSecret", SECRET_OF_LETTERS, "keepTokens", "true")
                        .set("enableTokenEndpointBasicAuth", Boolean.toString(basic))
                        .start()) {
            pool.client().onlySecrets(SECRET_OF_LETTERS);
            listen();
            succeed(application);
            fail(application);

            var told = logs.records().stream().filter(LogCanary::isOurs).toList();
            assertTrue(count(told, "login completed") >= 2, "or nothing was watched");
            assertTrue(count(told, "login failed") >= 12, "or nothing was watched");
            assertTrue(count(told, "logout") >= 1, "or nothing was watched");
            assertTrue(count(told, "refresh token revoked: DONE") == 1, "or nothing was watched");
            assertTrue(count(told, "session ended") == 1, "or nothing was watched");
            var all = told.stream().map(LogCanary::text).collect(Collectors.joining("\n"));
            everySecret()
                    .forEach(secret -> assertFalse(all.contains(secret), () -> secret + " in " + lineOf(told, secret)));
        }
    }

    private void succeed(Application application) {
        var page = browser.logInFrom(application.uri("/orders?card=CANARY-IN-A-QUERY"), pool.user());
        take();
        clock.move(Duration.ofHours(1));
        browser.fetch(application.uri("/sso/me"));
        assertEquals(1, pool.refreshes().size());
        browser.click(page, application.uri("/sso/logout?x=CANARY-IN-A-QUERY"));
        pool.endSessions();
        logIn(browser, application.uri("/sso/login?target=/CANARY-IN-A-QUERY"), pool.admin());
        take();
        clock.move(Duration.ofHours(1));
        pool.nextRefresh(PretendAnswer.dropped());
        browser.fetch(application.uri("/sso/me"));
        clock.move(Duration.ofSeconds(1));
        browser.clearCookies();
        logIn(browser, application.uri("/orders"), pool.admin());
        take();
        clock.move(Duration.ofHours(1));
        pool.nextRefresh(PretendAnswer.error("invalid_grant"));
        browser.fetch(application.uri("/sso/me"));
    }

    private void fail(Application application) {
        List<Runnable> faults = List.of(
                () -> pool.next().authorizationError("access_denied"),
                () -> pool.next().identityProviderFailure("words of a Lambda"),
                () -> pool.next().idToken(claims -> claims.audience("another")),
                () -> pool.next().idToken(claims -> claims.claim("nonce", "CANARY-NONCE")),
                () -> pool.next().idToken(claims -> claims.subject(null)),
                () -> pool.next().idTokenRaw(token -> secret(token.substring(0, token.length() - 9))),
                () -> pool.next().idTokenRaw(token -> secret("CANARY-NO-JWT-" + token.hashCode())),
                () -> pool.next().accessToken(claims -> claims.claim("client_id", "another")),
                () -> pool.next().accessTokenRaw(token -> secret("CANARY ACCESS\u00e9TOKEN")),
                () -> pool.next().userinfo(claims -> {
                    claims.put("sub", "CANARY-SUB");
                    return claims;
                }),
                () -> pool.next("/oauth2/token", PretendAnswer.cut(300)),
                () -> pool.next("/oauth2/token", PretendAnswer.truncated(300)),
                // A parser names in its exception what it could not read.
                () -> pool.next("/oauth2/token", PretendAnswer.withBody(body -> body.replace("\":\"ey", "\":ey"))),
                () -> pool.next().idTokenRaw(token -> secret("CANARY-HEADER") + token.substring(token.indexOf('.'))),
                () -> pool.next().idTokenPayload(json -> json.replace("\"sub\":\"", "\"sub\":CANARY-CLAIM\"")),
                () -> pool.next("/oauth2/token", PretendAnswer.typed("text/html")),
                () -> pool.next("/oauth2/token", PretendAnswer.redirect("https://evil.example/?code=CANARY-CODE")),
                () -> pool.next("/oauth2/userInfo", PretendAnswer.cut(40)));
        for (var fault : faults) {
            browser.clearCookies();
            fault.run();
            var answer = logIn(browser, application.uri("/orders"), pool.user());
            assertTrue(answer.status() >= 400, answer.status() + " " + answer.header("Location"));
            take();
        }
        pool.client().onlySecrets("another secret");
        browser.clearCookies();
        assertEquals(
                502, logIn(browser, application.uri("/orders"), pool.user()).status());
        browser.navigate(application.uri("/sso/return?state=CANARY-STATE&code=CANARY-CODE"));
        browser.navigate(application.uri("/sso/return?error=CANARY-ERROR%0aforged&state=CANARY-STATE"));
        browser.fetch(application.uri("/orders?x=CANARY-IN-A-QUERY"), "Authorization", "Bearer CANARY-BEARER");
        browser.addCookie(application.uri("/"), "JSESSIONID=CANARY-SESSION; Path=/");
        browser.navigate(application.uri("/orders"));
        take();
    }

    /** What the browser carries now, and will not later. */
    private void take() {
        secrets.addAll(browser.cookies().values());
    }

    private Stream<String> everySecret() {
        var sent = pool.requests().stream()
                .flatMap(request -> Stream.concat(
                        SECRET.stream().map(request::parameter).flatMap(Optional::stream),
                        Stream.concat(credentials(request, "Authorization"), credentials(request, "Cookie"))));
        var known = Stream.of(
                "CANARY-",
                SECRET_OF_LETTERS,
                "another secret",
                "ana@example.org",
                "max@example.org",
                "ana%40example.org",
                "Ruiz",
                "Okoye",
                pool.user().sub(),
                pool.admin().sub());
        return Stream.of(sent, secrets.stream(), known)
                .flatMap(values -> values)
                .filter(value -> value.length() > 3 && !value.equals("null"))
                .distinct();
    }

    private static Stream<String> credentials(PretendRequest request, String header) {
        return request.header(header).map(value -> value.replaceFirst("^(?:Basic|Bearer) ", "")).stream();
    }

    private static long count(List<LogRecord> lines, String what) {
        return lines.stream().filter(line -> line.getMessage().contains(what)).count();
    }

    private static String lineOf(List<LogRecord> lines, String secret) {
        return lines.stream()
                .map(LogCanary::text)
                .filter(line -> line.contains(secret))
                .findFirst()
                .orElse("");
    }

    @Test
    void holdNothingThatCouldForgeALine() {
        try (var logs = Logs.ofTheFilter();
                var application = Application.of(pool)) {
            pool.next().identityProviderFailure("first line\r\nINFO: login completed \u202eforged\u001b[2J");

            logIn(browser, application.uri("/orders"), pool.user());

            var lines = logs.lines(Level.INFO);
            assertTrue(lines.stream().skip(1).noneMatch(line -> line.matches("(?s).*[\\p{C}].*")), lines.toString());
        }
    }
}
