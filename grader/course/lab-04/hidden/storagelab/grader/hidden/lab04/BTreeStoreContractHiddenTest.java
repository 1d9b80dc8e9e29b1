package storagelab.grader.hidden.lab04;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.SnapshotStore;
import storagelab.btree.BTreeOptions;
import storagelab.btree.BTreeStore;
import storagelab.disk.CrashDisk;
import storagelab.testkit.ConcurrentSnapshotStoreContract;
import storagelab.testkit.SnapshotStoreContract;
import storagelab.testkit.StoreModel;
import storagelab.testkit.StoreSubject;

/** Exercise 4.14: what every snapshot store promises, with small pages, a small pool and many checkpoints. */
@Tag("4.14")
class BTreeStoreContractHiddenTest implements SnapshotStoreContract, ConcurrentSnapshotStoreContract {
    private static final BTreeOptions SMALL = BTreeOptions.defaults()
            .withPageSizeBytes(1024)
            .withPoolBytes(64 << 10)
            .withCheckpointBytes(3000);

    @Override
    public Path newDirectory() {
        return CrashDisk.create().root();
    }

    @Override
    public SnapshotStore open(Path directory) {
        return BTreeStore.open(directory, SMALL);
    }

    @Test
    @DisplayName(
            "snapshots and cursors of different moments agree with sorted maps of those moments, and no page is lost")
    void model() {
        StoreModel.defaults()
                .withoutTraceFiles()
                .withSnapshots(3)
                .withCursors(3)
                .withOperations(400)
                .check(
                        StoreSubject.of("BTreeStore", this::newDirectory, at -> BTreeStore.open(at, SMALL))
                                .flushing(BTreeStore::checkpoint)
                                .compacting(BTreeStore::verify)
                                .reopening(),
                        4);
    }
}
