package storagelab.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;
import storagelab.api.Slice;
import storagelab.api.ValueKind;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.Version;
import storagelab.manifest.VersionEdit;
import storagelab.sstable.InternalKey;

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

    /** What a picker picks, which has to be something, and must jump over nothing. */
    static Compaction pick(CompactionPicker picker, Version version, CompactionPicker.State state) {
        Compaction picked = picker.pick(version, state);
        assertNotNull(picked, "nothing was picked of " + version);
        picked.check(version);
        return picked;
    }

    /**
     * What a picker wants while tables of 1 MiB are flushed, as in {@code tier after 4 flushes: 4 MiB to run 4 of level 1}.
     * Flushes have the numbers 1, 2 and so on; what merges write has numbers behind all of them.
     */
    static List<String> merges(CompactionPicker picker, int flushes, IntToLongFunction millisOfFlush) {
        Version version = Version.empty();
        List<String> merges = new ArrayList<>();
        for (int flush = 1; flush <= flushes; flush++) {
            long millis = millisOfFlush.applyAsLong(flush);
            CompactionPicker.State state = new CompactionPicker.State(level -> null, millis);
            FileMetadata table = new FileMetadata(flush, 1 << 20, key("a"), key("z"));
            version = version.with(new VersionEdit().add(0, table.inRun(flush, millis)));
            for (Compaction due = picker.pick(version, state); due != null; due = picker.pick(version, state)) {
                due.check(version);
                merges.add("%s after %d flushes: %d MiB to run %d of level %d"
                        .formatted(due.reason(), flush, due.inputBytes() >> 20, due.outputRun(), due.outputLevel()));
                FileMetadata output = new FileMetadata(flushes + merges.size(), due.inputBytes(), key("a"), key("z"));
                version = version.with(due.edit(List.of(output)));
            }
        }
        return merges;
    }

    static void assertPicked(Compaction picked, String reason, int tables, int level) {
        assertEquals(reason, picked.reason());
        assertEquals(tables, picked.files().size(), "tables that are merged");
        assertEquals(level, picked.outputLevel(), "output level");
    }

    static void assertPicked(Compaction picked, String reason, int tables, int level, long run) {
        assertPicked(picked, reason, tables, level);
        assertEquals(run, picked.outputRun(), "output run");
    }
}
