package storagelab.compaction;

import storagelab.api.Slice;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.Version;
import storagelab.manifest.VersionEdit;
import storagelab.table.InternalKey;
import storagelab.table.ValueKind;

/** Versions of tables that are not there, for pickers. */
final class Tables {
    private final VersionEdit edit = new VersionEdit();
    private long number = 100;

    /** The internal key of a value. */
    static Slice key(String user) {
        return InternalKey.of(Slice.utf8(user), 7, ValueKind.VALUE);
    }

    /** Adds a table from a to z to level 0; each is newer than those before it. */
    Tables flushed(long bytes, long millis) {
        number++;
        return add(0, new FileMetadata(number, bytes, key("a"), key("z")).inRun(number, millis));
    }

    /** Adds a run of one table from a to z. */
    Tables run(int level, long run, long bytes, long millis) {
        return part(level, run, bytes, "a", "z", millis);
    }

    /** Adds a table to a run. */
    Tables part(int level, long run, long bytes, String from, String to) {
        return part(level, run, bytes, from, to, 0);
    }

    Version version() {
        return Version.empty().with(edit);
    }

    private Tables part(int level, long run, long bytes, String from, String to, long millis) {
        number++;
        return add(level, new FileMetadata(number, bytes, key(from), key(to)).inRun(run, millis));
    }

    private Tables add(int level, FileMetadata file) {
        edit.add(level, file);
        return this;
    }
}
