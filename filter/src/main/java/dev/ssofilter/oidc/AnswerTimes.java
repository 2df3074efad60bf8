package dev.ssofilter.oidc;

import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the headers of a provider's answer say about time. What cannot be read there says nothing. */
final class AnswerTimes {
    /** What a provider publishes is good for an hour where it does not say how long. */
    static final Duration FRESH = Duration.ofHours(1);
    /** Less would be a call for each few logins. */
    static final Duration LEAST_FRESH = Duration.ofMinutes(5);
    /** An hour less than keys may get old at all, so that there is time to fail in. */
    static final Duration MOST_FRESH = Duration.ofHours(23);
    /** Nobody could sign in for longer, where nothing is known yet, although the provider may be back. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private static final Pattern MAX_AGE = Pattern.compile("(?i)(?:^|[,\\s])max-age\\s*=\\s*\"?([0-9]{1,18})");
    private static final Pattern NOT_STORED = Pattern.compile("(?i)(?:^|[,\\s])no-(?:store|cache)(?:$|[,\\s])");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,18}");

    private AnswerTimes() {}

    /** How long the answer is good: its {@code max-age} (RFC 9111 §5.2.2.1), but five minutes at least and 23 hours at most. */
    static Duration fresh(HTTPResponse answer) {
        String policy = header(answer, "Cache-Control").orElse("");
        var age = MAX_AGE.matcher(policy);
        Duration said = NOT_STORED.matcher(policy).find()
                ? Duration.ZERO
                : age.find() ? Duration.ofSeconds(Long.parseLong(age.group(1))) : FRESH;
        return atMost(MOST_FRESH, said.compareTo(LEAST_FRESH) < 0 ? LEAST_FRESH : said);
    }

    /** How long the provider asks to be left alone (RFC 9110 §10.2.3), five minutes at most; empty where it does not. */
    static Optional<Duration> retryAfter(HTTPResponse answer) {
        return header(answer, "Retry-After")
                .flatMap(text -> SECONDS.matcher(text).matches()
                        ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
                        : instant(text).flatMap(then -> date(answer).map(now -> Duration.between(now, then))))
                .map(said -> atMost(LONGEST_PAUSE, said))
                .filter(said -> !said.isNegative());
    }

    /** What the provider's clock showed, in whole seconds (RFC 9110 §6.6.1). */
    static Optional<Instant> date(HTTPResponse answer) {
        return header(answer, "Date").flatMap(AnswerTimes::instant);
    }

    private static Duration atMost(Duration most, Duration said) {
        return said.compareTo(most) > 0 ? most : said;
    }

    private static Optional<String> header(HTTPResponse answer, String name) {
        return Optional.ofNullable(answer.getHeaderValue(name)).map(String::strip);
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeParseException noDate) {
            return Optional.empty();
        }
    }
}
