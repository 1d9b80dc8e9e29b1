package storagelab.recovery;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import storagelab.api.SnapshotStore;
import storagelab.btree.StoredValue;
import storagelab.disk.CrashDisk;
import storagelab.testkit.ConcurrentOrderedStoreContract;
import storagelab.testkit.ConcurrentSnapshotStoreContract;
import storagelab.testkit.ConcurrentStoreContract;
import storagelab.testkit.DurableStoreContract;
import storagelab.testkit.KeyValueStoreContract;
import storagelab.testkit.OrderedStoreContract;
import storagelab.testkit.SnapshotStoreContract;

/** A {@link DurableStore} keeps every contract there is for a store, over either engine. */
class DurableStoreContractTest {
    @Nested
    class OverABTree extends Contracts {
        OverABTree() {
            super(SmallStores.options(EngineKind.BTREE));
        }
    }

    @Nested
    class OverAnLsmTree extends Contracts {
        OverAnLsmTree() {
            super(SmallStores.options(EngineKind.LSM));
        }
    }

    @Nested
    class WithDefaultsOnTheRealDisk extends Contracts {
        @TempDir
        Path directory;

        private int stores;

        WithDefaultsOnTheRealDisk() {
            super(DurableOptions.defaults(EngineKind.LSM));
        }

        @Override
        public Path newDirectory() {
            return directory.resolve("store-" + stores++);
        }
    }

    private abstract static class Contracts extends KeyValueStoreContract
            implements DurableStoreContract,
                    ConcurrentStoreContract,
                    OrderedStoreContract,
                    ConcurrentOrderedStoreContract,
                    SnapshotStoreContract,
                    ConcurrentSnapshotStoreContract {
        private final DurableOptions options;

        Contracts(DurableOptions options) {
            this.options = options;
        }

        @Override
        public SnapshotStore open(Path directory) {
            return DurableStore.open(directory, options);
        }

        @Override
        public Path newDirectory() {
            return CrashDisk.create().root().resolve("store");
        }

        @Override
        protected int longKeyBytes() {
            return options.engine() == EngineKind.BTREE
                    ? StoredValue.keyBytesMax(options.btree().pageSizeBytes())
                    : super.longKeyBytes();
        }
    }
}
