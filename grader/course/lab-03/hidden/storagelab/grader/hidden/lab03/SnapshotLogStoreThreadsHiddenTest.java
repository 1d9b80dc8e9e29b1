package storagelab.grader.hidden.lab03;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.Checks.assertTrue;
import static storagelab.grader.hidden.kit.StoreTexts.assertShows;
import static storagelab.grader.hidden.kit.StoreTexts.put;

import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.Durability;
import storagelab.api.KeyRange;
import storagelab.api.Metric;
import storagelab.api.Slice;
import storagelab.api.StoreClosedException;
import storagelab.api.WriteBatch;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.disk.Hold;
import storagelab.memtable.LogSnapshot;
import storagelab.memtable.SnapshotLogStore;
import storagelab.sortedlog.SortedLogOptions;
import storagelab.testkit.Crew;
import storagelab.testkit.Eventually;

/** Exercise 3.8: snapshots that are taken, read or closed at an awkward moment of another thread. */
@Tag("3.8")
class SnapshotLogStoreThreadsHiddenTest {
    private static final Slice A = Slice.utf8("a");
    private static final Slice LARGE = Slice.wrap(new byte[8000]);
    private static final SortedLogOptions BACKGROUND = SortedLogOptions.defaults()
            .withMemtableBytes(6000)
            .withMaxFrozenMemtables(2)
            .withCompactionTrigger(SortedLogOptions.NO_COMPACTION);

    private final CrashDisk disk = CrashDisk.create();

    @Test
    @DisplayName("a snapshot is taken, and read, while a writer waits for the disk")
    void writerWaitsForTheDisk() throws InterruptedException {
        try (SnapshotLogStore store = open();
                Crew crew = new Crew();
                Hold syncs = disk.faults().hold(DiskCall.SYNC, ".log")) {
            put(store, "a=1");
            crew.start("writer", () -> store.write(new WriteBatch().put(A, Slice.utf8("2")), Durability.SYNCED));
            Eventually.holds("a writer waits for the disk", () -> syncs.waiting() > 0);
            crew.start("reader", () -> {
                try (LogSnapshot snapshot = store.snapshot()) {
                    assertEquals(
                            Optional.of(Slice.utf8("1")),
                            snapshot.get(A),
                            "get(a) from a snapshot that was taken while the write of a=2 waits for the disk");
                } finally {
                    syncs.close();
                }
            });
            Eventually.holds(
                    "a snapshot is taken while a writer waits for the disk; is it taken between writes?",
                    () -> syncs.waiting() == 0 || crew.hasFailed());
            crew.join();
        }
    }

    @Test
    @DisplayName("memtables that are being written out are in the snapshot, before, while and after they become tables")
    void frozenMemtables() {
        try (SnapshotLogStore store = open()) {
            put(store, "a=table b=table c=table");
            store.flush();
            try (Hold flushes = disk.faults().hold(DiskCall.WRITE, ".table")) {
                put(store, "a=older b=older");
                store.put(Slice.utf8("x"), LARGE);
                put(store, "a=newer"); // into the next memtable: the full one is frozen
                store.put(Slice.utf8("x"), LARGE);
                put(store, "d=active"); // and again
                Eventually.holds("a flush waits for the disk", () -> flushes.waiting() > 0);
                try (LogSnapshot snapshot = store.snapshot();
                        Cursor cursor = snapshot.cursor(KeyRange.of(A, Slice.utf8("x")))) {
                    long bytes = snapshot.memtableBytes();
                    assertTrue(
                            bytes >= 2 * LARGE.length(),
                            "memtableBytes() is " + bytes
                                    + " for a snapshot with two memtables that are being written out,"
                                    + " each with a value of 8,000 bytes, and the active one");
                    put(store, "a=later d=later");
                    String expected = "a=newer b=older c=table d=active";
                    assertShows(expected, cursor, "over a table, two frozen memtables and an active one");
                    assertGets(snapshot, expected, "with two frozen memtables");
                    flushes.close();
                    store.flush();
                    store.compact();
                    assertShows(expected, cursor, "the same, after all was flushed and merged");
                    assertGets(snapshot, expected, "after all was flushed and merged");
                }
            }
        }
    }

    @Test
    @DisplayName("a get that reads a table while its snapshot is closed has the answer or throws IllegalStateException")
    void snapshotClosedUnderAGet() throws InterruptedException {
        try (SnapshotLogStore store = open()) {
            twoTables(store);
            LogSnapshot snapshot = store.snapshot();
            put(store, "a=2");
            store.compact(); // from now on the snapshot alone keeps the tables
            closeUnderAGet(snapshot, snapshot::close, IllegalStateException.class);
            assertEquals(0, store.keptTables().size(), "tables kept when the snapshot is closed");
        }
    }

    @Test
    @DisplayName("a get that reads a table while the store is closed has the answer or throws StoreClosedException")
    void storeClosedUnderAGet() throws InterruptedException {
        SnapshotLogStore store = open();
        twoTables(store);
        try (LogSnapshot snapshot = store.snapshot()) {
            closeUnderAGet(snapshot, store::close, StoreClosedException.class);
            assertThrows(StoreClosedException.class, () -> snapshot.get(A), "get(a) when the store is closed");
        }
    }

    @Test
    @DisplayName("snapshots beside writers, flushes and merges never show a step back or a part of a batch")
    void besideEverything() throws InterruptedException {
        int batches = 250;
        SortedLogOptions busy = BACKGROUND.withCompactionTrigger(2);
        try (SnapshotLogStore store = SnapshotLogStore.open(disk.root(), busy);
                Crew crew = new Crew()) {
            writePair(store, 0);
            Thread writer = crew.start("writer", () -> {
                for (int i = 1; i <= batches; i++) {
                    writePair(store, i);
                }
            });
            crew.start(2, "reader", () -> {
                int last = 0;
                while (writer.isAlive() && !crew.hasFailed()) {
                    try (LogSnapshot snapshot = store.snapshot()) {
                        int first = number(snapshot, "first");
                        int second = number(snapshot, "second");
                        assertEquals(
                                first, second, "batches set two keys to one number; a snapshot has for the second");
                        assertEquals(
                                Math.max(last, first), first, "the number in a snapshot taken after one with " + last);
                        last = first;
                    }
                }
            });
            crew.join();
            assertEquals(0, store.keptTables().size(), "tables kept when all snapshots are closed");
            assertEquals(batches, store.stats().get(Metric.WRITES) - 1, "batches written besides the first");
        }
    }

    /** A get of a reads two tables: the newer one covers it and does not have it. */
    private static void twoTables(SnapshotLogStore store) {
        put(store, "a=1");
        store.flush();
        put(store, "A=1 z=1");
        store.flush();
    }

    /** Closes something while a get of a waits in the middle of reading a table, before it reads another. */
    private void closeUnderAGet(LogSnapshot snapshot, Runnable close, Class<? extends RuntimeException> allowed)
            throws InterruptedException {
        try (Crew crew = new Crew();
                Hold reads = disk.faults().hold(DiskCall.READ, ".table")) {
            crew.start("reader", () -> {
                try {
                    assertEquals(
                            Optional.of(Slice.utf8("1")),
                            snapshot.get(A),
                            "a get from the snapshot that was closed meanwhile; it may also throw "
                                    + allowed.getSimpleName());
                } catch (IllegalStateException | StoreClosedException e) {
                    if (!allowed.isInstance(e)) {
                        throw e;
                    }
                }
            });
            Eventually.holds("the get waits for the disk", () -> reads.waiting() > 0 || crew.hasFailed());
            Thread closing = crew.start("who closes", close::run);
            Eventually.holds(
                    "closing returns or waits for the get",
                    () -> closing.getState() == Thread.State.TERMINATED
                            || closing.getState() == Thread.State.BLOCKED
                            || closing.getState() == Thread.State.WAITING
                            || closing.getState() == Thread.State.TIMED_WAITING);
            reads.close();
            crew.join();
        }
    }

    private SnapshotLogStore open() {
        return SnapshotLogStore.open(disk.root(), BACKGROUND);
    }

    private static void assertGets(LogSnapshot snapshot, String content, String when) {
        for (String assignment : content.split(" ", -1)) {
            int equals = assignment.indexOf('=');
            assertEquals(
                    Optional.of(Slice.utf8(assignment.substring(equals + 1))),
                    snapshot.get(Slice.utf8(assignment.substring(0, equals))),
                    "get(" + assignment.substring(0, equals) + ") from a snapshot " + when);
        }
    }

    private static void writePair(SnapshotLogStore store, int number) {
        Slice value = Slice.utf8(Integer.toString(number));
        WriteBatch batch = new WriteBatch().put(Slice.utf8("first"), value);
        for (int i = 0; i < 20; i++) {
            batch.put(Slice.utf8("key " + i), value);
        }
        store.write(batch.put(Slice.utf8("second"), value), Durability.BUFFERED);
    }

    private static int number(LogSnapshot snapshot, String key) {
        return Integer.parseInt(snapshot.get(Slice.utf8(key)).orElseThrow().toUtf8());
    }
}
