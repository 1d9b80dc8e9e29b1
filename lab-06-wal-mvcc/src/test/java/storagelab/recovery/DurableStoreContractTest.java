package storagelab.recovery;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import storagelab.api.SnapshotStore;
import storagelab.testkit.recovery.DurableContracts;
import storagelab.testkit.recovery.SmallStores;

/** A {@link DurableStore} keeps every contract there is for a store, over either engine. */
@Tag("6.6")
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

    private abstract static class Contracts extends DurableContracts {
        Contracts(DurableOptions options) {
            super(options);
        }

        @Override
        public SnapshotStore open(Path directory) {
            return DurableStore.open(directory, options());
        }
    }
}
