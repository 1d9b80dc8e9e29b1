package storagelab.compaction;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.disk.CrashDisk;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.LsmFileNames;
import storagelab.manifest.Version;
import storagelab.sortedlog.StatsRecorder;
import storagelab.table.BlockCache;
import storagelab.table.ChannelSource;
import storagelab.table.InternalCursor;
import storagelab.table.InternalKey;
import storagelab.table.MergedCursor;
import storagelab.table.Table;
import storagelab.table.TableOptions;
import storagelab.table.ValueKind;

class CompactionJobTest {
    private static final TableOptions SMALL_BLOCKS = TableOptions.defaults().withBlockBytes(200);

    private final Path home = CrashDisk.create().root();
    private final StatsRecorder stats = new StatsRecorder();
    private long number = 200;

    private static Slice put(String user, long sequence) {
        return InternalKey.of(Slice.utf8(user), sequence, ValueKind.VALUE);
    }

    private static Slice deletion(String user, long sequence) {
        return InternalKey.of(Slice.utf8(user), sequence, ValueKind.DELETION);
    }

    private TableOutput output() {
        return new TableOutput(home, SMALL_BLOCKS, stats, () -> number++);
    }

    /** A table that is really there, with these entries and values of 20 bytes. */
    private InternalCursor table(Slice... entries) {
        TableOutput output = output();
        for (Slice entry : entries) {
            output.add(entry, Slice.utf8("v".repeat(20)));
        }
        return cursor(output.finish().get(0));
    }

    private InternalCursor cursor(FileMetadata file) {
        Path path = LsmFileNames.table(home, file.number());
        return Table.open(new ChannelSource(path, stats), new BlockCache(0), null)
                .cursor();
    }

    private List<String> entries(List<FileMetadata> tables) {
        List<String> found = new ArrayList<>();
        for (FileMetadata file : tables) {
            try (InternalCursor cursor = cursor(file)) {
                for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                    found.add(InternalKey.toString(cursor.key()));
                }
            }
        }
        return found;
    }

    private List<FileMetadata> merge(Version version, long oldestSnapshot, long tableBytes, InternalCursor... inputs) {
        Compaction compaction = Compaction.ofRuns(version.runs(1), 1, 9, "test");
        try (InternalCursor merged = new MergedCursor(List.of(inputs))) {
            return new CompactionJob(compaction, version, oldestSnapshot, tableBytes).run(merged, output());
        }
    }

    @Test
    @DisplayName("the worked example: without snapshots three entries stay, with one at 5 all six")
    void workedExample() {
        Version version = new Tables().run(1, 9, 10, 0).run(1, 5, 10, 0).version();
        for (long snapshot : List.of(9L, 5L)) {
            List<FileMetadata> outputs = merge(
                    version,
                    snapshot,
                    1 << 20,
                    table(put("a", 9), deletion("b", 8), put("c", 7)),
                    table(put("a", 3), put("b", 2), put("d", 1)));
            assertEquals(
                    snapshot == 9 ? List.of("a@9", "c@7", "d@1") : List.of("a@9", "a@3", "b@8†", "b@2", "c@7", "d@1"),
                    entries(outputs),
                    "with a snapshot at " + snapshot);
        }
    }

    @Test
    @DisplayName("where nothing stays no table is written")
    void nothing() {
        Version version = new Tables().run(1, 9, 10, 0).version();
        assertTrue(merge(version, 9, 1 << 20, table(deletion("a", 3), deletion("b", 4)))
                .isEmpty());
    }

    @Test
    @DisplayName("tables end when they have enough, and never between two versions of a key")
    void cuts() {
        Slice[] versions = new Slice[100];
        for (int i = 0; i < versions.length; i++) {
            versions[i] = put(i < 50 ? "k" : "key%02d".formatted(i), 1000 - i);
        }
        Version version = new Tables().run(1, 9, 10, 0).version();
        List<FileMetadata> outputs = merge(version, 1, 500, table(versions));
        assertThat("tables", outputs.size(), greaterThan(3));
        assertEquals(Slice.utf8("k"), outputs.get(0).largestUserKey(), "all versions of k are in the first table");
        assertThat(outputs.get(1).sizeBytes(), lessThan(1500L));
        assertEquals(100, entries(outputs).size());
    }

    @Test
    @DisplayName("tables end when they overlap more than ten times their size of the level below, if that is one run")
    void grandparents() {
        Slice[] entries = {put("b", 1), put("d", 1), put("f", 1), put("h", 1)};
        Tables tables = new Tables()
                .run(1, 9, 10, 0)
                .part(2, 0, 6000, "a", "c")
                .part(2, 0, 6000, "d", "e")
                .part(2, 0, 6000, "g", "g");
        List<FileMetadata> outputs = merge(tables.version(), 1, 1000, table(entries));
        assertEquals(2, outputs.size(), "12,000 bytes of level 2 are more than ten times 1,000");
        assertEquals(List.of("b@1", "d@1"), entries(outputs.subList(0, 1)));
        Version manyRuns = tables.part(2, 7, 6000, "a", "z").version();
        assertEquals(1, merge(manyRuns, 1, 1000, table(entries)).size(), "of many runs nothing is merged by parts");
    }
}
