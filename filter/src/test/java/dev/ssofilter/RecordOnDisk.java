package dev.ssofilter;

import dev.ssofilter.directory.Json;
import dev.ssofilter.testkit.PretendUserPool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A directory record as a file of this machine, which a test changes while the application runs. */
final class RecordOnDisk {
    final Path file;
    private final Map<String, Object> members = new LinkedHashMap<>();

    private RecordOnDisk(Path file) {
        this.file = file;
    }

    /** One that is right for this pool. */
    static RecordOnDisk of(PretendUserPool pool, Path folder) {
        var record = new RecordOnDisk(folder.resolve("sso-directory.json"));
        record.members.put("name", "Pretend pool");
        record.members.put("discoveryDomain", pool.tokenSigningKeyUrl().toString());
        record.members.put("clientId", PretendUserPool.CLIENT_ID);
        record.members.put("clientSecret", PretendUserPool.CLIENT_SECRET);
        record.write();
        return record;
    }

    /** An application whose settings come from this file alone. */
    Application.Setup application(PretendUserPool pool) {
        return Application.with(pool)
                .set("discoveryDomain", "", "clientId", "", "clientSecret", "", "directory", "file:" + file);
    }

    void set(String member, Object value) {
        members.put(member, value);
        write();
    }

    void claims(String... fieldClaimLocation) {
        var rows = new ArrayList<Map<String, Object>>();
        for (var row : fieldClaimLocation) {
            var parts = List.of(row.split(" [=@] "));
            rows.add(Map.of("field", parts.get(0), "claim", parts.get(1), "location", parts.get(2)));
        }
        set("claims", rows);
    }

    void write() {
        write(Json.write(members));
    }

    void write(String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete() {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
