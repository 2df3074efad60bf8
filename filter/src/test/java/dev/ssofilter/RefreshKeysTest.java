package dev.ssofilter;

import static dev.ssofilter.Answers.assertAnonymous;
import static dev.ssofilter.Answers.assertSignedIn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.nimbusds.jose.JWSAlgorithm;
import dev.ssofilter.testkit.Browser;
import dev.ssofilter.testkit.PretendAnswer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** New tokens that are signed by a key which is not known yet. */
class RefreshKeysTest {
    private static final String KEYS = "/.well-known/jwks.json";

    private final RefreshScene scene = new RefreshScene();

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    @DisplayName("R-26 an outage of the keys during a rotation ends no session, and loses no refresh token")
    void keepsTheSessionWhileTheNewKeysCannotBeHad() {
        scene.logIn();
        scene.pool.rotateKeys(false);
        scene.expire();
        scene.pool.always().answer(KEYS, PretendAnswer.of(503, "text/plain", ""));

        assertSignedIn(scene.browser, scene.application);
        assertEquals("none", scene.token().body());

        scene.pool.undo();
        scene.clock.move(Duration.ofSeconds(31));
        assertSignedIn(scene.browser, scene.application);
        scene.clock.move(Duration.ofSeconds(61));
        assertNotEquals("none", scene.token().body());
        assertSignedIn(scene.browser, scene.application);
    }

    @Test
    @DisplayName("AB-107 a key that the provider does not know ends every session, not only the first of a minute")
    void endsTheNextSessionTooWhereTheProviderDoesNotKnowTheKey() {
        var another = new Browser();
        scene.logIn();
        another.logInFrom(scene.application.uri("/orders"), scene.pool.user());
        scene.expire();

        scene.pool.next().idTokenSignedBy(Forgery.rsa("invented"), JWSAlgorithm.RS256);
        assertAnonymous(scene.browser, scene.application);
        scene.pool.next().idTokenSignedBy(Forgery.rsa("invented"), JWSAlgorithm.RS256);
        assertAnonymous(another, scene.application);
    }

    @Test
    @DisplayName("AB-107 a key that the provider does not know ends the session")
    void endsWhereTheProviderDoesNotKnowTheKey() {
        scene.logIn();
        scene.expire();
        scene.pool.next().idTokenSignedBy(Forgery.rsa("invented"), JWSAlgorithm.RS256);

        assertAnonymous(scene.browser, scene.application);
    }
}
