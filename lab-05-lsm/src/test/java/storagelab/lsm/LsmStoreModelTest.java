package storagelab.lsm;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import storagelab.compaction.LeveledPicker;
import storagelab.compaction.TieredPicker;
import storagelab.disk.CrashDisk;
import storagelab.sortedlog.MaintenanceKind;
import storagelab.testkit.StoreModel;
import storagelab.testkit.StoreSubject;

class LsmStoreModelTest {
    /** Memtables of a few entries, tables of a few blocks, levels that are soon too large. */
    static final LsmOptions TINY = LsmOptions.defaults()
            .withMemtableBytes(3000)
            .withTableBytes(1500)
            .withTable(LsmOptions.defaults().table().withBlockBytes(300))
            .withPicker(new LeveledPicker(2, 4000, 3))
            .withMaintenance(MaintenanceKind.FOREGROUND);

    @Test
    @DisplayName("three snapshots and three cursors of different moments agree with sorted maps of those moments")
    void snapshots() {
        check(TINY);
    }

    @Test
    @DisplayName("the same with flushes and merges in the background")
    void snapshotsAndBackgroundWork() {
        check(TINY.withMaintenance(MaintenanceKind.BACKGROUND));
    }

    @Test
    @DisplayName("the same with runs of like size merged, each a level of its own")
    void snapshotsAndTiers() {
        check(TINY.withPicker(TieredPicker.defaults()));
    }

    private static void check(LsmOptions options) {
        StoreModel.defaults()
                .withSnapshots(3)
                .withCursors(3)
                .withOperations(600)
                .check(
                        StoreSubject.of("LSM tree", LsmStoreModelTest::newDirectory, at -> LsmStore.open(at, options))
                                .flushing(LsmStore::flush)
                                .compacting(LsmStore::verify)
                                .reopening(),
                        4);
    }

    private static Path newDirectory() {
        return CrashDisk.create().root().resolve("store");
    }
}
