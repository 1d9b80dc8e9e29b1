package storagelab.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.NavigableMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.api.ValueKind;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.Version;
import storagelab.sstable.InternalKey;
import storagelab.testkit.lsm.KeptEntries;
import storagelab.testkit.lsm.MapCursor;

@Tag("5.13")
class CompactionJobTest {
    private static final Slice VALUE = Slice.utf8("v".repeat(91)); // an entry with a key of one byte takes 100

    private static Slice put(String user, long sequence) {
        return InternalKey.of(Slice.utf8(user), sequence, ValueKind.VALUE);
    }

    private static Slice deletion(String user, long sequence) {
        return InternalKey.of(Slice.utf8(user), sequence, ValueKind.DELETION);
    }

    /** The tables, in words, that a merge of the runs of level 1 makes of {@code entries}. */
    private static List<String> merge(Version version, long oldestSnapshot, long tableBytes, List<Slice> entries) {
        NavigableMap<Slice, Slice> sorted = KeptEntries.none();
        for (Slice entry : entries) {
            sorted.put(entry, InternalKey.kind(entry) == ValueKind.VALUE ? VALUE : Slice.EMPTY);
        }
        Compaction compaction = Compaction.ofRuns(version.runs(1), 1, 9, "test");
        KeptEntries output = new KeptEntries(200);
        List<FileMetadata> files =
                new CompactionJob(compaction, version, oldestSnapshot, tableBytes).run(new MapCursor(sorted), output);
        assertEquals(output.tables().size(), files.size(), "tables that run() returns");
        return output.describe();
    }

    @Test
    @DisplayName("the worked example: without snapshots three entries stay, with one at 5 all six, with one at 8 four")
    void workedExample() {
        Version version = new Tables().run(1, 9, 10, 0).run(1, 5, 10, 0).version();
        List<Slice> entries =
                List.of(put("a", 9), put("a", 3), deletion("b", 8), put("b", 2), put("c", 7), put("d", 1));
        assertEquals(List.of("a@9 c@7 d@1"), merge(version, 9, 1 << 20, entries), "without a snapshot");
        assertEquals(List.of("a@9 a@3 b@8† b@2 c@7 d@1"), merge(version, 5, 1 << 20, entries), "with a snapshot at 5");
        assertEquals(List.of("a@9 a@3 c@7 d@1"), merge(version, 8, 1 << 20, entries), "with a snapshot at 8");
    }

    @Test
    @DisplayName("where nothing stays no table is written")
    void nothing() {
        Version version = new Tables().run(1, 9, 10, 0).version();
        assertEquals(List.of(), merge(version, 9, 1 << 20, List.of(deletion("a", 3), deletion("b", 4))));
    }

    @Test
    @DisplayName("a table ends when it has enough, and never between two versions of a key")
    void ends() {
        Version version = new Tables().run(1, 9, 10, 0).version();
        List<Slice> entries = List.of(
                put("a", 9), put("b", 8), put("b", 7), put("b", 6), put("c", 9), put("d", 9), put("e", 9), put("f", 9));
        assertEquals(List.of("a@9 b@8 b@7 b@6", "c@9 d@9", "e@9 f@9"), merge(version, 1, 200, entries));
        assertEquals(List.of("a@9 b@8 b@7 b@6", "c@9 d@9 e@9", "f@9"), merge(version, 1, 201, entries));
    }

    @Test
    @DisplayName("the second example: a table ends when it overlaps more than ten times its size of a single run below")
    void grandparents() {
        List<Slice> entries = List.of(put("b", 1), put("d", 1), put("f", 1), put("h", 1));
        Tables tables = new Tables()
                .run(1, 9, 10, 0)
                .part(2, 0, 6000, "a", "c")
                .part(2, 0, 6000, "d", "e")
                .part(2, 0, 6000, "g", "g");
        assertEquals(
                List.of("b@1 d@1", "f@1 h@1"),
                merge(tables.version(), 1, 1000, entries),
                "12,000 bytes of level 2 are more than ten times 1,000");
        assertEquals(
                List.of("b@1 d@1 f@1 h@1"),
                merge(tables.part(2, 7, 6000, "a", "z").version(), 1, 1000, entries),
                "of many runs nothing is merged by parts");
    }
}
