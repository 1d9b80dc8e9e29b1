package storagelab.sortedlog;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.testkit.StoreMatchers.holds;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import storagelab.api.Metric;
import storagelab.api.Slice;
import storagelab.api.StorageException;
import storagelab.api.StorageIoException;
import storagelab.api.StoreFailedException;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.file.StatsRecorder;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;

@Tag("1.10")
@Timeout(60)
class BackgroundMaintenanceTest {
    private final StatsRecorder stats = new StatsRecorder();
    private final GatedWork work = new GatedWork();

    /** Work that finishes a flush only when it is allowed to; once it is closed, every flush is. */
    private static final class GatedWork implements MaintenanceWork, AutoCloseable {
        private static final int MORE_THAN_ANY_TEST_SUBMITS = 100;

        final Semaphore flushesAllowed = new Semaphore(0);
        final List<String> done = new CopyOnWriteArrayList<>();

        @Override
        public void flush(FrozenMemtable frozen) {
            flushesAllowed.acquireUninterruptibly();
            if (frozen.nextLog() < 0) {
                throw new StorageIoException("flushing", new IOException("the disk is full"));
            }
            done.add("flush " + frozen.nextLog());
        }

        @Override
        public void compact() {
            done.add("compact");
        }

        @Override
        public void close() {
            flushesAllowed.release(MORE_THAN_ANY_TEST_SUBMITS);
        }
    }

    @Test
    @DisplayName("memtables are written out in order, each followed by the merges; close waits for all of them")
    void closeDrains() {
        BackgroundMaintenance maintenance = new BackgroundMaintenance(work, 3, stats);
        for (int i = 1; i <= 3; i++) {
            maintenance.awaitRoom();
            maintenance.submit(memtable(i));
        }
        work.flushesAllowed.release(3);
        maintenance.close();
        assertThat(
                "what was done when close() of three memtables returned",
                work.done,
                is(List.of("flush 1", "compact", "flush 2", "compact", "flush 3", "compact")));
        assertThat("STALLS of three memtables with three places", stats.get(Metric.STALLS), is(0L));
    }

    @Test
    @DisplayName("when all places are taken the writer waits until a memtable is written out; that is one stall")
    void stop() throws Exception {
        try (BackgroundMaintenance maintenance = new BackgroundMaintenance(work, 2, stats);
                work; // closed first: a maintenance that is closed waits for what it was given
                Crew crew = new Crew()) {
            maintenance.submit(memtable(1));
            maintenance.submit(memtable(2));
            Thread writer = crew.start("writer", maintenance::awaitRoom);
            Eventually.waits(writer);
            assertThat("flushes that have ended while the writer waits", work.done.size(), is(0));
            work.flushesAllowed.release(1);
            crew.join();
            assertThat("STALLS after one awaitRoom() that waited", stats.get(Metric.STALLS), is(1L));
            assertThat(
                    "STALL_NANOS after one awaitRoom() that waited",
                    stats.get(Metric.STALL_NANOS),
                    is(greaterThan(0L)));
        }
    }

    @Test
    @DisplayName("with one place left writes slow down; with two left they do not")
    void slowDown() {
        try (BackgroundMaintenance maintenance = new BackgroundMaintenance(work, 3, stats);
                work) {
            maintenance.submit(memtable(1));
            maintenance.beforeWrite();
            assertThat("STALLS after a beforeWrite() with one of three places taken", stats.get(Metric.STALLS), is(0L));
            maintenance.submit(memtable(2));
            maintenance.beforeWrite();
            maintenance.beforeWrite();
            assertThat(
                    "STALLS after two beforeWrite() with two of three places taken", stats.get(Metric.STALLS), is(2L));
        }
    }

    @Test
    @DisplayName("a failure reaches the writer that waits and every later one; close returns")
    void failure() throws Exception {
        BackgroundMaintenance maintenance = new BackgroundMaintenance(work, 1, stats);
        maintenance.submit(memtable(-1));
        try (Crew crew = new Crew()) {
            Thread writer = crew.start(
                    "writer",
                    () -> assertThrows(
                            StoreFailedException.class,
                            maintenance::awaitRoom,
                            "awaitRoom(), while the flush it waits for fails"));
            Eventually.waits(writer);
            work.flushesAllowed.release(1);
            crew.join();
        }
        StoreFailedException e = assertThrows(
                StoreFailedException.class, maintenance::beforeWrite, "beforeWrite() after a flush that failed");
        assertThat("the cause is what the work threw", e.getCause(), is(instanceOf(StorageIoException.class)));
        assertThrows(StoreFailedException.class, maintenance::drain, "drain() after a flush that failed");
        maintenance.close();
    }

    @Test
    @DisplayName("a writer that never rests keeps the store's memory within its budget")
    void memoryIsBounded() {
        SortedLogOptions options =
                SortedLogOptions.defaults().withMemtableBytes(10_000).withMaxFrozenMemtables(2);
        Slice value = Slice.wrap(new byte[900]);
        try (SortedLogStore store = SortedLogStore.open(CrashDisk.create().root(), options)) {
            for (int i = 0; i < 2000; i++) {
                store.put(Slice.utf8("key" + i), value);
                assertThat(
                        "MEMTABLE_BYTES after " + (i + 1)
                                + " puts of 900 bytes, memtables of 10,000 bytes and two frozen ones",
                        store.stats().get(Metric.MEMTABLE_BYTES),
                        is(lessThanOrEqualTo(3 * 11_000L)));
            }
            store.flush();
            assertThat("MEMTABLE_BYTES after flush()", store.stats().get(Metric.MEMTABLE_BYTES), is(0L));
            assertThat(
                    "latencies of writes counted, after 2,000 puts",
                    store.stats().writeLatency().count(),
                    is(2000L));
            assertThat(store, holds(Slice.utf8("key1999"), value));
        }
    }

    @Test
    @DisplayName("when the disk fails in the background writers are told, gets go on, and nothing is lost")
    void failingDisk() {
        CrashDisk disk = CrashDisk.create();
        SortedLogOptions options = SortedLogOptions.defaults().withMemtableBytes(1000);
        SortedLogStore store = SortedLogStore.open(disk.root(), options);
        store.put(Slice.utf8("a"), Slice.utf8("1"));
        store.put(Slice.utf8("b"), Slice.wrap(new byte[5000]));
        disk.faults().failFrom(DiskCall.WRITE, 3); // one ends the full log; then a table and a new log are written
        assertThrows(
                StorageException.class,
                () -> {
                    store.put(Slice.utf8("c"), Slice.utf8("3"));
                    store.flush();
                },
                "a put that needs a new log and a table, and a flush, on a disk that writes nothing any more");
        assertThrows(StoreFailedException.class, store::flush, "flush() after a failure in the background");
        assertThat("after the failure", store, holds("a", "1"));
        disk.faults().clear(); // or closing may fail, too: the newest log may not have
        store.close();
        try (SortedLogStore reopened = SortedLogStore.open(disk.root(), options)) {
            assertThat("on the mended disk", reopened, holds("a", "1"));
            assertThat("on the mended disk", reopened, holds(Slice.utf8("b"), Slice.wrap(new byte[5000])));
        }
    }

    private static FrozenMemtable memtable(long nextLog) {
        return new FrozenMemtable(new MapMemtable(), List.of(), nextLog);
    }
}
