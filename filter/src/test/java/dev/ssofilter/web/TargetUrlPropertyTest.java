package dev.ssofilter.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.directory.BaseUrl;
import dev.ssofilter.oidc.PendingLogin;
import dev.ssofilter.web.TargetUrl.Targets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is asked for, a login ends on the application's origin and inside its context, as browsers read the address;
 * what is kept is kept byte for byte, and stays a target when it is given again. The same inputs in every run: a failure
 * names its seed.
 */
class TargetUrlPropertyTest {
    private static final int EACH = 25_000;
    private static final TargetUrl HOME = new TargetUrl("/home");
    private static final List<BaseUrl> BASES = List.of(
            BaseUrl.parse("https://members.example.org/members"),
            BaseUrl.parse("https://members.example.org"),
            BaseUrl.parse("http://localhost:8080/a/b"));
    private static final Targets DEPLOYED_BELOW =
            new Targets(HOME, new RequestClassifier(SettingsOf.params(), "/portal"));
    private static final Targets DEPLOYED_AT_ROOT = new Targets(HOME, new RequestClassifier(SettingsOf.params(), ""));

    private static final List<String> PIECES = List.of(
            ("/ / \\ .. . %2e %2E %2f %5C %25 %25%32%65 a evil.example ? # ; @ : // + %0a %09 %00 \u00e9 \u3002 \uff0f sso"
                            + " login members portal /%2e%2e /.. /.%2E /a%2fb /a%5cb /..; /. https: javascript: user@ [::1]"
                            + " 127.1 ;jsessionid=1 %c0%af %u002e")
                    .split(" "));
    private static final List<String> UNPRINTABLE =
            List.of("\t", "\r", "\n", " ", "\0", "\u00a0", "\u2028", "\ufeff", "\u202e");

    private static final List<String> GOOD = List.of(
            "/",
            "/orders",
            "/orders/7?page=2&sort=name",
            "/caf%C3%A9/%E2%82%AC;x=1",
            "/a!b$c&d'e(f)g*h+i,j=k:l@m~n/",
            "/orders?next=https://members.example.org/x&q=a/../b",
            "/a/b/../c/./d#top");

    /** How an input is made. */
    enum Made {
        OF_UNICODE(random -> random.ints(random.nextInt(20), 0, Character.MAX_CODE_POINT + 1)
                .mapToObj(Character::toString)
                .collect(Collectors.joining())),
        OF_ASCII(random -> random.ints(random.nextInt(30), 0, 0x80)
                .mapToObj(Character::toString)
                .collect(Collectors.joining())),
        OF_PIECES(random -> random.ints(random.nextInt(12), 0, PIECES.size())
                .mapToObj(PIECES::get)
                .collect(Collectors.joining())),
        OF_A_GOOD_ONE(random -> {
            var text = new StringBuilder(anyOf(random, GOOD));
            for (var changes = 1 + random.nextInt(3); changes > 0; changes--) {
                var piece = anyOf(random, random.nextInt(4) == 0 ? UNPRINTABLE : PIECES);
                var at = random.nextInt(text.length() + 1);
                var end = random.nextBoolean() ? at : Math.min(text.length(), at + random.nextInt(3));
                text.replace(at, end, piece);
            }
            return text.toString();
        });

        private final Function<Random, String> maker;

        Made(Function<Random, String> maker) {
            this.maker = maker;
        }

        private static String anyOf(Random random, List<String> all) {
            return all.get(random.nextInt(all.size()));
        }
    }

    @ParameterizedTest(name = "AB-065 made {0}")
    @EnumSource
    void everyLoginEndsInsideTheApplication(Made made) {
        var kept = 0;
        for (var seed = 0; seed < EACH; seed++) {
            var random = new Random(seed);
            var input = (random.nextInt(4) == 0 ? "" : "/") + made.maker.apply(random);
            var base = BASES.get(seed % BASES.size());
            try {
                kept += judge(input, base, DEPLOYED_BELOW, "/portal") + judge(input, base, DEPLOYED_AT_ROOT, "");
            } catch (AssertionError failure) {
                throw new AssertionError(made + ", seed " + seed + ": " + escaped(input), failure);
            }
        }
        assertTrue(kept > EACH / 100, "only " + kept + " were kept");
    }

    /** @return how many became a target of their own */
    private static int judge(String input, BaseUrl base, Targets targets, String contextPath) {
        var visited = visited(targets, contextPath + input);
        var given = targets.of(Optional.of(base.path() + input), base);
        var foreign = targets.of(Optional.of(input), base);
        for (var target : List.of(visited, given, foreign)) {
            if (!target.equals(HOME)) {
                Whatwg.assertInside(base, target, targets);
            }
            assertEquals(target, targets.of(Optional.of(base.path() + target.afterBase()), base));
            assertEquals(target, targets.of(new PendingLogin(new byte[32], target.afterBase(), Instant.EPOCH)));
        }
        assertTrue(visited.equals(HOME) || visited.afterBase().equals(input));
        assertTrue(given.equals(HOME) || given.afterBase().equals(input));
        assertTrue(foreign.equals(HOME) || (base.path() + foreign.afterBase()).equals(input));
        assertEquals(given, visited);
        return given.equals(HOME) ? 0 : 1;
    }

    private static TargetUrl visited(Targets targets, String requestTarget) {
        var parts = requestTarget.split("\\?", 2);
        return targets.of(parts[0], parts.length < 2 ? null : parts[1]);
    }

    private static String escaped(String input) {
        return input.chars()
                .mapToObj(c -> c > ' ' && c < 0x7f ? Character.toString(c) : String.format("\\u%04x", c))
                .collect(Collectors.joining());
    }

    /** What judges above is itself held to what the specification says of these. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "//evil.example/x",
                "/\\evil.example/x",
                "\\\\evil.example/x",
                "https:\\\\evil.example/x",
                "https:evil.example/../x",
                "///evil.example/x",
                "https://members.example.org@evil.example/x"
            })
    void theJudgeReadsAsABrowserDoes(String location) {
        assertEquals(
                "evil.example",
                Whatwg.resolved(BaseUrl.parse("http://localhost:8080"), location)
                        .host()
                        .toString());
    }

    @Test
    void theJudgeResolvesEscapedDots() {
        var url = Whatwg.resolved(BASES.get(0), "https://members.example.org/members/%2e%2E/.%2e/%2e/a%2fb");

        assertEquals("/a%2fb", url.path().toLowerCase(Locale.ROOT));
    }
}
