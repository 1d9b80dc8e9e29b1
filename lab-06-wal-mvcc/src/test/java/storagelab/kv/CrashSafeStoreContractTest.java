package storagelab.kv;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import storagelab.api.SnapshotStore;
import storagelab.btree.StoredValue;
import storagelab.disk.CrashDisk;
import storagelab.recovery.DurableOptions;
import storagelab.recovery.EngineKind;
import storagelab.recovery.SmallStores;
import storagelab.testkit.ConcurrentOrderedStoreContract;
import storagelab.testkit.ConcurrentSnapshotStoreContract;
import storagelab.testkit.ConcurrentStoreContract;
import storagelab.testkit.CrashTrial;
import storagelab.testkit.DurableStoreContract;
import storagelab.testkit.KeyValueStoreContract;
import storagelab.testkit.OrderedStoreContract;
import storagelab.testkit.SnapshotStoreContract;
import storagelab.testkit.SnapshotSubject;

/** A {@link CrashSafeStore} keeps every contract there is for a store, over either engine. */
class CrashSafeStoreContractTest {
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
            return CrashSafeStore.open(directory, options);
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

        @Test
        @DisplayName("whenever the power is cut, every SYNCED write is there and a prefix of the others, batches whole")
        void everyCrash() {
            CrashTrial.check(
                    new SnapshotSubject<CrashSafeStore>(
                            directory -> CrashSafeStore.open(directory, options), store -> {}),
                    1);
        }
    }
}
