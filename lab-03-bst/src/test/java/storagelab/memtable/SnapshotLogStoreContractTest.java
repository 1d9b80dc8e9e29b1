package storagelab.memtable;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import storagelab.api.KeyValueStore;
import storagelab.api.MaintenanceKind;
import storagelab.api.SnapshotStore;
import storagelab.disk.CrashDisk;
import storagelab.sortedlog.SortedLogOptions;
import storagelab.testkit.ConcurrentOrderedStoreContract;
import storagelab.testkit.ConcurrentSnapshotStoreContract;
import storagelab.testkit.ConcurrentStoreContract;
import storagelab.testkit.DurableStoreContract;
import storagelab.testkit.KeyValueStoreContract;
import storagelab.testkit.OrderedStoreContract;
import storagelab.testkit.SnapshotStoreContract;

/** The promises of every snapshot store, kept by this one with maintenance in the foreground and in the background. */
class SnapshotLogStoreContractTest {
    private static final SortedLogOptions SMALL =
            SortedLogOptions.defaults().withMemtableBytes(4000).withCompactionTrigger(2);

    @Nested
    class AsAnyStore extends KeyValueStoreContract implements DurableStoreContract, ConcurrentStoreContract {
        @Override
        public KeyValueStore open(Path directory) {
            return SnapshotLogStore.open(directory, SMALL);
        }
    }

    @Nested
    @Tag("3.8")
    class InTheForeground extends OnACrashDisk implements OrderedStoreContract, SnapshotStoreContract {
        @Override
        public SnapshotStore open(Path directory) {
            return SnapshotLogStore.open(directory, SMALL.withMaintenance(MaintenanceKind.FOREGROUND));
        }
    }

    @Nested
    @Tag("3.8")
    class InTheBackground extends OnACrashDisk
            implements OrderedStoreContract,
                    ConcurrentOrderedStoreContract,
                    SnapshotStoreContract,
                    ConcurrentSnapshotStoreContract {
        @Override
        public SnapshotStore open(Path directory) {
            return SnapshotLogStore.open(directory, SMALL);
        }
    }

    private abstract static class OnACrashDisk {
        public Path newDirectory() {
            return CrashDisk.create().root();
        }
    }
}
