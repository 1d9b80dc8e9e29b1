package storagelab.grader.hidden.lab01;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import storagelab.disk.CrashDisk;
import storagelab.sortedlog.SortedLogStore;
import storagelab.testkit.StoreModel;
import storagelab.testkit.StoreSubject;

/** Exercise 1.6: the store is held to the model, with flushes at every turn. */
@Tag("1.6")
class SortedLogStoreModelHiddenTest {
    private static final long TINY_MEMTABLE = 700;

    @Test
    @DisplayName("random writes, batches, reads and flushes agree with a sorted map")
    @Timeout(40)
    void model() {
        StoreModel.defaults()
                .withoutTraceFiles()
                .check(
                        StoreSubject.of(
                                        "SortedLogStore",
                                        () -> CrashDisk.create().root(),
                                        directory -> SortedLogStore.open(directory, Stores.SIMPLE))
                                .flushing(SortedLogStore::flush),
                        40);
    }

    @Test
    @DisplayName("random writes, batches and reads agree with a sorted map when the memtable is full all the time")
    @Timeout(40)
    void modelWithATinyMemtable() {
        StoreModel.defaults()
                .withoutTraceFiles()
                .check(
                        StoreSubject.of(
                                        "SortedLogStore-tiny",
                                        () -> CrashDisk.create().root(),
                                        directory -> SortedLogStore.open(
                                                directory, Stores.SIMPLE.withMemtableBytes(TINY_MEMTABLE)))
                                .flushing(SortedLogStore::flush),
                        20);
    }
}
