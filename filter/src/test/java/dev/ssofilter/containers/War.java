package dev.ssofilter.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** An archive, of folders. */
final class War {
    private final Path file;
    private final Map<String, Path> content = new LinkedHashMap<>();

    War(Path file) {
        this.file = file;
    }

    /** Where the compiler has put this class, and others with it. */
    static Path placeOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The file of this class, or of one within it. */
    static Predicate<String> isOf(Class<?> type) {
        var name = type.getName().replace('.', '/');
        return path -> path.equals(name + ".class") || path.startsWith(name + "$");
    }

    War with(String prefix, Path folder) {
        return with(prefix, folder, path -> true);
    }

    War with(String prefix, Path folder, Predicate<String> chosen) {
        try (var files = Files.walk(folder)) {
            files.filter(Files::isRegularFile).forEach(each -> {
                var path = folder.relativize(each).toString().replace('\\', '/');
                if (chosen.test(path)) {
                    content.put(prefix + path, each);
                }
            });
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path written() {
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.setLevel(Deflater.NO_COMPRESSION);
            for (var entry : content.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                Files.copy(entry.getValue(), zip);
                zip.closeEntry();
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
