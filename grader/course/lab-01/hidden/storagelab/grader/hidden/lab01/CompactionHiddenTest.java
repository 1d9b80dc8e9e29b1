package storagelab.grader.hidden.lab01;

import static org.hamcrest.MatcherAssert.assertThat;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.testkit.StoreMatchers.hasNothingUnder;
import static storagelab.testkit.StoreMatchers.holds;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import storagelab.api.Entry;
import storagelab.api.Metric;
import storagelab.api.Slice;
import storagelab.disk.CrashDisk;
import storagelab.grader.hidden.kit.TableBytes;
import storagelab.sortedlog.SortedLogOptions;
import storagelab.sortedlog.SortedLogStore;
import storagelab.testkit.Crew;
import storagelab.testkit.StoreModel;
import storagelab.testkit.StoreSubject;

/** Exercise 1.7: merges inside a store. */
@Tag("1.7")
class CompactionHiddenTest {
    private static final SortedLogOptions MERGING =
            Stores.SIMPLE.withMemtableBytes(600).withCompactionTrigger(2);

    @Test
    @DisplayName(
            "a deleted key stays deleted when the table with its tombstone is merged and the one with its value is not")
    void nothingComesBack() {
        CrashDisk disk = CrashDisk.create();
        try (SortedLogStore store = SortedLogStore.open(disk.root(), MERGING.withMemtableBytes(1 << 20))) {
            for (int i = 0; i < 200; i++) {
                store.put(Entries.numbered(i), Slice.wrap(new byte[300]));
            }
            store.flush();
            store.delete(Entries.numbered(100));
            store.flush();
            store.delete(Entries.numbered(101));
            store.flush();
            assertEquals(
                    1,
                    Stores.metric(store, Metric.COMPACTIONS),
                    "COMPACTIONS after one large table and two small ones, with a trigger of 2");
            assertEquals(
                    2,
                    Stores.metric(store, Metric.TABLES),
                    "TABLES after a large table and two small ones, of which the small ones were merged");
            assertThat(
                    "in a large old table, deleted in a newer one, which was merged",
                    store,
                    hasNothingUnder(Entries.numbered(100)));
            assertThat(
                    "in a large old table, deleted in a newer one, which was merged",
                    store,
                    hasNothingUnder(Entries.numbered(101)));
            assertThat(
                    "the neighbour of two deleted keys",
                    store,
                    holds(Entries.numbered(102), Slice.wrap(new byte[300])));
            store.verify();
        }
    }

    @Test
    @DisplayName("compact leaves one table, without tombstones and without what they hid; the files before it are gone")
    void compactEverything() {
        CrashDisk disk = CrashDisk.create();
        try (SortedLogStore store = SortedLogStore.open(disk.root(), Stores.SIMPLE)) {
            for (String value : List.of("1", "2", "3")) {
                store.put(Slice.utf8("a"), Slice.utf8(value));
                store.put(Slice.utf8("b"), Slice.utf8(value));
                store.put(Slice.utf8("c"), Slice.utf8(value));
                store.flush();
            }
            store.delete(Slice.utf8("b"));
            store.compact();
            List<Path> files = Stores.tables(disk.root());
            assertEquals(1, files.size(), "table files after compact()");
            assertEquals(
                    List.of(Entries.value("a", "3"), Entries.value("c", "3")),
                    TableBytes.decode(Bytes.read(files.get(0))).entries(),
                    "entries after three rounds of a, b and c, and b deleted");
            store.delete(Slice.utf8("a"));
            store.delete(Slice.utf8("c"));
            store.compact();
            assertEquals(0, Stores.metric(store, Metric.TABLES), "tables after every key was deleted and compact()");
            assertThat("deleted, then compacted", store, hasNothingUnder("a"));
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
                                        "SortedLogStore-merging",
                                        () -> CrashDisk.create().root(),
                                        directory -> SortedLogStore.open(directory, MERGING))
                                .flushing(SortedLogStore::flush)
                                .compacting(SortedLogStore::compact),
                        30);
    }

    @Test
    @DisplayName("space stays in proportion to live data when the same keys are written again and again")
    void spaceStaysBounded() {
        CrashDisk disk = CrashDisk.create();
        try (SortedLogStore store = SortedLogStore.open(
                disk.root(), Stores.SIMPLE.withMemtableBytes(4000).withCompactionTrigger(4))) {
            for (int i = 0; i < 4000; i++) {
                store.put(Entries.numbered(i % 20), Slice.wrap(new byte[50]));
            }
            store.compact();
            List<Entry> entries = TableBytes.decode(
                            Bytes.read(Stores.tables(disk.root()).get(0)))
                    .entries();
            assertEquals(20, entries.size(), "entries after 4000 puts of 20 keys and compact()");
        }
    }

    @Test
    @DisplayName("readers beside merges find every key, in its newest version")
    void readersBesideMerges() throws InterruptedException {
        try (SortedLogStore store = SortedLogStore.open(CrashDisk.create().root(), MERGING);
                Crew crew = new Crew()) {
            for (int i = 0; i < 20; i++) {
                store.put(Entries.numbered(i), Slice.utf8("constant"));
            }
            CountDownLatch done = new CountDownLatch(1);
            crew.start("writer", () -> {
                for (int i = 0; i < 1500; i++) {
                    store.put(Entries.numbered(100 + i % 50), Slice.utf8("changing " + i));
                }
                done.countDown();
            });
            crew.start(2, "reader", () -> {
                for (int i = 0; done.getCount() > 0 && !crew.hasFailed(); i++) {
                    Slice key = Entries.numbered(i % 20);
                    assertEquals(
                            Optional.of(Slice.utf8("constant")), store.get(key), "get of " + key + " beside merges");
                }
            });
            crew.join();
        }
    }
}
