package dev.ssofilter.directory;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds and reads the file that {@code directory} names. */
final class RecordFile {
    private static final String EXPECTED =
            "; expected a path in the web application under /WEB-INF/, classpath:PATH or file:/PATH";

    private static final Set<PosixFilePermission> OTHERS_MAY_READ =
            EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

    private RecordFile() {}

    /** The members of the record; an {@link IllegalArgumentException} says why there are none. */
    static Map<String, Object> read(String place, SettingsSources sources) {
        try {
            return Json.record(text(place, sources));
        } catch (Json.MalformedException malformed) {
            throw new IllegalArgumentException(
                    "cannot be read as a directory record: " + malformed.getMessage() + "; expected one JSON object",
                    malformed);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "cannot be read as UTF-8 text (" + unreadable.getClass().getSimpleName()
                            + "); check its content and that this process may read it",
                    unreadable);
        }
    }

    static String text(String place, SettingsSources sources) throws IOException {
        if (place.startsWith("/WEB-INF/")) {
            return sources.webResource()
                    .apply(place)
                    .orElseThrow(() -> new IllegalArgumentException("is not in the web application" + EXPECTED));
        }
        if (place.startsWith("classpath:")) {
            return fromClassPath(place.substring("classpath:".length()));
        }
        if (place.startsWith("file:")) {
            return fromFile(place);
        }
        throw new IllegalArgumentException(
                place.startsWith("/") ? "could be fetched by any browser" + EXPECTED : "names no place" + EXPECTED);
    }

    private static String fromClassPath(String path) throws IOException {
        String name = path.startsWith("/") ? path.substring(1) : path;
        // The application's loader first: the filter itself may lie in a directory that several applications share.
        var loaders = Stream.of(
                Optional.ofNullable(Thread.currentThread().getContextClassLoader()),
                Optional.ofNullable(RecordFile.class.getClassLoader()));
        var stream = loaders.flatMap(Optional::stream)
                .map(loader -> Optional.ofNullable(loader.getResourceAsStream(name)))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("is not on the class path" + EXPECTED));
        try (InputStream content = stream) {
            return decode(content.readAllBytes());
        }
    }

    /** The file that a place {@code file:…} names, whether it is there or not; empty for any other place. */
    static Optional<Path> onThisMachine(String place) {
        try {
            return Optional.of(place)
                    .filter(named -> named.startsWith("file:"))
                    .map(RecordFile::path)
                    .filter(Path::isAbsolute);
        } catch (IllegalArgumentException noPath) {
            return Optional.empty(); // who reads it will say why
        }
    }

    /** Whether others than its owner may read it; where nobody can tell, too. */
    static boolean isShared(String place) {
        return onThisMachine(place).filter(RecordFile::isPrivate).isEmpty();
    }

    private static boolean isPrivate(Path file) {
        try {
            return Placeholders.permissions(file)
                    .filter(given -> Collections.disjoint(given, OTHERS_MAY_READ))
                    .isPresent();
        } catch (IOException noneToBeHad) {
            return false;
        }
    }

    private static Path path(String place) {
        return place.startsWith("file://") ? Path.of(URI.create(place)) : Path.of(place.substring("file:".length()));
    }

    private static String fromFile(String place) throws IOException {
        Path path = path(place);
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException("is no absolute path" + EXPECTED);
        }
        // A device or a pipe would never end.
        if (!Files.isRegularFile(path)) {
            throw new IllegalArgumentException("is no file on this machine" + EXPECTED);
        }
        return Files.readString(path);
    }

    private static String decode(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }
}
