package storagelab.cursor;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.MaintenanceKind;
import storagelab.disk.CrashDisk;
import storagelab.sortedlog.SortedLogOptions;
import storagelab.testkit.StoreModel;
import storagelab.testkit.StoreSubject;

@Tag("2.8")
class OrderedLogStoreModelTest {
    private static final SortedLogOptions OPTIONS = SortedLogOptions.defaults()
            .withMemtableBytes(1000)
            .withCompactionTrigger(2)
            .withMaintenance(MaintenanceKind.FOREGROUND);

    @Test
    @DisplayName("three cursors of different moments agree with sorted maps of those moments")
    void cursors() {
        check(OPTIONS);
    }

    @Test
    @DisplayName("the same with flushes and merges in the background")
    void cursorsBesideBackgroundWork() {
        check(OPTIONS.withMaintenance(MaintenanceKind.BACKGROUND));
    }

    private void check(SortedLogOptions options) {
        StoreModel.defaults()
                .withCursors(3)
                .withOperations(500)
                .check(
                        StoreSubject.of(
                                        "ordered log",
                                        OrderedLogStoreModelTest::newDirectory,
                                        at -> OrderedLogStore.open(at, options))
                                .flushing(OrderedLogStore::flush)
                                .compacting(OrderedLogStore::compact)
                                .reopening(),
                        4);
    }

    private static Path newDirectory() {
        return CrashDisk.create().root().resolve("store");
    }
}
