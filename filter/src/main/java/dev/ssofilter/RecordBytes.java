package dev.ssofilter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** The bytes of the record file as they were last seen. Where the record is no file of this machine they never change. */
final class RecordBytes {
    private static final String NO_FILE = "no file";
    private static final long MOST = 1024 * 1024; // no record is a hundredth of it

    private final Optional<Path> file;
    private String seen;

    RecordBytes(Optional<Path> file) {
        this.file = file;
        this.seen = fingerprint();
    }

    boolean canChange() {
        return file.isPresent();
    }

    /** Whether they differ from those seen before; a file that went, or came, differs. */
    synchronized boolean changed() {
        var found = fingerprint();
        var changed = !found.equals(seen);
        seen = found;
        return changed;
    }

    private String fingerprint() {
        return file.filter(Files::isRegularFile) // a device or a pipe would never end
                .map(RecordBytes::fingerprint)
                .orElse(NO_FILE);
    }

    private static String fingerprint(Path path) {
        try {
            if (Files.size(path) > MOST) {
                return NO_FILE;
            }
            var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(path));
            return HexFormat.of().formatHex(digest);
        } catch (IOException unreadable) {
            return NO_FILE;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("This Java has no SHA-256", impossible);
        }
    }
}
