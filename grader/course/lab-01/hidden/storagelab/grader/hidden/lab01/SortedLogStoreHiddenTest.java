package storagelab.grader.hidden.lab01;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;
import static storagelab.testkit.StoreMatchers.atMost;
import static storagelab.testkit.StoreMatchers.hasNothingUnder;
import static storagelab.testkit.StoreMatchers.holds;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Durability;
import storagelab.api.LatencySummary;
import storagelab.api.Metric;
import storagelab.api.Slice;
import storagelab.api.StorageIoException;
import storagelab.api.StoreClosedException;
import storagelab.api.StoreFailedException;
import storagelab.api.StoreStats;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.disk.DiskCounters;
import storagelab.disk.DiskCrashedError;
import storagelab.disk.Hold;
import storagelab.file.FileMetrics;
import storagelab.grader.hidden.kit.TableBytes;
import storagelab.sortedlog.EntryCodec;
import storagelab.sortedlog.SortedLogStore;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;

/** Exercise 1.6: the store on one log, one memtable and flushed tables. */
@Tag("1.6")
class SortedLogStoreHiddenTest {
    private static final long LARGE = 1 << 20;

    private final CrashDisk disk = CrashDisk.create();

    @Test
    @DisplayName("every sequence of up to 7 puts, deletes and flushes of one key reads as it should")
    void everyShortHistory() {
        try (SortedLogStore store = Stores.openSimple(disk, LARGE)) {
            int flushes = 0;
            for (int history = 0; history < 2187 && flushes < 400; history += 1 + history / 200) {
                Slice key = Slice.utf8("key " + history);
                StringBuilder steps = new StringBuilder();
                Optional<Slice> expected = Optional.empty();
                for (int step = 0, rest = history; step < 7; step++, rest /= 3) {
                    if (rest % 3 == 0) {
                        expected = Optional.of(Slice.utf8("value " + step));
                        store.put(key, expected.orElseThrow());
                        steps.append(" put");
                    } else if (rest % 3 == 1) {
                        expected = Optional.empty();
                        store.delete(key);
                        steps.append(" delete");
                    } else {
                        store.flush();
                        flushes++;
                        steps.append(" flush");
                    }
                    assertEquals(expected, store.get(key), "get after" + steps);
                }
            }
        }
    }

    @Test
    @DisplayName("a write goes to the log before it is in memory: one record for a batch, with its entries in order")
    void logBeforeMemory() {
        try (SortedLogStore store = Stores.openSimple(disk, LARGE)) {
            store.put(Slice.utf8("a"), Slice.utf8("1"));
            store.delete(Slice.utf8("b"));
            store.write(
                    new WriteBatch()
                            .put(Slice.utf8("c"), Slice.utf8("3"))
                            .delete(Slice.utf8("a"))
                            .put(Slice.utf8("c"), Slice.utf8("4")),
                    Durability.BUFFERED);
            store.write(new WriteBatch(), Durability.BUFFERED);
            assertEquals(
                    List.of(
                            EntryCodec.encodeAll(List.of(Entries.value("a", "1"))),
                            EntryCodec.encodeAll(List.of(Entries.tombstone("b"))),
                            EntryCodec.encodeAll(
                                    List.of(Entries.value("c", "3"), Entries.tombstone("a"), Entries.value("c", "4")))),
                    Stores.newestLog(disk.root()),
                    "records in the log after a put, a delete, a batch of three and an empty batch");
            assertThat("after a batch of put(c=3), delete(a), put(c=4)", store, holds("c", "4"));
            assertThat("after a batch of put(c=3), delete(a), put(c=4)", store, hasNothingUnder("a"));
        }
    }

    @Test
    @DisplayName("a BUFFERED write is one write to the disk and no sync, a SYNCED one is one write and one sync")
    void costOfAWrite() {
        try (SortedLogStore store = Stores.openSimple(disk, LARGE)) {
            WriteBatch batch =
                    new WriteBatch().put(Slice.utf8("a"), Slice.utf8("1")).delete(Slice.utf8("b"));
            for (Durability durability : Durability.values()) {
                DiskCounters before = disk.counters();
                store.write(batch, durability);
                DiskCounters cost = disk.counters().since(before);
                assertEquals(1, cost.writes(), "writes to the disk of a " + durability + " batch of two");
                assertEquals(
                        durability == Durability.SYNCED ? 1 : 0, cost.syncs(), "syncs of a " + durability + " batch");
            }
        }
    }

    @Test
    @DisplayName("an empty SYNCED batch syncs what was written before it")
    void emptySyncedBatch() {
        try (SortedLogStore store = Stores.openSimple(disk, LARGE)) {
            store.put(Slice.utf8("a"), Slice.utf8("1"));
            DiskCounters before = disk.counters();
            store.write(new WriteBatch(), Durability.SYNCED);
            assertEquals(1, disk.counters().since(before).syncs(), "syncs of an empty SYNCED batch");
            assertEquals(0, disk.counters().since(before).writes(), "writes to the disk of an empty batch");
            assertEquals(
                    1, Stores.newestLog(disk.root()).size(), "records in the log after one put and an empty batch");
        }
    }

    @Test
    @DisplayName("when the disk refuses a write, nothing of it is in memory, no more writes are taken, and gets go on")
    void failedWrite() {
        for (DiskCall call : List.of(DiskCall.WRITE, DiskCall.SYNC)) {
            CrashDisk failing = CrashDisk.create();
            SortedLogStore store = Stores.openSimple(failing, LARGE);
            store.put(Slice.utf8("a"), Slice.utf8("1"));
            failing.faults().failOnce(call, 1);
            assertThrows(
                    StorageIoException.class,
                    () -> store.write(
                            new WriteBatch()
                                    .put(Slice.utf8("a"), Slice.utf8("2"))
                                    .put(Slice.utf8("b"), Slice.utf8("2")),
                            Durability.SYNCED),
                    "a SYNCED write when the " + call + " fails");
            assertThat("after the failed " + call, store, holds("a", "1"));
            assertThat("after the failed " + call, store, hasNothingUnder("b"));
            assertThrows(
                    StoreFailedException.class,
                    () -> store.put(Slice.utf8("c"), Slice.utf8("3")),
                    "a put after the failed " + call);
            assertThrows(StoreFailedException.class, store::flush, "a flush after the failed " + call);
            assertThrows(
                    StoreFailedException.class,
                    () -> store.write(new WriteBatch(), Durability.BUFFERED),
                    "an empty batch after the failed " + call);
            assertThat("after the refused put", store, hasNothingUnder("c"));
            assertThat("after the refused put", store, holds("a", "1"));
            store.close();
        }
    }

    @Test
    @DisplayName("an Error of the log makes the store fail like an exception")
    void errorOfTheLog() {
        SortedLogStore store = Stores.openSimple(disk, LARGE);
        store.put(Slice.utf8("a"), Slice.utf8("1"));
        disk.faults().crashAt(DiskCall.WRITE, 1);
        assertThrows(
                DiskCrashedError.class,
                () -> store.put(Slice.utf8("a"), Slice.utf8("2")),
                "a put when the disk crashes with an Error");
        assertThrows(
                StoreFailedException.class,
                () -> store.write(new WriteBatch(), Durability.BUFFERED),
                "an empty batch after the log threw an Error");
        assertThrows(
                StoreFailedException.class,
                () -> store.put(Slice.utf8("b"), Slice.utf8("3")),
                "a put after the log threw an Error");
        assertThat("after the log threw an Error", store, holds("a", "1"));
    }

    @Test
    @DisplayName("a closed store refuses empty batches and flushes, too")
    void closedStore() {
        SortedLogStore store = Stores.openSimple(disk, LARGE);
        store.put(Slice.utf8("a"), Slice.utf8("1"));
        store.close();
        for (Durability durability : Durability.values()) {
            assertThrows(
                    StoreClosedException.class,
                    () -> store.write(new WriteBatch(), durability),
                    "an empty " + durability + " batch after close");
        }
        assertThrows(StoreClosedException.class, store::flush, "flush after close");
    }

    @Test
    @DisplayName("a memtable that is being written out is found, and hides older tables")
    void frozenMemtable() throws InterruptedException {
        try (SortedLogStore store = Stores.openSimple(disk, LARGE);
                Crew crew = new Crew()) {
            store.put(Slice.utf8("a"), Slice.utf8("old"));
            store.put(Slice.utf8("b"), Slice.utf8("old"));
            store.flush();
            store.put(Slice.utf8("a"), Slice.utf8("new"));
            store.delete(Slice.utf8("b"));
            store.put(Slice.utf8("c"), Slice.utf8("new"));
            try (Hold hold = disk.faults().hold(DiskCall.WRITE, ".table")) {
                crew.start("flush", store::flush);
                Eventually.holds("the flush writes its table", () -> hold.waiting() > 0 || crew.hasFailed());
                String when = "while the memtable is written out, an older table has a and b";
                assertThat(when, store, holds("a", "new"));
                assertThat(when, store, hasNothingUnder("b"));
                assertThat(when, store, holds("c", "new"));
            }
            crew.join();
        }
    }

    @Test
    @DisplayName("a memtable is flushed by the first write that finds it full, and not before")
    void flushAtTheThreshold() {
        try (SortedLogStore store = Stores.openSimple(disk, 1000)) {
            for (int i = 1; i <= 12; i++) {
                store.put(Slice.utf8(String.format("key %06d", i)), Slice.utf8("0123456789"));
            }
            assertEquals(0, Stores.metric(store, Metric.TABLES), "tables after 12 entries of 20 + 64 bytes");
            assertEquals(1008, Stores.metric(store, Metric.MEMTABLE_BYTES), "MEMTABLE_BYTES after 12 of them");
            store.put(Slice.utf8("key 000013"), Slice.utf8("0123456789"));
            assertEquals(
                    1,
                    Stores.metric(store, Metric.TABLES),
                    "TABLES after the 13th entry of 84 bytes, with memtables of 1000");
            assertEquals(
                    1,
                    Stores.metric(store, Metric.FLUSHES),
                    "FLUSHES after the 13th entry of 84 bytes, with memtables of 1000");
            assertEquals(
                    84,
                    Stores.metric(store, Metric.MEMTABLE_BYTES),
                    "MEMTABLE_BYTES after the 13th entry of 84 bytes, with memtables of 1000");
            assertEquals(
                    12,
                    TableBytes.decode(Bytes.read(Stores.tables(disk.root()).get(0)))
                            .entryCount(),
                    "entries in the table");
            for (int i = 1; i <= 13; i++) {
                assertThat(store, holds(String.format("key %06d", i), "0123456789"));
            }
        }
    }

    @Test
    @DisplayName("flush writes out what is in memory, tombstones included, and nothing when there is nothing")
    void flush() {
        try (SortedLogStore store = Stores.openSimple(disk, LARGE)) {
            store.flush();
            assertEquals(0, Stores.metric(store, Metric.TABLES), "tables after flushing an empty store");
            store.put(Slice.utf8("a"), Slice.utf8("1"));
            store.delete(Slice.utf8("b"));
            store.flush();
            assertEquals(0, Stores.metric(store, Metric.MEMTABLE_BYTES), "MEMTABLE_BYTES after a flush");
            assertEquals(
                    List.of(Entries.value("a", "1"), Entries.tombstone("b")),
                    TableBytes.decode(Bytes.read(Stores.tables(disk.root()).get(0)))
                            .entries(),
                    "entries in the table after a put, a delete and a flush");
            store.flush();
            assertEquals(1, Stores.metric(store, Metric.TABLES), "tables after a second flush without a write");
            assertEquals(1, Stores.logs(disk.root()).size(), "logs when everything before the newest is in a table");
        }
    }

    @Test
    @DisplayName("of several tables the newest decides, and a tombstone there ends the search")
    void newestSourceFirst() {
        try (SortedLogStore store = Stores.openSimple(disk, LARGE)) {
            for (int i = 1; i <= 4; i++) {
                store.put(Slice.utf8("a"), Slice.utf8("value " + i));
                store.put(Slice.utf8("b"), Slice.utf8("value " + i));
                store.flush();
                assertThat("with " + i + " tables that have the key", store, holds("a", "value " + i));
            }
            store.delete(Slice.utf8("a"));
            assertThat("deleted in memory, 4 tables have the key", store, hasNothingUnder("a"));
            store.flush();
            assertThat("deleted in the newest of 5 tables", store, hasNothingUnder("a"));
            assertThat(
                    "the neighbour of a key that is deleted in the newest of 5 tables", store, holds("b", "value 4"));
            long before = Stores.metric(store, FileMetrics.BLOCKS_READ);
            store.get(Slice.utf8("a"));
            assertThat(
                    "get of a key whose tombstone is in the newest table, with 4 older tables",
                    Stores.metric(store, FileMetrics.BLOCKS_READ) - before,
                    atMost(1, "blocks read", "a tombstone is an answer: older sources need not be asked"));
        }
    }

    @Test
    @DisplayName("a get that memory can answer reads no block, and one of the newest table reads one")
    void costOfAGet() {
        try (SortedLogStore store = Stores.openSimple(disk, LARGE)) {
            for (int table = 0; table < 5; table++) {
                for (int i = 0; i < 50; i++) {
                    store.put(Entries.numbered(i), Slice.utf8("table " + table));
                }
                store.flush();
            }
            store.put(Entries.numbered(7), Slice.utf8("memory"));
            store.delete(Entries.numbered(8));
            long before = Stores.metric(store, FileMetrics.BLOCKS_READ);
            assertThat(store, holds(Entries.numbered(7), Slice.utf8("memory")));
            assertThat(store, hasNothingUnder(Entries.numbered(8)));
            assertEquals(
                    before,
                    Stores.metric(store, FileMetrics.BLOCKS_READ),
                    "BLOCKS_READ after gets that memory can answer");
            store.get(Entries.numbered(20));
            assertEquals(
                    before + 1,
                    Stores.metric(store, FileMetrics.BLOCKS_READ),
                    "BLOCKS_READ after a get in the newest table");
            store.get(Slice.utf8("zebra"));
            assertEquals(
                    before + 1,
                    Stores.metric(store, FileMetrics.BLOCKS_READ),
                    "BLOCKS_READ after a get no table covers");
        }
    }

    @Test
    @DisplayName("calls, bytes and latencies are counted; percentiles are there and in order")
    void statistics() {
        long begin = System.nanoTime();
        try (SortedLogStore store = Stores.openSimple(disk, LARGE)) {
            for (int i = 0; i < 200; i++) {
                store.put(Entries.numbered(i), Slice.utf8("12345"));
            }
            store.delete(Entries.numbered(1));
            store.write(
                    new WriteBatch().put(Slice.utf8("x"), Slice.utf8("yz")).put(Slice.utf8("u"), Slice.EMPTY),
                    Durability.SYNCED);
            for (int i = 0; i < 300; i++) {
                store.get(Entries.numbered(i));
            }
            StoreStats stats = store.stats();
            assertEquals(300, stats.get(Metric.GETS), "GETS after 300 gets, found or not");
            assertEquals(202, stats.get(Metric.WRITES), "WRITES after 200 puts, a delete and a batch");
            assertEquals(
                    200 * (9 + 5) + 9 + 3 + 1,
                    stats.get(Metric.BYTES_IN),
                    "BYTES_IN, the bytes of keys and values, of 200 puts of 9 + 5 bytes, a delete of 9 and a batch of"
                            + " 3 + 1");
            long elapsedNanos = System.nanoTime() - begin;
            assertLatencies("gets", 300, stats.getLatency(), elapsedNanos);
            assertLatencies("writes", 202, stats.writeLatency(), elapsedNanos);
        }
    }

    @Test
    @DisplayName("readers beside a writer of large batches see all of a batch or nothing of it")
    void largeBatchesAreSeenWhole() throws InterruptedException {
        int entries = 500;
        int batches = 200;
        try (SortedLogStore store = Stores.openSimple(disk, Long.MAX_VALUE);
                Crew crew = new Crew()) {
            writeBatch(store, entries, 0);
            CountDownLatch done = new CountDownLatch(1);
            crew.start("writer", () -> {
                for (int number = 1; number <= batches; number++) {
                    writeBatch(store, entries, number);
                }
                done.countDown();
            });
            crew.start(2, "reader", () -> {
                while (done.getCount() > 0 && !crew.hasFailed()) {
                    int first = Integer.parseInt(
                            store.get(Entries.numbered(0)).orElseThrow().toUtf8());
                    int last = Integer.parseInt(store.get(Entries.numbered(entries - 1))
                            .orElseThrow()
                            .toUtf8());
                    assertTrue(
                            first <= last,
                            "batch " + first + " was seen under its first key, and after that still batch " + last
                                    + " under its last: part of a batch was visible");
                }
            });
            crew.join();
        }
    }

    private static void writeBatch(SortedLogStore store, int entries, int number) {
        WriteBatch batch = new WriteBatch();
        for (int i = 0; i < entries; i++) {
            batch.put(Entries.numbered(i), Slice.utf8(Integer.toString(number)));
        }
        store.write(batch, Durability.BUFFERED);
    }

    @Test
    @DisplayName("gets beside close are right or throw StoreClosedException: no table is closed under a reader")
    void closeBesideGets() throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            SortedLogStore store = Stores.openSimple(CrashDisk.create(), LARGE);
            for (int i = 0; i < 20; i++) {
                store.put(Entries.numbered(i), Slice.utf8("value"));
            }
            store.flush();
            CountDownLatch reading = new CountDownLatch(3);
            try (Crew crew = new Crew()) {
                crew.start(3, "reader", () -> readUntilClosed(store, reading));
                Eventually.holds("every reader has begun to read", () -> reading.getCount() == 0 || crew.hasFailed());
                store.close();
                crew.join();
            }
        }
    }

    @Test
    @DisplayName("readers beside a writer that flushes all the time miss nothing and see no old value")
    void readersBesideFlushes() throws InterruptedException {
        try (SortedLogStore store = Stores.openSimple(disk, 2000);
                Crew crew = new Crew()) {
            store.put(Slice.utf8("counter"), Slice.utf8("0"));
            CountDownLatch done = new CountDownLatch(1);
            crew.start("writer", () -> {
                for (int i = 1; i <= 1500; i++) {
                    store.put(Slice.utf8("counter"), Slice.utf8(Integer.toString(i)));
                    store.put(Entries.numbered(i), Slice.utf8("filler"));
                }
                done.countDown();
            });
            crew.start(2, "reader", () -> {
                int last = 0;
                while (done.getCount() > 0 && !crew.hasFailed()) {
                    Optional<Slice> value = store.get(Slice.utf8("counter"));
                    assertTrue(value.isPresent(), "a key vanished for a moment during a flush");
                    int seen = Integer.parseInt(value.orElseThrow().toUtf8());
                    assertTrue(
                            seen >= last, "a reader saw the value " + last + " and then " + seen + " during a flush");
                    last = seen;
                }
            });
            crew.join();
        }
    }

    private static void readUntilClosed(SortedLogStore store, CountDownLatch reading) {
        boolean first = true;
        while (true) {
            try {
                for (int i = 0; i < 20; i++) {
                    assertEquals(
                            Optional.of(Slice.utf8("value")), store.get(Entries.numbered(i)), "a get beside close");
                }
            } catch (StoreClosedException expected) {
                return;
            }
            if (first) {
                reading.countDown();
                first = false;
            }
        }
    }

    private static void assertLatencies(String what, long count, LatencySummary latency, long elapsedNanos) {
        assertEquals(count, latency.count(), "latencies recorded of " + what);
        assertTrue(
                0 < latency.p50Nanos()
                        && latency.p50Nanos() <= latency.p99Nanos()
                        && latency.p99Nanos() <= latency.p999Nanos()
                        && latency.p999Nanos() <= latency.maxNanos(),
                "percentiles of " + what + " must be above 0 and ascend: " + latency);
        assertTrue(
                latency.maxNanos() < 2 * elapsedNanos,
                "the slowest of " + what + " took longer than all calls of the test together: " + latency);
    }
}
