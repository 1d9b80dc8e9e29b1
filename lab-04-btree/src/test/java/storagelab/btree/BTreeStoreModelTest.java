package storagelab.btree;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.disk.CrashDisk;
import storagelab.testkit.StoreModel;
import storagelab.testkit.StoreSubject;

@Tag("4.14")
class BTreeStoreModelTest {
    private static final BTreeOptions OPTIONS =
            BTreeOptions.defaults().withPageSizeBytes(1024).withPoolBytes(64 << 10);

    @Test
    @DisplayName("three snapshots and three cursors of different moments agree with sorted maps of those moments")
    void snapshots() {
        check(OPTIONS, 600);
    }

    @Test
    @DisplayName("the same with a checkpoint after every few writes")
    void snapshotsAndCheckpoints() {
        check(OPTIONS.withCheckpointBytes(3000), 600);
    }

    private static void check(BTreeOptions options, int operations) {
        StoreModel.defaults()
                .withSnapshots(3)
                .withCursors(3)
                .withOperations(operations)
                .check(
                        StoreSubject.of("B+tree", BTreeStoreModelTest::newDirectory, at -> BTreeStore.open(at, options))
                                .flushing(BTreeStore::checkpoint)
                                .compacting(BTreeStore::verify)
                                .reopening(),
                        4);
    }

    private static Path newDirectory() {
        return CrashDisk.create().root().resolve("store");
    }
}
