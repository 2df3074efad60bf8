package dev.ssofilter.web.setup;

import dev.ssofilter.directory.Json;
import dev.ssofilter.directory.Settings;
import dev.ssofilter.directory.SettingsException;
import dev.ssofilter.directory.SettingsSources;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/**
 * The record where it is kept. Any place can be read; a file of this machine can be written, too: as a whole or not at
 * all, whatever happens meanwhile, and the version before stays beside it.
 */
final class RecordStore {
    static final String BACKUP = ".bak";
    private static final String ABSENT = "absent";

    private final SettingsSources sources;

    RecordStore(SettingsSources sources) {
        this.sources = sources;
    }

    /**
     * The record as it stands.
     *
     * @param members placeholders and all; none where it cannot be read
     * @param digest of its text
     * @param problem why it cannot be read
     */
    record State(Map<String, Object> members, String digest, Optional<String> problem) {
        @Override
        public String toString() {
            return "State" + members.keySet();
        }
    }

    /** Somebody else has changed the record since it was read. Nothing was written. */
    static final class ChangedMeanwhileException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** Where the record can be saved; empty: only elsewhere, by hand. */
    Optional<Path> file() {
        return Settings.recordFile(sources);
    }

    State read() {
        if (file().filter(Files::notExists).isPresent()) {
            return new State(Map.of(), ABSENT, Optional.empty()); // the first Save makes it
        }
        Optional<String> text;
        try {
            text = Settings.recordText(sources);
        } catch (SettingsException unreadable) {
            return new State(Map.of(), ABSENT, unreadable.problems().stream().findFirst());
        }
        var digest = text.map(Secrets::digest).orElse(ABSENT);
        try {
            return new State(text.isEmpty() ? Map.of() : Json.record(text.get()), digest, Optional.empty());
        } catch (Json.MalformedException malformed) {
            return new State(Map.of(), digest, Optional.ofNullable(malformed.getMessage()));
        }
    }

    /** @param digest of the text that the members were made from */
    synchronized void save(Map<String, Object> members, String digest) throws IOException, ChangedMeanwhileException {
        if (!read().digest().equals(digest)) {
            throw new ChangedMeanwhileException();
        }
        var named = file().orElseThrow();
        var file = Files.exists(named) ? named.toRealPath() : named; // behind a link is the file, not in its place
        if (Files.exists(file)) {
            replace(file.resolveSibling(file.getFileName() + BACKUP), Files.readAllBytes(file));
        }
        replace(file, (Json.write(members) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** For its owner alone to read: it may hold the client secret. */
    private static void replace(Path file, byte[] content) throws IOException {
        var folder = Optional.ofNullable(file.getParent()).orElseThrow();
        var temporary = Files.createTempFile(folder, ".sso-", ".tmp"); // 0600 where there are such permissions
        try {
            try (var out = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                var rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    out.write(rest);
                }
                out.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        keepTheName(folder);
    }

    /** Puts the folder's entry on the disk, too, where the system lets a folder be opened. */
    private static void keepTheName(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (var entries = FileChannel.open(folder, StandardOpenOption.READ)) {
                entries.force(true);
            }
        }
    }
}
