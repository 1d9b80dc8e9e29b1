package storagelab.grader.hidden.lab02;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.StoreTexts.put;
import static storagelab.grader.hidden.kit.StoreTexts.walk;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.Metric;
import storagelab.api.Slice;
import storagelab.api.WriteBatch;
import storagelab.cursor.OrderedLogStore;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.disk.Hold;
import storagelab.sortedlog.SortedLogOptions;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;

/** Exercise 2.8: cursors that are made at an awkward moment of another thread. */
@Tag("2.8")
class OrderedLogStoreThreadsHiddenTest {
    private static final long MEMTABLE_BYTES = 500;
    private static final SortedLogOptions BACKGROUND = SortedLogOptions.defaults()
            .withMemtableBytes(MEMTABLE_BYTES)
            .withCompactionTrigger(SortedLogOptions.NO_COMPACTION);

    private final CrashDisk disk = CrashDisk.create();
    private final WatchedMemtable.Watch watch = new WatchedMemtable.Watch();

    @Test
    @DisplayName("a writer that comes while the memtable is copied is in the cursor with none of its writes")
    void writerInTheMiddleOfTheCopy() throws InterruptedException {
        try (OrderedLogStore store = open();
                Crew crew = new Crew()) {
            put(store, "a=1");
            put(store, "m=1");
            put(store, "z=1");
            watch.afterFirst(() -> awaitEndOrWait(crew.start("writer", () -> {
                put(store, "a=2");
                put(store, "z=2");
            })));
            try (Cursor cursor = store.cursor(KeyRange.all())) {
                crew.join();
                assertEquals(
                        "a=1 m=1 z=1",
                        walk(cursor),
                        "a writer put a=2 and after it z=2 while cursor() went through the memtable; the cursor shows");
            }
        }
    }

    @Test
    @DisplayName("a batch that comes while the memtable is copied is not in the cursor in part")
    void batchInTheMiddleOfTheCopy() throws InterruptedException {
        try (OrderedLogStore store = open();
                Crew crew = new Crew()) {
            put(store, "a=1");
            put(store, "m=1");
            put(store, "z=1");
            watch.afterFirst(() -> awaitEndOrWait(crew.start(
                    "writer",
                    () -> store.write(
                            new WriteBatch()
                                    .put(Slice.utf8("a"), Slice.utf8("2"))
                                    .put(Slice.utf8("z"), Slice.utf8("2")),
                            Durability.BUFFERED))));
            try (Cursor cursor = store.cursor(KeyRange.all())) {
                crew.join();
                assertEquals(
                        "a=1 m=1 z=1",
                        walk(cursor),
                        "a batch set a and z to 2 while cursor() went through the memtable; the cursor shows");
            }
        }
    }

    @Test
    @DisplayName("a memtable that is being written out is in the cursor, before, while and after it becomes a table")
    void frozenMemtable() throws InterruptedException {
        try (OrderedLogStore store = open();
                Crew crew = new Crew();
                Hold flushes = disk.faults().hold(DiskCall.WRITE, ".table")) {
            fill(store, "filled");
            put(store, "a=1"); // goes into a new memtable: the full one is frozen
            Eventually.holds("a flush waits for the disk", () -> flushes.waiting() > 0);
            try (Cursor cursor = store.cursor(KeyRange.prefix(Slice.utf8("f")))) {
                assertEquals(filled("filled"), walk(cursor), "a cursor over a frozen memtable shows");
                put(store, "f00=late");
                flushes.close();
                store.flush();
                store.compact();
                assertEquals(
                        filled("filled"), walk(cursor), "the same cursor, after the memtable became a table, shows");
            }
            crew.join();
        }
    }

    @Test
    @DisplayName("a frozen memtable hides tables and an older frozen one, and is hidden by the active one")
    void frozenMemtablesNewestFirst() {
        try (OrderedLogStore store = open()) {
            put(store, "f00=table");
            put(store, "g=table");
            put(store, "h=table");
            store.flush();
            try (Hold flushes = disk.faults().hold(DiskCall.WRITE, ".table")) {
                put(store, "g=older");
                fill(store, "former");
                fill(store, "latest"); // freezes the memtable with the former filling, and then most of the latest
                put(store, "h=active");
                Eventually.holds("a flush waits for the disk", () -> flushes.waiting() > 0);
                try (Cursor cursor = store.cursor(KeyRange.all())) {
                    assertEquals(
                            filled("latest") + " g=older h=active",
                            walk(cursor),
                            "a cursor over a table, frozen memtables and an active one shows");
                }
            }
        }
    }

    @Test
    @DisplayName("writers need not wait while a frozen memtable is copied")
    void frozenMemtableWithoutTheWriterLock() throws InterruptedException {
        try (OrderedLogStore store = open();
                Crew crew = new Crew();
                Hold flushes = disk.faults().hold(DiskCall.WRITE, ".table")) {
            fill(store, "filled");
            put(store, "a=1");
            Eventually.holds("a flush waits for the disk", () -> flushes.waiting() > 0);
            CountDownLatch written = new CountDownLatch(1);
            // The active memtable has no keys from f on: the first entry that is met is one of the frozen memtable.
            watch.afterFirst(() -> {
                crew.start("writer", () -> {
                    put(store, "b=1");
                    written.countDown();
                });
                Eventually.holds(
                        "a put returns that began while cursor() copied a frozen memtable; it does not change,"
                                + " and no writer has to wait for it",
                        () -> written.getCount() == 0);
            });
            try (Cursor cursor = store.cursor(KeyRange.from(Slice.utf8("f")))) {
                assertEquals(filled("filled"), walk(cursor), "a cursor over a frozen memtable shows");
            }
            flushes.close();
            crew.join();
        }
    }

    @Test
    @DisplayName("when copying a frozen memtable fails, no table stays pinned")
    void failureInAFrozenMemtable() {
        copyingFails(IllegalArgumentException.class, () -> {
            throw new IllegalArgumentException("the copy fails");
        });
    }

    @Test
    @DisplayName("when copying a frozen memtable ends by an Error, no table stays pinned")
    void errorInAFrozenMemtable() {
        copyingFails(OutOfMemoryError.class, () -> {
            throw new OutOfMemoryError("there is no memory for a copy");
        });
    }

    private void copyingFails(Class<? extends Throwable> expected, Runnable failure) {
        try (OrderedLogStore store = open()) {
            put(store, "f00=table");
            store.flush();
            try (Hold flushes = disk.faults().hold(DiskCall.WRITE, ".table")) {
                fill(store, "filled");
                put(store, "a=1");
                Eventually.holds("a flush waits for the disk", () -> flushes.waiting() > 0);
                // The active memtable has no keys from f on: the first entry that is met is one of the frozen memtable.
                watch.afterFirst(failure);
                assertThrows(
                        expected,
                        () -> store.cursor(KeyRange.from(Slice.utf8("f"))),
                        "cursor() when the frozen memtable throws");
            }
            store.compact();
            assertEquals(
                    0,
                    store.keptTables().size(),
                    "tables kept after cursor() has thrown " + expected.getSimpleName() + " and tables were merged");
        }
    }

    @Test
    @DisplayName("a table that is merged away while another thread walks through it is there to the end of the walk")
    void mergeBesideAWalk() throws InterruptedException {
        int keys = 300;
        try (OrderedLogStore store = open();
                Crew crew = new Crew()) {
            for (int i = 0; i < keys; i++) {
                store.put(Slice.utf8(String.format("key %05d", i)), Slice.utf8("first"));
            }
            CountDownLatch readers = new CountDownLatch(2);
            crew.start(2, "reader", () -> {
                for (int walk = 0; walk < 8; walk++) {
                    try (Cursor cursor = store.cursor(KeyRange.all())) {
                        int met = 0;
                        for (cursor.seekToFirst(); cursor.isValid(); cursor.next()) {
                            met++;
                        }
                        assertEquals(keys, met, "keys met by a cursor beside merges that replace every table");
                    }
                }
                readers.countDown();
            });
            int round = 0;
            do { // once at least: the readers may be done before this thread begins
                store.put(Slice.utf8(String.format("key %05d", round % keys)), Slice.utf8("round " + round));
                store.compact();
                round++;
            } while (readers.getCount() > 0 && !crew.hasFailed());
            crew.join();
            assertEquals(0, store.keptTables().size(), "tables kept when all cursors are closed");
            assertEquals(1, store.stats().get(Metric.TABLES), "tables after a merge of all");
        }
    }

    private OrderedLogStore open() {
        return OrderedLogStore.open(disk.root(), BACKGROUND, watch::newMemtable);
    }

    private static void awaitEndOrWait(Thread thread) {
        Eventually.holds(
                thread.getName() + " ends or waits",
                () -> thread.getState() == Thread.State.TERMINATED
                        || thread.getState() == Thread.State.BLOCKED
                        || thread.getState() == Thread.State.WAITING);
    }

    /** Puts entries that fill a memtable. */
    private static void fill(OrderedLogStore store, String value) {
        put(store, filled(value));
    }

    /** What {@link #fill} leaves: seven times 3 + 6 + 64 bytes. */
    private static String filled(String value) {
        List<String> entries = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            entries.add("f0" + i + "=" + value);
        }
        return String.join(" ", entries);
    }
}
