package dev.ssofilter.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ssofilter.directory.BaseUrl;
import dev.ssofilter.fuzz.Fuzzed;
import dev.ssofilter.oidc.PendingLogin;
import dev.ssofilter.oidc.Seal;
import dev.ssofilter.oidc.Sealer;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardContext;
import org.apache.tomcat.util.http.Rfc6265CookieProcessor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever a browser may send as cookies. The first character of the input says where the rest goes: {@code H} the Cookie
 * header, in which {@code NAME} and {@code VALUE} stand for those of a good login cookie; {@code V} the value of a cookie
 * of the right name; {@code S} what lies inside, correctly sealed, so that the fuzzer gets behind the seal. Tomcat reads
 * the header.
 */
class LoginCookieFuzzTest {
    private static final Instant NOW = Instant.parse("2026-03-29T01:00:00Z");
    private static final BaseUrl BASE = BaseUrl.parse("https://members.example.org/portal");
    private static final String CLIENT = "client";
    private static final PendingLogin PENDING = new PendingLogin(new byte[32], "/orders?id=7", NOW.minusSeconds(60));
    private static final Cookies COOKIES = new Cookies(CLIENT, false);
    private static final String TAG = COOKIES.name("login", BASE);
    private static final String NAME = TAG + "-" + PENDING.state().substring(0, 16);
    private static final Sealer SEALER = Sealer.fromClientSecret("a secret of this test");
    private static final Seal SEAL = SEALER.forPurpose(String.join("\n", "login", TAG, BASE.value(), CLIENT));
    private static final String VALUE = SEAL.seal(PENDING.toBytes());
    private static final Set<Reason> REASONS = Set.of(Reason.UNKNOWN_STATE, Reason.LOGIN_EXPIRED);

    private static Connector connector;
    private static StandardContext context;

    @BeforeAll
    static void start() throws Exception {
        Fuzzed.quiet();
        connector = new Connector();
        context = new StandardContext();
        context.setCookieProcessor(new Rfc6265CookieProcessor());
        assertEquals(Optional.of(PENDING), taken(NAME + "=" + VALUE), "the good cookie is none");
        try (var seed = LoginCookieFuzzTest.class.getResourceAsStream(
                "LoginCookieFuzzTestInputs/aLoginIsOneThatWeSealedOrRefused/sealed")) {
            var content = seed.readAllBytes();
            var sealed = SEAL.seal(Arrays.copyOfRange(content, 1, content.length));
            assertEquals(Optional.of(PENDING), taken(NAME + "=" + sealed), "the seed of another format");
        }
    }

    @DictionaryEntries({
        "NAME=VALUE",
        "; ",
        "NAME=",
        "=VALUE",
        "\"",
        "$Version=1; ",
        "$Path=/",
        "\\t",
        ",",
        "x=\"",
        "S\\x02",
        "VNAME"
    })
    @Timeout(20)
    @FuzzTest
    void aLoginIsOneThatWeSealedOrRefused(byte[] input) throws Exception {
        if (input.length == 0) {
            return;
        }
        var rest = Arrays.copyOfRange(input, 1, input.length);
        switch (input[0]) {
            case 'H' -> header(Fuzzed.text(rest).replace("NAME", NAME).replace("VALUE", VALUE));
            case 'S' -> sealed(rest);
            default -> value(Fuzzed.text(rest));
        }
    }

    private static void header(String header) throws Exception {
        taken(header).ifPresent(login -> {
            assertEquals(PENDING, login);
            var ours = Stream.of(header.split(";"))
                    .map(String::strip)
                    .filter(pair -> pair.contains("="))
                    .filter(pair -> pair.split("=", 2)[0].strip().equals(NAME))
                    .toList();
            assertEquals(1, ours.size(), header);
            assertTrue(ours.get(0).endsWith(VALUE) || ours.get(0).endsWith("\"" + VALUE + "\""), header);
        });
    }

    private static void value(String value) throws Exception {
        if (!value.equals(VALUE)) {
            assertFalse(SEAL.open(value).isPresent(), "opened what was not sealed");
        }
    }

    private static void sealed(byte[] content) throws Exception {
        var login = taken(NAME + "=" + SEAL.seal(content));
        assertEquals(
                PendingLogin.fromBytes(content)
                        .filter(pending -> Arrays.equals(pending.seed(), PENDING.seed()))
                        .filter(pending -> !pending.expired(NOW)),
                login);
        login.ifPresent(pending -> {
            assertTrue(pending.answers(PENDING.state()));
            assertFalse(pending.begun().plus(PendingLogin.LIFE).isBefore(NOW));
            assertEquals(Optional.of(pending), PendingLogin.fromBytes(pending.toBytes()));
        });
    }

    private static Optional<PendingLogin> taken(String header) throws Exception {
        var cookies = new LoginCookie(COOKIES, SEALER, CLIENT, Clock.fixed(NOW, ZoneOffset.UTC));
        var coyote = new org.apache.coyote.Request();
        var bytes = header.getBytes(StandardCharsets.UTF_8);
        coyote.getMimeHeaders().addValue("Cookie").setBytes(bytes, 0, bytes.length);
        var request = new Request(connector);
        request.setCoyoteRequest(coyote);
        request.getMappingData().context = context;
        var response = new Response();
        response.setCoyoteResponse(new org.apache.coyote.Response());
        response.setRequest(request);
        request.setResponse(response);
        try {
            return Optional.of(cookies.take(request, response, BASE, PENDING.state()));
        } catch (LoginFailedException refused) {
            Fuzzed.assertRefusal(refused);
            assertTrue(REASONS.contains(refused.reason()), refused.getMessage());
            return Optional.empty();
        }
    }
}
