package storagelab.grader.hidden.lab03;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.MaintenanceKind;
import storagelab.api.SnapshotStore;
import storagelab.disk.CrashDisk;
import storagelab.memtable.SnapshotLogStore;
import storagelab.sortedlog.SortedLogOptions;
import storagelab.testkit.ConcurrentSnapshotStoreContract;
import storagelab.testkit.SnapshotStoreContract;
import storagelab.testkit.StoreModel;
import storagelab.testkit.StoreSubject;

/** Exercise 3.8: what every snapshot store promises, with memtables that are often written out and tables often merged. */
@Tag("3.8")
class SnapshotLogStoreContractHiddenTest implements SnapshotStoreContract, ConcurrentSnapshotStoreContract {
    private static final SortedLogOptions SMALL =
            SortedLogOptions.defaults().withMemtableBytes(3000).withCompactionTrigger(2);

    @Override
    public Path newDirectory() {
        return CrashDisk.create().root();
    }

    @Override
    public SnapshotStore open(Path directory) {
        return SnapshotLogStore.open(directory, SMALL);
    }

    @Test
    @DisplayName("snapshots and cursors of different moments agree with sorted maps of those moments")
    void model() {
        check(SMALL.withMaintenance(MaintenanceKind.FOREGROUND));
    }

    @Test
    @DisplayName("the same with flushes and merges in the background")
    void modelInTheBackground() {
        check(SMALL);
    }

    private void check(SortedLogOptions options) {
        StoreModel.defaults()
                .withoutTraceFiles()
                .withSnapshots(3)
                .withCursors(3)
                .withOperations(400)
                .check(
                        StoreSubject.of(
                                        "SnapshotLogStore",
                                        this::newDirectory,
                                        at -> SnapshotLogStore.open(at, options))
                                .flushing(SnapshotLogStore::flush)
                                .compacting(SnapshotLogStore::compact),
                        6);
    }
}
