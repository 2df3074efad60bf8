package dev.ssofilter.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether people can sign in, by what is known of document and keys: age, and how long ago asking was in vain. */
class ProviderHealthTest {
    @ParameterizedTest(name = "document {0} {1}, keys {2} {3}: {4} {5}")
    @CsvSource({
        ",,,, READY, the provider was not asked yet",
        "PT1M,,,, READY,",
        ",,PT1M,, READY,",
        "PT1H,,PT1H,, READY,",
        "PT1H,PT1S,PT1H,, DEGRADED, serving the discovery document from 1 hour ago",
        "PT1H,,PT12M30S,PT1S, DEGRADED, serving keys from 12 minutes ago",
        "PT1H,,PT12M30S,PT11M, DEGRADED, serving keys from 12 minutes ago",
        "P3D,PT1S,PT23H,PT1S, DEGRADED, serving the discovery document from 3 days ago; serving keys from 23 hours ago",
        ",PT0S,,, DOWN, could not get the discovery document 0 seconds ago",
        ",PT59.9S,,, DOWN, could not get the discovery document 59 seconds ago",
        ",PT1M,,, DEGRADED, 'could not get the discovery document 1 minute ago, and nobody has tried to sign in since'",
        "PT1H,,,PT1S, DOWN, could not get keys 1 second ago",
        "PT1H,PT1M,,PT1S, DOWN, serving the discovery document from 1 hour ago; could not get keys 1 second ago",
        "PT1H,PT1S,,PT25H, DEGRADED, 'serving the discovery document from 1 hour ago; could not get keys 1 day ago, and"
                + " nobody has tried to sign in since'"
    })
    void tellsByTheWorse(
            Duration documentAge,
            Duration documentFailed,
            Duration keysAge,
            Duration keysFailed,
            ProviderHealth.Status status,
            String detail) {
        var health = ProviderHealth.of(
                new Standing(Optional.ofNullable(documentAge), Optional.ofNullable(documentFailed)),
                new Standing(Optional.ofNullable(keysAge), Optional.ofNullable(keysFailed)),
                false);

        assertEquals(status, health.status());
        assertEquals(Optional.ofNullable(detail), health.detail());
    }
}
