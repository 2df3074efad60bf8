package dev.ssofilter.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.nimbusds.jose.JWSAlgorithm;
import dev.ssofilter.directory.ClaimMapper;
import dev.ssofilter.directory.ClaimMapping;
import dev.ssofilter.directory.Location;
import dev.ssofilter.fuzz.Fuzzed;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import dev.ssofilter.user.SsoPrincipal;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever the Userinfo endpoint answers, and what becomes of it: a principal. The first line of the input is the answer's
 * Content-Type where it begins with {@code C:}, its status where it begins with {@code S:}.
 */
class UserinfoFuzzTest {
    private static final ClaimMapper MAPPER = new ClaimMapper(List.of(
            at("External ID", "sub"),
            at("Username", "preferred_username"),
            at("Email", "email"),
            at("First Name", "given_name"),
            at("Last Name", "family_name"),
            at("Roles", "realm_access.roles"),
            at("Town", "address.locality")));

    private static StubProvider stub;
    private static Outbound outbound;
    private static UserinfoRequest userinfo;
    private static Provider provider;

    @BeforeAll
    static void start() throws Exception {
        Fuzzed.quiet();
        stub = new StubProvider();
        outbound = new Outbound();
        userinfo = new UserinfoRequest(outbound);
        var url = URI.create("https://idp.example.org/x");
        provider = new Provider(
                "https://idp.example.org",
                url,
                url,
                Optional.of(stub.url("/userinfo")),
                url,
                Optional.empty(),
                Optional.empty(),
                Set.of(JWSAlgorithm.RS256),
                false);
    }

    @AfterAll
    static void stop() {
        outbound.close();
        stub.close();
    }

    @DictionaryEntries({
        "{\"sub\":\"ana\"",
        "\"email\":\"",
        "\"email_verified\":\"true\"",
        "\"email_verified\":true",
        "\"realm_access\":{\"roles\":[\"",
        "\"address\":{\"locality\":",
        "\"preferred_username\":",
        "\"given_name\":",
        "C:application/json; charset=utf-8",
        "C:application/jwt",
        "S:401",
        "S:503",
        "S:302",
        "\\u202e",
        "\\n",
        "\"*\"",
        "1e999"
    })
    @Timeout(20)
    @FuzzTest
    void anAnswerIsThisUsersOrRefused(byte[] input) {
        var answer = Fuzzed.text(input);
        var line = answer.indexOf('\n');
        var prefixed = line > 0 && (answer.startsWith("C:") || answer.startsWith("S:"));
        var body = prefixed ? answer.substring(line + 1) : answer;
        var type = prefixed && answer.startsWith("C:") ? plain(answer.substring(2, line)) : "application/json";
        var status = prefixed && answer.startsWith("S:") ? status(answer.substring(2, line)) : 200;
        stub.serve("/userinfo", StubProvider.status(status, body, "Content-Type", type));
        BugDetectors.allowNetworkConnections();
        try (var log = new LogLines("dev.ssofilter")) {
            try {
                var claims = userinfo.send("token", "ana", provider);
                assertEquals(200, status);
                mapped(claims);
            } catch (LoginFailedException refused) {
                Fuzzed.assertRefusal(refused);
                assertTrue(
                        Set.of(
                                        Reason.USERINFO_REFUSED,
                                        Reason.CLAIMS_REFUSED,
                                        Reason.USER_POOL_UNREACHABLE,
                                        Reason.PROVIDER_ANSWER_REFUSED)
                                .contains(refused.reason()),
                        refused.getMessage());
            }
            log.lines().forEach(Fuzzed::assertOneLine);
        }
    }

    private static void mapped(Map<String, Object> claims) throws LoginFailedException {
        assertEquals("ana", claims.get("sub"));
        SsoPrincipal user = MAPPER.principal(provider.issuer(), Map.of(Location.USERINFO, claims));
        assertEquals("ana", user.getExternalId());
        Fuzzed.assertOneLine(user.getName());
        assertTrue(
                user.getEmail() == null
                        ? !user.isEmailVerified()
                        : user.getEmail().equals(text(claims, "email")));
        assertTrue(!user.isEmailVerified() || "true".equals(text(claims, "email_verified")));
        user.getRoles().forEach(role -> assertFalse(role.isBlank() || role.equals("*") || role.equals("**")));
        assertTrue(user.getRoles().size() <= 1000);
    }

    private static String text(Map<String, Object> claims, String name) {
        return String.valueOf(claims.get(name));
    }

    /** The JDK's server sends no header that is none. */
    private static String plain(String header) {
        return header.replaceAll("[^ -~]", "?");
    }

    /** What a server may say: below 200 no answer would ever end. */
    private static int status(String text) {
        return text.matches("[2-5][0-9]{2}") ? Integer.parseInt(text) : 500;
    }

    private static ClaimMapping at(String field, String claim) {
        return new ClaimMapping(field, claim, Location.USERINFO);
    }
}
