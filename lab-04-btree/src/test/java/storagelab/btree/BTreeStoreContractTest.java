package storagelab.btree;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import storagelab.api.SnapshotStore;
import storagelab.disk.CrashDisk;
import storagelab.testkit.ConcurrentOrderedStoreContract;
import storagelab.testkit.ConcurrentSnapshotStoreContract;
import storagelab.testkit.ConcurrentStoreContract;
import storagelab.testkit.DurableStoreContract;
import storagelab.testkit.KeyValueStoreContract;
import storagelab.testkit.OrderedStoreContract;
import storagelab.testkit.SnapshotStoreContract;

/** A {@link BTreeStore} keeps every contract there is for a store, with large pages and small ones, and a pool that is too small. */
@Tag("4.14")
class BTreeStoreContractTest {
    @Nested
    @Tag("4.14")
    class WithDefaults extends Contracts {
        WithDefaults() {
            super(BTreeOptions.defaults());
        }
    }

    @Nested
    @Tag("4.14")
    class WithSmallPagesAndCheckpoints extends Contracts {
        WithSmallPagesAndCheckpoints() {
            super(BTreeOptions.defaults()
                    .withPageSizeBytes(1024)
                    .withPoolBytes(64 << 10)
                    .withCheckpointBytes(5000));
        }
    }

    private abstract static class Contracts extends KeyValueStoreContract
            implements DurableStoreContract,
                    ConcurrentStoreContract,
                    OrderedStoreContract,
                    ConcurrentOrderedStoreContract,
                    SnapshotStoreContract,
                    ConcurrentSnapshotStoreContract {
        private final BTreeOptions options;

        Contracts(BTreeOptions options) {
            this.options = options;
        }

        @Override
        protected int longKeyBytes() {
            return StoredValue.keyBytesMax(options.pageSizeBytes());
        }

        @Override
        public SnapshotStore open(Path directory) {
            return BTreeStore.open(directory, options);
        }

        @Override
        public Path newDirectory() {
            return CrashDisk.create().root();
        }
    }
}
