package dev.ssofilter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends what no HTTP client sends, byte for byte, and says what came back. */
public final class Raw {
    private static final int TIMEOUT = 10_000;

    private Raw() {}

    /** The whole answer to a GET of this request target with a plain Host, as a browser's navigation. */
    public static String get(int port, String target, String... headerLines) {
        return send(port, request("GET", target, "Host: localhost:" + port, headerLines));
    }

    public static String request(String method, String target, String host, String... headerLines) {
        var lines = new StringBuilder(
                method + " " + target + " HTTP/1.1\r\n" + host + "\r\n" + "Accept: text/html\r\nConnection: close\r\n");
        for (var line : headerLines) {
            lines.append(line).append("\r\n");
        }
        return lines.append("\r\n").toString();
    }

    public static String send(int port, String bytes) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static int status(String answer) {
        return Integer.parseInt(answer.split(" ", 3)[1]);
    }
}
