package storagelab.grader.hidden.lab05;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.MaintenanceKind;
import storagelab.api.Metric;
import storagelab.api.Slice;
import storagelab.api.StorageException;
import storagelab.api.StoreClosedException;
import storagelab.api.WriteBatch;
import storagelab.compaction.Compaction;
import storagelab.compaction.CompactionPicker;
import storagelab.compaction.NoCompaction;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.disk.Hold;
import storagelab.lsm.LsmOptions;
import storagelab.lsm.LsmStore;
import storagelab.lsm.WriteStallController;
import storagelab.manifest.FileMetadata;
import storagelab.manifest.ManifestFormat;
import storagelab.manifest.Version;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;
import storagelab.testkit.Seeds;
import storagelab.testkit.lsm.NoMerges;
import storagelab.testkit.lsm.WrittenFiles;

/** Exercise 5.7: what a write leaves in the log, in the memtable and in tables, and when it becomes visible. */
@Tag("5.7")
class WritePathHiddenTest {
    private final CrashDisk disk = CrashDisk.create();
    private final Path home = disk.root();

    private static WriteBatch put(String key, String value) {
        return new WriteBatch().put(Slice.utf8(key), Slice.utf8(value));
    }

    private static WriteBatch random(Random random) {
        WriteBatch batch = new WriteBatch();
        for (int left = random.nextInt(6); left > 0; left--) {
            Slice key = Slice.utf8("key" + random.nextInt(20));
            if (random.nextInt(3) == 0) {
                batch.delete(key);
            } else {
                batch.put(key, Slice.utf8("v".repeat(random.nextInt(200))));
            }
        }
        return batch;
    }

    @Test
    @DisplayName(
            "every operation has a sequence of its own, in the order of the writes, and is in the log or in a table")
    void everyOperation() {
        Seeds.check(3, random -> {
            Path directory = CrashDisk.create().root();
            LsmOptions options = NoMerges.options(3000);
            List<String> written = new ArrayList<>();
            for (int session = 0; session < 2; session++) {
                try (LsmStore store = LsmStore.open(directory, options)) {
                    for (int i = 0; i < 60; i++) {
                        writeAndCheck(store, random(random), written);
                    }
                    List<String> found = new ArrayList<>();
                    for (FileMetadata file : store.version().files(0)) {
                        found.addAll(WrittenFiles.entries(directory, file));
                    }
                    found.sort(Comparator.comparingLong(WritePathHiddenTest::sequence));
                    for (long log : WrittenFiles.logs(directory)) {
                        WrittenFiles.records(directory, log).forEach(found::addAll);
                    }
                    assertEquals(written, found, "operations in tables and then in logs");
                    assertEquals(
                            store.version().files(0).size(),
                            store.version().files().size(),
                            "tables on level 0");
                }
            }
        });
    }

    /** A memtable that is full when a write comes is flushed before it, and no other. */
    private static void writeAndCheck(LsmStore store, WriteBatch batch, List<String> written) {
        long flushes = store.stats().get(Metric.FLUSHES);
        long memtableBytes = store.stats().get(Metric.MEMTABLE_BYTES);
        written.addAll(WrittenFiles.entries(written.size() + 1, batch));
        store.write(batch, Durability.BUFFERED);
        assertEquals(written.size(), store.lastSequence(), "lastSequence() after " + written.size() + " operations");
        assertEquals(
                memtableBytes >= 3000 ? 1 : 0,
                store.stats().get(Metric.FLUSHES) - flushes,
                "flushes when a write comes to a memtable of " + memtableBytes + " of 3,000 bytes");
    }

    private static long sequence(String entry) {
        return Long.parseLong(entry.substring(entry.indexOf('@') + 1).split("[=†]", -1)[0]);
    }

    @Test
    @DisplayName("the operations of a batch become visible together, when all of them are in the memtable")
    void wholeBatches() throws InterruptedException {
        int operations = 10_000;
        AtomicInteger looks = new AtomicInteger();
        AtomicBoolean finished = new AtomicBoolean();
        try (LsmStore store = LsmStore.open(home, NoMerges.options(1L << 30));
                Crew crew = new Crew()) {
            crew.start("reader", () -> {
                while (!finished.get()) {
                    long visible = store.lastSequence();
                    long bytes = store.stats().get(Metric.MEMTABLE_BYTES);
                    assertEquals(0, visible % operations, "operations beyond whole batches of " + operations);
                    assertTrue(
                            bytes >= visible * 100,
                            visible + " operations of 100 bytes are visible, and the memtable has " + bytes + " bytes");
                    looks.incrementAndGet();
                }
            });
            for (int round = 0; round < 3 && !crew.hasFailed(); round++) {
                WriteBatch batch = new WriteBatch();
                for (int i = 0; i < operations; i++) {
                    batch.put(Slice.utf8("key" + i * 7919 % operations), Slice.wrap(new byte[100]));
                }
                int before = looks.get();
                Eventually.holds("the reader looks", () -> looks.get() > before || crew.hasFailed());
                store.write(batch, Durability.BUFFERED);
            }
            finished.set(true);
            crew.join();
        }
    }

    @Test
    @DisplayName("writes that come while the log is synced share one record and one sync")
    void groups() throws InterruptedException {
        try (LsmStore store = LsmStore.open(home, NoMerges.options(1 << 20));
                Crew crew = new Crew()) {
            long syncs = disk.counters().syncs();
            try (Hold hold = disk.faults().hold(DiskCall.SYNC, ".log")) {
                crew.start("first", () -> store.write(put("a", "1"), Durability.SYNCED));
                Eventually.holds("the first write is being synced", () -> hold.waiting() == 1);
                assertEquals(0, store.lastSequence(), "lastSequence() while the log is not synced yet");
                for (int i = 1; i <= 4; i++) {
                    String value = Integer.toString(i);
                    Eventually.waits(crew.start("w" + i, () -> store.write(put("a", value), Durability.SYNCED)));
                }
            }
            crew.join();
            assertEquals(2, disk.counters().syncs() - syncs, "syncs for one write and four that came meanwhile");
            assertEquals(
                    List.of(List.of("a@1=1"), List.of("a@2=1", "a@3=2", "a@4=3", "a@5=4")),
                    WrittenFiles.records(home, WrittenFiles.logs(home).get(0)),
                    "records of the log");
            assertEquals(5, store.lastSequence(), "lastSequence()");
        }
    }

    @Test
    @DisplayName("nothing costs nothing: no record and no sequence; with SYNCED, a sync for what was BUFFERED")
    void nothing() {
        try (LsmStore store = LsmStore.open(home, NoMerges.options(1 << 20))) {
            long log = WrittenFiles.logs(home).get(0);
            store.write(put("a", "1"), Durability.BUFFERED);
            long syncs = disk.counters().syncs();
            store.write(new WriteBatch(), Durability.BUFFERED);
            assertEquals(0, disk.counters().syncs() - syncs, "syncs for an empty BUFFERED batch");
            store.write(new WriteBatch(), Durability.SYNCED);
            assertEquals(1, disk.counters().syncs() - syncs, "syncs for an empty SYNCED batch");
            assertEquals(1, WrittenFiles.records(home, log).size(), "records of the log");
            assertEquals(1, store.lastSequence(), "lastSequence()");
        }
    }

    @Test
    @DisplayName("flush writes out what is in memory, once, and a store that is closed takes no writes")
    void flushAndClose() {
        LsmOptions timed = NoMerges.options(1 << 20)
                .withPicker(new NoCompaction(ManifestFormat.RUNS))
                .withClock(() -> Instant.ofEpochMilli(77_123));
        LsmStore store = LsmStore.open(home, timed);
        store.flush();
        assertEquals(0, store.version().files().size(), "tables after a flush of nothing");
        store.write(put("a", "1"), Durability.BUFFERED);
        int open = disk.openFiles();
        store.flush();
        store.flush();
        assertEquals(open, disk.openFiles(), "open files after the flush: one log was closed, and one is new");
        assertEquals(1, store.stats().get(Metric.FLUSHES), "flushes");
        assertEquals(
                List.of("a@1=1"),
                WrittenFiles.entries(home, store.version().files(0).get(0)),
                "entries of the table");
        assertEquals(77_123, store.version().files(0).get(0).newestMillis(), "the time of the flush");
        store.write(put("a", "2"), Durability.BUFFERED);
        store.flush();
        assertEquals(2, store.version().runs(0).size(), "runs on level 0 after two flushes of one key");
        for (FileMetadata file : store.version().files(0)) {
            assertEquals(file.number(), file.run(), "run of table " + file.number());
        }
        store.close();
        assertThrows(StoreClosedException.class, () -> store.write(put("b", "1"), Durability.BUFFERED));
    }

    @Test
    @DisplayName("a memtable is full when it has exactly as many bytes as it may")
    void exactlyFull() {
        long bytes;
        try (LsmStore store = LsmStore.open(home.resolve("measured"), NoMerges.options(1 << 20))) {
            store.write(put("a", "1"), Durability.BUFFERED);
            bytes = store.stats().get(Metric.MEMTABLE_BYTES);
        }
        try (LsmStore store = LsmStore.open(home.resolve("full"), NoMerges.options(bytes))) {
            store.write(put("a", "1"), Durability.BUFFERED);
            assertEquals(
                    bytes, store.stats().get(Metric.MEMTABLE_BYTES), "bytes of the same entry in another memtable");
            store.write(put("b", "1"), Durability.BUFFERED);
            assertEquals(1, store.stats().get(Metric.FLUSHES), "flushes by the write after that");
        }
    }

    /** Picks nothing, and remembers what it was asked about. */
    private static final class AskedPicker implements CompactionPicker {
        final AtomicInteger asked = new AtomicInteger();
        private final int levelZeroTables;
        volatile int tables;

        AskedPicker(int levelZeroTables) {
            this.levelZeroTables = levelZeroTables;
        }

        @Override
        public @Nullable Compaction pick(Version version, State state) {
            tables = version.files().size();
            asked.incrementAndGet();
            return null;
        }

        @Override
        public int levelZeroTables() {
            return levelZeroTables;
        }
    }

    @Test
    @DisplayName("when a flush has ended, the picker is asked about the version with its table")
    void mergesAfterFlushes() throws InterruptedException {
        AskedPicker picker = new AskedPicker(1000);
        LsmOptions options = NoMerges.options(1 << 20)
                .withMaintenance(MaintenanceKind.BACKGROUND)
                .withPicker(picker);
        try (LsmStore store = LsmStore.open(home, options);
                Crew crew = new Crew()) {
            store.write(put("a", "1"), Durability.BUFFERED);
            store.flush();
            try (Hold hold = disk.faults().hold(DiskCall.WRITE, ".ldb")) {
                store.write(put("a", "2"), Durability.BUFFERED);
                int before = picker.asked.get();
                Thread flusher = crew.start("flusher", store::flush);
                Eventually.holds("the flush is stuck", () -> hold.waiting() == 1);
                Eventually.waits(flusher);
                Eventually.letHold(() -> picker.asked.get() > before + 1);
            }
            crew.join();
            assertEquals(2, picker.tables, "tables of the version that the picker was asked about last");
        }
    }

    @Test
    @DisplayName(
            "writes of four threads while memtables are flushed in the background: all are there when it is opened again")
    void threads() throws InterruptedException {
        LsmOptions options = NoMerges.options(8000).withMaintenance(MaintenanceKind.BACKGROUND);
        try (LsmStore store = LsmStore.open(home, options);
                Crew crew = new Crew()) {
            for (int thread = 0; thread < 4; thread++) {
                String prefix = "t" + thread + "-";
                crew.start(prefix, () -> {
                    for (int i = 0; i < 60; i++) {
                        store.write(
                                put(prefix + i, "x".repeat(i)).put(Slice.utf8(prefix), Slice.utf8("" + i)),
                                i % 10 == 0 ? Durability.SYNCED : Durability.BUFFERED);
                    }
                });
            }
            crew.join();
        }
        try (LsmStore store = LsmStore.open(home, options)) {
            assertEquals(480, store.lastSequence(), "lastSequence() after 240 batches of two");
            Map<String, String> content = WrittenFiles.content(home, store);
            assertEquals(244, content.size(), "keys");
            for (int thread = 0; thread < 4; thread++) {
                assertEquals("59", content.get("t" + thread + "-"), "the last write of thread " + thread);
                assertEquals("x".repeat(40), content.get("t" + thread + "-40"), "the 41st");
            }
        }
    }

    @Test
    @DisplayName("when the full log cannot be synced, no other one was created before")
    void syncedBeforeTheNext() {
        try (LsmStore store = LsmStore.open(home, NoMerges.options(2500))) {
            while (store.stats().get(Metric.MEMTABLE_BYTES) < 2500) {
                store.write(put("a", "x".repeat(200)), Durability.BUFFERED);
            }
            List<Long> logs = WrittenFiles.logs(home);
            disk.faults().failOnce(DiskCall.SYNC, 1);
            assertThrows(
                    StorageException.class,
                    () -> store.write(put("b", "1"), Durability.BUFFERED),
                    "the write that finds the memtable full, whose log cannot be synced");
            assertEquals(logs, WrittenFiles.logs(home), "logs when syncing the full one has failed");
        }
    }

    @Test
    @DisplayName("a write waits for as long as the controller says, before it is written")
    void delays() {
        LsmOptions options = LsmOptions.defaults()
                .withCacheBytes(0)
                .withPicker(new AskedPicker(4))
                .withMaintenance(MaintenanceKind.BACKGROUND);
        try (LsmStore store = LsmStore.open(home, options)) {
            for (int i = 0; i < 40; i++) { // each table more takes some of the rate, down to 16 KiB a second
                store.write(put("a", "1"), Durability.BUFFERED);
                store.flush();
            }
            store.write(put("b", "x".repeat(200_000)), Durability.BUFFERED); // occupies the store for 12 s
            long before = store.stalls(WriteStallController.Cause.LEVEL_ZERO).count();
            store.write(put("c", "1"), Durability.BUFFERED);
            assertEquals(
                    1,
                    store.stalls(WriteStallController.Cause.LEVEL_ZERO).count() - before,
                    "waits of a write after one that occupies the store for 12 seconds, with 40 tables on level 0");
        }
    }

    @Test
    @DisplayName("while a table is written nothing is locked: cursors are made, and gets answered")
    void readsDuringAFlush() throws InterruptedException {
        LsmOptions options = NoMerges.options(1 << 20).withMaintenance(MaintenanceKind.BACKGROUND);
        try (LsmStore store = LsmStore.open(home, options);
                Crew crew = new Crew()) {
            store.write(put("a", "1"), Durability.BUFFERED);
            try (Hold hold = disk.faults().hold(DiskCall.WRITE, ".ldb")) {
                crew.start("flusher", store::flush);
                Eventually.holds("the flush is stuck", () -> hold.waiting() == 1);
                Crew.mustEnd("a reader waits for a table to be written", () -> {
                    try (Cursor cursor = store.cursor(KeyRange.all())) {
                        cursor.seekToFirst();
                        assertEquals(Slice.utf8("a"), cursor.key(), "the key of a cursor that is made during a flush");
                    }
                });
            }
            crew.join();
        }
    }
}
