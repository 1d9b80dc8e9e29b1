package storagelab.memtable;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.MaintenanceKind;
import storagelab.disk.CrashDisk;
import storagelab.sortedlog.SortedLogOptions;
import storagelab.testkit.StoreModel;
import storagelab.testkit.StoreSubject;

@Tag("3.8")
class SnapshotLogStoreModelTest {
    private static final SortedLogOptions OPTIONS = SortedLogOptions.defaults()
            .withMemtableBytes(3000)
            .withCompactionTrigger(2)
            .withMaintenance(MaintenanceKind.FOREGROUND);

    @Test
    @DisplayName("three snapshots and three cursors of different moments agree with sorted maps of those moments")
    void snapshots() {
        check(OPTIONS);
    }

    @Test
    @DisplayName("the same with flushes and merges in the background")
    void snapshotsBesideBackgroundWork() {
        check(OPTIONS.withMaintenance(MaintenanceKind.BACKGROUND));
    }

    private static void check(SortedLogOptions options) {
        StoreModel.defaults()
                .withSnapshots(3)
                .withCursors(3)
                .withOperations(500)
                .check(
                        StoreSubject.of(
                                        "snapshot log",
                                        SnapshotLogStoreModelTest::newDirectory,
                                        at -> SnapshotLogStore.open(at, options))
                                .flushing(SnapshotLogStore::flush)
                                .compacting(SnapshotLogStore::compact)
                                .reopening(),
                        4);
    }

    private static Path newDirectory() {
        return CrashDisk.create().root().resolve("store");
    }
}
