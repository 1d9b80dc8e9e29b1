package storagelab.grader.hidden.lab01;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;
import static storagelab.testkit.StoreMatchers.atMost;
import static storagelab.testkit.StoreMatchers.holds;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import storagelab.api.KeyValueStore;
import storagelab.api.LatencySummary;
import storagelab.api.MaintenanceKind;
import storagelab.api.Metric;
import storagelab.api.Slice;
import storagelab.api.StoreFailedException;
import storagelab.disk.CrashDisk;
import storagelab.disk.CrashExplorer;
import storagelab.disk.CrashExplorerOptions;
import storagelab.disk.DiskCall;
import storagelab.disk.Hold;
import storagelab.sortedlog.SortedLogOptions;
import storagelab.sortedlog.SortedLogStore;
import storagelab.sortedlog.TableListKind;
import storagelab.testkit.ConcurrentStoreContract;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;
import storagelab.testkit.Seeds;
import storagelab.testkit.StoreModel;
import storagelab.testkit.StoreSubject;

/** Exercise 1.10: a store whose flushes and merges run in the background. */
@Tag("1.10")
class BackgroundStoreHiddenTest implements ConcurrentStoreContract {
    private static final long MEMTABLE_BYTES = 2000;
    private static final int MAX_FROZEN = 2;
    private static final int LARGE_BYTES = 2 << 20;
    private static final int STORES = 20;
    private static final long ENTRY_BYTES = 9 + 100 + 64;
    private static final SortedLogOptions BACKGROUND = Stores.SIMPLE
            .withMaintenance(MaintenanceKind.BACKGROUND)
            .withMemtableBytes(MEMTABLE_BYTES)
            .withMaxFrozenMemtables(MAX_FROZEN)
            .withCompactionTrigger(3);

    @Override
    public Path newDirectory() {
        return CrashDisk.create().root();
    }

    @Override
    public KeyValueStore open(Path directory) {
        return SortedLogStore.open(directory, BACKGROUND);
    }

    @Test
    @DisplayName("memory stays in its budget under writers that never rest")
    void memoryStaysInBudget() throws InterruptedException {
        try (SortedLogStore store = SortedLogStore.open(newDirectory(), BACKGROUND);
                Crew crew = new Crew()) {
            CountDownLatch done = new CountDownLatch(2);
            AtomicLong most = new AtomicLong();
            crew.start(2, "writer", () -> {
                for (int i = 0; i < 1500; i++) {
                    store.put(Entries.numbered(i), Slice.wrap(new byte[100]));
                }
                done.countDown();
            });
            crew.start("observer", () -> {
                while (done.getCount() > 0 && !crew.hasFailed()) {
                    most.accumulateAndGet(Stores.metric(store, Metric.MEMTABLE_BYTES), Math::max);
                }
            });
            crew.join();
            long budget = (MAX_FROZEN + 1) * (MEMTABLE_BYTES + ENTRY_BYTES);
            assertThat(
                    "two writers of 1500 entries, memtables of " + MEMTABLE_BYTES + " bytes, " + MAX_FROZEN
                            + " of them frozen",
                    most.get(),
                    atMost(budget, "bytes in memory at a time", "stop writers while all places are taken"));
            store.flush();
            assertEquals(0, Stores.metric(store, Metric.MEMTABLE_BYTES), "MEMTABLE_BYTES after flush()");
        }
    }

    @Test
    @DisplayName("random writes, reads, flushes and merges agree with a sorted map")
    @Timeout(40)
    void model() {
        StoreModel.defaults()
                .withoutTraceFiles()
                .check(
                        StoreSubject.of(
                                        "SortedLogStore-background",
                                        this::newDirectory,
                                        directory -> SortedLogStore.open(directory, BACKGROUND.withMemtableBytes(700)))
                                .flushing(SortedLogStore::flush)
                                .compacting(SortedLogStore::compact),
                        20);
    }

    @Test
    @DisplayName("reads and writes beside flushes and merges are right, whatever stands where at the moment")
    void readYourWritesBesideFlushes() throws InterruptedException {
        try (SortedLogStore store = SortedLogStore.open(newDirectory(), BACKGROUND);
                Crew crew = new Crew()) {
            crew.start(3, "user", () -> {
                String me = Thread.currentThread().getName();
                for (int i = 0; i < 700; i++) {
                    Slice key = Slice.utf8(me + " key " + i % 40);
                    Slice value = Slice.utf8(me + " value " + i);
                    store.put(key, value);
                    assertEquals(Optional.of(value), store.get(key), "what this thread has just put under " + key);
                    if (i % 5 == 4) {
                        store.delete(key);
                        assertEquals(Optional.empty(), store.get(key), "what this thread has just deleted: " + key);
                    }
                }
            });
            crew.join();
        }
    }

    @Test
    @DisplayName("writers that have to wait are counted, and the wait is part of their latency")
    void stallsAreCounted() {
        try (SortedLogStore store = SortedLogStore.open(
                newDirectory(), BACKGROUND.withMemtableBytes(200).withCompactionTrigger(2))) {
            for (int i = 0; i < 3000 && Stores.metric(store, Metric.STALLS) == 0; i++) {
                store.put(Entries.numbered(i), Slice.wrap(new byte[100]));
            }
            assertTrue(Stores.metric(store, Metric.STALLS) > 0, "no stall in 3000 writes that flush every second time");
            assertTrue(Stores.metric(store, Metric.STALL_NANOS) > 0, "stalls were counted, but no time in them");
            LatencySummary latency = store.stats().writeLatency();
            assertTrue(
                    0 < latency.p50Nanos()
                            && latency.p50Nanos() <= latency.p99Nanos()
                            && latency.p99Nanos() <= latency.p999Nanos()
                            && latency.p999Nanos() <= latency.maxNanos(),
                    "percentiles of writes must be above 0 and ascend: " + latency);
        }
    }

    @Test
    @DisplayName("a writer slows down before it has to stop: while all places but one are taken")
    void slowsDownBeforeItStops() {
        Slice large = Slice.wrap(new byte[LARGE_BYTES]);
        SortedLogOptions roomy = BACKGROUND.withMemtableBytes(LARGE_BYTES).withCompactionTrigger(1000);
        try (SortedLogStore store = SortedLogStore.open(newDirectory(), roomy)) {
            for (int round = 0; round < 100 && Stores.metric(store, Metric.STALLS) == 0; round++) {
                store.put(Entries.numbered(0), large);
                store.put(Entries.numbered(1), Slice.EMPTY); // freezes the memtable, which takes a while to write
                store.put(Entries.numbered(2), Slice.EMPTY);
                store.flush(); // so that never more than one of two places is taken
            }
            assertTrue(
                    Stores.metric(store, Metric.STALLS) > 0,
                    "no stall in 100 writes right after a memtable of 2 MiB was frozen, with " + MAX_FROZEN
                            + " places: is Maintenance.beforeWrite called before each write?");
        }
    }

    @Test
    @SuppressWarnings("try") // the call is let go before its block ends
    @DisplayName("flush returns when the table is written, and not before")
    void flushWaitsForTheTable() throws InterruptedException {
        CrashDisk disk = CrashDisk.create();
        try (SortedLogStore store = SortedLogStore.open(disk.root(), BACKGROUND);
                Hold hold = disk.faults().hold(DiskCall.WRITE, ".table");
                Crew crew = new Crew()) {
            store.put(Slice.utf8("cherry"), Slice.utf8("red"));
            Thread flusher = crew.start("flush, while the table cannot be written,", store::flush);
            Eventually.holds("somebody writes a table", () -> hold.waiting() > 0);
            Eventually.waits(flusher);
            assertThat("while the table is being written", store, holds("cherry", "red"));
            hold.close();
            crew.join();
            assertEquals(0, Stores.metric(store, Metric.MEMTABLE_BYTES), "MEMTABLE_BYTES after flush");
            assertThat("after flush", store, holds("cherry", "red"));
        }
    }

    @Test
    @DisplayName("a flush that fails in the background stops writers with StoreFailedException, and gets go on")
    void failureInTheBackground() {
        CrashDisk disk = CrashDisk.create();
        SortedLogStore store = SortedLogStore.open(disk.root(), BACKGROUND.withMaxFrozenMemtables(1));
        store.put(Slice.utf8("before"), Slice.utf8("1"));
        store.flush();
        disk.faults().failFrom(DiskCall.METADATA, 2); // the next log is created, the table is not
        StoreFailedException failure = assertThrows(
                StoreFailedException.class,
                () -> {
                    for (int i = 0; i < 10_000; i++) {
                        store.put(Entries.numbered(i), Slice.wrap(new byte[100]));
                        Thread.yield();
                    }
                },
                "10000 puts while no file can be created: some flush must fail and stop them");
        assertTrue(failure.getCause() != null, "the exception does not say what failed in the background");
        assertThat("after a failure in the background", store, holds("before", "1"));
        assertThat("written, and not flushed", store, holds(Entries.numbered(0), Slice.wrap(new byte[100])));
        assertThrows(StoreFailedException.class, store::flush, "flush after a failure in the background");
        store.close();
    }

    @Test
    @DisplayName("close ends the thread in the background")
    void closeEndsTheThread() {
        Set<Thread> before = Set.copyOf(Thread.getAllStackTraces().keySet());
        for (int round = 0; round < STORES; round++) {
            SortedLogStore store = SortedLogStore.open(newDirectory(), BACKGROUND);
            for (int i = 0; i < 50; i++) {
                store.put(Entries.numbered(i), Slice.wrap(new byte[100]));
            }
            store.close();
        }
        Eventually.holds(
                "the threads of " + STORES + " closed stores have ended",
                () -> Thread.getAllStackTraces().keySet().stream()
                                .filter(thread -> !before.contains(thread))
                                .count()
                        < STORES / 2);
    }

    @Test
    @DisplayName("after a crash at any moment of flushes and merges in the background, everything promised is there")
    @Timeout(40)
    void everyCrash() {
        Seeds.check(1, random -> {
            SortedLogOptions durable =
                    BACKGROUND.withTableList(TableListKind.DURABLE).withMemtableBytes(1500);
            CrashScript script = new CrashScript(random, durable, 45, 20);
            CrashExplorer.explore(
                    CrashExplorerOptions.defaults().withSeed(random.nextLong()).withStride(2),
                    script::run,
                    script::check);
        });
    }
}
