package storagelab.sortedlog;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.testkit.StoreMatchers.hasNothingUnder;
import static storagelab.testkit.StoreMatchers.holds;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Durability;
import storagelab.api.Entry;
import storagelab.api.MaintenanceKind;
import storagelab.api.Metric;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.api.StoreFailedException;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.disk.DiskCounters;

/** The store of exercise 1.6: nothing of it needs the exercises after that. */
@Tag("1.6")
class SortedLogStoreTest {
    private static final SortedLogOptions OPTIONS = SortedLogOptions.defaults()
            .withTableList(TableListKind.EPHEMERAL)
            .withMaintenance(MaintenanceKind.FOREGROUND)
            .withCompactionTrigger(SortedLogOptions.NO_COMPACTION)
            .withMemtableBytes(1000);

    private final CrashDisk disk = CrashDisk.create();

    @Test
    @DisplayName("a value is found in memory and in a table, and the newest source wins")
    void newestWins() {
        try (SortedLogStore store = open()) {
            put(store, "a", "1");
            put(store, "b", "1");
            store.flush();
            put(store, "a", "2");
            store.flush();
            put(store, "b", "3");
            assertThat("from the newer of two tables", store, holds("a", "2"));
            assertThat("from memory, not from a table", store, holds("b", "3"));
            assertThat("TABLES after two flushes", store.stats().get(Metric.TABLES), is(2L));
        }
    }

    @Test
    @DisplayName("a deleted key stays deleted when its tombstone is in a table and its value in an older one")
    void deletedStaysDeleted() {
        try (SortedLogStore store = open()) {
            put(store, "a", "1");
            store.flush();
            store.delete(Slice.utf8("a"));
            assertThat("a=1 is in a table, its tombstone in memory", store, hasNothingUnder("a"));
            store.flush();
            assertThat("a=1 is in a table, its tombstone in a newer one", store, hasNothingUnder("a"));
        }
    }

    @Test
    @DisplayName("the log has a write before it is acknowledged, as one record a batch")
    void logBeforeMemory() {
        try (SortedLogStore store = open()) {
            store.write(
                    new WriteBatch().put(Slice.utf8("a"), Slice.utf8("1")).delete(Slice.utf8("b")),
                    Durability.BUFFERED);
            List<Slice> records = new ArrayList<>();
            RecordLog.replay(newestLog(), records::add);
            assertThat("records in the log after one batch of two operations", records.size(), is(1));
            assertThat(
                    "the record of a batch that puts a=1 and deletes b",
                    EntryCodec.decodeAll(records.get(0)),
                    is(List.of(Entry.value(Slice.utf8("a"), Slice.utf8("1")), Entry.tombstone(Slice.utf8("b")))));
        }
    }

    @Test
    @DisplayName("SYNCED costs one sync, BUFFERED none")
    void syncs() {
        try (SortedLogStore store = open()) {
            DiskCounters start = disk.counters();
            put(store, "a", "1");
            assertThat("syncs of a BUFFERED put", disk.counters().since(start).syncs(), is(0L));
            store.write(new WriteBatch().put(Slice.utf8("b"), Slice.utf8("2")), Durability.SYNCED);
            assertThat(
                    "syncs of a BUFFERED put and a SYNCED one",
                    disk.counters().since(start).syncs(),
                    is(1L));
            store.write(new WriteBatch(), Durability.SYNCED);
            assertThat(
                    "syncs of a BUFFERED put, a SYNCED one, and an empty SYNCED batch",
                    disk.counters().since(start).syncs(),
                    is(2L));
        }
    }

    @Test
    @DisplayName("a memtable that has reached its limit is written out, and its log deleted")
    void flushesAtThreshold() {
        try (SortedLogStore store = open()) {
            for (int i = 0; i < 100; i++) {
                put(store, "key" + i, "some value");
                assertThat(
                        "MEMTABLE_BYTES after " + (i + 1) + " puts, with memtables of 1,000 bytes",
                        store.stats().get(Metric.MEMTABLE_BYTES),
                        is(lessThanOrEqualTo(1000L + 80)));
            }
            assertThat(
                    "FLUSHES after 100 puts of some 80 bytes, with memtables of 1,000 bytes",
                    store.stats().get(Metric.FLUSHES),
                    is(greaterThan(5L)));
            assertThat(
                    "log files: those of memtables that were written out are deleted",
                    FileNames.numbered(disk.root()).stream()
                            .filter(FileNames::isLog)
                            .count(),
                    is(1L));
            for (int i = 0; i < 100; i++) {
                assertThat(store, holds("key" + i, "some value"));
            }
        }
    }

    @Test
    @DisplayName("flush leaves nothing in memory, and writes no table when there is nothing")
    void flushTwice() {
        try (SortedLogStore store = open()) {
            put(store, "a", "1");
            store.flush();
            store.flush();
            assertThat("MEMTABLE_BYTES after two flushes", store.stats().get(Metric.MEMTABLE_BYTES), is(0L));
            assertThat("TABLES after one put and two flushes", store.stats().get(Metric.TABLES), is(1L));
        }
    }

    @Test
    @DisplayName("after a failed write there are no more writes; what was there can be read")
    void failedWrite() {
        try (SortedLogStore store = open()) {
            put(store, "a", "1");
            disk.faults().failOnce(DiskCall.WRITE, 1);
            assertThrows(StorageIoException.class, () -> put(store, "b", "2"), "the write that fails");
            assertThrows(StoreFailedException.class, () -> put(store, "c", "3"), "a write after it");
            assertThrows(StoreFailedException.class, store::flush, "a flush after it");
            assertThat(store, holds("a", "1"));
            assertThat("the write that failed", store, hasNothingUnder("b"));
        }
    }

    @Test
    @DisplayName("a SYNCED write is not seen before it is on disk: if the sync fails, not at all")
    void failedSync() {
        try (SortedLogStore store = open()) {
            disk.faults().failOnce(DiskCall.SYNC, 1);
            assertThrows(
                    StorageIoException.class,
                    () -> store.write(new WriteBatch().put(Slice.utf8("a"), Slice.utf8("1")), Durability.SYNCED),
                    "a SYNCED write whose sync fails");
            assertThat("written, and the sync failed", store, hasNothingUnder("a"));
        }
    }

    private SortedLogStore open() {
        return SortedLogStore.open(disk.root(), OPTIONS);
    }

    private Path newestLog() {
        List<Path> files = FileNames.numbered(disk.root());
        return files.get(files.size() - 1);
    }

    private static void put(SortedLogStore store, String key, String value) {
        store.put(Slice.utf8(key), Slice.utf8(value));
    }
}
