package dev.ssofilter.cluster;

import dev.ssofilter.program.ChildProcess;
import dev.ssofilter.program.StockContainer;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The machine's redis-server, on a free port of 127.0.0.1; it keeps nothing. Bytes are texts in ISO 8859-1 here. */
final class Redis implements AutoCloseable {
    private final ChildProcess process;
    private final int port;

    private Redis(ChildProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /** @param folder for its log */
    static Redis start(Path folder) throws IOException {
        var port = StockContainer.freePort();
        var command = List.of(
                "redis-server", "--bind", "127.0.0.1", "--port", "" + port, "--save", "", "--dir", folder.toString());
        var process = ChildProcess.run("redis", folder, Pattern.compile("Ready to accept connections"), 1, command);
        process.awaitReady();
        return new Redis(process, port);
    }

    int port() {
        return port;
    }

    /** The fields of a hash and their values in turn. */
    List<String> hash(String key) {
        return ask("HGETALL", key);
    }

    void setInHash(String key, String field, String value) {
        ask("HSET", key, field, value);
    }

    /** One command, and the bulk strings of its answer (RESP 2). */
    private List<String> ask(String... words) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            send(socket.getOutputStream(), words);
            var in = new DataInputStream(socket.getInputStream());
            var head = line(in);
            var answer = new ArrayList<String>();
            for (var left = head.startsWith("*") ? Integer.parseInt(head.substring(1)) : 0; left > 0; left--) {
                var bytes = in.readNBytes(Integer.parseInt(line(in).substring(1)));
                answer.add(new String(bytes, StandardCharsets.ISO_8859_1));
                line(in);
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void send(OutputStream out, String... words) throws IOException {
        var bytes = new StringBuilder("*" + words.length + "\r\n");
        for (var word : words) {
            bytes.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
        }
        out.write(bytes.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String line(DataInputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (var next = in.readUnsignedByte(); next != '\n'; next = in.readUnsignedByte()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }

    @Override
    public void close() {
        process.close();
    }
}
