package dev.ssofilter.benchmark;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A connection that is kept: one request, one answer, and as little as possible between them. */
final class Wire implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 15_000;

    private final int port;
    private Socket socket;
    private InputStream in;

    Wire(int port) {
        this.port = port;
    }

    /** @param fields each header line, by its name in lower case and a colon */
    record Answer(int status, List<String> fields, String body) {
        Optional<String> field(String name) {
            return all(name).stream().findFirst();
        }

        List<String> all(String name) {
            return fields.stream()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .toList();
        }
    }

    /** A page as a browser asks for it. */
    static String request(int port, String path, String cookies) {
        return "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
                + "\r\nAccept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
                + "\r\nAccept-Language: en-US,en;q=0.5\r\nAccept-Encoding: gzip, deflate, br"
                + (cookies.isEmpty() ? "" : "\r\nCookie: " + cookies)
                + "\r\nUpgrade-Insecure-Requests: 1\r\nSec-Fetch-Dest: document\r\nSec-Fetch-Mode: navigate"
                + "\r\nSec-Fetch-Site: same-origin\r\nSec-Fetch-User: ?1\r\n\r\n";
    }

    Answer get(String path, String cookies) throws IOException {
        return send(request(port, path, cookies).getBytes(StandardCharsets.ISO_8859_1));
    }

    private Answer send(byte[] request) throws IOException {
        var used = socket != null;
        try {
            write(request);
            return read();
        } catch (IOException e) {
            close();
            if (!used || e instanceof SocketTimeoutException) {
                throw e;
            }
            write(request); // the peer had closed it meanwhile
            return read();
        }
    }

    private void write(byte[] request) throws IOException {
        if (socket == null) {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            in = new BufferedInputStream(socket.getInputStream());
        }
        socket.getOutputStream().write(request);
    }

    /** Sends the same request again and again, until the time is over; all answers must have the first one's length. */
    long hammer(byte[] request, long end) throws IOException {
        write(request);
        var length = 0;
        try (var counting = new Counting(in)) {
            answer(counting);
            length = counting.count;
        }
        var count = 1L;
        var buffer = new byte[length];
        for (; System.nanoTime() - end < 0; count++) {
            socket.getOutputStream().write(request);
            if (in.readNBytes(buffer, 0, length) < length || buffer[9] != '2' || buffer[length - 1] != '.') {
                throw new EOFException("another answer: " + new String(buffer, StandardCharsets.ISO_8859_1));
            }
        }
        return count;
    }

    private static final class Counting extends InputStream {
        private final InputStream in;
        private int count;

        Counting(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            count++;
            return in.read();
        }
    }

    private Answer read() throws IOException {
        return answer(in);
    }

    private static Answer answer(InputStream in) throws IOException {
        var status = Integer.parseInt(line(in).split(" ")[1]);
        var fields = new ArrayList<String>();
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            fields.add(line);
        }
        var head = new Answer(status, fields, "");
        return new Answer(status, fields, new String(body(in, head), StandardCharsets.UTF_8));
    }

    private static byte[] body(InputStream in, Answer head) throws IOException {
        if (head.field("Transfer-Encoding").orElse("").toLowerCase(Locale.ROOT).equals("chunked")) {
            var body = new java.io.ByteArrayOutputStream();
            for (var size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
                body.writeBytes(in.readNBytes(size));
                line(in);
            }
            line(in);
            return body.toByteArray();
        }
        var length = Integer.parseInt(head.field("Content-Length").orElse("0"));
        return in.readNBytes(length);
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (var c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException();
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
