package dev.ssofilter.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What each adds to a WAR: what is in WEB-INF/lib and not in Jetty already. */
final class Jars {
    private static final double MEGA = 1024 * 1024;

    private Jars() {}

    static void count(Stage stage, Samples samples) throws IOException {
        var jettys = names(jars(Contestant.FLOOR.lib(stage.benchmark())));
        for (var who : Contestant.values()) {
            if (who == Contestant.FLOOR || who == Contestant.BARE) {
                continue;
            }
            var added = jars(who.lib(stage.benchmark())).stream()
                    .filter(jar -> !jettys.contains(jar.getFileName().toString()))
                    .toList();
            samples.add("WAR: jars", who, added.size());
            samples.add("WAR: MB", who, bytes(added) / MEGA);
        }
    }

    private static List<Path> jars(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
    }

    private static Set<String> names(List<Path> jars) {
        return jars.stream().map(jar -> jar.getFileName().toString()).collect(Collectors.toSet());
    }

    private static long bytes(List<Path> jars) throws IOException {
        var bytes = 0L;
        for (var jar : jars) {
            bytes += Files.size(jar);
        }
        return bytes;
    }
}
