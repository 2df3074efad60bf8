package dev.ssofilter.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.Optional;

/**
 * A real Keycloak on a free port of this machine, with the realm of {@code members-realm.json}. It keeps nothing from one
 * start to the next. The profile {@code interop} unpacks it; the first start after that takes twice as long, for Keycloak
 * has to be built with its options once.
 */
final class Keycloak implements AutoCloseable {
    static final String CLIENT_ID = "portal";
    /** With what has a meaning in forms and in Basic authentication (RFC 6749 §2.3.1). */
    static final String CLIENT_SECRET = "c:l=i e%n+t";

    static final String USER = "ana";
    static final String PASSWORD = "correct horse";
    static final String SUB = "6b0f2f0e-8a3d-4c0e-9a53-2f7d1c5e4b90";

    /** Of the same groups; a test that changes the user does not get into another's way. */
    static final String OTHER_USER = "ben";

    static final String OTHER_SUB = "d2a6f1c0-5b7e-4f0a-8c43-90b1e7a4d6f2";

    /** A client of the same secret whose access tokens are good for ten seconds. */
    static final String SHORT_LIVED_CLIENT_ID = "portal-short-lived";

    private static final String REALM = "members-realm.json";
    private static final String DATABASE = "--db=dev-mem";

    private final KeycloakProcess process;
    private final String origin;

    private Keycloak(KeycloakProcess process, String origin) {
        this.process = process;
        this.origin = origin;
    }

    /** Returns when it takes requests; throws IllegalStateException, with the end of its log, where it does not. */
    static Keycloak start() {
        var home = Optional.ofNullable(System.getProperty("keycloak.home"))
                .map(Path::of)
                .filter(Files::isDirectory)
                .orElseThrow(() -> new IllegalStateException(
                        "keycloak.home names no folder with a Keycloak; run these tests with mvn -Pinterop verify"));
        try {
            importRealm(home);
            build(home);
            var port = freePort();
            var origin = "http://127.0.0.1:" + port;
            var process = KeycloakProcess.run(
                    home,
                    "start",
                    "--optimized",
                    "--cache=local", // Here, not in the build alone: else it looks for other nodes on every interface.
                    "--http-enabled=true",
                    "--http-host=127.0.0.1",
                    "--http-port=" + port,
                    "--hostname=" + origin,
                    "--import-realm");
            process.awaitReady();
            return new Keycloak(process, origin);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void importRealm(Path home) throws IOException {
        var folder = Files.createDirectories(home.resolve("data/import"));
        try (var realm = Keycloak.class.getResourceAsStream("/interop/" + REALM)) {
            Files.copy(
                    Objects.requireNonNull(realm, REALM), folder.resolve(REALM), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The mark comes last, so half a build counts as none. */
    private static void build(Path home) throws IOException {
        var mark = home.resolve("built");
        if (Files.notExists(mark)) {
            try (var process = KeycloakProcess.run(home, "build", DATABASE)) {
                process.awaitSuccess();
            }
            Files.createFile(mark);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    String issuer() {
        return origin + "/realms/members";
    }

    /** An endpoint of the realm, by the last part of its path. */
    String endpoint(String name) {
        return issuer() + "/protocol/openid-connect/" + name;
    }

    KeycloakAdmin admin() {
        return new KeycloakAdmin(issuer());
    }

    @Override
    public void close() {
        process.close();
    }
}
