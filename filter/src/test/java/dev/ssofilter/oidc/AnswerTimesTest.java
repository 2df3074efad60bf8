package dev.ssofilter.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the headers of an answer say about time. */
class AnswerTimesTest {
    private static HTTPResponse with(String name, String value) {
        var answer = new HTTPResponse(200);
        answer.setHeader(name, value);
        return answer;
    }

    @ParameterizedTest(name = "AB-126 Cache-Control \"{0}\" means {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "max-age=0 | PT5M",
                "max-age=299 | PT5M",
                "max-age=301 | PT5M1S",
                "public, max-age=7200 | PT2H",
                "Public,MAX-AGE=7200 | PT2H",
                "max-age=\"7200\" | PT2H",
                "max-age=315360000 | PT23H",
                "max-age=999999999999999999 | PT23H",
                "no-store | PT5M",
                "no-cache, max-age=7200 | PT5M",
                "s-maxage=60 | PT1H",
                "max-age=soon | PT1H",
                "max-age=-1 | PT1H",
                "'' | PT1H",
            })
    void tellsHowLongAnAnswerIsFresh(String policy, Duration expected) {
        assertEquals(expected, AnswerTimes.fresh(with("Cache-Control", policy)));
    }

    @Test
    void takesAnAnswerThatSaysNothingForFreshForAnHour() {
        assertEquals(Duration.ofHours(1), AnswerTimes.fresh(new HTTPResponse(200)));
    }

    @ParameterizedTest(name = "AB-125 Retry-After {0} means {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "5 | PT5S",
                "300 | PT5M",
                "3600 | PT5M",
                "999999999999 | PT5M",
                "Mon, 23 Nov 2026 10:00:30 GMT | PT30S",
                "Mon, 23 Nov 2099 10:00:30 GMT | PT5M",
            })
    void tellsWhenToAskAgain(String text, Duration expected) {
        var answer = with("Retry-After", text);
        answer.setHeader("Date", "Mon, 23 Nov 2026 10:00:00 GMT");

        assertEquals(Optional.of(expected), AnswerTimes.retryAfter(answer));
    }

    @ParameterizedTest(name = "Retry-After \"{0}\" means nothing")
    @ValueSource(strings = {"", "-5", "soon", "1.5", "Mon, 23 Nov 2026 09:59:59 GMT", "9999999999999999999999"})
    void hearsNothingInWhatIsNoTime(String text) {
        var answer = with("Retry-After", text);
        answer.setHeader("Date", "Mon, 23 Nov 2026 10:00:00 GMT");

        assertEquals(Optional.empty(), AnswerTimes.retryAfter(answer));
    }

    @Test
    void readsTheProvidersClock() {
        assertEquals(
                Optional.of(Instant.parse("2026-11-23T10:00:00Z")),
                AnswerTimes.date(with("Date", "Mon, 23 Nov 2026 10:00:00 GMT")));
        assertEquals(Optional.empty(), AnswerTimes.date(with("Date", "yesterday")));
        assertEquals(Optional.empty(), AnswerTimes.date(new HTTPResponse(200)));
    }
}
