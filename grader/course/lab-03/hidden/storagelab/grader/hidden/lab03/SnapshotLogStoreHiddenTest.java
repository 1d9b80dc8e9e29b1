package storagelab.grader.hidden.lab03;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static storagelab.grader.hidden.kit.Checks.assertEquals;
import static storagelab.grader.hidden.kit.StoreTexts.assertShows;
import static storagelab.grader.hidden.kit.StoreTexts.existing;
import static storagelab.grader.hidden.kit.StoreTexts.put;
import static storagelab.testkit.StoreMatchers.atMost;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import storagelab.api.Cursor;
import storagelab.api.KeyRange;
import storagelab.api.MaintenanceKind;
import storagelab.api.Metric;
import storagelab.api.Slice;
import storagelab.api.StorageException;
import storagelab.api.StorageIoException;
import storagelab.api.StoreClosedException;
import storagelab.disk.CrashDisk;
import storagelab.disk.DiskCall;
import storagelab.file.FileMetrics;
import storagelab.grader.hidden.kit.StoreTexts;
import storagelab.memtable.LogSnapshot;
import storagelab.memtable.SnapshotLogStore;
import storagelab.sortedlog.SortedLogOptions;
import storagelab.testkit.Step;

/** Exercise 3.8: what a snapshot shows, what it keeps, and what it costs, with everything in one thread. */
@Tag("3.8")
class SnapshotLogStoreHiddenTest {
    private static final SortedLogOptions QUIET = SortedLogOptions.defaults()
            .withMaintenance(MaintenanceKind.FOREGROUND)
            .withCompactionTrigger(SortedLogOptions.NO_COMPACTION);

    private final CrashDisk disk = CrashDisk.create();

    @Test
    @DisplayName("later versions in the same memtable are there for the store and not for the snapshot")
    void laterVersions() {
        try (SnapshotLogStore store = open()) {
            put(store, "a=1 a=2 b=2");
            try (LogSnapshot snapshot = store.snapshot();
                    Cursor cursor = snapshot.cursor(KeyRange.all())) {
                put(store, "a=3 aa=3 b=3");
                store.delete(Slice.utf8("a"));
                assertGets(snapshot, "a", "2", "a=1, a=2, snapshot, a=3, a deleted");
                assertGets(snapshot, "aa", null, "aa=3 was put after the snapshot");
                assertShows("a=2 b=2", cursor, "made with the snapshot, before the later writes");
                try (Cursor later = snapshot.cursor(KeyRange.all())) {
                    assertShows("a=2 b=2", later, "of the snapshot, made after the later writes");
                }
                try (Cursor now = store.cursor(KeyRange.all())) {
                    assertShows("aa=3 b=3", now, "of the store");
                }
            }
        }
    }

    @Test
    @DisplayName("the newest source that knows a key as of the snapshot decides, also if it says deleted")
    void newestFirst() {
        try (SnapshotLogStore store = open()) {
            put(store, "a=old b=old c=old d=old e=old");
            store.flush();
            put(store, "a=mid b=mid");
            store.delete(Slice.utf8("e"));
            store.flush();
            put(store, "a=new");
            store.delete(Slice.utf8("d"));
            try (LogSnapshot snapshot = store.snapshot()) {
                put(store, "a=later b=later c=later d=later e=later");
                for (int moment = 0; moment < 3; moment++) {
                    String when = List.of("at first", "after a flush", "after a merge")
                            .get(moment);
                    assertGets(snapshot, "a", "new", "in the memtable and two tables, " + when);
                    assertGets(snapshot, "b", "mid", "in two tables, " + when);
                    assertGets(snapshot, "c", "old", "in the older table, " + when);
                    assertGets(snapshot, "d", null, "deleted in the memtable, there in the older table, " + when);
                    assertGets(snapshot, "e", null, "deleted in the newer table, there in the older, " + when);
                    try (Cursor cursor = snapshot.cursor(KeyRange.all())) {
                        assertShows("a=new b=mid c=old", cursor, "of the snapshot, " + when);
                    }
                    if (moment == 0) {
                        store.flush();
                    } else {
                        store.compact();
                    }
                }
            }
        }
    }

    @Test
    @DisplayName(
            "merged tables stay until the last snapshot and cursor that need them are closed; closing twice is once")
    void tablesStay() {
        try (SnapshotLogStore store = open()) {
            List<Path> merged = tables(store, "a=1", "b=1");
            LogSnapshot one = store.snapshot();
            LogSnapshot other = store.snapshot();
            put(store, "a=2 b=2");
            store.compact();
            assertEquals(2, existing(merged), "files of two merged tables, with two snapshots");
            one.close();
            one.close();
            assertEquals(2, existing(merged), "files of merged tables, one of two snapshots being closed, twice");
            assertGets(other, "a", "1", "from the snapshot that is still open");
            assertEquals(2, store.keptTables().size(), "keptTables() with one snapshot open");
            other.close();
            assertEquals(0, existing(merged), "files of merged tables, both snapshots being closed");
        }
        assertEquals(0, disk.openFiles(), "open files in the end");
    }

    @Test
    @DisplayName("a cursor keeps the tables of its range by itself, and no others")
    void cursorKeepsItsTables() {
        try (SnapshotLogStore store = open()) {
            List<Path> merged = tables(store, "a=1 c=1", "d=1 f=1", "g=1 i=1");
            LogSnapshot snapshot = store.snapshot();
            long before = store.stats().get(FileMetrics.BLOCKS_READ);
            Cursor cursor = snapshot.cursor(KeyRange.of(Slice.utf8("d"), Slice.utf8("g")));
            assertEquals(before, store.stats().get(FileMetrics.BLOCKS_READ), "BLOCKS_READ after cursor()");
            store.compact();
            snapshot.close();
            assertEquals(1, existing(merged), "files of merged tables for a cursor over [d, g), its snapshot closed");
            assertShows("d=1 f=1", cursor, "over [d, g), its snapshot closed");
            cursor.close();
            assertEquals(0, existing(merged), "files of merged tables, the cursor closed, too");
        }
    }

    @Test
    @DisplayName("a cursor whose range no table meets keeps none")
    void cursorWithoutTables() {
        try (SnapshotLogStore store = open()) {
            List<Path> merged = tables(store, "a=1 c=1", "d=1 f=1");
            LogSnapshot snapshot = store.snapshot();
            Cursor cursor = snapshot.cursor(KeyRange.of(Slice.utf8("x"), Slice.utf8("z")));
            store.compact();
            snapshot.close();
            assertEquals(
                    0, existing(merged), "files of merged tables for a cursor over [x, z), which none of them meets");
            assertShows("", cursor, "over [x, z), its snapshot closed");
            cursor.close();
        }
    }

    @Test
    @DisplayName("a table that cannot be read is said to be that, the next get is answered, and nothing is kept for it")
    void failedRead() {
        try (SnapshotLogStore store = open()) {
            List<Path> merged = tables(store, "a=1 b=1", "c=1 d=1");
            LogSnapshot snapshot = store.snapshot();
            store.compact();
            disk.faults().failOnce(DiskCall.READ, 1);
            assertThrows(
                    StorageIoException.class,
                    () -> snapshot.get(Slice.utf8("a")),
                    "get(a) from an open snapshot when the disk fails to read a table");
            assertGets(snapshot, "a", "1", "in a table, when the disk works again");
            snapshot.close();
            assertEquals(
                    0, existing(merged), "files of merged tables, when the snapshot is closed after a get that failed");
        }
    }

    @Test
    @DisplayName("a snapshot is closed by close(), also if a table that it kept cannot be deleted")
    void failedDelete() {
        try (SnapshotLogStore store = open()) {
            tables(store, "a=1", "b=1");
            LogSnapshot snapshot = store.snapshot();
            store.compact();
            disk.faults().failOnce(DiskCall.METADATA, 1);
            try {
                snapshot.close();
            } catch (StorageException e) {
                // says that a file is left over, if anything
            }
            assertThrows(
                    IllegalStateException.class,
                    () -> snapshot.get(Slice.utf8("a")),
                    "get(a) from a snapshot whose close() could not delete a table");
            snapshot.close();
        }
    }

    @Test
    @DisplayName("the cursor of the store keeps nothing when it is closed")
    void cursorOfTheStore() {
        try (SnapshotLogStore store = open()) {
            List<Path> merged = tables(store, "a=1", "b=1");
            Cursor cursor = store.cursor(KeyRange.all());
            store.compact();
            assertShows("a=1 b=1", cursor, "of the store, after a merge");
            cursor.close();
            assertEquals(0, existing(merged), "files of merged tables when the only cursor is closed");
        }
    }

    @Test
    @DisplayName("when the store is closed first, nothing is left over, and gets from memory throw, too")
    void storeClosedFirst() {
        SnapshotLogStore store = open();
        List<Path> merged = tables(store, "a=1", "b=1");
        put(store, "m=1");
        LogSnapshot snapshot = store.snapshot();
        Cursor cursor = snapshot.cursor(KeyRange.all());
        store.compact();
        store.close();
        assertEquals(0, existing(merged), "files that were kept for a snapshot, after the store was closed");
        assertEquals(0, disk.openFiles(), "open files, after the store was closed");
        for (String key : List.of("a", "m")) {
            assertThrows(
                    StoreClosedException.class,
                    () -> snapshot.get(Slice.utf8(key)),
                    "get(" + key + ") from a snapshot of a closed store");
        }
        assertThrows(StoreClosedException.class, () -> snapshot.cursor(KeyRange.all()), "cursor() of the snapshot");
        assertThrows(StoreClosedException.class, cursor::seekToFirst, "seekToFirst() of a cursor of the snapshot");
        snapshot.close();
        cursor.close();
        assertThrows(
                IllegalStateException.class,
                () -> snapshot.get(Slice.utf8("a")),
                "get from a closed snapshot of a closed store");
    }

    @Test
    @DisplayName("taking a snapshot reads nothing and copies nothing, however much is in the memtable")
    void takingCost() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (SnapshotLogStore store = open()) {
            tables(store, "a=1", "b=1", "c=1");
            for (int i = 0; i < 5000; i++) {
                put(store, "key" + i + "=1");
            }
            store.snapshot().close(); // loads classes
            long blocksBefore = store.stats().get(FileMetrics.BLOCKS_READ);
            long bytesBefore = threads.getCurrentThreadAllocatedBytes();
            LogSnapshot snapshot = store.snapshot();
            long bytes = threads.getCurrentThreadAllocatedBytes() - bytesBefore;
            assertEquals(blocksBefore, store.stats().get(FileMetrics.BLOCKS_READ), "BLOCKS_READ after snapshot()");
            assertThat(
                    "snapshot() with 5,000 entries in the memtable and 3 tables",
                    bytes,
                    atMost(20_000, "bytes allocated", "the sequence number says what to leave out; nothing is copied"));
            snapshot.close();
        }
    }

    @Test
    @DisplayName("a get from a snapshot reads one block of each table that covers the key, until one has it")
    void getCost() {
        try (SnapshotLogStore store = open()) {
            tables(store, "a=1 z=1", "a=2 z=2", "b=3 y=3", "k=4 l=4");
            try (LogSnapshot snapshot = store.snapshot()) {
                assertBlocks(0, store, snapshot, "A", "below every table");
                assertBlocks(1, store, snapshot, "k", "in the newest of the tables that cover it");
                assertBlocks(1, store, snapshot, "z", "covered by the two oldest tables, there in the newer of them");
                assertBlocks(3, store, snapshot, "c", "covered by three tables and in none");
            }
        }
    }

    @Test
    @DisplayName("a snapshot says how much memory its memtables take: as they are now, and nothing when it is closed")
    void memtableBytes() {
        try (SnapshotLogStore store = open()) {
            put(store, "a=1 b=1");
            LogSnapshot snapshot = store.snapshot();
            put(store, "a=2 b=2");
            long full = store.stats().get(Metric.MEMTABLE_BYTES);
            assertEquals(full, snapshot.memtableBytes(), "memtableBytes() of a snapshot of the active memtable");
            store.flush();
            assertEquals(full, snapshot.memtableBytes(), "memtableBytes() after that memtable was written out");
            try (LogSnapshot later = store.snapshot()) {
                assertEquals(0, later.memtableBytes(), "memtableBytes() of a snapshot with an empty memtable");
            }
            snapshot.close();
            assertEquals(0, snapshot.memtableBytes(), "memtableBytes() of a closed snapshot");
        }
    }

    private SnapshotLogStore open() {
        return SnapshotLogStore.open(disk.root(), QUIET);
    }

    private static void assertBlocks(
            int expected, SnapshotLogStore store, LogSnapshot snapshot, String key, String where) {
        long before = store.stats().get(FileMetrics.BLOCKS_READ);
        Optional<Slice> found = snapshot.get(Slice.utf8(key));
        assertEquals(
                expected,
                store.stats().get(FileMetrics.BLOCKS_READ) - before,
                "blocks read by get(" + key + ") from a snapshot, a key " + where + " (found: " + found.isPresent()
                        + ")");
    }

    /** Makes a table of each of {@code contents} and returns the files that there are then. */
    private List<Path> tables(SnapshotLogStore store, String... contents) {
        for (String content : contents) {
            put(store, content);
            store.flush();
        }
        return StoreTexts.tables(disk.root());
    }

    private static void assertGets(LogSnapshot snapshot, String key, @Nullable String value, String where) {
        Step.at("get(" + key + ") from the snapshot: " + where);
        assertEquals(
                Optional.ofNullable(value).map(Slice::utf8),
                snapshot.get(Slice.utf8(key)),
                "get(" + key + ") from the snapshot: " + where);
    }
}
