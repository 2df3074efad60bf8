package dev.ssofilter.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.directory.Listeners;
import dev.ssofilter.directory.SettingsException;
import dev.ssofilter.user.LoginFailedException;
import dev.ssofilter.user.Reason;
import dev.ssofilter.user.SsoEvent;
import dev.ssofilter.user.SsoListener;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is told of a provider that does not answer; that it is told over HTTP, too, is in EventsTest. */
class ReachabilityTest {
    /** Writes down what it hears. */
    public static final class Heard implements SsoListener {
        static final Queue<SsoEvent> EVENTS = new ConcurrentLinkedQueue<>();

        @Override
        public void on(SsoEvent event) {
            EVENTS.add(event);
        }
    }

    private static final URI ASKED = URI.create("https://idp.example.org/oauth2/token?secret");

    private Reachability reachability;

    @BeforeEach
    void make() throws SettingsException {
        Heard.EVENTS.clear();
        reachability = new Reachability(Listeners.load(List.of(Heard.class.getName()), Heard.class.getClassLoader()));
    }

    private void fail(Reason reason) {
        assertThrows(
                LoginFailedException.class,
                () -> reachability.watch(ASKED, () -> {
                    throw new LoginFailedException(reason, "failed");
                }));
    }

    @Test
    void tellsOfAnOutageOnceByItsOriginAlone() {
        fail(Reason.USER_POOL_UNREACHABLE);
        fail(Reason.USER_POOL_UNREACHABLE);

        assertEquals(
                List.of(new SsoEvent.ProviderUnreachable(URI.create("https://idp.example.org:443"))),
                List.copyOf(Heard.EVENTS));
    }

    @ParameterizedTest
    @EnumSource(names = {"PROVIDER_ANSWER_REFUSED", "TOKEN_REQUEST_REFUSED"})
    void anAnswerThatIsRefusedIsNoOutage(Reason reason) {
        fail(reason);

        assertTrue(Heard.EVENTS.isEmpty());
    }

    @Test
    void aCallThatWasBrokenOffSaysNothing() {
        Thread.currentThread().interrupt();
        fail(Reason.USER_POOL_UNREACHABLE);
        assertTrue(Thread.interrupted());
        reachability.close();
        fail(Reason.USER_POOL_UNREACHABLE);

        assertTrue(Heard.EVENTS.isEmpty());
    }
}
