package storagelab.grader.hidden.lab02;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.MaintenanceKind;
import storagelab.api.OrderedStore;
import storagelab.cursor.OrderedLogStore;
import storagelab.disk.CrashDisk;
import storagelab.sortedlog.SortedLogOptions;
import storagelab.testkit.ConcurrentOrderedStoreContract;
import storagelab.testkit.OrderedStoreContract;
import storagelab.testkit.StoreModel;
import storagelab.testkit.StoreSubject;

/** Exercise 2.8: what every ordered store promises, with memtables that are often written out and tables often merged. */
@Tag("2.8")
class OrderedLogStoreContractHiddenTest implements OrderedStoreContract, ConcurrentOrderedStoreContract {
    private static final SortedLogOptions SMALL =
            SortedLogOptions.defaults().withMemtableBytes(1500).withCompactionTrigger(2);

    @Override
    public Path newDirectory() {
        return CrashDisk.create().root();
    }

    @Override
    public OrderedStore open(Path directory) {
        return OrderedLogStore.open(directory, SMALL);
    }

    @Test
    @DisplayName("cursors of different moments agree with sorted maps of those moments, across flushes and merges")
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
                .withCursors(3)
                .withOperations(400)
                .check(
                        StoreSubject.of(
                                        "OrderedLogStore",
                                        this::newDirectory,
                                        at -> OrderedLogStore.open(at, options.withMemtableBytes(700)))
                                .flushing(OrderedLogStore::flush)
                                .compacting(OrderedLogStore::compact),
                        6);
    }
}
