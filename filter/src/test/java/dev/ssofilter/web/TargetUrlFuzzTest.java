package dev.ssofilter.web;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ssofilter.directory.BaseUrl;
import dev.ssofilter.fuzz.Fuzzed;
import dev.ssofilter.oidc.PendingLogin;
import dev.ssofilter.web.TargetUrl.Targets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/** Whatever was asked for, or was given to the login path as {@code target}. */
class TargetUrlFuzzTest {
    private static final TargetUrl HOME = new TargetUrl("/home");
    private static final BaseUrl MEMBERS = BaseUrl.parse("https://members.example.org/members");
    private static final BaseUrl AT_ROOT = BaseUrl.parse("http://localhost:8080");
    private static final Targets DEPLOYED_BELOW =
            new Targets(HOME, new RequestClassifier(SettingsOf.params(), "/portal"));
    private static final Targets DEPLOYED_AT_ROOT = new Targets(HOME, new RequestClassifier(SettingsOf.params(), ""));

    @BeforeAll
    static void quiet() {
        Fuzzed.quiet();
    }

    @DictionaryEntries({
        "/portal/",
        "/members/",
        "//",
        "/\\",
        "/..",
        "/.;",
        "%2e%2e",
        "%2f",
        "%5c",
        "%09",
        "%0d%0a",
        "%25",
        "\\t",
        "\\n",
        "@evil.example",
        "https:",
        "evil.example",
        "?",
        "#",
        "/sso/login",
        "/sso/return",
        "favicon.ico",
        ".well-known/",
        ";x=1",
        "javascript:"
    })
    @Timeout(20)
    @FuzzTest
    void aLoginEndsInsideTheApplication(byte[] input) {
        var text = Fuzzed.text(input);
        for (var targets : List.of(DEPLOYED_BELOW, DEPLOYED_AT_ROOT)) {
            for (var base : List.of(MEMBERS, AT_ROOT)) {
                Whatwg.assertInside(base, visited(targets, text), targets);
                Whatwg.assertInside(base, targets.of(Optional.of(text), base), targets);
                Whatwg.assertInside(base, targets.of(Optional.of(base.path() + text), base), targets);
                Whatwg.assertInside(base, targets.of(new PendingLogin(new byte[32], text, Instant.EPOCH)), targets);
            }
        }
    }

    private static TargetUrl visited(Targets targets, String requestTarget) {
        var parts = requestTarget.split("\\?", 2);
        return targets.of(parts[0], parts.length < 2 ? null : parts[1]);
    }
}
