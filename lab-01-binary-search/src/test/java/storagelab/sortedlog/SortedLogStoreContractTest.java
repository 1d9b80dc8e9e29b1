package storagelab.sortedlog;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import storagelab.api.MaintenanceKind;
import storagelab.testkit.ConcurrentStoreContract;
import storagelab.testkit.DurableStoreContract;
import storagelab.testkit.KeyValueStoreContract;

/** The promises of every store, kept by this one in each of its set-ups. */
class SortedLogStoreContractTest {
    private static final SortedLogOptions SMALL = SortedLogOptions.defaults().withMemtableBytes(4000);

    @Nested
    @Tag("1.6")
    class InMemoryList extends KeyValueStoreContract implements ConcurrentStoreContract {
        @Override
        public SortedLogStore open(Path directory) {
            return SortedLogStore.open(
                    directory,
                    SMALL.withTableList(TableListKind.EPHEMERAL)
                            .withMaintenance(MaintenanceKind.FOREGROUND)
                            .withCompactionTrigger(SortedLogOptions.NO_COMPACTION));
        }
    }

    @Nested
    @Tag("1.9")
    class Durable extends KeyValueStoreContract implements DurableStoreContract, ConcurrentStoreContract {
        @Override
        public SortedLogStore open(Path directory) {
            return SortedLogStore.open(directory, SMALL.withMaintenance(MaintenanceKind.FOREGROUND));
        }
    }

    @Nested
    @Tag("1.10")
    class InTheBackground extends KeyValueStoreContract implements DurableStoreContract, ConcurrentStoreContract {
        @Override
        public SortedLogStore open(Path directory) {
            return SortedLogStore.open(directory, SMALL);
        }
    }
}
