package dev.ssofilter.chromium;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendUserPool;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Where a login ends, judged by the one that goes there. */
@InChromium
class TargetTest {
    private static final List<String> PIECES = List.of(
            ("/ / // \\ .. . %2e %2E. %2f %5C a evil.example ? # ; @ : user@ %0a %09 \t \r \n \u00e9 \u3002 \uff0f \u2028 /.. ..;"
                            + " https: javascript: sso login [::1] 127.1 %u002e")
                    .split(" "));

    private final PretendUserPool pool = PretendUserPool.start();
    private final WebApplication application = WebApplication.start(pool);
    private final Chromium chromium;

    TargetTest(Chromium chromium) {
        this.chromium = chromium;
    }

    @AfterEach
    void stop() {
        application.close();
        pool.close();
    }

    @Test
    @DisplayName("AB-065 Chromium reads every Location of a login as one of our own addresses")
    void goesNowhereElse() {
        var browser = new Browser();
        browser.logInFrom(application.uri("/orders"), pool.user());
        var locations = IntStream.range(0, 400)
                .mapToObj(seed -> location(browser, target(new Random(seed))))
                .toList();

        chromium.open(application.uri("/public/page"));
        var read = chromium.script(
                "return arguments[0].map(text => { const url = new URL(text, location.href);"
                        + " return [url.origin, url.username, url.pathname].join(' '); })",
                locations);

        var wrong = new ArrayList<String>();
        for (var i = 0; i < locations.size(); i++) {
            var url = ((List<?>) read).get(i).toString();
            if (!url.startsWith(application.uri("") + "  /")
                    || url.matches(".*  /sso/(?:login|logout|return|me|signed-out)")) {
                wrong.add("seed " + i + ": " + locations.get(i) + " is " + url);
            }
        }
        assertEquals(List.of(), wrong);
        var kept = locations.stream().distinct().count();
        assertTrue(kept > 50, "only " + kept + " different ones");
    }

    private static String target(Random random) {
        return "/"
                + random.ints(random.nextInt(8), 0, PIECES.size())
                        .mapToObj(PIECES::get)
                        .collect(Collectors.joining());
    }

    private String location(Browser browser, String target) {
        var login = "/sso/login?target=" + URLEncoder.encode(target, StandardCharsets.UTF_8);
        var answer = browser.navigate(application.uri(login));
        assertEquals(303, answer.status(), target);
        return answer.header("Location").orElseThrow();
    }
}
