package storagelab.lsm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.api.Slice;
import storagelab.compaction.Compaction;
import storagelab.disk.CrashDisk;
import storagelab.file.StatsRecorder;
import storagelab.testkit.lsm.StoreByHand;

class RunReaderTest {
    @Test
    @DisplayName("a merge reads each run through one cursor, however many tables it has, and each table of level 0")
    void readersOfAMerge() {
        CrashDisk disk = CrashDisk.create();
        StoreByHand tables = new StoreByHand(disk.root())
                .table("first of level 0", 0, 0, List.of("k@20=20"))
                .table("second of level 0", 0, 0, List.of("a@21=21"))
                .table("newer run, first", 1, 9, List.of("a@12=12", "k@11=11"))
                .table("newer run, second", 1, 9, List.of("k@10=10", "z@12=12"))
                .table("older run", 1, 5, List.of("b@3=3"))
                .table("last level, first", 2, 0, List.of("k@2=2"))
                .table("last level, second", 2, 0, List.of("k@1=1"))
                .table("last level, third", 2, 0, List.of("z@1=1"));
        try (LsmStore store = tables.open()) {
            Compaction all = Compaction.ofAll(store.version(), "all");
            try (OpenTables open = new OpenTables(disk.root(), tables.options(), new StatsRecorder())) {
                assertEquals(5, RunReader.of(all, open).size(), "readers of " + store.version());
            }
            store.compactAll();
            assertEquals(1, store.version().files().size(), "tables after the merge");
            assertEquals(Optional.of(Slice.utf8("20")), store.get(Slice.utf8("k")));
            assertEquals(Optional.of(Slice.utf8("12")), store.get(Slice.utf8("z")));
            assertEquals(Optional.of(Slice.utf8("3")), store.get(Slice.utf8("b")));
            store.verify();
        }
    }
}
