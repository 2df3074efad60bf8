package dev.ssofilter.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** On which addresses a process takes connections, as Linux tells it (proc_pid_net(5)). */
public final class ListeningSockets {
    private static final String LISTEN = "0A";
    /** 127.0.0.1, the same within IPv6, and ::1; as 32-bit words in the machine's byte order. */
    private static final Set<String> LOOPBACK =
            Set.of("0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000");

    private ListeningSockets() {}

    public static boolean canBeRead() {
        return Files.isReadable(Path.of("/proc/self/net/tcp"));
    }

    public static List<String> of(long pid) throws IOException {
        var sockets = sockets(pid);
        var found = new ArrayList<String>();
        for (var table : List.of("tcp", "tcp6")) {
            var file = Path.of("/proc/" + pid + "/net/" + table);
            for (var line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
                var columns = line.strip().split(" +");
                if (columns[3].equals(LISTEN) && sockets.contains("socket:[" + columns[9] + "]")) {
                    found.add(columns[1]);
                }
            }
        }
        return found;
    }

    public static boolean isLoopback(String address) {
        return LOOPBACK.contains(address.split(":", 2)[0]);
    }

    private static Set<String> sockets(long pid) throws IOException {
        var names = new HashSet<String>();
        try (var files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            files.forEach(file -> names.add(target(file)));
        }
        return names;
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (NoSuchFileException closedMeanwhile) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
