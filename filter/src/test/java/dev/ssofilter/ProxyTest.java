package dev.ssofilter;

import static dev.ssofilter.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ssofilter.testkit.PretendAnswer;
import dev.ssofilter.user.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A provider that this machine reaches through a proxy alone. */
class ProxyTest {
    @Test
    @DisplayName("R-47 asks the provider through the proxy, and nothing goes past it")
    void asksThroughTheProxy() throws IOException {
        try (var proxy = new Tunnel();
                var scene = Scene.with("proxy", proxy.address())) {
            assertEquals(200, scene.logIn().status(), () -> scene.log.failures().toString());

            var calls = proxy.asked();
            assertEquals(3, calls.size(), calls::toString);
            assertTrue(calls.get(0).startsWith("GET http://127.0.0.1:"), calls::toString);
            assertTrue(calls.get(0).contains("/.well-known/openid-configuration "), calls::toString);
            assertTrue(calls.get(1).contains("/oauth2/token "), calls::toString);
            assertTrue(calls.get(2).contains("/.well-known/jwks.json "), calls::toString);
        }
    }

    @Test
    @DisplayName("AB-129 answers 503 where the proxy is not there, and the log names the setting")
    void namesTheSettingOfAProxyThatIsNotThere() throws IOException {
        String nobody;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = "127.0.0.1:" + socket.getLocalPort();
        }
        try (var scene = Scene.with("proxy", nobody)) {
            assertRefused(
                    scene,
                    scene.begin(),
                    Reason.USER_POOL_UNREACHABLE,
                    " (through " + nobody + ", `proxy`) refused the connection");
        }
    }

    @Test
    @DisplayName("AB-129 answers 503 where the proxy wants a password")
    void tellsAProxyThatWantsAPassword() throws IOException {
        try (var proxy = new Tunnel();
                var scene = Scene.with("proxy", proxy.address())) {
            scene.pool
                    .always()
                    .answer("/.well-known/openid-configuration", PretendAnswer.of(407, "text/html", "who are you?"));

            assertRefused(
                    scene, scene.begin(), Reason.USER_POOL_UNREACHABLE, "`proxy`) is not reached: the proxy wants");
        }
    }
}
