package dev.ssofilter.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PretendUserPoolMainTest {
    @Test
    void saysALineEachWhereItIsAndHowToSignIn() throws IOException {
        Process program = start("--port", "0");
        try (BufferedReader out = program.inputReader(StandardCharsets.UTF_8)) {
            List<String> lines = List.of(
                    out.readLine(), out.readLine(), out.readLine(), out.readLine(), out.readLine(), out.readLine());

            String pool = lines.get(0).substring("Pool: ".length());
            assertEquals(
                    List.of(
                            "Pool: " + pool,
                            "Token signing key URL: " + pool + "/us-east-1_PretendPl/.well-known/jwks.json",
                            "Client ID: pretendappclient0000000001",
                            "Client Secret: " + PretendUserPool.CLIENT_SECRET,
                            "User: ana@example.org",
                            "Password: Pretend-1"),
                    lines);
            URI anyUrl = URI.create(
                    pool
                            + "/oauth2/authorize?response_type=code&client_id=pretendappclient0000000001&redirect_uri=http://localhost:5/x");
            assertEquals(
                    "/login",
                    new Browser().navigate(anyUrl).location().orElseThrow().getPath());
        } finally {
            program.destroy();
        }
    }

    @Test
    void saysInOneLineThatThePortIsTaken() throws IOException, InterruptedException {
        try (PretendUserPool other = PretendUserPool.start()) {
            Process program = start("--port", Integer.toString(other.domain().getPort()));

            String said = new String(program.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

            assertEquals(1, program.waitFor());
            assertTrue(
                    said.matches("Cannot listen on 127\\.0\\.0\\.1:\\d+: Address already in use; "
                            + "choose another port with --port N\\R"),
                    said);
        }
    }

    @Test
    void refusesArgumentsThatItDoesNotKnow() throws IOException, InterruptedException {
        Process program = start("--prot", "9090");

        assertEquals(1, program.waitFor());
    }

    private static Process start(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                PretendUserPoolMain.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command).start();
    }
}
