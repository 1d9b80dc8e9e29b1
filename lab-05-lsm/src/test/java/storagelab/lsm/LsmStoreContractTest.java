package storagelab.lsm;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import storagelab.api.MaintenanceKind;
import storagelab.api.SnapshotStore;
import storagelab.compaction.LazyLeveledPicker;
import storagelab.compaction.TieredPicker;
import storagelab.compaction.TimeWindowPicker;
import storagelab.disk.CrashDisk;
import storagelab.testkit.ConcurrentOrderedStoreContract;
import storagelab.testkit.ConcurrentSnapshotStoreContract;
import storagelab.testkit.ConcurrentStoreContract;
import storagelab.testkit.DurableStoreContract;
import storagelab.testkit.KeyValueStoreContract;
import storagelab.testkit.OrderedStoreContract;
import storagelab.testkit.SnapshotStoreContract;

/** An {@link LsmStore} keeps every contract there is for a store, with large memtables and with tiny ones. */
class LsmStoreContractTest {
    @Nested
    class WithDefaults extends Contracts {
        WithDefaults() {
            super(LsmOptions.defaults());
        }
    }

    @Nested
    class WithTinyMemtables extends Contracts {
        WithTinyMemtables() {
            super(LsmStoreModelTest.TINY.withMaintenance(MaintenanceKind.BACKGROUND));
        }
    }

    @Nested
    class WithTinyMemtablesInTheForeground extends Contracts {
        WithTinyMemtablesInTheForeground() {
            super(LsmStoreModelTest.TINY);
        }
    }

    @Nested
    class WithTiers extends Contracts {
        WithTiers() {
            super(LsmStoreModelTest.TINY.withPicker(TieredPicker.defaults()));
        }
    }

    @Nested
    class WithLazyLevels extends Contracts {
        WithLazyLevels() {
            super(LsmStoreModelTest.TINY
                    .withPicker(LazyLeveledPicker.defaults())
                    .withMaintenance(MaintenanceKind.BACKGROUND));
        }
    }

    @Nested
    class WithWindows extends Contracts {
        WithWindows() {
            super(LsmStoreModelTest.TINY.withPicker(new TimeWindowPicker(200, 4)));
        }
    }

    @Nested
    class WithMappedFiles extends Contracts {
        @TempDir
        Path directory;

        private int stores;

        WithMappedFiles() {
            super(LsmStoreModelTest.TINY.withMaintenance(MaintenanceKind.BACKGROUND));
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
        private final LsmOptions options;

        Contracts(LsmOptions options) {
            this.options = options;
        }

        @Override
        public SnapshotStore open(Path directory) {
            return LsmStore.open(directory, options);
        }

        @Override
        public Path newDirectory() {
            return CrashDisk.create().root();
        }
    }
}
